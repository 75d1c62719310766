/** Which subsets of a set's shares are combined when all of them are to be proven. */

/** Above this many combinations only consecutive runs (around the corner) are recombined; every share is then in `threshold` of them. */
const MAX_SUBSETS = 500;

/** Numbers of subsets: all of them where they are few, else all consecutive ones. */
export const subsetsToProve = (shares: number, threshold: number): number[][] => {
  let all: number[][] = [[]];
  for (let index = 0; index < shares; index++) {
    all = [...all, ...all.filter((subset) => subset.length < threshold).map((subset) => [...subset, index])];
    if (all.length > 20 * MAX_SUBSETS) break;
  }
  const whole = all.filter((subset) => subset.length === threshold);
  return all.length <= 20 * MAX_SUBSETS && whole.length <= MAX_SUBSETS ? whole : Array.from({ length: shares }, (_, start) => Array.from({ length: threshold }, (_, step) => (start + step) % shares));
};
