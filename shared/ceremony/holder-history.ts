/** How many shares of one set a person has held or read over time: their own, and those they brought for others. */
import { foldName } from './fold-name.ts';
import { personById } from './people.ts';
import type { CeremonyState } from './state.ts';
import { gatheredSets } from './wanted-set.ts';

/**
 * @param share the share that the person would read now.
 * @returns how many different shares of the set that would make, and the threshold that must not be reached.
 */
export const historyReach = (state: CeremonyState, person: string, setId: string, share: number): { readonly count: number; readonly threshold: number } => {
  const set = gatheredSets(state).find((one) => one.setId === setId);
  const name = foldName(personById(state.plan, person)?.name ?? person);
  const known = setId === state.plan.source?.set.setId ? state.plan.source.history : [];
  const shares = new Set([
    share,
    ...known.filter((one) => foldName(one.name) === name).flatMap((one) => one.shares),
    ...(set?.holders.filter((holder) => holder.person === person).map((holder) => holder.number) ?? []),
    ...state.gatherings.filter((one) => one.setId === setId).flatMap((one) => one.shares.filter((read) => read.presenter === person).map((read) => read.share)),
  ]);
  return { count: shares.size, threshold: set?.threshold ?? 2 };
};
