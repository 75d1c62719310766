/**
 * Builds the page of the entry window. SECURITY: PROJ-1 a field shows one mask of fixed width once something is in it; text, caret and
 * selection are transparent, so that neither the value nor its length is on the screen.
 */
import type { Asked, Question } from './question.ts';

export type Mark = 'empty' | 'typed' | 'right' | 'wrong';
export interface EntryPage {
  readonly form: HTMLFormElement; readonly fields: readonly HTMLInputElement[]; readonly labels: readonly string[]; readonly cancel: HTMLButtonElement;
  mark(index: number, mark: Mark): void;
  firstWrong(): number | null;
  say(text: string): void;
  clear(): void;
  close(text: string): void;
}

const make = <K extends keyof HTMLElementTagNameMap>(tag: K, properties: { className?: string; text?: string; testId?: string } = {}, ...children: readonly Node[]): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag);
  if (properties.className) element.className = properties.className;
  if (properties.text !== undefined) element.textContent = properties.text;
  if (properties.testId) element.dataset.testid = properties.testId;
  element.append(...children);
  return element;
};

const MARK_WORDS: Readonly<Record<Mark, string>> = { empty: '', typed: 'Keys received', right: 'Line is right', wrong: 'Line does not match' };

const makeField = (label: string, index: number): { row: HTMLElement; input: HTMLInputElement; state: HTMLElement } => {
  const input = make('input', { className: 'entry-input', testId: `entry-field-${index}` });
  Object.assign(input, { type: 'password', id: `field-${index}`, autocomplete: 'off', spellcheck: false, maxLength: 256 });
  const state = make('span', { className: 'entry-state' });
  state.id = `state-${index}`;
  input.setAttribute('aria-describedby', state.id);
  const name = make('label', { text: label });
  name.htmlFor = input.id;
  const mask = make('span', { className: 'entry-mask', text: '••••••••' });
  mask.setAttribute('aria-hidden', 'true');
  return { row: make('div', { className: 'entry-row' }, make('div', { className: 'entry-label' }, name, state), make('div', { className: 'entry-box' }, input, mask)), input, state };
};

const heads = (question: Question, asked: Asked): readonly HTMLElement[] => [
  ...(question.mode === 'rehearsal' ? [make('p', { className: 'entry-band', text: 'REHEARSAL · practice only, not a record' })] : []),
  make('h1', { text: asked.title }), make('p', { className: 'entry-note', text: asked.note }),
  ...(question.software && question.spec.kind.includes('pin') ? [make('p', { className: 'entry-note', text: 'Software token: this PIN protects a file on this computer.' })] : []),
];

const hideMenus = (root: HTMLElement): void => {
  for (const kind of ['copy', 'cut', 'dragstart', 'contextmenu'] as const) root.addEventListener(kind, (event) => { event.preventDefault(); });
};

export const buildPage = (root: HTMLElement, question: Question, asked: Asked): EntryPage => {
  const rows = asked.labels.map(makeField);
  const error = make('p', { className: 'entry-error', testId: 'entry-error' });
  error.setAttribute('role', 'alert');
  const cancel = make('button', { className: 'entry-button', text: 'Cancel (Esc)', testId: 'entry-cancel' });
  cancel.type = 'button';
  const commit = make('button', { className: 'entry-button entry-primary', text: asked.commit, testId: 'entry-commit' });
  commit.type = 'submit';
  const form = make('form', { className: 'entry-form' }, ...rows.map(({ row }) => row), error, make('div', { className: 'entry-actions' }, cancel, commit));
  form.autocomplete = 'off';
  const main = make('main', { className: 'entry-main' }, ...heads(question, asked), form);
  root.replaceChildren(main);
  root.dataset.mode = question.mode;
  // Who is asked for what, for tests and for whoever reads the page by machine. None of it is secret: the title says the same.
  const { spec } = question;
  Object.assign(root.dataset, { testid: 'entry', kind: spec.kind, person: spec.person ?? '', token: 'token' in spec ? spec.token : '', half: 'half' in spec ? spec.half : '', share: 'share' in spec ? String(spec.share) : '' });
  document.title = `${question.mode === 'rehearsal' ? 'REHEARSAL · ' : ''}Quorate · entry`;
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
  const clear = (): void => { for (const [index, { input }] of rows.entries()) { input.value = ''; mark(index, 'empty'); } };
  return {
    form, fields: rows.map(({ input }) => input), labels: asked.labels, cancel, mark, clear,
    firstWrong: () => { const at = marks.indexOf('wrong'); return at < 0 ? null : at; },
    say: (text) => { error.textContent = text; },
    close: (text) => { clear(); const said = make('p', { className: 'entry-note', text }); said.setAttribute('role', 'status'); form.replaceWith(said); },
  };
};
