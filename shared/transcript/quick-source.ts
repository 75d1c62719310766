/**
 * Readers of single values out of compact JSON, straight from its bytes: each takes a value only in its one byte form, and nothing else.
 * They are fast and give no reasons; a strict reader that does stands behind them (strict-json.ts).
 */
import { utf8 } from '../bytes.ts';
import { compactJson } from './strict-json.ts';

/** Not a value in its one form, or one that these readers leave to the strict reader. */
export const NO: unique symbol = Symbol('not read');
/** `text` has one letter a byte (Latin-1), so that a place is the same in both. */
export interface Source { readonly bytes: Uint8Array; readonly text: string; /** Of the next byte. */ at: number }
/** Reads one value and moves past it. After {@link NO} the place means nothing. */
export type QuickRead<T = unknown> = (from: Source) => T | typeof NO;

const QUOTE = 0x22, BACKSLASH = 0x5c, ZERO = 0x30;
const HEX = 1, DIGIT = 2, PLAIN = 4, ASCII = 8;
/** PLAIN: a letter of a string that stands for itself and is no quote. ASCII: what may be in a string here at all. */
const CLASSES = Uint8Array.from({ length: 256 }, (_, code) => {
  const letter = String.fromCodePoint(code), ascii = code >= 0x20 && code < 0x80;
  return (/[0-9a-f]/.test(letter) ? HEX : 0) | (/[0-9]/.test(letter) ? DIGIT : 0)
    | (ascii && code !== QUOTE && code !== BACKSLASH ? PLAIN : 0) | (ascii ? ASCII : 0);
});

/** Where the run of bytes of a class ends that begins at `from`. */
const runEnd = (bytes: Uint8Array, from: number, of: number): number => {
  let end = from;
  while (end < bytes.length && (CLASSES[bytes[end]!]! & of) !== 0) end++;
  return end;
};
/** Moves past these bytes; false where others come. */
export const follows = (from: Source, wanted: Uint8Array): boolean => {
  const { bytes, at } = from, { length } = wanted;
  if (at + length > bytes.length) return false;
  for (let index = 0; index < length; index++) if (bytes[at + index] !== wanted[index]) return false;
  from.at = at + length;
  return true;
};
/** The text between quotes at `from.at` and `end`. */
const quoted = (from: Source, end: number): string => {
  const text = from.text.slice(from.at + 1, end);
  from.at = end + 1;
  return text;
};

/** A string with escapes, in ASCII. Stops at the first byte that no such string has, so that a reader never runs ahead. */
const escaped: QuickRead<string> = (from) => {
  const { bytes, at } = from;
  let end = at + 1;
  while (end < bytes.length && bytes[end] !== QUOTE) {
    if ((CLASSES[bytes[end]!]! & ASCII) === 0) return NO;
    end += bytes[end] === BACKSLASH ? 2 : 1;
  }
  const written = from.text.slice(at, end + 1);
  from.at = end + 1;
  try {
    const value = JSON.parse(written) as string;
    return compactJson(value) === written ? value : NO;
  } catch { return NO; }
};
/** Any string. */
export const readString: QuickRead<string> = (from) => {
  const { bytes, at } = from;
  if (bytes[at] !== QUOTE) return NO;
  const end = runEnd(bytes, at + 1, PLAIN);
  return bytes[end] === QUOTE ? quoted(from, end) : escaped(from);
};
/** So many lower-case hex digits. */
export const hexReader = (digits: number): QuickRead<string> => (from) => {
  const { bytes, at } = from, end = at + digits + 1;
  return bytes[at] === QUOTE && bytes[end] === QUOTE && runEnd(bytes, at + 1, HEX) === end ? quoted(from, end) : NO;
};
const HYPHEN = 0x2d, COLON = 0x3a, POINT = 0x2e, T = 0x54, Z = 0x5a;
/** The number that two digits write; a large one where they are no digits. */
const pairAt = (bytes: Uint8Array, at: number): number => {
  const tens = bytes[at]! - ZERO, ones = bytes[at + 1]! - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 1000;
};
/** An instant as `Date.prototype.toISOString` writes it in the years of four digits, with the ranges that schema.ts gives its parts. */
export const readInstant: QuickRead<string> = (from) => {
  const { bytes, at } = from;
  if (bytes[at] !== QUOTE || bytes[at + 5] !== HYPHEN || bytes[at + 8] !== HYPHEN || bytes[at + 11] !== T || bytes[at + 14] !== COLON || bytes[at + 17] !== COLON || bytes[at + 20] !== POINT || bytes[at + 24] !== Z || bytes[at + 25] !== QUOTE) return NO;
  const month = pairAt(bytes, at + 6), day = pairAt(bytes, at + 9);
  const fits = pairAt(bytes, at + 1) < 100 && pairAt(bytes, at + 3) < 100 && month >= 1 && month <= 12 && day >= 1 && day <= 31
    && pairAt(bytes, at + 12) < 24 && pairAt(bytes, at + 15) < 60 && pairAt(bytes, at + 18) < 60 && pairAt(bytes, at + 21) < 100 && pairAt(bytes, at + 22) < 100;
  return fits ? quoted(from, at + 25) : NO;
};
const SLOTS = 64, LONGEST_WORD = 32;
/** Whether the bytes from `from` to `end` are the letters of a word. */
export const isAt = (word: string, bytes: Uint8Array, from: number, end: number): boolean => {
  if (word.length !== end - from) return false;
  for (let index = 0; index < word.length; index++) if (word.charCodeAt(index) !== bytes[from + index]) return false;
  return true;
};
/** The one text of a word that engines compare by its place: what names of properties are. */
const oneText = (word: string): string => Object.keys({ [word]: 0 })[0]!;
/**
 * Strings for which `check` says yes, of which a few come again and again: people, steps, kinds. Each is checked once, and is one text wherever it
 * stands. Long ones, and those with escapes, are read as any string.
 */
export const wordReader = (check: (value: string) => boolean): QuickRead<string> => {
  const known: string[] = Array.from({ length: SLOTS }, () => '');
  return (from) => {
    const { bytes, at } = from;
    if (bytes[at] !== QUOTE) return NO;
    const end = runEnd(bytes, at + 1, PLAIN), length = end - at - 1;
    if (bytes[end] !== QUOTE || length > LONGEST_WORD || length === 0) { const value = readString(from); return value !== NO && check(value) ? value : NO; }
    const slot = (bytes[at + 1]! * 5 + bytes[end - 1]! * 3 + length) % SLOTS;
    if (!isAt(known[slot]!, bytes, at + 1, end)) {
      const word = from.text.slice(at + 1, end);
      if (!check(word)) return NO;
      known[slot] = oneText(word);
    }
    from.at = end + 1;
    return known[slot]!;
  };
};
/** A whole number of at most nine digits. */
export const readNumber: QuickRead<number> = (from) => {
  const { bytes, at } = from, end = runEnd(bytes, at, DIGIT), digits = end - at;
  if (digits === 0 || digits > 9 || (digits > 1 && bytes[at] === ZERO)) return NO;
  let value = 0;
  for (let place = at; place < end; place++) value = value * 10 + bytes[place]! - ZERO;
  from.at = end;
  return value;
};
/** One value of plain JSON, always the same. */
export const literalReader = <T>(value: T): QuickRead<T> => {
  const written = utf8(JSON.stringify(value));
  return (from) => (follows(from, written) ? value : NO);
};
