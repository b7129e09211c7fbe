/** Dates and times of the demo as DICOM writes them. Nothing here looks at a clock. */

/** `seconds` after midnight as TM with microseconds. */
export function formatTime(seconds: number): string {
  const microseconds = Math.round(seconds * 1e6);
  const whole = Math.floor(microseconds / 1e6);
  const parts = [Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60, whole % 60];
  const fraction = String(microseconds % 1e6).padStart(6, "0");
  return `${parts.map((part) => String(part).padStart(2, "0")).join("")}.${fraction}`;
}

/** DA and seconds after midnight as DT. */
export function formatDateTime(date: string, seconds: number): string {
  return date + formatTime(seconds);
}

/** DA of the day `days` after another. */
export function addDays(date: string, days: number): string {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(date) ?? [];
  const moved = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day) + days));
  return moved.toISOString().slice(0, 10).replaceAll("-", "");
}

/** AS: whole years between two DA. */
export function formatAge(birthDate: string, date: string): string {
  const years =
    Number(date.slice(0, 4)) -
    Number(birthDate.slice(0, 4)) -
    (date.slice(4) < birthDate.slice(4) ? 1 : 0);
  return `${String(years).padStart(3, "0")}Y`;
}
