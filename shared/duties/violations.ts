/** Tells violations apart. */
import type { Violation } from './duty.ts';

const keyOf = ({ people }: Violation): string => people.toSorted().join();
/** Where the same people break a rule in two ways, such as for an old and a new set, it is said once. */
export const withoutRepeats = (violations: readonly Violation[]): readonly Violation[] => violations.filter((one, index) => violations.findIndex((other) => keyOf(other) === keyOf(one)) === index);
