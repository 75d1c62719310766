/**
 * Whether salts are all different, for a long transcript: remembers of each only its last digits, as numbers. A no may be wrong once in billions
 * of salts, or where somebody chose them so; then they are to be compared whole. A yes is certain.
 */

const SALT_DIGITS = 32, KEY_DIGITS = 7, LONGEST_SEARCH = 64;
/** Seven hex digits: 28 bits, which is what an engine calculates with at once. */
const numberAt = (bytes: Uint8Array, from: number): number => {
  let value = 0;
  for (let place = from; place < from + KEY_DIGITS; place++) { const digit = bytes[place]!; value = (value << 4) | (digit < 0x3a ? digit - 0x30 : digit - 0x57); }
  return value;
};

/** Pairs of numbers, each of a pair with one added: zero is a free place. */
interface Table { readonly high: Int32Array; readonly low: Int32Array }
const tableOf = (size: number): Table => ({ high: new Int32Array(size), low: new Int32Array(size) });
/** False where the pair is there already, or where one would have to look far for a place. */
const put = ({ high, low }: Table, one: number, other: number): boolean => {
  const mask = high.length - 1, mixed = Math.imul(one, 0x85ebca6b) ^ Math.imul(other, 0xc2b2ae35);
  let place = (mixed ^ (mixed >>> 15)) & mask;
  for (let step = 0; step < LONGEST_SEARCH; step++) {
    if (high[place] === 0) { high[place] = one; low[place] = other; return true; }
    if (high[place] === one && low[place] === other) return false;
    place = (place + 1) & mask;
  }
  return false;
};

export interface SaltFilter {
  /** @param at where the 32 lower-case hex digits of a salt begin. @returns false where it may have been there before. */
  isNew(bytes: Uint8Array, at: number): boolean;
}
export const createSaltFilter = (): SaltFilter => {
  let table = tableOf(256), count = 0;
  const widen = (): boolean => {
    const { high, low } = table;
    table = tableOf(high.length * 4);
    return high.every((one, place) => one === 0 || put(table, one, low[place]!));
  };
  return {
    isNew: (bytes, at) => {
      const end = at + SALT_DIGITS;
      count++;
      return (count * 2 < table.high.length || widen()) && put(table, numberAt(bytes, end - 2 * KEY_DIGITS) + 1, numberAt(bytes, end - KEY_DIGITS) + 1);
    },
  };
};
