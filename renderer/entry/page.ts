/**
 * Builds the page of the entry window. SECURITY: SCR-1 a field shows one mask of fixed width once something is in it; text, caret and
 * selection are transparent, so that neither the value nor its length is on the screen.
 */
import type { ShareWay } from '../../shared/vault/contract.ts';
import { make } from './make.ts';
import type { Asked, Question } from './question.ts';
import { makeWays, type Ways } from './ways.ts';

export type Mark = 'empty' | 'typed' | 'right' | 'wrong';
export interface EntryPage {
  readonly form: HTMLFormElement; readonly fields: readonly HTMLInputElement[]; readonly labels: readonly string[]; readonly cancel: HTMLButtonElement;
  /** Null for what can only be typed. */
  readonly ways: Ways | null;
  /** Places of the fields that count now: lines only while lines are typed. */
  asked(): readonly number[];
  mark(index: number, mark: Mark): void;
  firstWrong(): number | null;
  say(text: string): void;
  clear(): void;
  close(text: string): void;
}

const MARK_WORDS: Readonly<Record<Mark, string>> = { empty: '', typed: 'Keys received', right: 'Line is right', wrong: 'Line does not match' };

interface Row { readonly row: HTMLElement; readonly input: HTMLInputElement; readonly state: HTMLElement }
const makeField = (label: string, index: number): Row => {
  const input = make('input', { className: 'entry-input', testId: `entry-field-${index}`, id: `field-${index}` });
  Object.assign(input, { type: 'password', autocomplete: 'off', spellcheck: false, maxLength: 256 });
  const state = make('span', { className: 'entry-state', id: `state-${index}` });
  input.setAttribute('aria-describedby', state.id);
  const name = make('label', { text: label });
  name.htmlFor = input.id;
  const mask = make('span', { className: 'entry-mask', text: '••••••••' });
  mask.setAttribute('aria-hidden', 'true');
  return { row: make('div', { className: 'entry-row' }, make('div', { className: 'entry-label' }, name, state), make('div', { className: 'entry-box' }, input, mask)), input, state };
};

const heads = (question: Question, asked: Asked): readonly HTMLElement[] => [
  ...(question.mode === 'rehearsal' ? [make('p', { className: 'entry-band', text: 'REHEARSAL · practice only, not a record' })] : []),
  ...(question.session === null ? [] : [make('p', { className: 'entry-note entry-session', testId: 'entry-session', text: `${question.session}. The same words stand on the screen of the room.` })]),
  make('h1', { text: asked.title }), make('p', { className: 'entry-note', text: asked.note }),
  ...(question.software && question.spec.kind.includes('pin') ? [make('p', { className: 'entry-note', text: 'Software token: this PIN protects a file on this computer.' })] : []),
];

const hideMenus = (root: HTMLElement): void => {
  for (const kind of ['copy', 'cut', 'dragstart', 'drop', 'dragover', 'contextmenu'] as const) root.addEventListener(kind, (event) => { event.preventDefault(); });
};

/** Who is asked for what, for tests and for whoever reads the page by machine. None of it is secret: the title says the same. */
const describe = (root: HTMLElement, { spec, mode }: Question): void => {
  Object.assign(root.dataset, {
    mode, testid: 'entry', kind: spec.kind, person: spec.person ?? '', token: 'token' in spec ? spec.token : '', half: 'half' in spec ? spec.half : '',
    share: 'share' in spec && spec.share !== null ? String(spec.share) : '', set: 'set' in spec ? spec.set : '', ways: 'ways' in spec ? spec.ways.join(' ') : '', blind: 'blind' in spec ? String(spec.blind) : '', of: 'of' in spec ? spec.of : '',
  });
  document.title = `${mode === 'rehearsal' ? 'REHEARSAL · ' : ''}Quorate · entry`;
};

interface Parts { readonly form: HTMLFormElement; readonly ways: Ways | null; readonly error: HTMLElement; readonly cancel: HTMLButtonElement; readonly commit: HTMLButtonElement }
const makeForm = (asked: Asked, rows: readonly Row[], onWay: (way: ShareWay) => void): Parts => {
  const error = make('p', { className: 'entry-error', testId: 'entry-error', role: 'alert' });
  const cancel = make('button', { className: 'entry-button', text: 'Cancel (Esc)', testId: 'entry-cancel' });
  cancel.type = 'button';
  const commit = make('button', { className: 'entry-button entry-primary', text: asked.commit, testId: 'entry-commit' });
  commit.type = 'submit';
  const elements = rows.map(({ row }) => row), lines = make('div', { className: 'entry-lines' }, ...elements.slice(0, asked.lines));
  const ways = asked.ways.length === 0 ? null : makeWays(asked.ways, lines, onWay);
  const form = make('form', { className: 'entry-form' }, ...(ways === null ? [] : [ways.root]), ...elements.slice(asked.lines), error, make('div', { className: 'entry-actions' }, cancel, commit));
  form.autocomplete = 'off';
  return { form, ways, error, cancel, commit };
};

/** @param onWay called when a way is chosen, with the page ready for it */
export const buildPage = (root: HTMLElement, question: Question, asked: Asked, onWay: (way: ShareWay) => void): EntryPage => {
  const rows = asked.labels.map(makeField), last = rows.length;
  const parts: Parts = makeForm(asked, rows, (way) => {
    root.dataset.way = way;
    // A symbol that needs no code goes to the vault as soon as it is read: there is nothing to commit.
    parts.commit.hidden = way !== 'type' && last === asked.lines;
    onWay(way);
  });
  const { form, ways, error, cancel } = parts;
  root.replaceChildren(make('main', { className: 'entry-main' }, ...heads(question, asked), form));
  describe(root, question);
  hideMenus(root);
  const marks: Mark[] = rows.map(() => 'empty');
  const mark = (index: number, next: Mark): void => {
    const row = rows[index];
    if (!row) return;
    marks[index] = next;
    row.row.dataset.mark = next;
    row.state.textContent = MARK_WORDS[next];
    row.input.setAttribute('aria-invalid', String(next === 'wrong'));
  };
  const clear = (): void => { for (const [index, { input }] of rows.entries()) { input.value = ''; mark(index, 'empty'); } if (ways) ways.file.value = ''; };
  const first = (): number => (ways === null || ways.chosen() === 'type' ? 0 : asked.lines);
  return {
    form, fields: rows.map(({ input }) => input), labels: asked.labels, cancel, ways, mark, clear,
    asked: () => rows.map((_, index) => index).slice(first()),
    firstWrong: () => { const at = marks.indexOf('wrong'); return at < 0 ? null : at; },
    say: (text) => { error.textContent = text; },
    close: (text) => { clear(); form.replaceWith(make('p', { className: 'entry-note', text, role: 'status' })); },
  };
};
