/** Dates, numbers and digests as paper shows them. All times are UTC and say so where they stand; local time follows in brackets where the page has a zone. */
import { localOf } from './zone.ts';

export { listText as listed } from '../../shared/text/list.ts';

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
/** "2 March 2027" of an ISO date or instant. */
export const longDate = (iso: string): string => `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1] ?? ''} ${iso.slice(0, 4)}`;
/** "2027-03-02" */
export const day = (iso: string): string => iso.slice(0, 10);
const bracket = (text: string | undefined): string => (text === undefined ? '' : ` (${text})`);
/** "14:48:37", or "14:48:37 (15:48:37)". */
export const clock = (iso: string): string => `${iso.slice(11, 19)}${bracket(localOf(iso)?.clock)}`;
/** "14:48", or "14:48 (15:48)". */
export const shortClock = (iso: string): string => `${iso.slice(11, 16)}${bracket(localOf(iso)?.clock.slice(0, 5))}`;
/** "2027-03-02 17:41 UTC", or with " (18:41 Europe/Berlin)", and its day where it is another. */
export const stamp = (iso: string): string => {
  const local = localOf(iso), other = local !== null && local.day !== day(iso) ? `${local.day} ` : '';
  return `${day(iso)} ${iso.slice(11, 16)} UTC${bracket(local === null ? undefined : `${other}${local.clock.slice(0, 5)} ${local.zone}`)}`;
};
/** Ceremony number as it is said: four digits. */
export { fourDigits } from '../../shared/text/ceremony-number.ts';
/** Hex in groups of four, which may break between groups. */
export const hexGroups = (hex: string): string => hex.match(/.{1,4}/g)?.join(' ') ?? '';
export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
/** Whole minutes between two instants, at least 0. */
export const minutesBetween = (from: string, to: string): number => Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));
