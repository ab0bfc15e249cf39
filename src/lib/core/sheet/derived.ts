/**
 * What follows from the inputs by itself: the table of derived values.
 */
import { ok, refuse, type Result } from '../result.ts';
import type { CellValue } from './rules.ts';

/** Works out a time of day: id of the derived value, the values it needs, and the day. `derived-times.ts` has the one there is. */
export type TimesOfDay = (id: string, values: Readonly<Record<string, CellValue>>, today: string) => Result<string>;

/** What the door knows and core does not. */
export interface SheetContext {
  /** The day at the WSUS server, `YYYY-MM-DD`. */
  readonly today: string;
  /** Left out by pages until a reader enters a time: its code is the larger part of a sheet's. */
  readonly times?: TimesOfDay | undefined;
}

export interface Derived {
  readonly id: string;
  readonly label: string;
  /** Ids of the inputs it is worked out of. */
  readonly needs: readonly string[];
  /** It reads as sentences, not as something to type. */
  readonly isProse?: true;
  /** The input to mend when `from` refuses. */
  readonly asks: string;
  /** Works it out. Called only when all of `needs` are given. */
  readonly from: (values: Readonly<Record<string, CellValue>>, context: SheetContext) => Result<string>;
}

/** Has a dot, and is not an IPv4 address. */
const fullName = /\.(?!\d+$)[^.]+$/;

/**
 * The address of a WSUS server. With SSL it takes the full name: downstream servers and clients must use the name that
 * is in the certificate (Microsoft Learn, "Configure WSUS", section 2.5).
 */
const address = (
  id: string,
  label: string,
  who: string,
  [ssl, server, port]: readonly [string, string, string],
): Derived => ({
  id,
  label,
  needs: [ssl, server, port],
  asks: server,
  from: (values) => {
    const hasSsl = values[ssl] === 'yes';
    const name = String(values[server]);
    return hasSsl && !fullName.test(name)
      ? refuse(`${who} must be a full name such as wsus1.contoso.com, because SSL compares it with the certificate`)
      : ok(`${hasSsl ? 'https' : 'http'}://${name}:${values[port]}`);
  },
});

/** A value that hangs on the clock of the WSUS server. */
const timed = (id: string, label: string, needs: readonly string[], more: Partial<Derived> = {}): Derived => ({
  id,
  label,
  needs,
  asks: 'timeZone',
  from: (values, { today, times }) =>
    times?.(id, values, today) ?? refuse('Times of day are not worked out yet: ringbook-times.js has not been loaded'),
  ...more,
});

const zone = ['firstSync', 'timeZone'] as const;

/** The derived values, by id. */
export const derived: Readonly<Record<string, Derived>> = Object.fromEntries(
  [
    address('upstreamUrl', 'Address of the upstream', 'Upstream server', ['useSsl', 'upstreamServer', 'upstreamPort']),
    address('wsusUrl', 'Address of this WSUS server', 'This WSUS server', ['wsusSsl', 'wsusServer', 'wsusPort']),
    timed('storedUtc', 'Time that WSUS stores, in UTC', zone),
    timed('syncTimesLocal', 'Synchronization times, local', [...zone, 'syncsPerDay']),
    timed('syncTimesUtc', 'Synchronization times, UTC', [...zone, 'syncsPerDay']),
    timed('clockChange', 'Next clock change', zone),
    timed('syncSpacing', 'Time between synchronizations', ['syncsPerDay'], { isProse: true, asks: 'syncsPerDay' }),
  ].map((value) => [value.id, value]),
);
