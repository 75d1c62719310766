/** What the head from paper covers of an archive: its own ceremony, and through the links all that went before it. */
import type { Sha256Hex } from '../brand.ts';
import { reaches } from '../lineage/common-past.ts';
import { findings as say } from '../text/findings.ts';
import type { Finding } from '../transcript/report.ts';
import type { ArchiveGraph } from './archive-graph.ts';

export interface ArchiveAnchor { readonly findings: readonly Finding[]; readonly isAnchored: boolean }

/** What came later by its links is not covered, and neither is a branch that the anchored ceremony did not know of, or what lies beyond a folder that is missing. */
const uncovered = ({ verdicts, lineage }: ArchiveGraph, found: number, bare: readonly number[]): Finding => {
  const { name } = verdicts[found]!.report;
  const beside = bare.filter((index) => !lineage.precedes(found, index)).map((index) => verdicts[index]!.report.name);
  return beside.length === 0 ? say.anchorEarlier(name) : say.anchorBranch(name, beside);
};

export const judgeAnchor = (graph: ArchiveGraph, anchor: Sha256Hex | null): ArchiveAnchor => {
  const { verdicts, lineage } = graph;
  if (anchor === null) {
    for (const { out } of verdicts) out.row('anchor', 'not-done', 'No anchor was given.');
    return { findings: [say.notAnchored()], isAnchored: false };
  }
  const found = verdicts.findIndex(({ report }) => report.head === anchor);
  if (found < 0) return { findings: [say.anchorMismatch(null)], isAnchored: false };
  const covers = (index: number): boolean => reaches(lineage, index, found);
  const bare = [...verdicts.keys()].filter((index) => !covers(index));
  for (const [index, { out }] of verdicts.entries()) {
    if (covers(index)) out.row('anchor', 'sound', 'The anchor covers this ceremony.');
    else out.row('anchor', 'not-done', lineage.precedes(found, index) ? 'The anchor is of an earlier ceremony.' : 'No link leads from the anchored ceremony to this one.');
  }
  return bare.length === 0 ? { findings: [], isAnchored: true } : { findings: [uncovered(graph, found, bare)], isAnchored: false };
};
