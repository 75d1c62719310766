/** DER (X.690): building from parts, and a strict reader. Strict: definite minimal lengths, no trailing bytes; parsing is never repair. */
import { concatBytes, utf8 } from '../bytes.ts';

/** Tag numbers with class and constructed bit, as the identifier octet. */
export const TAG = {
  boolean: 0x01, integer: 0x02, bitString: 0x03, octetString: 0x04, null: 0x05, oid: 0x06, utf8String: 0x0c, printableString: 0x13,
  utcTime: 0x17, generalizedTime: 0x18, sequence: 0x30, set: 0x31,
} as const;
/** [n] constructed, context class. */
export const contextTag = (number: number): number => 0xa0 | number;

const lengthBytes = (length: number): Uint8Array => {
  if (length < 0x80) return Uint8Array.of(length);
  const bytes: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) bytes.unshift(left & 0xff);
  return Uint8Array.of(0x80 | bytes.length, ...bytes);
};

export const tlv = (tag: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const content = concatBytes(...parts);
  return concatBytes(Uint8Array.of(tag), lengthBytes(content.length), content);
};
export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => tlv(TAG.sequence, ...parts);
/** SET OF with one element; DER's ordering rule does not arise. */
export const setOfOne = (part: Uint8Array): Uint8Array => tlv(TAG.set, part);
export const derNull = (): Uint8Array => Uint8Array.of(TAG.null, 0);
export const derTrue = (): Uint8Array => Uint8Array.of(TAG.boolean, 1, 0xff);
export const octetString = (bytes: Uint8Array): Uint8Array => tlv(TAG.octetString, bytes);
export const bitString = (bytes: Uint8Array, unusedBits = 0): Uint8Array => tlv(TAG.bitString, Uint8Array.of(unusedBits), bytes);
export const utf8String = (text: string): Uint8Array => tlv(TAG.utf8String, utf8(text));
export const printableString = (text: string): Uint8Array => tlv(TAG.printableString, utf8(text));

/** INTEGER from an unsigned big-endian number of any length; leading zeros go. */
export const unsignedInteger = (bytes: Uint8Array): Uint8Array => {
  const first = bytes.findIndex((byte) => byte !== 0);
  const bare = first < 0 ? Uint8Array.of(0) : bytes.slice(first);
  return tlv(TAG.integer, bare[0]! >= 0x80 ? concatBytes(Uint8Array.of(0), bare) : bare);
};

const base128 = (value: bigint): number[] => {
  const out = [Number(value & 0x7fn)];
  for (let left = value >> 7n; left > 0n; left >>= 7n) out.unshift(Number(left & 0x7fn) | 0x80);
  return out;
};

/** @param dotted such as "2.5.29.15"; arcs of any size. */
export const objectIdentifier = (dotted: string): Uint8Array => {
  const [first, second, ...rest] = dotted.split('.').map((arc) => BigInt(arc));
  return tlv(TAG.oid, Uint8Array.from([...base128(first! * 40n + second!), ...rest.flatMap(base128)]));
};

/** A value read: its identifier octet, its content, and the exact bytes of the whole. */
export interface Der { readonly tag: number; readonly content: Uint8Array; readonly bytes: Uint8Array }

const readLength = (bytes: Uint8Array, at: number): { length: number; next: number } | null => {
  const first = bytes[at];
  if (first === undefined) return null;
  if (first < 0x80) return { length: first, next: at + 1 };
  const size = first & 0x7f;
  if (size === 0 || size > 3 || at + 1 + size > bytes.length) return null;
  let length = 0;
  for (let i = 0; i < size; i++) length = length * 256 + bytes[at + 1 + i]!;
  const isMinimal = length >= 0x80 && bytes[at + 1] !== 0;
  return isMinimal ? { length, next: at + 1 + size } : null;
};

/** @returns the values that fill `bytes` completely, or null when they are not strict DER. High tag numbers are refused. */
export const readAll = (bytes: Uint8Array): readonly Der[] | null => {
  const out: Der[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at]!;
    const header = readLength(bytes, at + 1);
    if ((tag & 0x1f) === 0x1f || header === null || header.next + header.length > bytes.length) return null;
    const end = header.next + header.length;
    out.push({ tag, content: bytes.subarray(header.next, end), bytes: bytes.subarray(at, end) });
    at = end;
  }
  return out;
};

/** Exactly one value with this tag and nothing after it, or null. */
export const readOne = (bytes: Uint8Array, tag: number): Der | null => {
  const all = readAll(bytes);
  return all !== null && all.length === 1 && all[0]!.tag === tag ? all[0]! : null;
};

/** The members of a constructed value, or null. */
export const membersOf = (value: Der | null | undefined): readonly Der[] | null =>
  value === null || value === undefined || (value.tag & 0x20) === 0 ? null : readAll(value.content);

/** Members of the one SEQUENCE that `bytes` is. */
export const readSequence = (bytes: Uint8Array): readonly Der[] | null => membersOf(readOne(bytes, TAG.sequence));

/** Dotted text of an OBJECT IDENTIFIER, or null when it is not minimal base 128. */
export const oidText = (value: Der | null | undefined): string | null => {
  if (value === null || value === undefined || value.tag !== TAG.oid || value.content.length === 0 || value.content.at(-1)! >= 0x80) return null;
  const arcs: bigint[] = [];
  let arc = 0n, fresh = true;
  for (const byte of value.content) {
    if (fresh && byte === 0x80) return null;
    arc = (arc << 7n) | BigInt(byte & 0x7f);
    fresh = byte < 0x80;
    if (fresh) { arcs.push(arc); arc = 0n; }
  }
  const head = arcs[0]! < 40n ? [0n, arcs[0]!] : arcs[0]! < 80n ? [1n, arcs[0]! - 40n] : [2n, arcs[0]! - 80n];
  return [...head, ...arcs.slice(1)].join('.');
};

/** Content of a minimal INTEGER that is not negative, without its sign byte; null otherwise. */
export const unsignedOf = (value: Der | null | undefined): Uint8Array | null => {
  if (value === null || value === undefined || value.tag !== TAG.integer || value.content.length === 0) return null;
  const [first, second] = value.content;
  if (first! >= 0x80 || (first === 0 && second !== undefined && second < 0x80)) return null;
  return first === 0 && second !== undefined ? value.content.subarray(1) : value.content;
};

/** Bytes of a BIT STRING without unused bits; null otherwise. */
export const bitsOf = (value: Der | null | undefined): Uint8Array | null =>
  value !== null && value !== undefined && value.tag === TAG.bitString && value.content[0] === 0 ? value.content.subarray(1) : null;

const decoder = (): ((bytes: Uint8Array) => string) => (bytes) => {
  let out = '';
  for (let i = 0; i < bytes.length;) {
    const lead = bytes[i]!;
    const size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    let code = size === 1 ? lead : lead & (0xff >> (size + 1));
    for (let k = 1; k < size; k++) code = (code << 6) | ((bytes[i + k] ?? 0) & 0x3f);
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return '\ufffd';
    out += String.fromCodePoint(code);
    i += size;
  }
  return out;
};

/** Text of a UTF8String or PrintableString whose bytes are exactly the UTF-8 of it; null otherwise. */
export const textOf = (value: Der | null | undefined): string | null => {
  if (value === null || value === undefined || (value.tag !== TAG.utf8String && value.tag !== TAG.printableString)) return null;
  const text = decoder()(value.content);
  const again = utf8(text);
  return again.length === value.content.length && again.every((byte, i) => byte === value.content[i]) ? text : null;
};
