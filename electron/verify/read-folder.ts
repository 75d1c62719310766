/** Reads the files of a ceremony folder into memory. Opens for reading only, follows no link, takes regular files only. */
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../shared/transcript/report.ts';
import { findings as say } from '../../shared/text/findings.ts';

/** Largest file that is read; anything longer is no file of a ceremony. */
const MAX_BYTES = 67_108_864;
/** Made from the other files and outside what is signed; only their presence is looked at. */
export const DERIVED_FILES: readonly string[] = ['record.pdf', 'VERIFY.md'];
const PLAIN_FILES: readonly string[] = ['plan.json', 'transcript.jsonl', 'manifest.dsse.json', 'pin-manifest.dsse.json', 'source-manifest.dsse.json', 'source-pin-manifest.dsse.json', 'root.crt', 'root.pem', 'pop.csr', 'record.dsse.json', 'openings.jsonl'];

export interface FolderFiles {
  readonly name: string;
  /** Bytes by name; people/<id>.pem with its folder. Derived files have empty bytes. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly findings: readonly Finding[];
}

const isKnown = (name: string): boolean => PLAIN_FILES.includes(name) || DERIVED_FILES.includes(name) || /^torn-\d{1,6}\.bin$/.test(name) || /^people\/[a-z][a-z0-9-]{0,31}\.pem$/.test(name);

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

export const listDir = (path: string): readonly Dirent[] => {
  try { return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)); } catch { return []; }
};
/** What lies at the path itself, links not followed. */
export const kindOf = (path: string): 'file' | 'folder' | 'link' | 'other' | 'nothing' => {
  try {
    const stat = lstatSync(path);
    return stat.isSymbolicLink() ? 'link' : stat.isDirectory() ? 'folder' : stat.isFile() ? 'file' : 'other';
  } catch { return 'nothing'; }
};

/** @param path a folder. Names beginning with "people/" come from the folder people. */
export const readFolder = (path: string, name: string): FolderFiles => {
  const files = new Map<string, Uint8Array>();
  const findings: Finding[] = [];
  const take = (entry: Dirent, prefix: string): void => {
    const file = prefix + entry.name;
    if (entry.isSymbolicLink()) { findings.push(say.link(file)); return; }
    if (entry.isDirectory() && file === 'people') { for (const inner of listDir(join(path, 'people'))) take(inner, 'people/'); return; }
    if (!entry.isFile() || !isKnown(file)) { findings.push(say.unknownFile(file)); return; }
    const bytes = DERIVED_FILES.includes(file) ? new Uint8Array() : readRegular(join(path, file));
    if (bytes === null) findings.push(say.unreadable(file));
    else files.set(file, bytes);
  };
  for (const entry of listDir(path)) take(entry, '');
  return { name, files, findings };
};
