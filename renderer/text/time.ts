/** Times and dates in words: UTC first, ISO order nowhere ambiguous. */
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const;
const two = (value: number): string => String(value).padStart(2, '0');

export const dateText = (at: Date): string => `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]!} ${at.getUTCFullYear()}`;
/** @param iso an ISO date or instant; null gives a dash. */
export const dateOf = (iso: string | null): string => (iso === null ? '–' : dateText(new Date(iso)));
export const clockText = (at: Date): string => `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
/** @param zone of the room, as the plan names it; undefined, or unknown here: the computer's own. */
export const localClock = (at: Date, zone?: string): string => {
  try { return new Intl.DateTimeFormat('en-GB', { hourCycle: 'h23', hour: '2-digit', minute: '2-digit', ...(zone === undefined ? {} : { timeZone: zone }) }).format(at); } catch { return localClock(at); }
};
/** hh:mm:ss of an ISO instant. */
export const secondsOf = (iso: string): string => iso.slice(11, 19);
export const instantText = (iso: string): string => `${dateOf(iso)}, ${iso.slice(11, 16)} UTC`;

/** Whole minutes as "1 h 47 min" or "7 min"; below a minute "under 1 min". */
export const minutesText = (minutes: number): string => {
  const whole = Math.floor(minutes);
  if (whole < 1) return 'under 1 min';
  return whole < 60 ? `${whole} min` : `${Math.floor(whole / 60)} h ${whole % 60} min`;
};
export const between = (fromIso: string, to: Date): string => minutesText((to.getTime() - Date.parse(fromIso)) / 60_000);
/** "0:07", "1:20": how long something has been going on. */
export const runningText = (fromIso: string, to: Date): string => {
  const seconds = Math.max(0, Math.floor((to.getTime() - Date.parse(fromIso)) / 1000));
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
};
