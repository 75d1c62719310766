/** The few things the page does to its document. Text only: nothing is ever read as markup. */
export const at = <T extends HTMLElement = HTMLElement>(id: string): T => {
  const element = document.querySelector<T>(`#${id}`);
  if (element === null) throw new Error(`no #${id}`);
  return element;
};
export const input = (id: string): HTMLInputElement => at<HTMLInputElement>(id);
export const show = (id: string, shown: boolean): void => { at(id).hidden = !shown; };
export const say = (id: string, text: string): void => { at(id).textContent = text; };
/** An alert is set anew each time, so that it is spoken again. */
export const sayFault = (text: string): void => { const box = at('fault'); box.hidden = text === ''; box.textContent = text; };

type Child = Node | string;
/** An element with a class, or none where it is empty. */
export const make = <K extends keyof HTMLElementTagNameMap>(tag: K, look: string, ...children: readonly Child[]): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag);
  if (look !== '') element.className = look;
  element.append(...children);
  return element;
};
