/** Draws the conclusions of a key's sets: what still counts, the margin above the threshold, and what that asks for. */
import type { CopyState, CopyStatus, Demand, HolderState, KeyState, SetState } from './custody-types.ts';

/** Where a copy is still at hand when its share is called for. */
const AT_HAND: readonly CopyStatus[] = ['held', 'resealed', 'retained'];
export const isAtHand = ({ status }: CopyState): boolean => AT_HAND.includes(status);
const isShare = ({ copy }: CopyState): boolean => copy.kind !== 'medium';

const holderNow = (holder: HolderState, copies: readonly CopyState[]): HolderState => {
  const own = copies.filter(({ copy }) => copy.kind !== 'medium' && copy.share === holder.number);
  return own.some(isAtHand) || holder.trouble === 'exposed' ? holder : { ...holder, trouble: 'gone' };
};

const settleSet = (set: SetState): SetState => {
  const people = set.people.map((holder) => holderNow(holder, set.copies));
  const shares = set.copies.filter(isShare);
  const destroyed = shares.length > 0 && shares.every(({ status }) => status === 'destroyed');
  const counted = people.filter(({ trouble }) => trouble === null);
  return { ...set, people, status: destroyed ? 'destroyed' : set.status, margin: counted.length - set.threshold };
};

/** The set that is to be used now: the newest that was neither superseded nor destroyed. */
export const currentSet = (sets: readonly SetState[]): SetState | null => sets.findLast(({ status }) => status === 'current') ?? null;
export const mediaAtHand = ({ copies }: SetState): readonly number[] => copies.flatMap((one) => (one.copy.kind === 'medium' && isAtHand(one) ? [one.copy.number] : []));

/** Twelve calendar months before an instant, by its date. */
const yearBefore = (now: string): string => `${String(Number(now.slice(0, 4)) - 1).padStart(4, '0')}${now.slice(4)}`;
const isCheckDue = (set: SetState, now: string): boolean => set.people.some(({ trouble, lastRead }) => trouble === null && lastRead.at < yearBefore(now));

/** An exposed share counts no more, but while it is there it still opens the backup, for a re-share. */
const canMeet = ({ people, threshold, copies }: SetState): boolean =>
  people.filter(({ number, trouble }) => trouble === null || (trouble === 'exposed' && copies.some((one) => isAtHand(one) && one.copy.kind !== 'medium' && one.copy.share === number))).length >= threshold;

const demandOf = (set: SetState | null, isOpen: boolean, now: string | null): Demand => {
  if (set === null || !isOpen) return 'not-recoverable';
  if (set.margin <= 0) return 're-share-now';
  if (set.margin === 1) return 're-share-soon';
  return now !== null && isCheckDue(set, now) ? 'check-due' : 'none';
};

/** @param now an instant, or null when dates are not to be judged. */
export const settle = (key: KeyState, now: string | null): KeyState => {
  const sets = key.sets.map(settleSet), pinSets = key.pinSets.map(settleSet);
  const current = currentSet(sets);
  const isOpen = current !== null && canMeet(current) && mediaAtHand(current).length > 0;
  const backup = key.backup === 'none' && sets.length === 0 ? 'none' : isOpen ? 'current' : 'lost';
  return { ...key, sets, pinSets, backup, demand: backup === 'none' ? 'none' : demandOf(current, isOpen, now) };
};
