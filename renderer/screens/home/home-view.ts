/** What the key register says of an archive item. Pure. */
import { KEY_PROFILES } from '../../../shared/ceremony/plan-schema.ts';
import { profileName } from '../../../shared/text/script.ts';
import type { ArchiveItem } from '../../../shared/ipc/contract.ts';
import type { KeyState } from '../../../shared/register/custody-types.ts';
import type { IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/parts.tsx';

export interface ItemState { readonly icon: IconName; readonly tone: Tone; readonly word: string }
const STATES: Readonly<Record<ArchiveItem['status'], ItemState>> = {
  frozen: { icon: 'wait', tone: 'plain', word: 'Plan frozen' }, running: { icon: 'half', tone: 'now', word: 'Under way' }, paused: { icon: 'pause', tone: 'wait', word: 'Paused' },
  closed: { icon: 'done', tone: 'done', word: 'Closed' }, aborted: { icon: 'notyet', tone: 'plain', word: 'Ended early' },
  postponed: { icon: 'pause', tone: 'wait', word: 'Postponed' }, unreadable: { icon: 'check', tone: 'wait', word: 'Not verified' },
};
export const itemState = (item: ArchiveItem): ItemState =>
  item.status === 'closed' && !item.recordSigned ? { icon: 'check', tone: 'wait', word: 'Record not signed' } : STATES[item.status];

/** The one ceremony that waits for people: under way before paused before frozen, the newest first. */
export const unfinished = (items: readonly ArchiveItem[]): ArchiveItem | null => {
  const order: readonly ArchiveItem['status'][] = ['running', 'paused', 'frozen'];
  return items.filter((item) => order.includes(item.status)).toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status) || b.number - a.number)[0] ?? null;
};

/** What a row's button does. */
export const rowAction = (item: ArchiveItem): 'enter' | 'verify' =>
  item.status === 'unreadable' || (item.status === 'closed' && item.recordSigned) ? 'verify' : 'enter';
export const rowLabel = (item: ArchiveItem): string => {
  if (rowAction(item) === 'verify') return 'Verify';
  return item.status === 'frozen' ? 'Open' : item.status === 'closed' || item.status === 'aborted' || item.status === 'postponed' ? 'Sign the record' : 'Resume';
};

/** The profile as people say it; one that this version does not know, as it stands. */
export const profileOf = (profile: string): string => {
  const known = KEY_PROFILES.find((one) => one === profile);
  return known ? profileName(known) : profile;
};

/** "11 keys · 3 need action · 14 ceremonies · 1 not verified". */
export const registerLine = (items: readonly ArchiveItem[], keys: readonly KeyState[]): string => {
  if (items.length === 0) return 'No ceremony yet';
  const asking = keys.filter((key) => key.demand !== 'none').length;
  const broken = items.filter((item) => item.status === 'unreadable').length;
  return [
    `${keys.length} ${keys.length === 1 ? 'key' : 'keys'}`, ...(asking > 0 ? [`${asking} ${asking === 1 ? 'needs' : 'need'} action`] : []),
    `${items.length} ${items.length === 1 ? 'ceremony' : 'ceremonies'}`, ...(broken > 0 ? [`${broken} not verified`] : []),
  ].join(' · ');
};
