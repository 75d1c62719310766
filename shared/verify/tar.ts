/** Reads a tar file (POSIX ustar) strictly: plain files and folders, safe names, each once. Anything else and nothing is read. */
import { fromUtf8 } from '../bytes.ts';

const BLOCK = 512;
export interface Packed { readonly path: string; readonly bytes: Uint8Array }

/** Text up to the first zero byte; only zeros may follow. */
const textAt = (header: Uint8Array, from: number, length: number): string | null => {
  const field = header.subarray(from, from + length), end = field.indexOf(0);
  return end >= 0 && field.subarray(end).some((byte) => byte !== 0) ? null : fromUtf8(end < 0 ? field : field.subarray(0, end));
};
/** Octal digits and then zeros or spaces. */
const numberAt = (header: Uint8Array, from: number, length: number): number | null => {
  const text = String.fromCodePoint(...header.subarray(from, from + length)).replace(/[\0 ]+$/, '');
  return /^[0-7]{1,11}$/.test(text) ? Number.parseInt(text, 8) : null;
};
const CHECKSUM_AT = 148, CHECKSUM_BYTES = 8;
const checksumHolds = (header: Uint8Array): boolean =>
  header.reduce((sum, byte, at) => sum + (at >= CHECKSUM_AT && at < CHECKSUM_AT + CHECKSUM_BYTES ? 0x20 : byte), 0) === numberAt(header, CHECKSUM_AT, CHECKSUM_BYTES);
const isSafe = (path: string): boolean => path !== '' && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !part.includes('\0'));

interface Header { readonly path: string; readonly size: number; readonly isFolder: boolean }
const readHeader = (header: Uint8Array): Header | null => {
  const name = textAt(header, 0, 100), prefix = textAt(header, 345, 155), size = numberAt(header, 124, 12), kind = String.fromCodePoint(header[156]!);
  if (textAt(header, 257, 6) !== 'ustar' || !checksumHolds(header) || name === null || prefix === null || size === null) return null;
  const isFolder = kind === '5', path = (prefix === '' ? name : `${prefix}/${name}`).replace(isFolder ? /\/$/ : /$^/, '');
  return isSafe(path) && (kind === '0' || kind === '\0' || (isFolder && size === 0)) ? { path, size, isFolder } : null;
};

/** @returns the files; null unless all of it reads: links, other kinds, names twice or outside, a torn end and bytes after the end refuse it. */
export const readTar = (bytes: Uint8Array): readonly Packed[] | null => {
  const files: Packed[] = [], seen = new Set<string>();
  for (let at = 0; at + BLOCK <= bytes.length;) {
    const block = bytes.subarray(at, at + BLOCK);
    if (block.every((byte) => byte === 0)) return bytes.length - at >= 2 * BLOCK && bytes.subarray(at).every((byte) => byte === 0) ? files : null;
    const header = readHeader(block), from = at + BLOCK;
    if (header === null || seen.has(header.path) || from + header.size > bytes.length) return null;
    seen.add(header.path);
    if (!header.isFolder) files.push({ path: header.path, bytes: bytes.subarray(from, from + header.size) });
    at = from + Math.ceil(header.size / BLOCK) * BLOCK;
  }
  return null;
};
