/** Pairs of runs, taken in turn, and what is told of them: medians, so that a busy moment of the machine does not decide. */

/** `ratio` is ours to the peer's, or to the limit, so that smaller is better; for rates it is ours to the peer's, and larger is better. */
export interface Measure {
  readonly name: string; readonly ours: number; readonly peer?: number; readonly limit?: number; readonly unit: 'ms' | 'per second' | 'of pictures'; readonly ratio: number; readonly runs: number;
  /** The most (times) or the least (rates) the ratio may be; null when it is only told. */
  readonly mustReach: number | null;
  /** What else is worth telling of the same runs. */
  readonly facts?: Readonly<Record<string, number>>;
}
export interface Bench { readonly name: string; run(): Promise<Measure> }

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length === 0 ? Number.NaN : sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};
/** The smallest value that at least `share` of all values do not exceed. */
export const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? Number.NaN;

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

export interface Pair { readonly ours: () => Promise<number>; readonly peer: () => Promise<number> }
/** Runs both `runs` times, taking turns at going first. One pair more goes before and is not counted. */
export const inPairs = async (runs: number, { ours, peer }: Pair): Promise<{ readonly ours: number; readonly peer: number; readonly ratio: number }> => {
  const mine: number[] = [], theirs: number[] = [];
  for (let run = -1; run < runs; run++) {
    const first = run % 2 === 0 ? [await ours(), await peer()] : [await peer(), await ours()].toReversed();
    if (run < 0) continue;
    mine.push(first[0]!);
    theirs.push(first[1]!);
  }
  return { ours: round(median(mine), 1), peer: round(median(theirs), 1), ratio: round(median(mine.map((value, index) => value / theirs[index]!)), 3) };
};

export const timed = async (work: () => Promise<void>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

export const reaches = ({ mustReach, ratio, unit }: Measure): boolean => mustReach === null || (unit === 'ms' ? ratio <= mustReach : ratio >= mustReach);
