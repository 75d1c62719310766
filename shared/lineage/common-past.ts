/** Where branches of an archive part, and whether anything joins them. */
import type { Lineage } from './lineage.ts';

/** Whether a ceremony is another one or went before it. */
export const reaches = (lineage: Lineage, from: number, to: number): boolean => from === to || lineage.precedes(from, to);
/** The last ceremony that all of `branches` have in common; null when they have none. */
export const commonPast = (lineage: Lineage, branches: readonly number[]): number | null =>
  lineage.order.findLast((index) => branches.every((branch) => reaches(lineage, index, branch))) ?? null;
/** Whether a ceremony came after both: one of the two, or a merge over them. */
export const isJoined = (lineage: Lineage, a: number, b: number): boolean => lineage.order.some((index) => reaches(lineage, a, index) && reaches(lineage, b, index));
