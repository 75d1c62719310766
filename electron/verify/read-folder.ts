/** Lists and reads what lies on disk, for the verifier. Opens for reading only, follows no link, takes regular files only. */
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import { MAX_BYTES } from '../../shared/verify/folder-files.ts';
import type { Found } from '../../shared/verify/folder-files.ts';

/** @returns null when it is not a regular file, is too large, or cannot be read. */
const readRegular = (path: string): Uint8Array | null => {
  let handle: number;
  try { handle = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK); } catch { return null; }
  try {
    const { size } = fstatSync(handle);
    if (!fstatSync(handle).isFile() || size > MAX_BYTES) return null;
    const bytes = Buffer.alloc(size);
    let at = 0;
    for (let got = 1; at < size && got > 0; at += got) got = readSync(handle, bytes, at, size - at, at);
    return at === size ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : null;
  } finally { closeSync(handle); }
};

type Kind = Found['kind'];
const kindOfEntry = (entry: Pick<Dirent, 'isSymbolicLink' | 'isDirectory' | 'isFile'>): Kind => (entry.isSymbolicLink() ? 'link' : entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other');
/** What lies at the path itself, links not followed. */
export const kindOf = (path: string): Kind | 'nothing' => {
  try { return kindOfEntry(lstatSync(path)); } catch { return 'nothing'; }
};
/** What lies in the folder at `path`; nothing where it is none or cannot be listed. */
export const listDir = (path: string): readonly Found[] => {
  let entries: readonly Dirent[];
  try { entries = readdirSync(path, { withFileTypes: true }); } catch { return []; }
  return entries.map((entry): Found => {
    const inner = join(path, entry.name), kind = kindOfEntry(entry);
    return { name: entry.name, kind, list: () => (kind === 'folder' ? listDir(inner) : []), read: () => (kind === 'file' ? readRegular(inner) : null) };
  });
};
