/** F6: the focus goes from one part of the screen to the next. */
export const cycleRegion = (by: 1 | -1): void => {
  // A region may lie in another: the innermost one is where the focus is.
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')];
  if (regions.length === 0) return;
  const at = regions.findLastIndex((region) => region.contains(document.activeElement));
  regions[(at + by + regions.length) % regions.length]?.focus();
};
