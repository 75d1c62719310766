/** Dates as shares carry them: minutes and months since January 2020, UTC. No clock, no Date: calendar arithmetic only. */

const DAYS_2020 = 18_262;
/** Days since 1970-01-01 of a date of the Gregorian calendar. */
const dayNumber = (year: number, month: number, day: number): number => {
  const y = month <= 2 ? year - 1 : year, era = Math.floor(y / 400), yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
};

/** Whole minutes since 2020-01-01T00:00Z of an instant `YYYY-MM-DDTHH:MM…Z`; null outside 32 bits or when it is not one. */
export const minutesOf = (instant: string): number | null => {
  const read = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):\d\d(\.\d+)?Z$/.exec(instant);
  if (!read) return null;
  const [year, month, day, hour, minute] = read.slice(1, 6).map(Number) as [number, number, number, number, number];
  const minutes = (dayNumber(year, month, day) - DAYS_2020) * 1440 + hour * 60 + minute;
  return minutes >= 0 && minutes <= 0xffffffff ? minutes : null;
};

/** Months since January 2020 of `YYYY-MM` (or a date in that month); 0 for null, which means no review date. Null when impossible. */
export const monthsOf = (month: string | null): number | null => {
  if (month === null) return 0;
  const read = /^(\d{4})-(0[1-9]|1[0-2])(-\d\d)?$/.exec(month);
  if (!read) return null;
  const months = (Number(read[1]) - 2020) * 12 + Number(read[2]) - 1;
  return months > 0 && months <= 0xffff ? months : null;
};

/** Inverse of {@link monthsOf}: `YYYY-MM`, null for 0. */
export const monthText = (months: number): string | null =>
  months === 0 ? null : `${2020 + Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
