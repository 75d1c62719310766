/** The ends of an archive: the ceremonies that no other names. Told from first and last lines, without a replay; keeps nothing. */
import path from 'node:path';
import type { Plan } from '../../shared/ceremony/plan-schema.ts';
import { AppError } from '../../shared/errors.ts';
import { lineageOf, type Kin, type Lineage } from '../../shared/lineage/lineage.ts';
import { endChangedText, manyEndsText, numberTakenText } from '../../shared/text/lineage.ts';
import { splitLines } from '../../shared/transcript/chain.ts';
import { lineDigest, parseLine } from '../../shared/transcript/line.ts';
import { linksOf, sameLink, type Link, type Previous } from '../../shared/transcript/links.ts';
import { recordDigest } from '../../shared/transcript/record.ts';
import type { Disk } from '../ceremony/ports.ts';
import { replayFolder } from './archive.ts';
import { listFolders, type Folder } from './folders.ts';

export interface Begun { readonly folder: Folder; readonly kin: Kin; readonly links: readonly Link[] }

/** @returns null for a folder whose ceremony has not begun. @throws TRANSCRIPT_… when line 0 is none. */
const readBegun = async (disk: Disk, folder: Folder): Promise<Begun | null> => {
  const { lines } = splitLines((await disk.read(path.join(folder.path, 'transcript.jsonl'))) ?? new Uint8Array());
  const first = lines[0], last = lines.at(-1);
  if (first === undefined || last === undefined) return null;
  const read = parseLine(first);
  if (!read.ok) throw new AppError(read.fault.code, { ...read.fault.details, seq: 0, file: folder.name });
  if (read.value.type !== 'opening') throw new AppError('TRANSCRIPT_REPLAY', { seq: 0, rule: 'RULE_OPENING_FIRST', file: folder.name });
  const links = linksOf(read.value.body.previous);
  return { folder, links, kin: { head: lineDigest(last), number: read.value.body.number, openedAt: read.value.at, parents: links.map(({ head }) => head) } };
};

export interface ReadLineage { readonly begun: readonly Begun[]; readonly lineage: Lineage; /** Ceremonies that no other names; one whose lines were altered since is not taken for an end. */ readonly ends: readonly Begun[] }

/** Every ceremony that has begun, and how they follow each other. */
export const readLineage = async (disk: Disk, archiveDir: string): Promise<ReadLineage> => {
  const begun: Begun[] = [];
  for (const folder of await listFolders(archiveDir)) { const one = await readBegun(disk, folder); if (one) begun.push(one); }
  const lineage = lineageOf(begun.map(({ kin }) => kin));
  const heads = new Set(begun.map(({ kin }) => kin.head));
  const astray = new Set(begun.flatMap(({ links }) => links.filter(({ head }) => !heads.has(head)).map(({ number }) => number)));
  return { begun, lineage, ends: lineage.tips.map((index) => begun[index]!).filter(({ kin }) => !astray.has(kin.number)) };
};

const linkTo = async (disk: Disk, { folder, kin }: Begun): Promise<Link> => {
  const state = await replayFolder(disk, folder.path);
  return { number: kin.number, head: state.head, record: state.closing ? recordDigest(state) : null };
};
/** @returns the last ceremony of each branch, in the order of the lineage. @throws what replayFolder throws: a chain is not continued from a ceremony that cannot be read. */
export const endsOf = async (disk: Disk, archiveDir: string): Promise<readonly Link[]> => {
  const links: Link[] = [];
  for (const end of (await readLineage(disk, archiveDir)).ends) links.push(await linkTo(disk, end));
  return links;
};

/**
 * Asks whether a ceremony under `plan` may follow what is there.
 * @throws PLAN_RULE: `one-end` when the archive has several ends and this is no merge; `parents-current` when its ends are not the parents of the plan.
 */
export const assertFollows = async (disk: Disk, archiveDir: string, plan: Plan): Promise<readonly Begun[]> => {
  const { ends } = await readLineage(disk, archiveDir), heads = new Set(ends.map(({ kin }) => kin.head as string));
  const told = ends.map(({ kin }) => ({ number: kin.number, head: kin.head ?? '' }));
  if (plan.ceremony.kind === 'merge') {
    if (plan.parents?.length !== heads.size || !plan.parents.every(({ head }) => heads.has(head))) throw new AppError('PLAN_RULE', { where: 'parents', rule: 'parents-current', text: endChangedText(told) });
  } else if (heads.size > 1) throw new AppError('PLAN_RULE', { where: 'ceremony.kind', rule: 'one-end', text: manyEndsText(told) });
  return ends;
};

/**
 * What line 0 of a ceremony under `plan` names before it.
 * @returns null for the first of an archive; for a merge the parents of the plan.
 * @throws as assertFollows; what replayFolder throws: a chain is not continued from a ceremony that cannot be read.
 */
export const previousOf = async (disk: Disk, archiveDir: string, plan: Plan): Promise<Previous> => {
  const links: Link[] = [];
  for (const end of await assertFollows(disk, archiveDir, plan)) links.push(await linkTo(disk, end));
  if (plan.parents === undefined) return links[0] ?? null;
  const stale = plan.parents.some((parent) => !links.some((link) => sameLink(link, parent)));
  if (stale) throw new AppError('PLAN_RULE', { where: 'parents', rule: 'parents-current', text: endChangedText(links) });
  return plan.parents;
};

/** A number that another ceremony began under meanwhile is not used twice. @throws PLAN_RULE, `number-free` */
export const assertNumberFree = async (disk: Disk, archiveDir: string, { number, name }: Folder): Promise<void> => {
  const { begun } = await readLineage(disk, archiveDir);
  const other = begun.find(({ folder, kin }) => folder.name !== name && kin.number === number);
  if (other !== undefined) throw new AppError('PLAN_RULE', { where: 'ceremony', rule: 'number-free', text: numberTakenText(number, other.folder.name) });
};
