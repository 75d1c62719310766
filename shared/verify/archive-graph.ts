/** The folders of an archive as the verifier sees them together: which went before which by their links. */
import { reaches } from '../lineage/common-past.ts';
import { lineageOf, type Lineage } from '../lineage/lineage.ts';
import { linksOf, type Link } from '../transcript/links.ts';
import type { ToldCeremony } from '../register/issued-set.ts';
import type { FolderVerdict } from './verify-folder.ts';

export interface ArchiveGraph {
  /** By number, then by opening. Indices of `lineage` are those of this list. */
  readonly verdicts: readonly FolderVerdict[];
  readonly lineage: Lineage;
  /** Ends of the archive that no merge joins; an end that a missing folder may have followed is none. */
  readonly ends: readonly number[];
  /** Whether a ceremony that went before this one is not here, so that its past is not known whole. */
  hasGap(index: number): boolean;
}
export const linksFrom = ({ opening }: FolderVerdict): readonly Link[] => linksOf(opening?.previous ?? null);

/** @param verdicts in any order. */
export const graphOf = (verdicts: readonly FolderVerdict[]): ArchiveGraph => {
  const sorted = verdicts.toSorted((a, b) => (a.opening?.number ?? 0) - (b.opening?.number ?? 0) || (a.openedAt ?? '').localeCompare(b.openedAt ?? '', 'en'));
  const lineage = lineageOf(sorted.map((verdict) => ({ head: verdict.report.head, number: verdict.opening?.number ?? 0, openedAt: verdict.openedAt, parents: linksFrom(verdict).map(({ head }) => head) })));
  const lacks = sorted.map((verdict, index) => lineage.parents[index]!.length < new Set(linksFrom(verdict).map(({ head }) => head)).size);
  const lastLack = lacks.lastIndexOf(true);
  return { verdicts: sorted, lineage, ends: lineage.tips.filter((tip) => tip >= lastLack), hasGap: (index) => lacks.some((lack, at) => lack && reaches(lineage, at, index)) };
};

/** A closed ceremony as registers are told of it; nothing of one that is open or could not be replayed. */
export const toldOf = ({ state }: FolderVerdict): readonly ToldCeremony[] => (state?.opening && state.closing ? [{ number: state.opening.number, state }] : []);

/** What a ceremony could know: all that its links lead to. Where a folder on the way is missing, the clock has to do. */
export const toldBefore = ({ verdicts, lineage, hasGap }: ArchiveGraph, index: number, openedAt: string): readonly ToldCeremony[] => {
  const byClock = hasGap(index);
  return verdicts.flatMap((verdict, at) => {
    const began = verdict.state?.openedAt ?? null;
    return lineage.precedes(at, index) || (byClock && began !== null && began < openedAt) ? toldOf(verdict) : [];
  });
};
