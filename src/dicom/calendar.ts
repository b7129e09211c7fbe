/** Whether the Gregorian calendar has this day. It has no year 0. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  return isCalendarMonth(year, month) && day >= 1 && day <= daysInMonth(year, month);
}

/** Whether the Gregorian calendar has this month (1 to 12) of this year (1 to 9999). */
export function isCalendarMonth(year: number, month: number): boolean {
  return year >= 1 && month >= 1 && month <= 12;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
