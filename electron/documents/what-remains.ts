/** What became of the copies that the plan lists, and how many shares of a set can still be counted on. Says nothing of what the list does not name. */
import { accountOf } from '../../shared/ceremony/select.ts';
import type { Copy } from '../../shared/ceremony/plan-schema.ts';
import type { AccountedCopy, CeremonyState } from '../../shared/ceremony/state.ts';

/** `said` is null for a copy that nobody accounted for in this ceremony. */
export interface ListedCopy { readonly copy: Copy; readonly bag: string | null; readonly said: AccountedCopy | null }
export interface Remains {
  readonly all: readonly ListedCopy[]; readonly destroyed: readonly ListedCopy[]; readonly left: readonly ListedCopy[];
}

/** Copies of the plan's source in its order, each with the last word on it. */
export const remainsOf = (state: CeremonyState): Remains => {
  const all = (state.plan.source?.copies ?? []).map(({ copy, bag }): ListedCopy => ({ copy, bag, said: accountOf(state, copy) }));
  const destroyed = all.filter(({ said }) => said?.outcome === 'destroyed'), left = all.filter(({ said }) => said?.outcome !== 'destroyed');
  return { all, destroyed, left };
};

/** Shares that can be counted on after a share check, less the threshold; negative: the quorum cannot meet any more. */
export interface CheckCount { readonly proved: number; readonly troubled: readonly number[]; readonly notRead: readonly number[]; readonly counted: number; readonly margin: number }
/** A share counts while a copy of it is on the plan's list and nobody said today that it is lost, unreadable or exposed. */
export const countShares = (state: CeremonyState): CheckCount => {
  const { set, copies } = state.plan.source!;
  const has = (share: number): boolean => copies.some(({ copy }) => copy.kind !== 'medium' && copy.setId === set.setId && copy.share === share);
  const found = (share: number): string | null => state.proofs.find((proof) => proof.share === share)?.found ?? null;
  const numbers = set.holders.map(({ number }) => number);
  const troubled = numbers.filter((share) => { const one = found(share); return !has(share) || (one !== null && one !== 'proved' && one !== 'absent'); });
  const notRead = numbers.filter((share) => !troubled.includes(share) && found(share) !== 'proved');
  const counted = numbers.length - troubled.length;
  return { proved: state.proofs.filter((proof) => proof.found === 'proved').length, troubled, notRead, counted, margin: counted - set.threshold };
};
