/** Units of a text's ages, and how many seconds each has. */
const units = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
] as const;

/** Finds the ages in a text. */
export const agePattern = /\b\d+ (?:d|h|min|s)\b/g;

/** Returns how long ago something was, in whole units: `3 min`, `2 h`, `5 d`. */
export function age(since: string | Date | undefined, now = Date.now()): string {
  return timeSpan(since === undefined ? 0 : now - new Date(since).getTime());
}

/** Returns a span of milliseconds in whole units, as `age` does; less than none is none. */
export function timeSpan(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  const [unit, length] = units.find(([, least]) => seconds >= least) ?? ["s", 1];
  return `${Math.max(Math.floor(seconds / length), 0)} ${unit}`;
}

/** Returns whether something is less than five minutes old: machines take minutes, and none is stuck before that. */
export function isYoung(since: string | Date | undefined, now = Date.now()): boolean {
  return since !== undefined && now - new Date(since).getTime() < 5 * 60_000;
}
