/** Calendar arithmetic on the plan's ISO texts, without a clock or a time zone. */

const daysIn = (year: number, month: number): number => (month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);

/** @param text "YYYY-MM-DD…". @returns the first ten characters, or null when the day is not in the calendar. */
export const calendarDay = (text: string): string | null => {
  const [year, month, day] = text.slice(0, 10).split('-').map(Number);
  return year !== undefined && month !== undefined && day !== undefined && day <= daysIn(year, month) ? text.slice(0, 10) : null;
};

/** @param text "YYYY-MM-DDThh:mm:ssZ". @returns the text, or null when its day is not in the calendar. */
export const secondOf = (text: string): string | null => (calendarDay(text) === null ? null : text);

/** Is `end` at most `years` calendar years after `start`? Texts of one ISO form sort as their times do. */
export const withinYears = (start: string, end: string, years: number): boolean =>
  end <= `${String(Number(start.slice(0, 4)) + years).padStart(4, '0')}${start.slice(4)}`;
