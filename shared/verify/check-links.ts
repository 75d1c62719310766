/** Compares line 0 of each folder of an archive with the folders that it names, and tells where the archive forks. */
import { fourDigits } from '../text/ceremony-number.ts';
import { commonPast, isJoined } from '../lineage/common-past.ts';
import { custodyRegister } from '../register/custody.ts';
import { forkedSets } from '../register/forks.ts';
import { findings as say } from '../text/findings.ts';
import type { Finding } from '../transcript/report.ts';
import { recordDigest } from '../transcript/record.ts';
import { linksFrom, toldOf, type ArchiveGraph } from './archive-graph.ts';
import type { FolderVerdict } from './verify-folder.ts';

/** A first ceremony of its own beside others: of an archive that was joined, or of one whose link was cut off. */
const checkFirst = ({ verdicts, lineage }: ArchiveGraph, index: number): void => {
  const { opening, openedAt, out } = verdicts[index]!;
  const earlier = verdicts.findLast((one, at) => at < index && one.opening !== null && one.openedAt !== null && openedAt !== null && one.openedAt < openedAt
    && one.opening.number < opening!.number && !isJoined(lineage, at, index));
  if (earlier?.opening) out.add('previous', say.previousNone(earlier.opening.number, 0));
  else out.row('previous', 'sound', 'This is the first ceremony of its archive.');
};

/** The ceremony that was named is not here. A merge stands on all that it joins; elsewhere a part of an archive may be looked at. */
const lacking = ({ verdicts }: ArchiveGraph, index: number, number: number): void => {
  const { out, opening } = verdicts[index]!;
  if (verdicts.some((one, at) => at !== index && one.opening?.number === number)) { out.add('previous', say.previousHead(number, 0)); return; }
  if (Array.isArray(opening?.previous)) { out.add('previous', say.parentMissing(number, 0)); return; }
  out.add('previous', say.predecessor(number, 0));
  out.row('previous', 'not-done', `Ceremony ${number} is not in this archive.`);
};

const checkOne = (graph: ArchiveGraph, index: number): void => {
  const { verdicts, lineage } = graph, verdict = verdicts[index]!, { opening, out } = verdict;
  if (opening === null) return;
  if (opening.previous === null) { checkFirst(graph, index); return; }
  for (const { number, head, record } of linksFrom(verdict)) {
    const at = lineage.parents[index]!.find((parent) => verdicts[parent]!.report.head === head);
    if (at === undefined) { lacking(graph, index, number); continue; }
    const named = verdicts[at]!;
    if (named.opening !== null && named.opening.number !== number) out.add('previous', say.previousHead(number, 0));
    if (record !== null && named.state?.closing && recordDigest(named.state) !== record) out.add('previous', say.previousRecord(number, 0));
    if (lineage.parents[index]!.some((other) => lineage.precedes(at, other))) out.add('previous', say.parentNested(number, 0));
    out.row('previous', 'sound', Array.isArray(opening.previous) ? `The link to ${named.report.name} holds.` : `The link to ceremony ${number} holds.`);
  }
};

/** Two archives may have given the same number; one archive gives it once. A folder is named for the number that its transcript has. */
const checkNumbers = ({ verdicts, lineage }: ArchiveGraph): void => {
  const place = new Map(lineage.order.map((index, at) => [index, at]));
  for (const [index, { opening, out, report }] of verdicts.entries()) {
    const others = [...verdicts.keys()].filter((at) => at !== index && opening !== null && verdicts[at]!.opening?.number === opening.number);
    const isMisnamed = others.length > 0 && !report.name.startsWith(`${fourDigits(opening!.number)}-`);
    const isAgain = others.some((at) => place.get(at)! < place.get(index)! && (verdicts[at]!.report.head === report.head || !lineage.concurrent(at, index)));
    if (isMisnamed || isAgain) out.add('previous', say.numberTwice(opening!.number));
  }
};

export const checkLinks = (graph: ArchiveGraph): void => {
  for (const index of graph.verdicts.keys()) checkOne(graph, index);
  checkNumbers(graph);
};

const nameOf = ({ report }: FolderVerdict): string => report.name;
const partedAt = (graph: ArchiveGraph, branches: readonly number[]): string | null => {
  const past = commonPast(graph.lineage, branches);
  return past === null ? null : nameOf(graph.verdicts[past]!);
};
const tellSets = ({ verdicts }: ArchiveGraph): readonly Finding[] => {
  return forkedSets(custodyRegister(verdicts.flatMap(toldOf))).map(({ set, successors }) => say.setFork(set.setName, successors.map((one) => ({
    setName: one.setName, ceremony: verdicts.find(({ report }) => report.head === one.head)?.report.name ?? fourDigits(one.issuedBy),
  }))));
};

/** What is true of an archive that went more than one way; nothing of one that is a chain. */
export const tellForks = (graph: ArchiveGraph): readonly Finding[] => {
  const { verdicts, lineage, ends } = graph;
  const merges = [...verdicts.keys()].filter((index) => lineage.parents[index]!.length > 1);
  if (ends.length < 2 && merges.length === 0) return [];
  const names = (branches: readonly number[]): readonly string[] => branches.map((index) => nameOf(verdicts[index]!));
  return [
    ...(ends.length > 1 ? [say.forkOpen(names(ends), partedAt(graph, ends))] : []),
    ...merges.map((index) => say.forkJoined(nameOf(verdicts[index]!), names(lineage.parents[index]!), partedAt(graph, lineage.parents[index]!))),
    ...tellSets(graph),
  ];
};
