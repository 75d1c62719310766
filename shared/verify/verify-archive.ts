/**
 * The verifier: says what holds of a ceremony folder, or of an archive of them, that something else lists and reads. Pure: the command
 * line, the window and verify.html run this. What it accepts is docs/FORMATS.md; what it cannot see it says.
 */
import type { Sha256Hex } from '../brand.ts';
import { findings as say } from '../text/findings.ts';
import { parseAnchor } from '../transcript/anchor.ts';
import type { Finding, FolderReport, VerifyReport } from '../transcript/report.ts';
import { graphOf, linksFrom } from './archive-graph.ts';
import { checkArchiveCharters } from './check-archive-charter.ts';
import { checkArchiveSources } from './check-archive-source.ts';
import { checkLinks, tellForks } from './check-links.ts';
import { SOURCE_FILES } from './check-source.ts';
import { checkTimestamps, TIMESTAMPS } from './check-timestamps.ts';
import { inOrder, takeFolder } from './folder-files.ts';
import type { FolderFiles, Found } from './folder-files.ts';
import { judgeAnchor } from './judge-anchor.ts';
import type { VerifyPorts } from './ports.ts';
import { verifyFolder } from './verify-folder.ts';
import type { FolderVerdict } from './verify-folder.ts';

const CEREMONY_NAME = /^\d{4}-[a-z0-9][a-z0-9-]{0,63}$/;
const FOLDER_MARKS = ['transcript.jsonl', 'plan.json', 'record.dsse.json'] as const;


const conclude = (findings: readonly Finding[], folders: readonly FolderReport[], isAnchored: boolean): VerifyReport => {
  const faults = findings.filter(({ level }) => level === 'fault');
  const holds = faults.length === 0;
  const anchored = holds && isAnchored;
  const headline = !holds ? `Does not hold: ${faults[0]!.text}` : anchored ? 'Sound, and anchored.' : 'Consistent, but not anchored.';
  return { holds, anchored, exitStatus: holds ? (anchored ? 0 : 3) : 1, headline, findings, folders };
};

/** There was nothing to check. 2: what was asked is at fault; 1: what was found is. */
export const refused = (finding: Finding, exitStatus: 1 | 2): VerifyReport =>
  (exitStatus === 1 ? conclude([finding], [], false) : { holds: false, anchored: false, exitStatus, headline: finding.text, findings: [finding], folders: [] });

/** A row that the links between folders changed replaces the one before. */
const reports = (verdicts: readonly FolderVerdict[]): readonly FolderReport[] => verdicts.map(({ report, out }) => ({ ...report, checks: out.rows() }));

const checkAnchor = ({ report, out }: FolderVerdict, anchor: Sha256Hex | null): void => {
  if (anchor === null) { out.add('anchor', say.notAnchored()); out.row('anchor', 'not-done', 'No anchor was given.'); return; }
  if (anchor !== report.head) out.add('anchor', say.anchorMismatch(report.entries === 0 ? null : report.entries - 1));
  else out.row('anchor', 'sound', 'The closing head is the anchor.');
};

const verifyAlone = (folder: FolderFiles, anchor: Sha256Hex | null, ports: VerifyPorts): VerifyReport => {
  const verdict = verifyFolder(folder, anchor, ports);
  const links = linksFrom(verdict);
  verdict.out.row('previous', links.length === 0 ? 'sound' : 'not-done', links.length === 0 ? 'This is the first ceremony of its archive.' : 'The ceremony before this one was not seen.');
  for (const { number } of links) verdict.out.add('previous', say.predecessor(number, 0));
  checkArchiveSources(graphOf([verdict]));
  if (verdict.state?.plan.under || verdict.state?.plan.before) verdict.out.add('previous', say.charterNotSeen());
  checkAnchor(verdict, anchor);
  return conclude(verdict.out.findings, reports([verdict]), anchor !== null);
};

const withFolder = (name: string, findings: readonly Finding[]): readonly Finding[] =>
  findings.map((finding) => ({ ...finding, file: finding.file === null ? name : `${name}/${finding.file}` }));

/** Frozen, and nothing else yet: only the plan, people and the manifests that the plan stands on. */
const isNotBegun = (files: ReadonlyMap<string, Uint8Array>): boolean => files.has('plan.json') && [...files.keys()].every((name) => name === 'plan.json' || name.startsWith('people/') || SOURCE_FILES.includes(name));

/** What was read of an archive, before anything is judged. Derived once, it can be judged again with some folders exchanged. */
export interface ArchiveFiles {
  readonly folders: readonly FolderFiles[];
  /** Bytes of the sidecars in the folder timestamps, by name. */
  readonly timestamps: ReadonlyMap<string, Uint8Array>;
  readonly findings: readonly Finding[];
}
const takeTimestamps = (found: readonly Found[], files: Map<string, Uint8Array>, own: Finding[]): void => {
  for (const one of inOrder(found)) {
    const path = `${TIMESTAMPS}/${one.name}`, bytes = one.kind === 'file' ? one.read() : null;
    if (one.kind === 'link') own.push(say.link(path));
    else if (bytes === null) own.push(one.kind === 'file' ? say.unreadable(path) : say.unknownFile(path));
    else files.set(one.name, bytes);
  }
};
/** @param found what lies in the folder of the archive. */
export const takeArchive = (found: readonly Found[]): ArchiveFiles => {
  const own: Finding[] = [], folders: FolderFiles[] = [], timestamps = new Map<string, Uint8Array>();
  for (const one of inOrder(found)) {
    if (one.kind === 'link') own.push(say.link(one.name));
    else if (one.kind === 'folder' && one.name === TIMESTAMPS) takeTimestamps(one.list(), timestamps, own);
    else if (one.kind !== 'folder' || !CEREMONY_NAME.test(one.name)) own.push(say.notInArchive(one.name));
    else folders.push(takeFolder(one.name, one.list()));
  }
  return { folders, timestamps, findings: own };
};

/** @returns null for a plan that is frozen and has not begun. */
export const judgeFolder = (folder: FolderFiles, ports: VerifyPorts): FolderVerdict | null =>
  (isNotBegun(folder.files) && folder.findings.length === 0 ? null : verifyFolder(folder, null, ports));

/** @param judged of each folder what {@link judgeFolder} said; left as it is, so that it can be judged in other company again. */
export const judgeArchive = ({ folders, timestamps, findings: own }: ArchiveFiles, judged: readonly (FolderVerdict | null)[], anchor: Sha256Hex | null): VerifyReport => {
  const notBegun = folders.flatMap(({ name }, index) => (judged[index] === null ? withFolder(name, [say.notBegun()]) : []));
  const graph = graphOf(judged.flatMap((verdict) => (verdict ? [{ ...verdict, out: verdict.out.fork() }] : []))), { verdicts } = graph;
  checkLinks(graph);
  checkArchiveSources(graph);
  checkArchiveCharters(graph);
  const { findings, isAnchored } = judgeAnchor(graph, anchor);
  const sidecars = checkTimestamps(timestamps, verdicts.map(({ report }) => report));
  return conclude([...own, ...notBegun, ...verdicts.flatMap(({ report, out }) => withFolder(report.name, out.findings)), ...tellForks(graph), ...findings, ...sidecars], reports(verdicts), isAnchored);
};

/**
 * @param at the name of the folder, and its path for people. @param found what lies in it: a ceremony folder has a transcript, a plan or a record, an
 *   archive has folders such as 0001-root.
 * @param anchorText the head from paper: 64 hex digits, 32 words, or the text of a file with either; null without one.
 * @returns exitStatus 0 sound and anchored, 3 sound only, 1 a fault, 2 there was no anchor in the text.
 */
export const verifyFound = (at: { readonly name: string; readonly path: string }, found: readonly Found[], anchorText: string | null, ports: VerifyPorts): VerifyReport => {
  const anchor = anchorText === null ? null : parseAnchor(anchorText);
  if (anchorText !== null && anchor === null) return refused(say.anchorFormat(), 2);
  if (found.some((one) => FOLDER_MARKS.some((mark) => mark === one.name))) return verifyAlone(takeFolder(at.name, found), anchor, ports);
  if (!found.some((one) => one.kind === 'folder' && CEREMONY_NAME.test(one.name))) return refused(say.notCeremony(at.path), 1);
  const files = takeArchive(found);
  return judgeArchive(files, files.folders.map((folder) => judgeFolder(folder, ports)), anchor);
};
