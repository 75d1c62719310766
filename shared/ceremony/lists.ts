/** How the fold changes a state and lengthens its lists. A state that others still look at stays as it was; one that nobody keeps may change in place. */
export interface Lists {
  append<T>(list: readonly T[], one: T): readonly T[];
  /** `one` in the place of the last element. */
  replaceLast<T>(list: readonly T[], one: T): readonly T[];
  /** Other values in some fields. */
  change<T extends object>(whole: T, fields: Partial<T>): T;
}

/** Each state has its own lists. Costs the length of the list at every entry. */
export const COPIED: Lists = {
  append: (list, one) => [...list, one],
  replaceLast: (list, one) => [...list.slice(0, -1), one],
  change: (whole, fields) => ({ ...whole, ...fields }),
};

/** Only where the state before is forgotten: a replay of a long ceremony then takes time that grows with its length, not with its square. */
export const IN_PLACE: Lists = {
  append: <T>(list: readonly T[], one: T) => { (list as T[]).push(one); return list; },
  replaceLast: <T>(list: readonly T[], one: T) => { (list as T[])[list.length - 1] = one; return list; },
  change: (whole, fields) => Object.assign(whole, fields),
};
