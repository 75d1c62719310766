/** Reads what is on paper: the share of a symbol, the same under a dice code, and the four typed lines. FORMATS-custody.md, "Share", "Typed lines" and "Blind sheet". */
import { BASE32, crc32, fromBase32, fromValues, join, numberAt, same, textOf, utf8, wipe } from './bytes.ts';
import { verifyEd25519 } from './curves.ts';
import { hkdf } from './sha2.ts';
import { fault, type Fault } from './text.ts';

/** A coordinate and its 32 bytes. */
export interface Point { readonly x: number; readonly y: Uint8Array }
export interface Share extends Point {
  readonly drill: boolean; readonly threshold: number; readonly shares: number; readonly number: number; readonly epoch: number;
  readonly setId: Uint8Array; /** The first 16 bytes of the wrapping key's check. */ readonly check: Uint8Array; readonly name: string;
  /** The share as it was issued, all of it. */
  readonly bytes: Uint8Array;
}

export const MAX_SYMBOL = 400;
const NAME_AT = 95, TAIL = 68;

/** The bytes of a symbol's text, and whether they are under a dice code. */
export const readSymbol = (text: string): { readonly bytes: Uint8Array; readonly blind: boolean } | null => {
  if (text.length > MAX_SYMBOL || !(text.startsWith('KCS1:') || text.startsWith('KCB1:'))) return null;
  const bytes = fromBase32(text.slice(5));
  return bytes === null ? null : { bytes, blind: text.startsWith('KCB1:') };
};

/** The digits of a dice code as ASCII; null unless it is 50 to 100 throws. White space is dropped. */
export const readDiceCode = (text: string): Uint8Array | null => {
  const digits = text.replaceAll(/\s/g, '');
  return /^[1-6]{50,100}$/.test(digits) ? utf8(digits) : null;
};

/** What lies over y on a sheet that is printed blind: 32 bytes. */
export const blindPad = (code: Uint8Array, setId: Uint8Array, number: number, x: number): Uint8Array =>
  hkdf(code, setId, join(utf8('KCS1/blind'), Uint8Array.of(0, number, x)));
export const uncover = (y: Uint8Array, pad: Uint8Array): Uint8Array => y.map((byte, i) => byte ^ pad[i]!);

// oxlint-disable-next-line no-control-regex -- control characters are exactly what is refused
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;
/** Line text of FORMATS.md, section 1. */
export const isLineText = (text: string, most: number): boolean =>
  text.length >= 1 && text.length <= most && text === text.normalize('NFC') && text === text.trim() && !CONTROL.test(text);

/** The field outside its range, or null. */
const illegal = (bytes: Uint8Array, name: string | null): string | null => {
  const [, , threshold, shares, number, x] = bytes as unknown as [number, number, number, number, number, number];
  if (shares < 2) return 'number of shares';
  if (threshold < 2 || threshold > shares) return 'threshold';
  if (number < 1 || number > shares) return 'share number';
  if (x === 0) return 'x';
  if (numberAt(bytes, 6, 2) === 0) return 'epoch';
  return name === null || !isLineText(name, 24) ? 'name' : null;
};

const signed = (bytes: Uint8Array, setId: Uint8Array): boolean => {
  const end = bytes.length - TAIL, message = join(utf8('KCS1/share'), Uint8Array.of(0), bytes.subarray(0, end));
  try { return verifyEd25519(bytes.subarray(end, end + 64), message, setId); } finally { wipe(message); }
};

/** Takes the dice code off a share and gives it the checksum that it was issued with. */
const uncovered = (bytes: Uint8Array, code: Uint8Array): Uint8Array => {
  const out = bytes.slice(), pad = blindPad(code, bytes.subarray(14, 46), bytes[4]!, bytes[5]!);
  out.set(uncover(bytes.subarray(62, 94), pad), 62);
  out.set(crc32(out.subarray(0, -4)), out.length - 4);
  wipe(pad);
  return out;
};

/**
 * Checks a share by itself, in the order of section 2.1: damage, version, fields, signature. What it says of itself is true only once its
 * set is known to be the right one.
 * @param code the dice code of a sheet that is printed blind; null for any other. The caller wipes it.
 */
export const readShare = (bytes: Uint8Array, code: Uint8Array | null): Share | Fault => {
  if (bytes.length < 6 || bytes.length > 400 || !same(crc32(bytes.subarray(0, -4)), bytes.subarray(-4))) return fault('SHARE_DAMAGED');
  if (bytes[0] !== 1 || (bytes[1]! & 0xfe) !== 0x10) return fault('SHARE_UNKNOWN_VERSION');
  const length = bytes[NAME_AT - 1] ?? 0;
  if (length < 1 || length > 24 || bytes.length !== NAME_AT + length + TAIL) return fault('SHARE_ILLEGAL_FIELD', { field: 'length' });
  const name = textOf(bytes.subarray(NAME_AT, NAME_AT + length)), wrong = illegal(bytes, name);
  if (wrong !== null || name === null) return fault('SHARE_ILLEGAL_FIELD', { field: wrong ?? 'name' });
  const whole = code === null ? bytes.slice() : uncovered(bytes, code), setId = whole.slice(14, 46);
  if (!signed(whole, setId)) { wipe(whole); return fault(code === null ? 'SHARE_FORGED' : 'SHARE_BLIND_CODE'); }
  return {
    drill: (whole[1]! & 1) === 1, threshold: whole[2]!, shares: whole[3]!, number: whole[4]!, x: whole[5]!, epoch: numberAt(whole, 6, 2),
    setId, check: whole.slice(46, 62), y: whole.slice(62, 94), name, bytes: whole,
  };
};

/** GF(32) with z⁵+z²+1. */
const times32 = (a: number, b: number): number => {
  let product = 0;
  for (let [left, factor] = [a, b]; factor > 0; factor >>= 1, left = (left << 1) ^ ((left & 16) === 0 ? 0 : 0x25)) if (factor & 1) product ^= left;
  return product;
};
/** A line is right when its polynomial, led by the line's number, is 0 at 2 and at 4. */
const lineFits = (line: number, values: Uint8Array): boolean =>
  [2, 4].every((root) => values.reduce((sum, value) => times32(sum, root) ^ value, line) === 0);

/** Reads a line as it is printed or typed. @param line 1 to 4. @returns its 18 data values, or null. */
export const readLine = (line: number, typed: string): Uint8Array | null => {
  const letters = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll(/[IL]/g, '1').replaceAll('O', '0');
  const values = Uint8Array.from(letters, (letter) => { const value = BASE32.indexOf(letter); return value < 0 ? 255 : value; });
  try { return values.length === 20 && !values.includes(255) && lineFits(line, values) ? values.slice(0, 18) : null; } finally { wipe(values); }
};

/** What the lines carry. No signature: worth nothing without the manifest. */
export interface Core extends Point { readonly setPrefix: Uint8Array }

/** @param typed the four lines. */
export const readLines = (typed: readonly string[]): Core | Fault => {
  const lines = typed.map((text, index) => readLine(index + 1, text)), wrong = lines.indexOf(null);
  try {
    if (wrong >= 0 || lines.length !== 4) return fault('SHARE_LINE_MISTYPED', { line: String(wrong + 1) });
    const values = join(...lines as Uint8Array[]), whole = fromValues(values);
    wipe(values);
    try {
      if (whole?.length !== 45 || !same(crc32(whole.subarray(0, 41)), whole.subarray(41))) return fault('SHARE_DAMAGED');
      if (whole[0] === 0) return fault('SHARE_ILLEGAL_FIELD', { field: 'x' });
      return { x: whole[0]!, y: whole.slice(1, 33), setPrefix: whole.slice(33, 41) };
    } finally { wipe(whole); }
  } finally { wipe(...lines); }
};
