/**
 * What follows from the inputs by itself: the table of derived values.
 */
import { clockChangeText, spacingText, syncTimesText } from '../calculators/sync-facts.ts';
import { placeLocalTime, storedUtcTime } from '../calculators/zone-times.ts';
import { ok, refuse, type Result } from '../result.ts';
import type { CellValue } from './rules.ts';
import { isCalendarDate } from './zones.ts';

/** What the door knows and core does not: `today` is the day at the WSUS server, `YYYY-MM-DD`. */
export interface SheetContext {
  readonly today: string;
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

interface Schedule {
  readonly first: Temporal.ZonedDateTime;
  readonly firstSync: string;
  readonly timeZone: string;
  readonly today: string;
  /** 0 while the value does not need it. */
  readonly perDay: number;
}

/** A value that hangs on the zone of the WSUS server. */
const zoned = (id: string, label: string, needs: readonly string[], work: (schedule: Schedule) => string): Derived => ({
  id,
  label,
  needs,
  asks: 'timeZone',
  from: (values, { today }) => {
    if (typeof Temporal === 'undefined') return refuse('This browser cannot work with time zones yet');
    if (!isCalendarDate(today)) return refuse('The date of today is not known, and times of day hang on it');
    const firstSync = String(values['firstSync']);
    const timeZone = String(values['timeZone']);
    const { at: first } = placeLocalTime(today, firstSync, timeZone);
    return ok(work({ first, firstSync, timeZone, today, perDay: Number(values['syncsPerDay'] ?? 0) }));
  },
});

const zone = ['firstSync', 'timeZone'] as const;

/** The derived values, by id. */
export const derived: Readonly<Record<string, Derived>> = Object.fromEntries(
  [
    address('upstreamUrl', 'Address of the upstream', 'Upstream server', ['useSsl', 'upstreamServer', 'upstreamPort']),
    address('wsusUrl', 'Address of this WSUS server', 'This WSUS server', ['wsusSsl', 'wsusServer', 'wsusPort']),
    zoned('storedUtc', 'Time that WSUS stores, in UTC', zone, ({ first }) => storedUtcTime(first)),
    zoned('syncTimesLocal', 'Synchronization times, local', [...zone, 'syncsPerDay'], ({ first, perDay }) =>
      syncTimesText(first, perDay, 'local'),
    ),
    zoned('syncTimesUtc', 'Synchronization times, UTC', [...zone, 'syncsPerDay'], ({ first, perDay }) =>
      syncTimesText(first, perDay, 'utc'),
    ),
    zoned('clockChange', 'Next clock change', zone, ({ today, firstSync, timeZone }) =>
      clockChangeText(today, firstSync, timeZone),
    ),
    {
      id: 'syncSpacing',
      label: 'Time between synchronizations',
      isProse: true as const,
      needs: ['syncsPerDay'],
      asks: 'syncsPerDay',
      from: (values: Readonly<Record<string, CellValue>>) => ok(spacingText(Number(values['syncsPerDay']))),
    },
  ].map((value) => [value.id, value]),
);
