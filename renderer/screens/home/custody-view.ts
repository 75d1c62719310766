/** What the register says of a key's shares: health, sets, and which ceremonies can be started on it. Pure. */
import type { CeremonyKind } from '../../../shared/ceremony/plan-schema.ts';
import type { HolderState, KeyState, SetState } from '../../../shared/register/custody-types.ts';
import type { IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/parts.tsx';
import type { Pip } from '../../components/pips.tsx';
import { BACKUP_WORDS, DEMAND_WORDS } from '../../text/custody.ts';

/** The set that is in use; null where there is none. */
export const currentSetOf = (key: KeyState): SetState | null => key.sets.findLast((set) => set.status === 'current') ?? null;

/** Twelve calendar months before `now`: a share read since then is proved. */
const yearBefore = (now: Date): string => `${now.getUTCFullYear() - 1}${now.toISOString().slice(4)}`;
const isProved = (holder: HolderState, now: Date): boolean => holder.trouble === null && holder.lastRead.at >= yearBefore(now);
export const healthPips = (set: SetState, now: Date): readonly Pip[] => set.people.map((holder) => (holder.trouble !== null ? 'lost' : isProved(holder, now) ? 'there' : 'due'));
/** "5 of 5 proved in 12 months, margin 2". The margin is always said. */
export const healthLine = (key: KeyState, now: Date): string => {
  const set = currentSetOf(key);
  if (!set) return key.backup === 'none' ? 'No backup: no share exists' : 'No share set is in use';
  const proved = set.people.filter((holder) => isProved(holder, now)).length;
  const margin = set.margin > 0 ? `margin ${set.margin}` : set.margin === 0 ? 'margin is zero' : 'too few are left';
  return `${proved} of ${set.shares} proved in 12 months, ${margin}`;
};

export interface KeyLook { readonly icon: IconName; readonly tone: Tone; readonly word: string }
export const keyLook = (key: KeyState): KeyLook => {
  switch (key.demand) {
    case 'none': return { icon: 'done', tone: 'done', word: 'Active' };
    case 'not-recoverable': return { icon: 'stop', tone: 'stop', word: 'Not recoverable' };
    default: return { icon: 'check', tone: 'wait', word: 'Needs action' };
  }
};
/** What the key asks of its owners now; empty when nothing. */
export const demandLine = (key: KeyState): string => [DEMAND_WORDS[key.demand], key.demand === 'not-recoverable' || key.backup !== 'lost' ? BACKUP_WORDS[key.backup] : BACKUP_WORDS.lost].filter((part) => part !== '').join('. ');

const atHand = (set: SetState): number => set.copies.filter(({ status }) => status !== 'destroyed').length;
const SET_LOOKS: Readonly<Record<SetState['status'], KeyLook>> = { current: { icon: 'done', tone: 'done', word: 'In use' }, superseded: { icon: 'notyet', tone: 'plain', word: 'Superseded' }, destroyed: { icon: 'x', tone: 'plain', word: 'Destroyed' } };
export interface SetRow { readonly set: SetState; readonly look: KeyLook; readonly line: string }
/** Every set of a key, the newest first, PIN sets after those of the wrapping key. */
export const setRows = (key: KeyState): readonly SetRow[] => [...key.sets.toReversed(), ...key.pinSets.toReversed()].map((set) => {
  const copies = atHand(set);
  const left = set.status === 'destroyed' ? 'no copy is left' : `${copies} ${copies === 1 ? 'copy' : 'copies'} not destroyed`;
  return { set, look: SET_LOOKS[set.status], line: `Epoch ${set.epoch}, any ${set.threshold} of ${set.shares}${set.holds === 'pin' ? ', holds the PIN' : ''}${set.drill ? ', practice' : ''}; ${left}` };
});

export interface Offer { readonly kind: CeremonyKind; readonly set: SetState; /** Why it cannot be started; null when it can. */ readonly blocked: string | null }
const whyNotRestored = (key: KeyState, set: SetState): string | null => {
  if (key.demand === 'not-recoverable') return 'Too few shares are left';
  return set.wrapped === null ? 'No wrapped key is known' : null;
};
/** Ceremonies on a key: on the set in use, and the destruction of any set of which a copy is left. */
export const offersOf = (key: KeyState): readonly Offer[] => {
  const set = currentSetOf(key);
  const onCurrent: readonly Offer[] = set === null ? [] : [
    { kind: 'recovery', set, blocked: whyNotRestored(key, set) }, { kind: 'share-check', set, blocked: null }, { kind: 're-share', set, blocked: whyNotRestored(key, set) },
  ];
  const destroyable = key.sets.toReversed().filter((one) => one.status !== 'destroyed' && one.copies.length > 0);
  return [...onCurrent, ...destroyable.map((one): Offer => ({ kind: 'share-destruction', set: one, blocked: null }))];
};

/** What the keys together ask for, the most urgent first. */
export const dueKeys = (keys: readonly KeyState[]): readonly KeyState[] => {
  const order = ['not-recoverable', 're-share-now', 're-share-soon', 'check-due'] as const;
  return keys.filter((key) => key.demand !== 'none').toSorted((a, b) => order.indexOf(a.demand as 'check-due') - order.indexOf(b.demand as 'check-due'));
};
