/** manifest.dsse.json against the set of the transcript, its people and the plan. */
import { fromUtf8 } from '../../shared/bytes.ts';
import { custodiansOf } from '../../shared/ceremony/people.ts';
import type { CeremonyState, SetFacts } from '../../shared/ceremony/state.ts';
import { parseManifest } from '../../shared/custody/manifest.ts';
import type { Manifest } from '../../shared/custody/manifest.ts';
import { findings as say } from '../../shared/text/findings.ts';
import { sha256Of } from '../../shared/transcript/digest.ts';
import type { Entry } from '../../shared/transcript/entry-schema.ts';
import type { Collector } from './collector.ts';
import type { FolderFiles } from './read-folder.ts';
import { entriesOf } from './replay.ts';

const FILE = 'manifest.dsse.json';

/** What in the manifest is not what the transcript and the plan say; empty when all agrees. */
const disagreements = (manifest: Manifest, set: SetFacts, state: CeremonyState): readonly string[] => {
  const { plan, opening } = state;
  const people = custodiansOf(plan);
  return [
    ...(manifest.setId === set.setId && manifest.setName === set.setName && manifest.setFingerprint === set.setFingerprint ? [] : ['it is of another set.']),
    ...(manifest.nonce === opening?.nonce ? [] : ['it is of another ceremony.']),
    ...(manifest.threshold === plan.quorum.threshold && manifest.shares === plan.quorum.shares ? [] : ['its quorum is not that of the plan.']),
    ...(manifest.drill === (plan.mode === 'rehearsal') ? [] : ['its mode is not that of the plan.']),
    ...(manifest.custodians.every(({ number, person, name }, index) => number === index + 1 && person === people[index]?.id && name === people[index]?.name) ? [] : ['its custodians are not those of the plan.']),
  ];
};

/** With no set in use the file may be that of a set that was given up. */
const checkLeftOver = (digest: string, entries: readonly Entry[], out: Collector): void => {
  const isKnown = entriesOf(entries, 'result').some(({ body }) => body.outcome.kind === 'split' && body.outcome.manifestSha256 === digest);
  if (!isKnown) out.add('folder', say.unknownFile(FILE));
};

export const checkCustody = (folder: FolderFiles, state: CeremonyState, entries: readonly Entry[], out: Collector): void => {
  const bytes = folder.files.get(FILE);
  if (state.set === null) {
    if (bytes !== undefined) checkLeftOver(sha256Of(bytes), entries, out);
    out.row('custody', 'not-done', 'No share set is in use.');
    return;
  }
  const seq = entriesOf(entries, 'result').findLast(({ body }) => body.outcome.kind === 'split')?.seq ?? null;
  if (bytes === undefined) { out.add('custody', say.fileMissing(FILE, 'Shares were issued; it names them.')); return; }
  if (sha256Of(bytes) !== state.set.manifestSha256) { out.add('custody', say.fileDigest(FILE, seq)); return; }
  const manifest = parseManifest(fromUtf8(bytes) ?? '');
  if (!manifest.ok) { out.add('custody', say.fileInvalid(FILE, `it is not a manifest that its set key signed (${String(manifest.fault.details['why'])}).`)); return; }
  for (const why of disagreements(manifest.value, state.set, state)) out.add('custody', say.fileInvalid(FILE, why));
  out.row('custody', 'sound', `The manifest of set ${state.set.setName} is signed by its set key and names the custodians of the plan.`);
};
