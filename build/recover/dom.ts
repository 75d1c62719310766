/** The few things the page does to its document. Text only: nothing is ever read as markup. */
import { wordingOf, type Fault } from './text.ts';

export const at = <T extends HTMLElement = HTMLElement>(id: string): T => {
  const element = document.querySelector<T>(`#${id}`);
  if (element === null) throw new Error(`no #${id}`);
  return element;
};
export const input = (id: string): HTMLInputElement => at<HTMLInputElement>(id);
export const button = (id: string): HTMLButtonElement => at<HTMLButtonElement>(id);
export const show = (id: string, shown: boolean): void => { at(id).hidden = !shown; };
export const say = (id: string, text: string): void => { at(id).textContent = text; };
export const chosen = (name: string): string => document.querySelector<HTMLInputElement>(`input[name="${name}"]:checked`)?.value ?? '';
export const onClick = (id: string, work: () => unknown): void => { at(id).addEventListener('click', () => { void work(); }); };
export const onChange = (id: string, work: () => unknown): void => { at(id).addEventListener('change', () => { void work(); }); };

/** Says what does not fit, or that nothing does not. An alert is set anew each time, so that it is spoken again. */
export const sayFault = (id: string, fault: Fault | null): void => {
  const box = at(id);
  box.hidden = fault === null;
  box.textContent = fault === null ? '' : wordingOf(fault);
  box.dataset['code'] = fault?.code ?? '';
};

/** Fills a list of facts. */
export const facts = (id: string, rows: readonly (readonly [string, string])[]): void => {
  at(id).replaceChildren(...rows.flatMap(([name, value]) => {
    const term = document.createElement('dt'), description = document.createElement('dd');
    term.textContent = name;
    description.textContent = value;
    return [term, description];
  }));
  show(id, rows.length > 0);
};

/** Opens the next part and takes the reader there. */
export const openPart = (id: string): void => {
  show(id, true);
  const heading = at(id).querySelector('h2');
  heading?.setAttribute('tabindex', '-1');
  heading?.focus();
};

/** Eight hex digits at a time. */
export const grouped = (hex: string): string => (hex.match(/.{1,8}/g) ?? []).join(' ');

/** The bytes of the chosen file; null when there is none or it is longer than `most`. */
export const fileBytes = async (id: string, most: number): Promise<Uint8Array | 'none' | 'too-large'> => {
  const file = input(id).files?.[0];
  if (file === undefined) return 'none';
  return file.size > most ? 'too-large' : new Uint8Array(await file.arrayBuffer());
};

/** Hands bytes to the browser's own saving. */
export const save = (name: string, bytes: Uint8Array, type: string): void => {
  const link = document.createElement('a'), address = URL.createObjectURL(new Blob([Uint8Array.from(bytes)], { type }));
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => { URL.revokeObjectURL(address); }, 60_000);
};
