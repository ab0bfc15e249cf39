/** Where a page gets what core must not make itself: the time and new ids. */

const twoDigits = (count: number): string => String(count).padStart(2, '0');

/**
 * A moment as ISO 8601 with milliseconds and the offset of this computer's clock.
 *
 * @param epochMs Milliseconds since 1970-01-01T00:00Z.
 * @example localTime(1795140765120) //=> '2026-11-20T03:12:45.120+01:00' on a computer in Berlin
 */
export function localTime(epochMs: number): string {
  const offsetMinutes = -new Date(epochMs).getTimezoneOffset();
  const behind = offsetMinutes < 0 ? '-' : '+';
  const distance = Math.abs(offsetMinutes);
  const shifted = new Date(epochMs + offsetMinutes * 60_000).toISOString().slice(0, -1);
  return `${shifted}${behind}${twoDigits(Math.floor(distance / 60))}:${twoDigits(distance % 60)}`;
}

export interface Identity {
  /** The time now, as `localTime` writes it. */
  readonly clock: () => string;
  readonly ids: {
    /** An id that sorts after every id made here before, by its characters. */
    readonly event: () => string;
    /** A random id, 12 characters. */
    readonly run: () => string;
  };
}

const DIGITS = 36;
/** Ids in one millisecond before the next one is used up. */
const COUNTERS = DIGITS ** 2;
/** Milliseconds times `COUNTERS`: exact, and of this length, until the year 2190. */
const PLACE_CHARACTERS = 11;

/**
 * Makes ids and tells the time. An event id is the millisecond with a counter, then eight random characters (41 bits),
 * to base 36: `0mi6k4x3c00-q3v9t0zk`. Ids keep their order even if the clock is set back.
 *
 * @param now Milliseconds since 1970-01-01T00:00Z.
 * @param fill Fills bytes with random ones; the browser's own is there on plain http and on `file://`, too.
 */
export function createIdentity(
  now: () => number = Date.now,
  fill: (bytes: Uint8Array<ArrayBuffer>) => void = (bytes) => void crypto.getRandomValues(bytes),
): Identity {
  const random = (count: number): string => {
    const bytes = new Uint8Array(count);
    fill(bytes);
    return Array.from(bytes, (byte) => (byte % DIGITS).toString(DIGITS)).join('');
  };
  let place = 0;
  return {
    clock: () => localTime(now()),
    ids: {
      event: () => {
        place = Math.max(place + 1, Math.floor(now()) * COUNTERS);
        return `${place.toString(DIGITS).padStart(PLACE_CHARACTERS, '0')}-${random(8)}`;
      },
      run: () => random(12),
    },
  };
}
