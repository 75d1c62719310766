/** Part 3: shares, one at a time. What was typed is dropped as soon as it is judged. */
import { wipe } from './bytes.ts';
import { button, chosen, input, onChange, onClick, say, sayFault, show, at } from './dom.ts';
import { judgeLines, judgeShare, threshold, type Taken, type Wanted } from './judge.ts';
import { readPicture, scanCamera, stopCamera } from './scan.ts';
import { readDiceCode, readLine, readLines, readShare, readSymbol } from './share.ts';
import { state } from './state.ts';
import { fault, isFault, type Fault } from './text.ts';

const WAYS = ['lines', 'text', 'picture', 'camera'] as const;
const LINES = [1, 2, 3, 4].map((line) => `line-${line}`), SECRET_FIELDS = [...LINES, 'symbol', 'code'];

const clearFields = (): void => {
  for (const id of [...SECRET_FIELDS, 'picture']) input(id).value = '';
  for (const id of LINES) input(id).removeAttribute('aria-invalid');
  input('reveal').checked = false;
  mask();
};
const mask = (): void => { for (const id of SECRET_FIELDS) input(id).type = input('reveal').checked ? 'text' : 'password'; };

/** Judges the text of a symbol. @param code null unless the sheet is printed blind. */
const takeSymbol = (text: string, code: Uint8Array | null, wanted: Wanted): Taken | Fault => {
  const symbol = readSymbol(text.trim());
  if (symbol === null) return fault('SHARE_NOT_A_SHARE');
  try {
    if (symbol.blind && code === null) return fault('SHARE_CODE_MISSING');
    if (!symbol.blind && code !== null) return fault('SHARE_CODE_SURPLUS');
    const share = readShare(symbol.bytes, code);
    return isFault(share) ? share : judgeShare(share, wanted, state.taken);
  } finally { wipe(symbol.bytes); }
};
const takeLines = (code: Uint8Array | null, wanted: Wanted): Taken | Fault => {
  const core = readLines(LINES.map((id) => input(id).value));
  return isFault(core) ? core : judgeLines(core, code, wanted, state.taken);
};
const takePicture = async (code: Uint8Array | null, wanted: Wanted): Promise<Taken | Fault> => {
  const file = input('picture').files?.[0];
  if (file === undefined) return fault('PICTURE_NOTHING');
  const text = await readPicture(file);
  return isFault(text) ? text : takeSymbol(text, code, wanted);
};

/** The dice code, null when none is needed, or the fault. */
const diceCode = (): Uint8Array | null | Fault => (input('blind').checked ? readDiceCode(input('code').value) ?? fault('SHARE_CODE_FORMAT') : null);

/** Lets one work be done with the code that is typed. */
const withCode = async (work: (code: Uint8Array | null, wanted: Wanted) => Taken | Fault | Promise<Taken | Fault>): Promise<Taken | Fault> => {
  const code = diceCode();
  if (isFault(code)) return code;
  try { return await work(code, state.wanted!); } finally { wipe(code); }
};

const showProgress = (): void => {
  const need = threshold(state.wanted!, state.taken);
  say('progress', need === null ? 'No share yet' : `${state.taken.length} of ${need} received`);
};

const taken = (one: Taken, changed: () => void): void => {
  state.taken.push(one);
  state.setId = one.setId;
  const row = document.createElement('li');
  row.textContent = `Share ${one.number}, ${one.name}`;
  at('taken').append(row);
  clearFields();
  input('blind').checked = false;
  show('code-row', false);
  showProgress();
  changed();
};
/** After a fault only a mistyped line or code stays in its field, to be looked at. */
const refused = (wrong: Fault): void => {
  const mendable = ['SHARE_LINE_MISTYPED', 'SHARE_CODE_FORMAT', 'SHARE_CODE_MISSING', 'SHARE_CODE_SURPLUS', 'SHARE_BLIND_CODE'].includes(wrong.code);
  if (!mendable) clearFields();
  if (wrong.code === 'SHARE_LINE_MISTYPED') input(`line-${wrong.details['line']}`).focus();
};
const conclude = (answer: Taken | Fault, changed: () => void): void => {
  sayFault('share-fault', isFault(answer) ? answer : null);
  if (isFault(answer)) refused(answer); else taken(answer, changed);
};

const chooseWay = (): void => {
  stopCamera();
  clearFields();
  sayFault('share-fault', null);
  for (const way of WAYS) show(`enter-${way}`, chosen('way') === way);
  show('reveal-row', chosen('way') === 'lines' || chosen('way') === 'text' || input('blind').checked);
  button('take').hidden = chosen('way') === 'camera';
};

/** Looks through the camera until it is stopped or a share was judged. */
const watch = async (changed: () => void): Promise<void> => {
  sayFault('share-fault', null);
  button('camera-stop').disabled = false;
  say('camera-status', 'Looking for a symbol. Hold the sheet flat, a hand\'s length away, until this line changes.');
  const seen = await scanCamera();
  say('camera-status', seen === null || isFault(seen) ? '' : 'A symbol was read; the camera is off.');
  button('camera-stop').disabled = true;
  if (seen !== null) conclude(isFault(seen) ? seen : await withCode((code, wanted) => takeSymbol(seen, code, wanted)), changed);
};

const take = async (changed: () => void): Promise<void> => {
  button('take').disabled = true;
  sayFault('share-fault', null);
  try {
    const way = chosen('way');
    conclude(await withCode((code, wanted) => (way === 'text' ? takeSymbol(input('symbol').value, code, wanted) : way === 'picture' ? takePicture(code, wanted) : takeLines(code, wanted))), changed);
  } finally { button('take').disabled = false; }
};

const wrongLine = (index: number): boolean => { const { value } = input(LINES[index]!); return value !== '' && readLine(index + 1, value) === null; };
const mark = (index: number): void => { input(LINES[index]!).setAttribute('aria-invalid', String(wrongLine(index))); };
const mistyped = (index: number): Fault => fault('SHARE_LINE_MISTYPED', { line: String(index + 1) });

/** Marks a line as wrong as soon as it is left, never before, and never with a proposal. */
const lineLeft = (index: number): void => {
  mark(index);
  const first = LINES.findIndex((_, at) => wrongLine(at));
  if (first >= 0) sayFault('share-fault', mistyped(first));
};
/** Takes the mark away while it is mended, and not on leaving: a press on the button below would miss it when the page moves. */
const lineTyped = (index: number): void => {
  if (input(LINES[index]!).getAttribute('aria-invalid') !== 'true') return;
  mark(index);
  const first = LINES.findIndex((_, at) => wrongLine(at));
  sayFault('share-fault', first < 0 ? null : mistyped(first));
};

/** @param changed what happens after each share that is taken. */
export const startSharesPart = (changed: () => void): void => {
  for (const way of WAYS) onChange(`way-${way}`, chooseWay);
  onChange('reveal', mask);
  onChange('blind', () => { show('code-row', input('blind').checked); input('code').value = ''; chooseWay(); });
  for (const [index, id] of LINES.entries()) { onChange(id, () => { lineLeft(index); }); at(id).addEventListener('input', () => { lineTyped(index); }); }
  onClick('take', () => take(changed));
  onClick('camera-start', () => watch(changed));
  onClick('camera-stop', stopCamera);
  onChange('camera-show', () => { at('camera').hidden = !input('camera-show').checked || button('camera-stop').disabled; });
  // A hand scanner types the text and presses Enter.
  at('symbol').addEventListener('keydown', (event) => { if (event.key === 'Enter') { event.preventDefault(); void take(changed); } });
};

/** Called when the set is settled. */
export const beginShares = (): void => {
  if (state.wanted?.by === 'fingerprint') {
    input('way-lines').disabled = true;
    input('way-text').checked = true;
  }
  chooseWay();
  showProgress();
};
/** No more shares are taken once the secret is rebuilt. */
export const endShares = (): void => { stopCamera(); clearFields(); show('share-entry', false); };
