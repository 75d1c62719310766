/** Reads an archive once into memory, judged by the verifier over exactly these bytes. Takes known files of ceremony folders and nothing else. */
import { basename, resolve } from 'node:path';
import { nodePorts } from '../../electron/verify/node-ports.ts';
import { kindOf, listDir } from '../../electron/verify/read-folder.ts';
import { verifyPath } from '../../electron/verify/verify.ts';
import type { VerifyReport } from '../../shared/transcript/report.ts';
import type { Found } from '../../shared/verify/folder-files.ts';
import { takeFolder } from '../../shared/verify/folder-files.ts';
import { verifyFound } from '../../shared/verify/verify-archive.ts';

export interface ReadFolder { readonly name: string; readonly files: ReadonlyMap<string, Uint8Array>; /** Names of what lies there and is no file of a ceremony. */ readonly unknown: readonly string[] }
export interface ReadArchive {
  readonly folders: readonly ReadFolder[];
  readonly timestamps: ReadonlyMap<string, Uint8Array>;
  /** Number of other things in the archive's folder. */
  readonly others: number;
  readonly report: VerifyReport;
}

const FOLDER_NAME = /^\d{4}-[a-z0-9][a-z0-9-]{0,63}$/, TIMESTAMP = /^[0-9a-f]{64}\.(tsr|txt)$/;
/** Keeps what was read, so that the verifier and the copy see the same bytes whatever happens to the disk meanwhile. */
const once = <T>(make: () => T): (() => T) => { let kept: { readonly value: T } | null = null; return () => (kept ??= { value: make() }).value; };
const remembered = (found: readonly Found[]): readonly Found[] => found.map((one) => ({ ...one, list: once(() => remembered(one.list())), read: once(() => one.read()) }));

const readOne = (folder: Found): ReadFolder => {
  const inside = folder.list(), taken = takeFolder(folder.name, inside);
  const files = new Map(taken.files), pdf = inside.find(({ name }) => name === 'record.pdf')?.read();
  if (pdf) files.set('record.pdf', pdf);
  return { name: folder.name, files, unknown: taken.findings.flatMap(({ file }) => (file === null ? [] : [file])) };
};
const isCeremony = (found: readonly Found[]): boolean => found.some(({ name }) => name === 'transcript.jsonl' || name === 'plan.json' || name === 'record.dsse.json');

/**
 * @param archive path of an archive or of one ceremony folder, which is taken as an archive of one.
 * @returns `report` alone, with no folders, when there is nothing that could be bundled.
 */
export const readArchive = (archive: string, anchor: string | null): ReadArchive => {
  const path = resolve(archive), nothing = { folders: [], timestamps: new Map<string, Uint8Array>(), others: 0 };
  if (kindOf(path) !== 'folder') return { ...nothing, report: verifyPath(archive, { anchor }) };
  const inside = remembered(listDir(path)), isAlone = isCeremony(inside);
  const found = isAlone ? [{ name: basename(path), kind: 'folder', list: () => inside, read: () => null } satisfies Found] : inside;
  const ceremonies = found.filter(({ name, kind }) => kind === 'folder' && FOLDER_NAME.test(name));
  const report = verifyFound({ name: basename(path), path: archive }, found, anchor, nodePorts);
  if (report.exitStatus === 2 || ceremonies.length === 0) return { ...nothing, report };
  const sidecars = found.find(({ name, kind }) => name === 'timestamps' && kind === 'folder')?.list() ?? [];
  const timestamps = sidecars.flatMap((one) => { const bytes = one.kind === 'file' && TIMESTAMP.test(one.name) ? one.read() : null; return bytes === null ? [] : [[one.name, bytes] as const]; });
  return { folders: ceremonies.map(readOne).sort((a, b) => (a.name < b.name ? -1 : 1)), timestamps: new Map(timestamps), others: found.length - ceremonies.length - (sidecars.length > 0 ? 1 : 0), report };
};
