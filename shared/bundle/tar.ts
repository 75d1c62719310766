/**
 * The archive file of an auditor bundle: a POSIX ustar with one byte form, so that the same files always give the same bytes, and the
 * reader can refuse every other. Regular files only. Any `tar -x` reads it; this reader takes nothing that this writer would not write.
 */
import { concatBytes, equalBytes, fromUtf8, utf8 } from '../bytes.ts';

export const BLOCK = 512;
/** 1980-01-01T00:00:00Z: no file has a time of its own, and some programs complain of 1970. */
const MTIME = 315_532_800;
const MAX_FILE = 0o77777777777;
/** Names as they stand in a bundle: no link, no way up, no hidden file, nothing that a shell or a file system takes for something else. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/;

export type TarFault = 'length' | 'header' | 'name' | 'order' | 'end';
export type TarResult = { readonly ok: true; readonly files: ReadonlyMap<string, Uint8Array> } | { readonly ok: false; readonly fault: TarFault; readonly at: number };

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const isName = (name: string): boolean => NAME.test(name) && splitName(name) !== null;

/** ustar holds a path as prefix (155) and name (100). @returns null when it fits in neither. */
const splitName = (path: string): { readonly prefix: string; readonly name: string } | null => {
  if (path.length <= 100) return { prefix: '', name: path };
  // The first slash that leaves a name short enough: the prefix is as short as it can be.
  for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) if (path.length - at - 1 <= 100) return at <= 155 ? { prefix: path.slice(0, at), name: path.slice(at + 1) } : null;
  return null;
};
const octal = (value: number, digits: number): Uint8Array => utf8(`${value.toString(8).padStart(digits, '0')}\0`);

const header = (path: string, size: number): Uint8Array => {
  const block = new Uint8Array(BLOCK), { prefix, name } = splitName(path)!;
  const put = (at: number, bytes: Uint8Array): void => { block.set(bytes, at); };
  put(0, utf8(name)); put(100, octal(0o644, 7)); put(108, octal(0, 7)); put(116, octal(0, 7));
  put(124, octal(size, 11)); put(136, octal(MTIME, 11)); put(148, utf8('        ')); put(156, utf8('0'));
  put(257, utf8('ustar\0')); put(263, utf8('00')); put(329, octal(0, 7)); put(337, octal(0, 7)); put(345, utf8(prefix));
  put(148, utf8(`${block.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `));
  return block;
};
const padding = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK;

/**
 * @param files by name; written in the order of their names, with mode 0644, owner 0 and one fixed time.
 * @returns the whole archive, two empty blocks at its end.
 * @throws RangeError for a name or size that this form does not have: a fault of the program.
 */
export const writeTar = (files: ReadonlyMap<string, Uint8Array>): Uint8Array => {
  const parts: Uint8Array[] = [];
  for (const [name, bytes] of [...files].sort(([a], [b]) => compare(a, b))) {
    if (!isName(name) || bytes.length > MAX_FILE) throw new RangeError('a name or size that a bundle does not have');
    parts.push(header(name, bytes.length), bytes, new Uint8Array(padding(bytes.length)));
  }
  return concatBytes(...parts, new Uint8Array(2 * BLOCK));
};

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);
const until = (bytes: Uint8Array): string | null => { const end = bytes.indexOf(0); return fromUtf8(end < 0 ? bytes : bytes.subarray(0, end)); };
const nameIn = (block: Uint8Array): string | null => {
  const name = until(block.subarray(0, 100)), prefix = until(block.subarray(345, 500));
  return name === null || prefix === null ? null : prefix === '' ? name : `${prefix}/${name}`;
};
const sizeIn = (block: Uint8Array): number | null => {
  const text = fromUtf8(block.subarray(124, 135));
  return text !== null && /^[0-7]{11}$/.test(text) ? Number.parseInt(text, 8) : null;
};

/**
 * Reads what {@link writeTar} writes and nothing else: other owners, times, kinds of entry, orders, fill bytes or endings are refused.
 * @returns the files in their order, as views into `bytes`; or the fault and the byte where the entry begins.
 */
export const readTar = (bytes: Uint8Array): TarResult => {
  const refuse = (fault: TarFault, at: number): TarResult => ({ ok: false, fault, at });
  if (bytes.length % BLOCK !== 0 || bytes.length < 2 * BLOCK) return refuse('length', bytes.length);
  const files = new Map<string, Uint8Array>();
  const end = bytes.length - 2 * BLOCK;
  let at = 0, before = '';
  while (at < end) {
    const block = bytes.subarray(at, at + BLOCK), name = nameIn(block), size = sizeIn(block);
    if (name === null || size === null) return refuse('header', at);
    if (!isName(name)) return refuse('name', at);
    if (!equalBytes(block, header(name, size))) return refuse('header', at);
    if (compare(before, name) >= 0) return refuse('order', at);
    const start = at + BLOCK, next = start + size + padding(size);
    if (next > end || !isZero(bytes.subarray(start + size, next))) return refuse('length', at);
    files.set(name, bytes.subarray(start, start + size));
    before = name;
    at = next;
  }
  return isZero(bytes.subarray(end)) ? { ok: true, files } : refuse('end', end);
};
