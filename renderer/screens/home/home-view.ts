/** What the key register says of an archive item. Pure. */
import { KEY_PROFILES } from '../../../shared/ceremony/plan-schema.ts';
import { profileName } from '../../../shared/text/script.ts';
import type { ArchiveItem } from '../../../shared/ipc/contract.ts';
import type { IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/parts.tsx';
import type { Pip } from '../../components/pips.tsx';

export interface ItemState { readonly icon: IconName; readonly tone: Tone; readonly word: string }
const STATES: Readonly<Record<ArchiveItem['status'], ItemState>> = {
  frozen: { icon: 'wait', tone: 'plain', word: 'Plan frozen' }, running: { icon: 'half', tone: 'now', word: 'Under way' }, paused: { icon: 'pause', tone: 'wait', word: 'Paused' },
  closed: { icon: 'done', tone: 'done', word: 'Active' }, aborted: { icon: 'notyet', tone: 'plain', word: 'Ended early' }, unreadable: { icon: 'check', tone: 'wait', word: 'Not verified' },
};
export const itemState = (item: ArchiveItem): ItemState =>
  item.status === 'closed' && !item.recordSigned ? { icon: 'check', tone: 'wait', word: 'Record not signed' } : STATES[item.status];

export const sharePips = (item: ArchiveItem): readonly Pip[] => Array.from({ length: item.quorum?.shares ?? 0 }, (_, index): Pip => (index < item.sealedShares ? 'there' : 'due'));
export const shareLine = (item: ArchiveItem): string => {
  if (!item.quorum) return 'Not known';
  const { threshold, shares } = item.quorum;
  if (item.sealedShares === 0) return item.status === 'closed' ? 'No backup: no share exists' : 'Not yet distributed';
  const margin = item.sealedShares - threshold;
  return `${item.sealedShares} of ${shares} sealed, margin ${margin > 0 ? margin : margin === 0 ? 'is zero' : 'is missing'}`;
};

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
  return item.status === 'frozen' ? 'Open' : item.status === 'closed' || item.status === 'aborted' ? 'Sign the record' : 'Resume';
};

/** The profile as people say it; one that this version does not know, as it stands. */
export const profileOf = (profile: string): string => {
  const known = KEY_PROFILES.find((one) => one === profile);
  return known ? profileName(known) : profile;
};

export const paddedNumber = (number: number): string => String(number).padStart(4, '0');

/** "11 keys, 5 active, 1 not verified". */
export const registerLine = (items: readonly ArchiveItem[]): string => {
  if (items.length === 0) return 'No ceremony yet';
  const active = items.filter((item) => item.status === 'closed').length;
  const broken = items.filter((item) => item.status === 'unreadable').length;
  return [`${items.length} ${items.length === 1 ? 'ceremony' : 'ceremonies'}`, `${active} active ${active === 1 ? 'key' : 'keys'}`, ...(broken > 0 ? [`${broken} not verified`] : [])].join(' · ');
};
