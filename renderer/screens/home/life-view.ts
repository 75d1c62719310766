/** The life of a key in words: its state, what was done with it, and what a date will change. Pure. */
import type { KeyLifeState } from '../../../shared/keys/lifecycle.ts';
import type { KeyLife, LifeEvent, LifeTransition } from '../../../shared/register/key-life.ts';
import { listText } from '../../../shared/text/list.ts';
import type { IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/parts.tsx';
import { dateOf } from '../../text/time.ts';

interface Look { readonly icon: IconName; readonly tone: Tone; readonly word: string }
export const LIFE_LOOKS: Readonly<Record<KeyLifeState, Look>> = {
  'pre-activation': { icon: 'wait', tone: 'plain', word: 'Pre-activation' }, active: { icon: 'done', tone: 'done', word: 'Active' }, suspended: { icon: 'pause', tone: 'wait', word: 'Suspended' },
  deactivated: { icon: 'notyet', tone: 'plain', word: 'Deactivated' }, compromised: { icon: 'stop', tone: 'stop', word: 'Compromised' }, destroyed: { icon: 'x', tone: 'plain', word: 'Destroyed' },
};

const on = ({ serials }: LifeEvent): string => (serials.length === 0 ? '' : ` on HSM ${listText(serials)}`);
const counted = ({ count }: LifeEvent): string => (count === null ? '' : `${count[0]} of ${count[1]}`);
const WORDS: Readonly<Record<LifeEvent['what'], (event: LifeEvent) => string>> = {
  made: (event) => `Made${on(event)}`,
  certified: () => 'Root certificate signed',
  split: (event) => `Backup split: set ${event.sets[0] ?? ''}, any ${counted(event)}`,
  wrapped: (event) => `Wrapped under set ${event.sets[0] ?? ''}`,
  restored: (event) => `Restored${on(event)}, the public key equal`,
  locked: (event) => `Locked${on(event)}: it cannot be wrapped there any more`,
  rewrapped: (event) => `Wrapped anew under set ${event.sets[0] ?? ''}`,
  superseded: (event) => (event.sets.length === 2 ? `Set ${event.sets[1]!} superseded by ${event.sets[0]!}` : 'Set superseded'),
  'pin-given': (event) => `PIN given to a quorum: PIN set ${event.sets[0] ?? ''}`,
  'shares-proved': (event) => `${counted(event)} shares of set ${event.sets[0] ?? ''} proved`,
  'copies-destroyed': (event) => `${counted(event)} copies of set ${event.sets[0] ?? ''} destroyed`,
};
const BECAME: Readonly<Record<KeyLifeState, string>> = {
  'pre-activation': 'Pre-activation: may prove possession, and nothing else', active: 'Active: may sign', suspended: 'Suspended: signs nothing', deactivated: 'Deactivated: signs nothing any more',
  compromised: 'Compromised', destroyed: 'Destroyed',
};

export interface LifeRow { readonly at: string; /** Null where a date of the certificate did it. */ readonly ceremony: number | null; readonly text: string; readonly isState: boolean }
/** Newest first; a state stands after what brought it. */
export const lifeRows = ({ events, transitions }: KeyLife): readonly LifeRow[] => [
  ...events.map((event): LifeRow => ({ at: event.at, ceremony: event.ceremony, text: WORDS[event.what](event), isState: false })),
  ...transitions.map(({ at, ceremony, to }): LifeRow => ({ at, ceremony, text: BECAME[to], isState: true })),
].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : Number(a.isState) - Number(b.isState))).toReversed();

/** "Deactivated on 23 November 2046, when its certificate ends." */
export const nextLine = (next: LifeTransition | null): string => {
  if (next === null) return 'No date changes its state.';
  return next.to === 'active' ? `Active from ${dateOf(next.at)} on, when its certificate begins.` : `${LIFE_LOOKS[next.to].word} on ${dateOf(next.at)}, when its certificate ends.`;
};
