/** Starts the page: what to verify, the head from paper, the verdict. Nothing is kept and nothing leaves it. */
import { NOT_PROVED } from '../../shared/text/verify-report.ts';
import { parseAnchor } from '../../shared/transcript/anchor.ts';
import { purePorts } from '../../shared/verify/pure-ports.ts';
import { verifyFound } from '../../shared/verify/verify-archive.ts';
import { at, input, make, say, sayFault, show } from './dom.ts';
import { fromBundle, fromDrop, fromFolderInput } from './pick.ts';
import type { Picked } from './pick.ts';
import { showReport } from './show.ts';

let picked: Picked | null = null;

const bundleText = ({ bundle }: Picked): string => {
  if (bundle === null) return '';
  const withheld = bundle.ceremonies.reduce((sum, one) => sum + one.withheld.length, 0);
  return ` A copy at level ${bundle.level}; ${withheld} ${withheld === 1 ? 'text is' : 'texts are'} withheld, as the bundle says.`;
};
const take = async (reading: Promise<Picked | null> | null, otherwise: string): Promise<void> => {
  picked = null;
  at<HTMLButtonElement>('verify').disabled = true;
  show('part-result', false);
  sayFault('');
  say('picked', 'Reading…');
  picked = await Promise.resolve(reading).catch(() => null);
  say('picked', picked === null ? '' : `${picked.name}: ${picked.count} ${picked.count === 1 ? 'file' : 'files'}.${bundleText(picked)}`);
  if (picked === null) sayFault(otherwise);
  at<HTMLButtonElement>('verify').disabled = picked === null;
};

const anchor = (): HTMLTextAreaElement => at<HTMLTextAreaElement>('anchor');
const verify = async (): Promise<void> => {
  const text = anchor().value.trim(), what = picked;
  if (what === null) return;
  sayFault('');
  const isWrong = text !== '' && parseAnchor(text) === null;
  anchor().setAttribute('aria-invalid', String(isWrong));
  if (isWrong) { show('part-result', false); sayFault('The closing head is neither 64 hex digits nor 32 words of the list. Nothing was compared; type it as it stands on the paper.'); anchor().focus(); return; }
  say('busy', 'Checking…');
  // The sentence is painted before the work begins.
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  showReport(what.name, verifyFound({ name: what.name, path: what.name }, what.found, text === '' ? null : text, purePorts));
  say('busy', '');
};

const NO_FOLDER = 'Nothing was read. Choose the folder of an archive or of one ceremony.';
const NO_BUNDLE = 'This file cannot be read as a bundle: it is not in the strict form of one, or it is damaged. Compare its SHA-256 with the one you were given.';
const NO_DROP = 'Nothing was read. Drop one folder, or one bundle file.';

input('folder').addEventListener('change', () => { void take(fromFolderInput([...input('folder').files ?? []]), NO_FOLDER); });
input('bundle').addEventListener('change', () => { const file = input('bundle').files?.[0]; if (file) void take(fromBundle(file), NO_BUNDLE); });
// The same folder may be picked again after it was changed.
for (const id of ['folder', 'bundle']) input(id).addEventListener('click', () => { input(id).value = ''; });
at('print').addEventListener('click', () => { print(); });
at('ask').addEventListener('submit', (event) => { event.preventDefault(); void verify(); });
addEventListener('dragover', (event) => { event.preventDefault(); });
addEventListener('drop', (event) => { event.preventDefault(); if (event.dataTransfer) void take(fromDrop(event.dataTransfer), NO_DROP); });
at('limits').replaceChildren(...NOT_PROVED.map((line) => make('li', '', line)));
// A browser may put back what was picked and typed before; the page then says that it has it, and has not.
at<HTMLFormElement>('ask').reset();
