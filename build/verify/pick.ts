/** Takes what a person picks or drops: a folder, or one bundle file. Reads only what a verifier looks at. */
import { isKnown, MAX_BYTES } from '../../shared/verify/folder-files.ts';
import { readBundle } from '../../shared/bundle/read-bundle.ts';
import type { BundleManifest } from '../../shared/bundle/layout.ts';
import { ARCHIVE, MANIFEST } from '../../shared/bundle/layout.ts';
import { TIMESTAMPS } from '../../shared/verify/check-timestamps.ts';
import type { Found } from '../../shared/verify/folder-files.ts';
import { treeOf } from '../../shared/verify/tree.ts';
import type { Listed } from '../../shared/verify/tree.ts';

/** `name` of the folder or file, and what lies in it. */
export interface Picked { readonly name: string; readonly count: number; readonly found: readonly Found[]; /** What a bundle says of itself. */ readonly bundle: BundleManifest | null }
interface Pending { readonly path: string; readonly file: File }

const MAX_BUNDLE_BYTES = 2_147_483_648;
const isWanted = (path: string): boolean => {
  const parts = path.split('/');
  return isKnown(parts.at(-1)!) || isKnown(parts.slice(-2).join('/')) || parts.at(-2) === TIMESTAMPS;
};
const readOne = async ({ path, file }: Pending): Promise<Listed> => {
  const bytes = isWanted(path) && file.size <= MAX_BYTES ? await file.arrayBuffer().then((buffer) => new Uint8Array(buffer), () => null) : null;
  return { path, bytes };
};
const readAll = async (name: string, pending: readonly Pending[]): Promise<Picked> => {
  const files: Listed[] = [];
  for (const one of pending) files.push(await readOne(one));
  const found = treeOf(files), archive = found.find((one) => one.name === ARCHIVE && one.kind === 'folder');
  // A bundle that was unpacked: what is to be verified lies in its archive.
  return { name, count: files.length, found: archive !== undefined && found.some((one) => one.name === MANIFEST) ? archive.list() : found, bundle: null };
};
/** The name of the folder is the first part of every path. */
const split = (pending: readonly Pending[]): Promise<Picked> => {
  const name = pending[0]!.path.split('/')[0]!;
  return readAll(name, pending.map(({ path, file }) => ({ path: path.slice(name.length + 1), file })));
};

/** @returns null for an empty folder: a browser gives nothing of it, not even its name. */
export const fromFolderInput = (files: readonly File[]): Promise<Picked> | null =>
  (files.length === 0 ? null : split(files.map((file) => ({ path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath, file }))));

/** @returns null when the file is no bundle in its strict form. */
export const fromBundle = async (file: File): Promise<Picked | null> => {
  const read = file.size > MAX_BUNDLE_BYTES ? null : readBundle(new Uint8Array(await file.arrayBuffer()));
  return read?.ok === true ? { name: file.name, count: read.files.size, found: read.archive, bundle: read.manifest } : null;
};

const entriesIn = async (folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> => {
  const reader = folder.createReader(), all: FileSystemEntry[] = [];
  for (;;) {
    // A browser gives at most a hundred at a time.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => { reader.readEntries(resolve, reject); });
    if (some.length === 0) return all;
    all.push(...some);
  }
};
const walk = async (entry: FileSystemEntry, prefix: string, into: Pending[]): Promise<void> => {
  const path = prefix + entry.name;
  if (entry.isDirectory) for (const inner of await entriesIn(entry as FileSystemDirectoryEntry)) await walk(inner, `${path}/`, into);
  else into.push({ path, file: await new Promise<File>((resolve, reject) => { (entry as FileSystemFileEntry).file(resolve, reject); }) });
};

/** Call in the event's own turn: a browser forgets what was dropped after it. @returns null when it is not one folder or one bundle. */
export const fromDrop = async (data: DataTransfer): Promise<Picked | null> => {
  const entries = [...data.items].flatMap((item) => item.webkitGetAsEntry() ?? []), file = data.files[0];
  if (entries.length > 1 || data.files.length > 1) return null;
  const entry = entries[0];
  if (entry?.isDirectory !== true) return file === undefined ? null : fromBundle(file);
  const pending: Pending[] = [];
  await walk(entry, '', pending);
  return pending.length === 0 ? null : split(pending);
};
