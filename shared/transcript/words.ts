/** Bytes as words to read aloud: PGP word list, even list first, so that a dropped or swapped word shows. Words name and compare in full; four words prove nothing. */
import { EVEN_WORDS, ODD_WORDS } from './word-list.ts';

const indexOf = (words: readonly string[]): ReadonlyMap<string, number> => new Map(words.map((word, value) => [word.toLowerCase(), value]));
const EVEN = indexOf(EVEN_WORDS);
const ODD = indexOf(ODD_WORDS);

/** One word a byte; a SHA-256 gives 32. Empty bytes give no words. */
export const toWords = (bytes: Uint8Array): string[] => Array.from(bytes, (byte, position) => (position % 2 === 0 ? EVEN_WORDS : ODD_WORDS)[byte]!);

/**
 * Reads words in order; case does not matter, nothing else is forgiven.
 * @returns null when a word is not on the list of its position.
 */
export const fromWords = (words: readonly string[]): Uint8Array | null => {
  const out = new Uint8Array(words.length);
  for (const [position, word] of words.entries()) {
    const value = (position % 2 === 0 ? EVEN : ODD).get(word.toLowerCase());
    if (value === undefined) return null;
    out[position] = value;
  }
  return out;
};
