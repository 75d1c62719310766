/** Where the focus goes when what had it is taken away: never back to the top of the page. */

/** @param testId of the part that comes in its place; it may appear with the next frame. */
export const focusNext = (testId: string): void => {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-testid="${CSS.escape(testId)}"]`)?.focus());
};
