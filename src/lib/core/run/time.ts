/**
 * Moments as text: `2026-11-20T03:12:45.120+01:00`. ISO 8601 with milliseconds and the offset of the clock that was
 * read, always in this one form, so that the record says both when it was and what the person's clock showed.
 */

const FORM =
  /^([12]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)\.(\d{3})([+-])(0\d|1[0-4]):([0-5]\d)$/;
const OFFSET_AT = 23;
const MINUTE_MS = 60_000;

/**
 * Milliseconds since 1970-01-01T00:00Z.
 *
 * @returns `NaN` when the text is not a moment in exactly this form, or names a day that its month does not have.
 * @example instantMs('1970-01-01T01:00:00.250+01:00') //=> 250
 */
export function instantMs(at: string): number {
  const parts = FORM.exec(at);
  if (!parts) return Number.NaN;
  const [year = 0, month = 0, day = 0, hour, minute, second, ms] = parts.slice(1, 8).map(Number);
  // Date.UTC lets 30 February run over into March.
  if (Date.UTC(year, month - 1, day) >= Date.UTC(year, month, 1)) return Number.NaN;
  const offsetMinutes = Number(`${parts[8]}1`) * (Number(parts[9]) * 60 + Number(parts[10]));
  return Date.UTC(year, month - 1, day, hour, minute, second, ms) - offsetMinutes * MINUTE_MS;
}

/**
 * Orders two moments, whatever their offsets: negative when `a` is earlier, 0 when they are the same instant.
 *
 * @example compareMoments('2026-11-20T03:00:00.000+01:00', '2026-11-20T02:30:00.000+00:00') < 0 //=> true
 */
export function compareMoments(a: string, b: string): number {
  // With equal offsets the order of the texts is the order in time, and it costs nothing to compute.
  if (a.slice(OFFSET_AT) === b.slice(OFFSET_AT)) return a < b ? -1 : a > b ? 1 : 0;
  return instantMs(a) - instantMs(b);
}

/** The day as the writer's clock showed it: `2026-11-20`. */
export const dayOf = (at: string): string => at.slice(0, 10);

/** The time of day as the writer's clock showed it: `03:12`. */
export const clockOf = (at: string): string => at.slice(11, 16);
