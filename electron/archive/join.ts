/**
 * Joins an archive with another: brings the ceremonies that are not here, byte for byte, and changes nothing that is. Both must hold, and so must
 * they together. What joins them into one chain again is the ceremony of kind merge that follows.
 */
import * as fs from 'node:fs/promises';
import path from 'node:path';
import type { Mode } from '../../shared/ceremony/plan-schema.ts';
import { AppError } from '../../shared/errors.ts';
import { commonPast } from '../../shared/lineage/common-past.ts';
import type { Brought, JoinLook } from '../../shared/lineage/join-look.ts';
import { lineageOf, type Lineage } from '../../shared/lineage/lineage.ts';
import { sha256Of } from '../../shared/transcript/digest.ts';
import type { Finding, FolderReport, VerifyReport } from '../../shared/transcript/report.ts';
import type { Found } from '../../shared/verify/folder-files.ts';
import { TIMESTAMPS } from '../../shared/verify/check-timestamps.ts';
import { verifyFound } from '../../shared/verify/verify-archive.ts';
import type { Disk } from '../ceremony/ports.ts';
import { nodePorts } from '../verify/node-ports.ts';
import { kindOf, listDir } from '../verify/read-folder.ts';
import { removeUnfinished, takeIn } from './copy-folder.ts';
import { readLineage, type Begun } from './ends.ts';

const CEREMONY = /^\d{4}-/;
const faultOf = ({ findings }: VerifyReport): Finding | null => findings.find(({ level }) => level === 'fault') ?? null;
const modeOf = (folders: readonly FolderReport[]): Mode | null => folders.find(({ mode }) => mode !== null)?.mode ?? null;

const assertPlaces = (into: string, from: string): void => {
  const inside = (a: string, b: string): boolean => a === b || a.startsWith(`${b}${path.sep}`);
  if (inside(into, from) || inside(from, into)) throw new AppError('JOIN_SAME_PLACE');
};

interface Side { readonly dir: string; readonly found: readonly Found[]; readonly begun: readonly Begun[]; readonly lineage: Lineage; readonly mode: Mode | null; readonly notBegun: readonly string[] }
const readSide = async (disk: Disk, dir: string): Promise<Side> => {
  if (kindOf(dir) !== 'folder') throw new AppError('JOIN_NOTHING', { archive: dir });
  const found = listDir(dir), ceremonies = found.filter(({ name, kind }) => kind === 'folder' && CEREMONY.test(name));
  if (ceremonies.length === 0) throw new AppError('JOIN_NOTHING', { archive: dir });
  const report = verifyFound({ name: path.basename(dir), path: dir }, found, null, nodePorts);
  const running = report.findings.find(({ code }) => code === 'TRANSCRIPT_NOT_CLOSED'), fault = faultOf(report);
  if (running !== undefined) throw new AppError('JOIN_RUNNING', { archive: dir, folder: running.file?.split('/')[0] ?? dir });
  if (fault !== null) throw new AppError('JOIN_UNSOUND', { archive: dir, fault: fault.text });
  const { begun, lineage } = await readLineage(disk, dir), there = new Set(begun.map(({ folder }) => folder.name));
  return { dir, found, begun, lineage, mode: modeOf(report.folders), notBegun: ceremonies.map(({ name }) => name).filter((name) => !there.has(name)) };
};

/** The folder's own name, or, where it is taken here, with the first digits of its head. */
const nameFor = ({ folder, kin }: Begun, taken: ReadonlySet<string>): string => {
  if (!taken.has(folder.name)) return folder.name;
  const end = `-${(kin.head ?? '').slice(0, 8)}`;
  return folder.name.endsWith(end) ? folder.name : `${folder.name}${end}`;
};

const missingHere = (into: Side, from: Side): readonly Brought[] => {
  const here = new Set(into.begun.map(({ kin }) => kin.head)), taken = new Set(into.found.map(({ name }) => name));
  return from.lineage.order.map((index) => from.begun[index]!).filter(({ kin }) => !here.has(kin.head)).map((one) => {
    const as = nameFor(one, taken);
    if (taken.has(as)) throw new AppError('FOLDER_EXISTS', { file: as });
    taken.add(as);
    return { name: one.folder.name, as, number: one.kin.number, head: one.kin.head ?? '' };
  });
};

const filesIn = (found: readonly Found[], prefix = ''): readonly (readonly [string, string])[] => found.flatMap((one) => {
  if (one.kind === 'folder') return filesIn(one.list(), `${prefix}${one.name}/`);
  const bytes = one.read();
  return bytes === null ? [] : [[prefix + one.name, sha256Of(bytes)] as const];
});
/** Texts that one copy withholds, signatures that only one has, a record that was printed anew: nothing of it is taken over. */
const differences = (here: Found | undefined, there: Found | undefined): readonly string[] => {
  const a = new Map(filesIn(here?.list() ?? [])), b = new Map(filesIn(there?.list() ?? []));
  return [...new Set([...a.keys(), ...b.keys()])].filter((name) => a.get(name) !== b.get(name)).sort();
};

const lookAt = (into: Side, from: Side): JoinLook => {
  const there = new Map(from.begun.map((one) => [one.kin.head, one])), shared = into.begun.filter(({ kin }) => there.has(kin.head));
  const folderIn = ({ found }: Side, name: string): Found | undefined => found.find((one) => one.name === name);
  const all = [...new Map([...into.begun, ...from.begun].map((one) => [one.kin.head, one])).values()], lineage = lineageOf(all.map(({ kin }) => kin));
  const past = commonPast(lineage, lineage.tips);
  return {
    mode: into.mode ?? from.mode, brings: missingHere(into, from), notBegun: from.notBegun,
    both: shared.map(({ folder, kin }) => ({ name: folder.name, differs: differences(folderIn(into, folder.name), folderIn(from, there.get(kin.head)!.folder.name)) })),
    onlyHere: into.begun.filter(({ kin }) => !there.has(kin.head)).map(({ folder }) => folder.name),
    partAfter: past === null ? null : all[past]!.folder.name, ends: lineage.tips.length,
  };
};

const renamed = (one: Found, name: string): Found => ({ name, kind: one.kind, list: () => one.list(), read: () => one.read() });
/** What the archive will be is judged before anything is copied. */
const assertTogether = (into: Side, from: Side, brings: readonly Brought[]): void => {
  const brought = brings.map(({ name, as }) => renamed(from.found.find((one) => one.name === name)!, as));
  const fault = faultOf(verifyFound({ name: path.basename(into.dir), path: into.dir }, [...into.found, ...brought], null, nodePorts));
  if (fault !== null) throw new AppError('JOIN_TOGETHER', { fault: fault.text });
};

const readBoth = async (disk: Disk, intoDir: string, fromDir: string): Promise<{ readonly into: Side; readonly from: Side; readonly look: JoinLook }> => {
  assertPlaces(intoDir, fromDir);
  const into = await readSide(disk, intoDir), from = await readSide(disk, fromDir);
  if (into.mode !== null && from.mode !== null && into.mode !== from.mode) throw new AppError('JOIN_MODE', { archive: from.dir, mode: from.mode === 'rehearsal' ? 'rehearsals' : 'ceremonies' });
  const look = lookAt(into, from);
  assertTogether(into, from, look.brings);
  return { into, from, look };
};

/**
 * What a join would do. Reads only.
 * @param intoDir, fromDir absolute paths of two archives.
 * @throws JOIN_… when they are not joined, and why; FOLDER_EXISTS when no name is free for a folder.
 */
export const lookAtJoin = async (disk: Disk, intoDir: string, fromDir: string): Promise<JoinLook> => (await readBoth(disk, intoDir, fromDir)).look;

/**
 * Copies what is missing here. Cut off at any moment it leaves whole ceremonies whose past is here too; done again it brings the rest.
 * @throws as lookAtJoin, and STORAGE_….
 */
export const joinArchives = async (disk: Disk, intoDir: string, fromDir: string): Promise<JoinLook> => {
  await removeUnfinished(intoDir);
  const { into, from, look } = await readBoth(disk, intoDir, fromDir);
  for (const { name, as } of look.brings) await takeIn(disk, path.join(from.dir, name), into.dir, as);
  const stamps = from.found.find(({ name, kind }) => name === TIMESTAMPS && kind === 'folder')?.list() ?? [];
  const here = new Set(into.found.find(({ name }) => name === TIMESTAMPS)?.list().map(({ name }) => name));
  for (const stamp of stamps.filter(({ name, kind }) => kind === 'file' && !here.has(name))) {
    const bytes = stamp.read();
    if (bytes === null) continue;
    await disk.makeDir(path.join(into.dir, TIMESTAMPS));
    await disk.create(path.join(into.dir, TIMESTAMPS, stamp.name), bytes);
  }
  return look;
};
/** Canonical path of an archive that people named. @throws JOIN_NOTHING */
export const archiveAt = async (dir: string): Promise<string> => fs.realpath(dir).catch(() => { throw new AppError('JOIN_NOTHING', { archive: dir }); });
