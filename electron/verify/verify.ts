/**
 * The verifier: reads a ceremony folder, or an archive of them, and says what holds. A pure read: writes nothing, follows no link,
 * asks no network and no clock. What it accepts is docs/FORMATS.md; what it cannot see it says.
 */
import { basename, join, resolve } from 'node:path';
import type { Sha256Hex } from '../../shared/brand.ts';
import { findings as say } from '../../shared/text/findings.ts';
import { parseAnchor } from '../../shared/transcript/anchor.ts';
import { recordDigest } from '../../shared/transcript/record.ts';
import type { Finding, FolderReport, VerifyReport } from '../../shared/transcript/report.ts';
import { checkArchiveSources } from './check-archive-source.ts';
import { SOURCE_FILES } from './check-source.ts';
import { kindOf, listDir, readFolder } from './read-folder.ts';
import { verifyFolder } from './verify-folder.ts';
import type { FolderVerdict } from './verify-folder.ts';

const CEREMONY_NAME = /^\d{4}-[a-z0-9][a-z0-9-]{0,63}$/;
const FOLDER_MARKS = ['transcript.jsonl', 'plan.json', 'record.dsse.json'] as const;

const usage = (finding: Finding): VerifyReport => ({ holds: false, anchored: false, exitStatus: 2, headline: finding.text, findings: [finding], folders: [] });

const conclude = (findings: readonly Finding[], folders: readonly FolderReport[], isAnchored: boolean): VerifyReport => {
  const faults = findings.filter(({ level }) => level === 'fault');
  const holds = faults.length === 0;
  const anchored = holds && isAnchored;
  const headline = !holds ? `Does not hold: ${faults[0]!.text}` : anchored ? 'Sound, and anchored.' : 'Consistent, but not anchored.';
  return { holds, anchored, exitStatus: holds ? (anchored ? 0 : 3) : 1, headline, findings, folders };
};

/** A row that the links between folders changed replaces the one before. */
const reports = (verdicts: readonly FolderVerdict[]): readonly FolderReport[] => verdicts.map(({ report, out }) => ({ ...report, checks: out.rows() }));

const checkAnchor = ({ report, out }: FolderVerdict, anchor: Sha256Hex | null): void => {
  if (anchor === null) { out.add('anchor', say.notAnchored()); out.row('anchor', 'not-done', 'No anchor was given.'); return; }
  if (anchor !== report.head) out.add('anchor', say.anchorMismatch(report.entries === 0 ? null : report.entries - 1));
  else out.row('anchor', 'sound', 'The closing head is the anchor.');
};

const verifyAlone = (path: string, anchor: Sha256Hex | null): VerifyReport => {
  const verdict = verifyFolder(readFolder(path, basename(path)), anchor);
  const previous = verdict.opening?.previous ?? null;
  verdict.out.row('previous', previous === null ? 'sound' : 'not-done', previous === null ? 'This is the first ceremony of its archive.' : 'The ceremony before this one was not seen.');
  if (previous !== null) verdict.out.add('previous', say.predecessor(previous.number, 0));
  checkArchiveSources([verdict]);
  checkAnchor(verdict, anchor);
  return conclude(verdict.out.findings, reports([verdict]), anchor !== null);
};

/** Compares line 0 of each folder with the folder before it. `earlier` are the folders with lower numbers, nearest first. */
const checkLink = ({ opening, openedAt, out }: FolderVerdict, earlier: readonly FolderVerdict[]): void => {
  if (opening === null) return;
  // A plan that was frozen earlier may begin later; it could not be linked then.
  const before = earlier.find((verdict) => verdict.openedAt !== null && verdict.openedAt < openedAt!);
  if (opening.previous === null) {
    if (before?.opening) out.add('previous', say.previousNone(before.opening.number, 0));
    else out.row('previous', 'sound', 'This is the first ceremony of its archive.');
    return;
  }
  const { number, head, record } = opening.previous;
  const named = earlier.find((verdict) => verdict.opening?.number === number);
  if (named === undefined) { out.add('previous', say.predecessor(number, 0)); out.row('previous', 'not-done', `Ceremony ${number} is not in this archive.`); return; }
  if (named.report.head !== head) out.add('previous', say.previousHead(number, 0));
  if (record !== null && named.state?.closing && recordDigest(named.state) !== record) out.add('previous', say.previousRecord(number, 0));
  out.row('previous', 'sound', `The link to ceremony ${number} holds.`);
};

const withFolder = (name: string, findings: readonly Finding[]): readonly Finding[] =>
  findings.map((finding) => ({ ...finding, file: finding.file === null ? name : `${name}/${finding.file}` }));

const checkNumbers = (verdicts: readonly FolderVerdict[]): void => {
  const seen = new Set<number>();
  for (const { opening, out } of verdicts) {
    if (opening !== null && seen.has(opening.number)) out.add('previous', say.numberTwice(opening.number));
    if (opening !== null) seen.add(opening.number);
  }
};

interface ArchiveAnchor { readonly findings: readonly Finding[]; readonly isAnchored: boolean }
/** The anchor is the head of the newest ceremony; through the links it then covers all before. */
const judgeAnchor = (verdicts: readonly FolderVerdict[], anchor: Sha256Hex | null): ArchiveAnchor => {
  if (anchor === null) {
    for (const { out } of verdicts) out.row('anchor', 'not-done', 'No anchor was given.');
    return { findings: [say.notAnchored()], isAnchored: false };
  }
  const found = verdicts.findIndex(({ report }) => report.head === anchor);
  if (found < 0) return { findings: [say.anchorMismatch(null)], isAnchored: false };
  for (const [index, { out }] of verdicts.entries()) out.row('anchor', index <= found ? 'sound' : 'not-done', index <= found ? 'The anchor covers this ceremony.' : 'The anchor is of an earlier ceremony.');
  return found === verdicts.length - 1 ? { findings: [], isAnchored: true } : { findings: [say.anchorEarlier(verdicts[found]!.report.name)], isAnchored: false };
};

/** Frozen, and nothing else yet: only the plan, people and the manifests that the plan stands on. */
const isNotBegun = (files: ReadonlyMap<string, Uint8Array>): boolean => files.has('plan.json') && [...files.keys()].every((name) => name === 'plan.json' || name.startsWith('people/') || SOURCE_FILES.includes(name));

const verifyArchive = (path: string, anchor: Sha256Hex | null): VerifyReport => {
  const own: Finding[] = [];
  const verdicts: FolderVerdict[] = [];
  for (const entry of listDir(path)) {
    if (entry.isSymbolicLink()) { own.push(say.link(entry.name)); continue; }
    if (!entry.isDirectory() || !CEREMONY_NAME.test(entry.name)) { own.push(say.notInArchive(entry.name)); continue; }
    const folder = readFolder(join(path, entry.name), entry.name);
    if (isNotBegun(folder.files) && folder.findings.length === 0) own.push(...withFolder(entry.name, [say.notBegun()]));
    else verdicts.push(verifyFolder(folder, null));
  }
  verdicts.sort((a, b) => (a.opening?.number ?? 0) - (b.opening?.number ?? 0));
  for (const [index, verdict] of verdicts.entries()) checkLink(verdict, verdicts.slice(0, index).reverse());
  checkNumbers(verdicts);
  checkArchiveSources(verdicts);
  const { findings, isAnchored } = judgeAnchor(verdicts, anchor);
  return conclude([...own, ...verdicts.flatMap(({ report, out }) => withFolder(report.name, out.findings)), ...findings], reports(verdicts), isAnchored);
};

/**
 * @param path a ceremony folder (it has a transcript, a plan or a record) or an archive (it has folders such as 0001-root).
 * @param options.anchor the head from paper: 64 hex digits, 32 words, or the text of a file with either; null without one.
 * @returns exitStatus 0 sound and anchored, 3 sound only, 1 a fault, 2 there was nothing to check (no such path, no anchor in the text).
 */
export const verifyPath = (path: string, options: { readonly anchor: string | null }): VerifyReport => {
  const absolute = resolve(path);
  const anchor = options.anchor === null ? null : parseAnchor(options.anchor);
  if (options.anchor !== null && anchor === null) return usage(say.anchorFormat());
  const kind = kindOf(absolute);
  if (kind === 'nothing') return usage(say.missing(path));
  if (kind === 'link') return conclude([say.link(path)], [], false);
  const names = listDir(absolute);
  if (kind === 'folder' && names.some(({ name }) => FOLDER_MARKS.some((mark) => mark === name))) return verifyAlone(absolute, anchor);
  if (kind === 'folder' && names.some((entry) => entry.isDirectory() && CEREMONY_NAME.test(entry.name))) return verifyArchive(absolute, anchor);
  return conclude([say.notCeremony(path)], [], false);
};
