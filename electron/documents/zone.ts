/** The local time of a ceremony beside UTC. Its zone holds while a page is composed, so that every time on it is written in both. */

/** Whether this computer knows a time zone of this name. */
export const isTimeZone = (name: string): boolean => {
  try { return new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone !== ''; } catch { return false; }
};

const formatIn = (zone: string): Intl.DateTimeFormat => new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' });
let current: { readonly zone: string; readonly format: Intl.DateTimeFormat } | null = null;
/** Composes with the zone of `ceremony.timeZone`; without one, or with one that this computer does not know, times are in UTC only. Composing never waits. */
export const inZone = <T>(zone: string | undefined, compose: () => T): T => {
  const before = current;
  current = zone !== undefined && isTimeZone(zone) ? { zone, format: formatIn(zone) } : null;
  try { return compose(); } finally { current = before; }
};
export interface Local { readonly zone: string; /** "2027-03-02" */ readonly day: string; /** "18:41:07" */ readonly clock: string }
/** The local time of an instant; null where the page has no zone. */
export const localOf = (iso: string): Local | null => {
  if (current === null || Number.isNaN(Date.parse(iso))) return null;
  const parts = current.format.formatToParts(new Date(iso));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? '';
  return { zone: current.zone, day: `${part('year')}-${part('month')}-${part('day')}`, clock: `${part('hour')}:${part('minute')}:${part('second')}` };
};
/** What stands on every page that has local times. */
export const zoneWords = (): readonly string[] => (current === null ? [] : [`Times are UTC, with local time, ${current.zone}, in brackets.`]);
