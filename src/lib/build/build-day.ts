/** The day of a build, which pages are given as `ringbook:build-day`. */
import type { Plugin } from 'vite';

const name = 'ringbook:build-day';

/**
 * The day on which the site is built, `YYYY-MM-DD` in UTC.
 *
 * @param environment With `SOURCE_DATE_EPOCH` in it (seconds since 1970), a build of old sources is what it was then:
 *   https://reproducible-builds.org/docs/source-date-epoch/
 * @param now Milliseconds since 1970.
 * @example buildDay({ SOURCE_DATE_EPOCH: '1793491200' }, 0) //=> '2026-11-01'
 */
export function buildDay(environment: Readonly<Record<string, string | undefined>>, now: number): string {
  const epoch = environment['SOURCE_DATE_EPOCH'];
  const time = epoch !== undefined && /^\d{1,11}$/.test(epoch) ? Number(epoch) * 1000 : now;
  return new Date(time).toISOString().slice(0, 10);
}

export const buildDayModule = (day: string): Plugin => ({
  name: 'ringbook-build-day',
  resolveId: { filter: { id: /^ringbook:build-day$/ }, handler: () => `\0${name}` },
  load: {
    filter: { id: /^\0ringbook:build-day$/ },
    handler: () => `export const buildDay = ${JSON.stringify(day)};`,
  },
});
