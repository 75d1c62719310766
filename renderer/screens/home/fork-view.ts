/** What the key register says of a set that two archives replaced before they were joined. Pure. */
import type { KeyState, SetState } from '../../../shared/register/custody-types.ts';
import { forkedSets } from '../../../shared/register/forks.ts';

/** @returns null for a set that was replaced once, or not at all. */
export const forkLine = (key: KeyState, { setId }: SetState): string | null => {
  const fork = forkedSets({ keys: [key] }).find(({ set }) => set.setId === setId);
  if (fork === undefined) return null;
  return `Replaced more than once, in archives that did not know of each other: by ${fork.successors.map(({ setName }) => setName).join(' and by ')}. Each of them stands; destroy what is not used.`;
};
