/**
 * What ceremonies said of one thing. A later ceremony takes back what went before it; of ceremonies that did not know of each other every word
 * stands, until one that came after them all.
 */
export interface Word<T> { /** The ceremony, by its index in the lineage. */ readonly by: number; readonly value: T }
export interface Sayings {
  /** @returns the words that stand now, in the order in which they were heard, and those that this one took back. */
  hear<T>(about: string, word: Word<T>): { readonly standing: readonly Word<T>[]; readonly takenBack: readonly Word<T>[] };
}

/** @param precedes whether one ceremony went before another by their links. */
export const createSayings = (precedes: (a: number, b: number) => boolean): Sayings => {
  const said = new Map<string, readonly Word<unknown>[]>();
  return {
    hear: <T>(about: string, word: Word<T>) => {
      const before = (said.get(about) ?? []) as readonly Word<T>[];
      const isOver = ({ by }: Word<T>): boolean => by === word.by || precedes(by, word.by);
      const standing = [...before.filter((one) => !isOver(one)), word];
      said.set(about, standing);
      return { standing, takenBack: before.filter(isOver) };
    },
  };
};

/** The word that weighs most; of equals the one that was heard last. */
export const gravest = <T>(words: readonly Word<T>[], weigh: (value: T) => number): T =>
  words.reduce((most, one) => (weigh(one.value) >= weigh(most.value) ? one : most)).value;
