/**
 * The typed fallback: x, y and the set's prefix in four lines of 18 characters with two check characters each. Works on bytes, so that
 * what a person typed can be wiped. Never corrects: a line is right or it is typed again. Form: docs/FORMATS.md, "Typed lines".
 */
import { concatBytes, equalBytes } from '../bytes.ts';
import { accept, refuse, type Result } from '../errors.ts';
import { BASE32, fromSymbols, toSymbols } from './base32.ts';
import { crc32 } from './crc32.ts';
import { SECRET_BYTES } from './envelope.ts';

export const LINES = 4;
const DATA = 18, CHECKS = 2, PREFIX_BYTES = 8, BODY_BYTES = 1 + SECRET_BYTES + PREFIX_BYTES;
export const LINE_CHARACTERS = DATA + CHECKS;

/** What the lines carry. Authentic only when its commitment is in a manifest. */
export interface Core { readonly x: number; readonly y: Uint8Array; /** First 8 bytes of the set id. */ readonly setPrefix: Uint8Array }

/** GF(32) with x⁵+x²+1. */
const times = (a: number, b: number): number => {
  let product = 0;
  for (let bit = 4; bit >= 0; bit--) {
    product <<= 1;
    if (product & 32) product ^= 0x25;
    if ((b >> bit) & 1) product ^= a;
  }
  return product;
};
/** Remainder of line number and data, times X², by (X + 2)(X + 4) = X² + 6X + 8. */
const checksOf = (line: number, data: Uint8Array): [number, number] => {
  let high = 0, low = 0;
  for (const symbol of [line, ...data]) {
    const lead = symbol ^ high;
    high = low ^ times(lead, 6);
    low = times(lead, 8);
  }
  return [high, low];
};

/** Four lines of 20 symbols (values 0–31) each; the caller wipes them. */
export const coreSymbols = (core: Core): Uint8Array[] => {
  const body = concatBytes(Uint8Array.of(core.x), core.y, core.setPrefix);
  const whole = concatBytes(body, crc32(body)), symbols = toSymbols(whole);
  try {
    return Array.from({ length: LINES }, (_, index) => {
      const data = symbols.slice(index * DATA, (index + 1) * DATA);
      return concatBytes(data, Uint8Array.from(checksOf(index + 1, data)));
    });
  } finally { body.fill(0); whole.fill(0); symbols.fill(0); }
};

/** Lines as printed: groups of 4, 4, 4, 4 and 2 characters, then the two checks apart. */
export const printedLine = (symbols: Uint8Array): { readonly groups: readonly string[]; readonly check: string } => {
  const text = Array.from(symbols, (symbol) => BASE32[symbol]!).join('');
  return { groups: text.slice(0, DATA).match(/.{1,4}/g)!, check: text.slice(DATA) };
};

const symbolOf = (byte: number): number => {
  const letter = String.fromCharCode(byte).toUpperCase();
  return BASE32.indexOf(letter === 'I' || letter === 'L' ? '1' : letter === 'O' ? '0' : letter);
};
const isGap = (byte: number): boolean => byte === 0x20 || byte === 0x2d || byte === 0x09;

/** Reads what was typed (ASCII): gaps are dropped, i and l read as 1, o as 0, case does not count. Null unless exactly 20 characters are left. */
const normalise = (typed: Uint8Array): Uint8Array | null => {
  const symbols = new Uint8Array(LINE_CHARACTERS);
  let at = 0;
  for (const byte of typed) {
    if (isGap(byte)) continue;
    const value = symbolOf(byte);
    if (value < 0 || at === LINE_CHARACTERS) { symbols.fill(0); return null; }
    symbols[at++] = value;
  }
  return at === LINE_CHARACTERS ? symbols : null;
};

/** The 18 data symbols of a typed line whose checks fit, or null. @param index 0–3 */
const readLine = (index: number, typed: Uint8Array): Uint8Array | null => {
  const symbols = normalise(typed);
  if (symbols === null) return null;
  try {
    const [high, low] = checksOf(index + 1, symbols.subarray(0, DATA));
    return symbols[DATA] === high && symbols[DATA + 1] === low ? symbols.slice(0, DATA) : null;
  } finally { symbols.fill(0); }
};

/** Checks one typed line as it is committed: any one or two wrong characters and any swapped lines are found. @param index 0–3 */
export const checkLine = (index: number, typed: Uint8Array): boolean => {
  const data = readLine(index, typed);
  data?.fill(0);
  return data !== null;
};

/**
 * @param typed the four lines as typed, ASCII bytes. The caller wipes them, and the core.
 * @returns SHARE_LINE_MISTYPED (`line` 1–4), SHARE_DAMAGED (each line fits but the whole does not), SHARE_ILLEGAL_FIELD (x is 0).
 */
export const parseLines = (typed: readonly Uint8Array[]): Result<Core> => {
  if (typed.length !== LINES) return refuse('SHARE_LINE_MISTYPED', { line: Math.min(typed.length, LINES - 1) + 1 });
  const lines: Uint8Array[] = [];
  let whole: Uint8Array | null = null, symbols: Uint8Array | null = null;
  try {
    for (const [index, line] of typed.entries()) {
      const data = readLine(index, line);
      if (data === null) return refuse('SHARE_LINE_MISTYPED', { line: index + 1 });
      lines.push(data);
    }
    symbols = concatBytes(...lines);
    whole = fromSymbols(symbols)!;
    if (!equalBytes(crc32(whole.subarray(0, BODY_BYTES)), whole.subarray(BODY_BYTES))) return refuse('SHARE_DAMAGED');
    // SECURITY: CUST-2
    if (whole[0] === 0) return refuse('SHARE_ILLEGAL_FIELD', { field: 'x' });
    return accept({ x: whole[0]!, y: whole.slice(1, 1 + SECRET_BYTES), setPrefix: whole.slice(1 + SECRET_BYTES, BODY_BYTES) });
  } finally { for (const buffer of [...lines, whole, symbols]) buffer?.fill(0); }
};
