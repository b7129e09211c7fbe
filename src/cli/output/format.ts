/** Numbers, times and sizes for people. They do not depend on the machine's language. */

/** `1234567` as `1,234,567`; up to three decimals. */
export function formatNumber(value: number): string {
  return numbers.format(value);
}

/** `0.8 s`, `42 s`, `3 min 5 s`, `2 h 10 min`, `1 d 3 h`: the two largest units. */
export function formatDuration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return joinUnits(Math.floor(whole / 60), "min", whole % 60, "s");
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return joinUnits(Math.floor(minutes / 60), "h", minutes % 60, "min");
  const hours = Math.round(seconds / 3600);
  return joinUnits(Math.floor(hours / 24), "d", hours % 24, "h");
}

/** `512 B`, `1.5 KiB`, `220 MiB`: powers of 1024, three significant digits. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${Number(value.toFixed(digits))} ${BYTE_UNITS[unit]}`;
}

const numbers = new Intl.NumberFormat("en-US", { maximumFractionDigits: 3 });

const BYTE_UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

function joinUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
