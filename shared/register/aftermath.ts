/**
 * What is left of a share set when copies of it were accounted for, and what a group that has all of it could still do (custody, c.6).
 * It judges what was said in ceremonies; what somebody copied unseen is in no count.
 */
import { accountOf } from '../ceremony/select.ts';
import type { CopyStatus, SetState } from './custody-types.ts';
import type { CeremonyState } from '../ceremony/state.ts';
import type { Copy, SetRef } from '../ceremony/plan-schema.ts';

export interface LeftCopy { readonly copy: Copy; readonly status: CopyStatus; readonly bag: string | null; /** Whose share it is; null for a medium. */ readonly holder: string | null }
/**
 * `nothing`: every copy is destroyed. `opens`: a quorum of shares and a wrapped key are both left. `shares-only`: a quorum, and no
 * wrapped key that is known. `wrapped-only`: a wrapped key, and too few shares. `remnants`: too few shares and no wrapped key.
 */
export type Reach = 'nothing' | 'remnants' | 'wrapped-only' | 'shares-only' | 'opens';
export interface Aftermath {
  readonly set: Pick<SetRef, 'setId' | 'setName' | 'epoch' | 'threshold' | 'holds'>;
  readonly reach: Reach;
  /** Copies that are not destroyed, in bags or not. */
  readonly left: readonly LeftCopy[];
  /** Numbers of the shares of which a copy is left. */
  readonly shares: readonly number[];
  /** Numbers of the media that are left. */
  readonly media: readonly number[];
  /** Those of `left` that nobody has in a bag for destruction: kept, missing, or never called. */
  readonly atLarge: readonly LeftCopy[];
  /** As many shares at large as the threshold asks for, or a wrapped key at large: the key is to be treated as known to that group. */
  readonly exposed: boolean;
}

/** A copy as the plan or the register lists it. */
export interface KnownCopy { readonly copy: Copy; readonly status: CopyStatus; readonly bag: string | null }

const distinct = (numbers: readonly number[]): readonly number[] => [...new Set(numbers)].sort((a, b) => a - b);
const sharesIn = (copies: readonly LeftCopy[]): readonly number[] => distinct(copies.flatMap(({ copy }) => (copy.kind === 'medium' ? [] : [copy.share])));
const mediaIn = (copies: readonly LeftCopy[]): readonly number[] => distinct(copies.flatMap(({ copy }) => (copy.kind === 'medium' ? [copy.number] : [])));

const reachOf = (threshold: number, shares: number, media: number): Reach => {
  if (shares === 0 && media === 0) return 'nothing';
  if (shares >= threshold) return media > 0 ? 'opens' : 'shares-only';
  return media > 0 ? 'wrapped-only' : 'remnants';
};

/** @param copies what became of each copy of the set, its media included. */
export const aftermath = (set: SetRef | SetState, copies: readonly KnownCopy[]): Aftermath => {
  const holder = (copy: Copy): string | null => (copy.kind === 'medium' ? null : set.holders.find(({ number }) => number === copy.share)?.name ?? null);
  const left = copies.filter(({ copy, status }) => copy.setId === set.setId && status !== 'destroyed').map(({ copy, status, bag }) => ({ copy, status, bag, holder: holder(copy) }));
  const atLarge = left.filter(({ status }) => status !== 'collected');
  const { setId, setName, epoch, threshold, holds } = set;
  const shares = sharesIn(left), media = mediaIn(left);
  return {
    set: { setId, setName, epoch, threshold, holds }, reach: reachOf(threshold, shares.length, media.length), left, shares, media, atLarge,
    exposed: sharesIn(atLarge).length >= threshold || mediaIn(atLarge).length > 0,
  };
};

/** The copies that a ceremony's plan lists, with what has been said of each so far: `held` where nothing has. */
export const accountedCopies = (state: CeremonyState): readonly KnownCopy[] => (state.plan.source?.copies ?? []).map(({ copy, bag }) => {
  const said = accountOf(state, copy);
  return said ? { copy, status: said.outcome, bag: said.bag } : { copy, status: 'held', bag };
});
/** What is left of the set that a re-share replaces or a destruction is about; null in other ceremonies. */
export const aftermathOf = (state: CeremonyState): Aftermath | null => {
  const { source, ceremony } = state.plan;
  return source && (ceremony.kind === 're-share' || ceremony.kind === 'share-destruction') ? aftermath(source.set, accountedCopies(state)) : null;
};
