/** Part 2: which set. Nothing of a share is looked at before this is settled. */
import { fromHex } from './bytes.ts';
import { chosen, facts, fileBytes, grouped, input, onChange, onClick, openPart, say, sayFault, show, at } from './dom.ts';
import { MAX_MANIFEST, readFingerprint, readManifest, type Manifest } from './manifest.ts';
import { state } from './state.ts';
import { fault, type Fault } from './text.ts';

let manifest: Manifest | null = null;

const showManifest = (read: Manifest): void => {
  facts('manifest-facts', [
    ['Set', read.setName], ['Fingerprint', read.setFingerprint], ['Ceremony', read.ceremony], ['Issued', read.issuedAt.slice(0, 10)],
    ['Shares', `${read.threshold} of ${read.shares} needed, epoch ${read.epoch}`], ['Kind', read.drill ? 'rehearsal or drill' : 'real'], ['SHA-256 of the file', grouped(read.fileSha256)],
  ]);
  show('compared-row', true);
};

const loadManifest = async (): Promise<void> => {
  manifest = null;
  input('compared').checked = false;
  facts('manifest-facts', []);
  show('compared-row', false);
  const bytes = await fileBytes('manifest', MAX_MANIFEST);
  if (bytes === 'none') return;
  manifest = bytes === 'too-large' ? null : readManifest(bytes);
  sayFault('set-fault', manifest === null ? fault(bytes === 'too-large' ? 'FILE_TOO_LARGE' : 'SHARE_MANIFEST_INVALID') : null);
  if (manifest !== null) showManifest(manifest);
};

const settle = (): Fault | null => {
  const drill = input('drill').checked;
  if (chosen('by') === 'fingerprint') {
    const fingerprint = readFingerprint(input('fingerprint').value);
    if (fingerprint === null) return fault('SET_FINGERPRINT_FORM');
    state.wanted = { by: 'fingerprint', fingerprint, drill };
    return null;
  }
  if (manifest === null) return fault('SHARE_MANIFEST_INVALID');
  if (manifest.drill !== drill) return fault(manifest.drill ? 'SHARE_DRILL' : 'SHARE_NOT_DRILL');
  if (!input('compared').checked) return fault('SET_NOT_COMPARED');
  state.wanted = { by: 'manifest', manifest, drill };
  state.setId = fromHex(manifest.setId);
  return null;
};

/** Marks the page as that of a drill, for as long as the box is ticked. */
const markDrill = (): void => {
  const drill = input('drill').checked;
  show('drill-band', drill);
  document.body.classList.toggle('is-drill', drill);
};

/** @param settled what happens when the set is known. */
export const startSetPart = (settled: () => void): void => {
  onChange('drill', markDrill);
  for (const way of ['manifest', 'fingerprint'] as const) onChange(`by-${way}`, () => { show('way-manifest', way === 'manifest'); show('way-fingerprint', way === 'fingerprint'); sayFault('set-fault', null); });
  onChange('manifest', loadManifest);
  onClick('set-go', () => {
    const wrong = settle();
    sayFault('set-fault', wrong);
    if (wrong !== null || state.wanted === null) return;
    // The set stays what it is until everything is cleared.
    for (const field of at('part-set').querySelectorAll<HTMLInputElement | HTMLButtonElement>('input, button')) field.disabled = true;
    say('set-status', `Only shares of set ${state.wanted.by === 'manifest' ? `${state.wanted.manifest.setName}, ${state.wanted.manifest.setFingerprint}` : state.wanted.fingerprint} are taken.`);
    openPart('part-shares');
    settled();
  });
};
