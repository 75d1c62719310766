/** Sets that were replaced more than once, in archives that did not know of each other. */
import type { Sha256Hex } from '../brand.ts';
import type { CustodyRegister, SetState } from './custody-types.ts';

export interface ForkedSet { readonly set: SetState; /** Each of them stands; which one is to be used, people decide. */ readonly successors: readonly SetState[] }

const successorsOf = ({ supersededBy, rivals }: SetState): readonly Sha256Hex[] => [...(supersededBy === null ? [] : [supersededBy]), ...(rivals ?? [])];
/** @returns one row for each set with rivals; empty in an archive that never forked. */
export const forkedSets = ({ keys }: CustodyRegister): readonly ForkedSet[] => {
  const sets = keys.flatMap((key) => [...key.sets, ...key.pinSets]);
  return sets.filter(({ rivals }) => rivals !== undefined).map((set) => ({ set, successors: successorsOf(set).flatMap((id) => sets.filter(({ setId }) => setId === id)) }));
};
