/** Every clause that is mapped. A standard that is not here is not covered, and nothing is said of it. */
import { baselineRequirements } from './baseline-requirements.ts';
import type { Clause } from './clause.ts';
import { etsi411 } from './etsi.ts';
import { sp80057 } from './sp800-57.ts';
import { webtrust } from './webtrust.ts';

/** By standard, in the order of {@link STANDARDS}. */
export const CLAUSES: readonly Clause[] = [...baselineRequirements, ...webtrust, ...etsi411, ...sp80057];

/** How an unverified clause is marked, wherever it is shown. */
export const UNVERIFIED = 'unverified';
export const UNVERIFIED_SENTENCE = 'Clauses marked “unverified” could not be read in the original when they were mapped. Check their number and wording before you rely on them.';
export const MAP_SENTENCE = 'This is a map from clauses to steps, in our words. It is no judgement that a clause is met: that is the auditor’s.';
