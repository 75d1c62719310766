/** Makes an element of the page with its class, text, test id and children. */
export interface Properties { readonly className?: string; readonly text?: string; readonly testId?: string; readonly id?: string; readonly role?: string }

export const make = <K extends keyof HTMLElementTagNameMap>(tag: K, properties: Properties = {}, ...children: readonly Node[]): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag);
  if (properties.className) element.className = properties.className;
  if (properties.text !== undefined) element.textContent = properties.text;
  if (properties.testId) element.dataset.testid = properties.testId;
  if (properties.id) element.id = properties.id;
  if (properties.role) element.setAttribute('role', properties.role);
  element.append(...children);
  return element;
};
