/** How many shares of the source set can be counted on as the ceremony goes. Pure; the register says the same once it is closed. */
import { accountOf } from '../../../shared/ceremony/select.ts';
import type { SetRef } from '../../../shared/ceremony/plan-schema.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import type { Tone } from '../../components/parts.tsx';
import type { Pip } from '../../components/pips.tsx';

export interface Margin { readonly good: number; readonly shares: number; readonly threshold: number; readonly spare: number; readonly pips: readonly Pip[] }

const LOST = ['lost', 'unreadable', 'exposed'] as const;
const GONE = ['destroyed', 'missing', 'collected'] as const;
const counts = (state: CeremonyState, set: SetRef, number: number): boolean => {
  if (state.proofs.some((proof) => proof.share === number && (LOST as readonly string[]).includes(proof.found))) return false;
  const copies = (state.plan.source?.copies ?? []).filter(({ copy }) => copy.kind !== 'medium' && copy.setId === set.setId && copy.share === number);
  return copies.some(({ copy }) => !(GONE as readonly string[]).includes(accountOf(state, copy)?.outcome ?? ''));
};

/** @returns null for a ceremony that stands on no set. */
export const marginOf = (state: CeremonyState): Margin | null => {
  const set = state.plan.source?.set;
  if (!set) return null;
  const there = set.holders.map(({ number }) => counts(state, set, number));
  const good = there.filter(Boolean).length;
  return { good, shares: set.shares, threshold: set.threshold, spare: good - set.threshold, pips: there.map((one) => (one ? 'there' as const : 'lost' as const)) };
};

export const marginTone = (spare: number): Tone => (spare > 1 ? 'plain' : spare >= 0 ? 'wait' : 'stop');
/** "5 of 5 shares can be counted on, margin 2." and what a small margin asks for. */
export const marginSentence = ({ good, shares, spare }: Pick<Margin, 'good' | 'shares' | 'spare'>): string => {
  const counted = `${good} of ${shares} shares can be counted on`;
  if (spare < 0) return `${counted}: fewer than are needed. This backup is not recoverable.`;
  if (spare === 0) return `${counted}: the margin is zero. One share more lost, and the backup is lost. Re-share now.`;
  return spare === 1 ? `${counted}: the margin is 1. Prepare a re-share.` : `${counted}: the margin is ${spare}.`;
};
