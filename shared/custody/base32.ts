/** Crockford's base32: 0–9 and A–Z without I, L, O and U. Most significant bit first; unused bits of the last symbol are zero. */

export const BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const VALUES = new Map([...BASE32].map((letter, index) => [letter, index]));

/** Five bits a symbol, values 0–31; the caller owns (and wipes) the result. */
export const toSymbols = (bytes: Uint8Array): Uint8Array => {
  const out = new Uint8Array(Math.ceil((bytes.length * 8) / 5));
  for (let i = 0; i < out.length; i++) {
    const bit = i * 5, at = bit >> 3, word = (bytes[at]! << 8) | (bytes[at + 1] ?? 0);
    out[i] = (word >> (11 - (bit & 7))) & 31;
  }
  return out;
};

/** Inverse of {@link toSymbols}: null when bits are left over that are not zero, or that would fill a byte. */
export const fromSymbols = (symbols: Uint8Array): Uint8Array | null => {
  const out = new Uint8Array(Math.floor((symbols.length * 5) / 8));
  let word = 0, bits = 0, at = 0;
  for (const symbol of symbols) {
    word = ((word << 5) | symbol) & 0xfff;
    bits += 5;
    if (bits >= 8) { bits -= 8; out[at++] = (word >> bits) & 255; }
  }
  return bits >= 5 || (word & ((1 << bits) - 1)) !== 0 ? null : out;
};

export const encodeBase32 = (bytes: Uint8Array): string => Array.from(toSymbols(bytes), (symbol) => BASE32[symbol]!).join('');

/** Strict: upper case only, no look-alikes, no spaces; the text must be exactly what {@link encodeBase32} gives. */
export const decodeBase32 = (text: string): Uint8Array | null => {
  const symbols = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const value = VALUES.get(text[i]!);
    if (value === undefined) return null;
    symbols[i] = value;
  }
  return fromSymbols(symbols);
};

/** As {@link decodeBase32}, from ASCII bytes: a secret never becomes a string, which nobody can wipe. The caller wipes both. */
export const decodeBase32Ascii = (ascii: Uint8Array): Uint8Array | null => {
  const symbols = Uint8Array.from(ascii, (byte) => VALUES.get(String.fromCharCode(byte)) ?? 255);
  try { return symbols.includes(255) ? null : fromSymbols(symbols); } finally { symbols.fill(0); }
};

/** ASCII bytes of {@link encodeBase32}, for the same reason. */
export const encodeBase32Ascii = (bytes: Uint8Array): Uint8Array => {
  const symbols = toSymbols(bytes);
  try { return symbols.map((symbol) => BASE32.charCodeAt(symbol)); } finally { symbols.fill(0); }
};
