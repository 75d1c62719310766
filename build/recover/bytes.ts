/** Byte strings of the recovery page: joining, comparing, hex, base32, base64, CRC-32. Written from docs/FORMATS*.md alone. */

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Text of UTF-8 bytes; null when they are not UTF-8. */
export const textOf = (bytes: Uint8Array): string | null => {
  try { return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes); } catch { return null; }
};

export const join = (...parts: readonly Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { out.set(part, at); at += part.length; }
  return out;
};

/** Compares all bytes, wherever the first difference is. */
export const same = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!;
  return difference === 0;
};

export const wipe = (...parts: readonly (Uint8Array | null | undefined)[]): void => { for (const part of parts) part?.fill(0); };

export const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Lower-case hex of whole bytes, or null. */
export const fromHex = (text: string): Uint8Array | null =>
  /^([0-9a-f]{2})*$/.test(text) ? Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) : null;

/** Crockford's alphabet: the place of a character is its value. */
export const BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const toBase32 = (bytes: Uint8Array): string => {
  let out = '', held = 0, bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) out += BASE32[(held >>> (bits - 5)) & 31]!;
    held &= 31;
  }
  return bits === 0 ? out : out + BASE32[(held << (5 - bits)) & 31]!;
};

/** Bytes of 5-bit values. Null when a whole value is left over or unused bits are not zero: the same bytes have one spelling only. */
export const fromValues = (values: ArrayLike<number>): Uint8Array | null => {
  const out = new Uint8Array(Math.floor((values.length * 5) / 8));
  let held = 0, bits = 0, at = 0;
  for (let i = 0; i < values.length; i++) {
    held = ((held << 5) | values[i]!) & 0xfff;
    bits += 5;
    if (bits >= 8) { bits -= 8; out[at++] = (held >>> bits) & 255; }
  }
  if (bits < 5 && (held & ((1 << bits) - 1)) === 0) return out;
  wipe(out);
  return null;
};

/** Upper case only, no look-alikes: what a symbol carries was written by a machine. */
export const fromBase32 = (text: string): Uint8Array | null => {
  const values = Uint8Array.from(text, (letter) => { const value = BASE32.indexOf(letter); return value < 0 ? 255 : value; });
  try { return values.includes(255) ? null : fromValues(values); } finally { wipe(values); }
};

/** RFC 4648 with padding, in its one spelling; else null. */
export const fromBase64 = (text: string): Uint8Array | null => {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  try {
    const binary = atob(text);
    return btoa(binary) === text ? Uint8Array.from(binary, (letter) => letter.codePointAt(0)!) : null;
  } catch { return null; }
};

export const toBase64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(''));

/** The CRC-32 of zip files, 4 bytes, big-endian. */
export const crc32 = (bytes: Uint8Array): Uint8Array => {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ ((crc & 1) === 0 ? 0 : 0xedb88320);
  }
  const value = (crc ^ 0xffffffff) >>> 0;
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
};

/** Big-endian number of a few bytes. */
export const numberAt = (bytes: Uint8Array, offset: number, length: number): number =>
  bytes.subarray(offset, offset + length).reduce((sum, byte) => sum * 256 + byte, 0);
