/** Looks for planted secrets in everything that is left on disk or was shown, in every way in which bytes usually end up in files. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Secret { readonly name: string; readonly bytes: Uint8Array }
interface Needle { readonly secret: string; readonly encoding: string; readonly bytes: Buffer }
export interface Sighting { readonly file: string; readonly secret: string; readonly encoding: string }

const RFC4648 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The characters of an encoding that depend on these bytes alone, when `before` bytes of something else stand in front of them. */
const core = (bytes: Uint8Array, alphabet: string, bits: number, before: number): string => {
  const stream = Buffer.concat([Buffer.alloc(before), bytes]);
  const first = Math.ceil((before * 8) / bits), last = Math.floor((stream.length * 8) / bits);
  let text = '';
  for (let symbol = first; symbol < last; symbol++) {
    let value = 0;
    for (let bit = symbol * bits; bit < (symbol + 1) * bits; bit++) value = value * 2 + ((stream[bit >> 3]! >> (7 - (bit & 7))) & 1);
    text += alphabet[value]!;
  }
  return text;
};

const utf16 = (bytes: Uint8Array, bigEndian: boolean): Buffer => {
  const wide = Buffer.alloc(bytes.length * 2);
  for (const [index, byte] of bytes.entries()) wide[index * 2 + (bigEndian ? 1 : 0)] = byte;
  return wide;
};

/** Every form in which one secret is looked for. */
export const needlesOf = ({ name, bytes }: Secret): readonly Needle[] => {
  const hex = Buffer.from(bytes).toString('hex');
  const texts: [string, string][] = [['hex', hex], ['HEX', hex.toUpperCase()]];
  for (const before of [0, 1, 2]) {
    const text = core(bytes, BASE64, 6, before);
    texts.push([`base64+${before}`, text], [`base64url+${before}`, text.replaceAll('+', '-').replaceAll('/', '_')]);
  }
  for (const before of [0, 1, 2, 3, 4]) for (const [label, alphabet] of [['base32', RFC4648], ['crockford', CROCKFORD]] as const) {
    const text = core(bytes, alphabet, 5, before);
    texts.push([`${label}+${before}`, text], [`${label} lower+${before}`, text.toLowerCase()]);
  }
  const raw = [['raw', Buffer.from(bytes)], ['utf16le', utf16(bytes, false)], ['utf16be', utf16(bytes, true)]] as const;
  return [...raw, ...texts.flatMap(([label, text]) => [[label, Buffer.from(text)], [`${label} utf16le`, utf16(Buffer.from(text), false)]] as const)].map(([encoding, needle]) => ({ secret: name, encoding, bytes: needle }));
};

/** Files below `dir`, without those in `except` (names of folders directly in it). */
export const filesBelow = (dir: string, except: readonly string[] = []): readonly string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true }).filter((item) => item.isFile()).map((item) => path.join(item.parentPath, item.name))
    .filter((file) => !except.includes(path.relative(dir, file).split(path.sep)[0]!));

/** What is seen of the secrets in some bytes. */
export type Finder = (haystack: Uint8Array) => readonly Omit<Sighting, 'file'>[];
const HEAD = 4, SLOTS = 65_536;
const slotOf = (head: number): number => (head ^ (head >>> 16)) & (SLOTS - 1);

/** Looks for all secrets in one pass: by the first four bytes of each form. @throws when a secret is too short to be looked for */
export const makeFinder = (secrets: readonly Secret[]): Finder => {
  const byHead = new Map<number, Needle[]>(), maybe = new Uint8Array(SLOTS);
  for (const needle of secrets.flatMap(needlesOf)) {
    if (needle.bytes.length < HEAD) throw new Error(`"${needle.secret}" is too short to be looked for`);
    const head = needle.bytes.readUInt32BE(0), there = byHead.get(head);
    if (there === undefined) byHead.set(head, [needle]); else there.push(needle);
    maybe[slotOf(head)] = 1;
  }
  return (haystack) => {
    const bytes = Buffer.from(haystack.buffer, haystack.byteOffset, haystack.length), seen = new Set<Needle>();
    let head = 0;
    for (let at = 0; at < bytes.length; at++) {
      head = ((head << 8) | bytes[at]!) >>> 0;
      if (at < HEAD - 1 || maybe[slotOf(head)] === 0) continue;
      const from = at - HEAD + 1;
      for (const needle of byHead.get(head) ?? []) if (bytes.compare(needle.bytes, 0, needle.bytes.length, from, Math.min(bytes.length, from + needle.bytes.length)) === 0) seen.add(needle);
    }
    return [...seen].map(({ secret, encoding }) => ({ secret, encoding }));
  };
};

/** @returns where any of the secrets was seen; empty when none was. */
export const search = (dir: string, secrets: readonly Secret[], except: readonly string[]): readonly Sighting[] => {
  const find = makeFinder(secrets);
  return filesBelow(dir, except).flatMap((file) => find(readFileSync(file)).map((seen) => ({ file: path.relative(dir, file), ...seen })));
};
