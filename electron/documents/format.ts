/** Dates, numbers and digests as paper shows them. All times are UTC and say so where they stand. */

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
/** "2 March 2027" of an ISO date or instant. */
export const longDate = (iso: string): string => `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1] ?? ''} ${iso.slice(0, 4)}`;
/** "2027-03-02" */
export const day = (iso: string): string => iso.slice(0, 10);
/** "14:48:37" */
export const clock = (iso: string): string => iso.slice(11, 19);
/** "14:48" */
export const shortClock = (iso: string): string => iso.slice(11, 16);
/** "2027-03-02 17:41 UTC" */
export const stamp = (iso: string): string => `${day(iso)} ${shortClock(iso)} UTC`;
/** Ceremony number as it is said: four digits. */
export const fourDigits = (number: number): string => String(number).padStart(4, '0');
/** Hex in groups of four, which may break between groups. */
export const hexGroups = (hex: string): string => hex.match(/.{1,4}/g)?.join(' ') ?? '';
export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
/** "a", "a and b", "a, b and c". */
export const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`;
/** Whole minutes between two instants, at least 0. */
export const minutesBetween = (from: string, to: string): number => Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));
