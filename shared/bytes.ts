/** Byte helpers of the pure part: hex, base64, UTF-8, comparison. No streams, no files. */
import type { Base64 } from './brand.ts';

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
export const toHex = (bytes: Uint8Array): string => {
  let out = '';
  for (let at = 0; at < bytes.length; at++) out += HEX[bytes[at]!]!;
  return out;
};

/** @returns null when the text is not an even number of lower-case hex digits. */
export const fromHex = (text: string): Uint8Array | null => {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return null;
  const out = new Uint8Array(text.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return out;
};

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Of each letter of the alphabet its six bits; -1 of every other code. */
const VALUES = new Int8Array(65_536).fill(-1);
for (const [index, letter] of [...ALPHABET].entries()) VALUES[letter.codePointAt(0)!] = index;

/** RFC 4648 §4 with padding. */
export const toBase64 = (bytes: Uint8Array): Base64 => {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out += ALPHABET[(word >> 18) & 63]! + ALPHABET[(word >> 12) & 63]!;
    out += (left > 1 ? ALPHABET[(word >> 6) & 63]! : '=') + (left > 2 ? ALPHABET[word & 63]! : '=');
  }
  return out as Base64;
};

/** Canonical base64 only: wrong padding, stray bits or other characters give null. */
export const fromBase64 = (text: string): Uint8Array | null => {
  if (text.length % 4 !== 0) return null;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0, length = text.length - padding, whole = length - (length % 4);
  const out = new Uint8Array((text.length / 4) * 3 - padding);
  let at = 0, any = 0;
  for (let i = 0; i < whole; i += 4) {
    const word = (VALUES[text.charCodeAt(i)]! << 18) | (VALUES[text.charCodeAt(i + 1)]! << 12) | (VALUES[text.charCodeAt(i + 2)]! << 6) | VALUES[text.charCodeAt(i + 3)]!;
    any |= word;
    out[at++] = word >> 16;
    out[at++] = word >> 8;
    out[at++] = word;
  }
  if (padding > 0) {
    // Two or three letters; bits that are left over must be zero: a byte string has one spelling.
    const word = (VALUES[text.charCodeAt(whole)]! << 18) | (VALUES[text.charCodeAt(whole + 1)]! << 12) | (padding === 1 ? VALUES[text.charCodeAt(whole + 2)]! << 6 : 0);
    any |= (word & (padding === 1 ? 0xff : 0xffff)) === 0 ? word : -1;
    out[at++] = word >> 16;
    if (padding === 1) out[at++] = word >> 8;
  }
  // A letter outside the alphabet makes its word negative.
  return any < 0 ? null : out;
};

/** UTF-8 of a well-formed string. */
export const utf8 = (text: string): Uint8Array => {
  const ascii = new Uint8Array(text.length);
  let any = 0;
  for (let at = 0; at < text.length; at++) { const code = text.charCodeAt(at); ascii[at] = code; any |= code; }
  if (any < 0x80) return ascii;
  // At most three bytes a UTF-16 unit.
  const out = new Uint8Array(text.length * 3);
  let to = 0;
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (code < 0x80) { out[to++] = code; continue; }
    if (code < 0x800) out[to++] = 0xc0 | (code >> 6);
    else {
      if (code < 0x10000) out[to++] = 0xe0 | (code >> 12);
      else { out[to++] = 0xf0 | (code >> 18); out[to++] = 0x80 | ((code >> 12) & 63); }
      out[to++] = 0x80 | ((code >> 6) & 63);
    }
    out[to++] = 0x80 | (code & 63);
  }
  return out.slice(0, to);
};

/** Number of bytes of the UTF-8 sequence that this first byte opens; 0 for a byte that opens none. */
const sequenceLength = (first: number): number => (first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0);

/** Text with one letter a byte: ASCII where all bytes are, else Latin-1. */
export const latin1Text = (bytes: Uint8Array): string => {
  let out = '';
  // Code points as arguments: not too many for one call.
  for (let at = 0; at < bytes.length; at += 4096) out += String.fromCharCode.apply(null, bytes.subarray(at, at + 4096) as unknown as number[]);
  return out;
};
/** Where the run of ASCII ends that begins at `from`. */
const asciiEnd = (bytes: Uint8Array, from: number): number => {
  let at = from;
  while (at < bytes.length && bytes[at]! < 0x80) at++;
  return at;
};

/** Strict UTF-8: overlong forms, surrogates, values above U+10FFFF and truncated sequences give null. A byte order mark is kept. */
export const fromUtf8 = (bytes: Uint8Array): string | null => {
  let out = '';
  for (let at = 0; at < bytes.length;) {
    const end = asciiEnd(bytes, at);
    if (end > at) { out += latin1Text(bytes.subarray(at, end)); at = end; continue; }
    const length = sequenceLength(bytes[at]!);
    if (length === 0 || at + length > bytes.length) return null;
    let code = bytes[at]! & (0x7f >> length);
    for (let i = 1; i < length; i++) {
      if ((bytes[at + i]! & 0xc0) !== 0x80) return null;
      code = (code << 6) | (bytes[at + i]! & 63);
    }
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) || (length === 3 && code < 0x800) || (length === 4 && code < 0x10000)) return null;
    out += String.fromCodePoint(code);
    at += length;
  }
  return out;
};

export const concatBytes = (...parts: readonly Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { out.set(part, at); at += part.length; }
  return out;
};

/** Compares public values; not constant time. */
export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
};
