/**
 * The dates of a plan as a calendar (RFC 5545): the window, the gates at the earliest, and the synchronizations that fall
 * into the window. Times carry their zone, and the zone is described in the file, as section 3.6.5 asks.
 */
import { dailyTimes, placeLocalTime } from '../calculators/zone-times.ts';
import { ok, refuse, type Result } from '../result.ts';
import type { Runbook } from '../runbook/model.ts';
import type { Sheet } from '../sheet/sheet.ts';
import { hasBlank, lineText, type WorkRow } from './paper.ts';
import { plannedEnd, plannedStart, windowFault, type PlanContext } from './plan.ts';
import { placesOf } from './resolve.ts';
import { earliestOf, workRows } from './work.ts';

/** Text of a property: backslash, semicolon, comma and line breaks escaped (section 3.3.11), no other control characters. */
export const icsText = (text: string): string =>
  text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n?|\n/g, '\\n')
    .replace(/[\x00-\x08\x0b-\x1f\x7f]/g, '');

/** Folds a line after at most 75 octets of UTF-8, never inside a character (section 3.1). */
export function foldLine(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const code = character.codePointAt(0) ?? 0;
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (octets + size > 75) {
      pieces.push(piece);
      // The space that begins a folded line counts.
      piece = ' ';
      octets = 1;
    }
    piece += character;
    octets += size;
  }
  return [...pieces, piece].join('\r\n');
}

const two = (number: number): string => String(number).padStart(2, '0');
const localStamp = (at: Temporal.PlainDateTime | Temporal.ZonedDateTime): string =>
  `${String(at.year).padStart(4, '0')}${two(at.month)}${two(at.day)}T${two(at.hour)}${two(at.minute)}${two(at.second)}`;
const utcStamp = (at: Temporal.ZonedDateTime): string => `${localStamp(at.withTimeZone('UTC'))}Z`;
const offsetStamp = (nanoseconds: number): string => {
  const minutes = Math.round(Math.abs(nanoseconds) / 60e9);
  return `${nanoseconds < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
};

interface Entry {
  readonly id: string;
  readonly start: Temporal.ZonedDateTime;
  readonly end: Temporal.ZonedDateTime;
  readonly summary: string;
  readonly about: string;
}

/** A zone as the file needs it: the offset at the beginning, and each change up to the end. */
function zoneLines(zone: string, from: Temporal.ZonedDateTime, to: Temporal.ZonedDateTime): readonly string[] {
  const observances: string[] = [];
  const observe = (at: Temporal.ZonedDateTime, offsetBefore: number): void => {
    const isDaylight = at.offsetNanoseconds > offsetBefore;
    const name = isDaylight ? 'DAYLIGHT' : 'STANDARD';
    // The onset is written by the clock as it was before the change (section 3.6.5).
    const onset = Temporal.Instant.fromEpochMilliseconds(at.epochMilliseconds + offsetBefore / 1e6)
      .toZonedDateTimeISO('UTC')
      .toPlainDateTime();
    observances.push(
      `BEGIN:${name}`,
      `DTSTART:${localStamp(onset)}`,
      `TZOFFSETFROM:${offsetStamp(offsetBefore)}`,
      `TZOFFSETTO:${offsetStamp(at.offsetNanoseconds)}`,
      `END:${name}`,
    );
  };
  const begin = from.withTimeZone(zone).subtract({ days: 1 });
  observe(begin, begin.offsetNanoseconds);
  for (
    let change = begin.getTimeZoneTransition('next');
    change !== null && Temporal.ZonedDateTime.compare(change, to) <= 0;
    change = change.getTimeZoneTransition('next')
  ) {
    const before = change.subtract({ nanoseconds: 1 }).offsetNanoseconds;
    if (before !== change.offsetNanoseconds) observe(change, before);
  }
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...observances, 'END:VTIMEZONE'];
}

/** Synchronizations of the WSUS server that begin within the window, at most one a quarter of an hour. */
function syncEntries(sheet: Sheet, start: Temporal.ZonedDateTime, end: Temporal.ZonedDateTime): readonly Entry[] {
  const given = (id: string): string | number | undefined => {
    const cell = Object.hasOwn(sheet, id) ? sheet[id] : undefined;
    return cell?.state === 'given' ? cell.value : undefined;
  };
  const first = given('firstSync');
  const perDay = given('syncsPerDay');
  const zone = given('timeZone');
  if (typeof first !== 'string' || typeof perDay !== 'number' || typeof zone !== 'string') return [];
  if (given('syncMode') === 'manual') return [];
  const entries: Entry[] = [];
  const lastDay = end.withTimeZone(zone).toPlainDate();
  for (
    let day = start.withTimeZone(zone).toPlainDate().subtract({ days: 1 });
    Temporal.PlainDate.compare(day, lastDay) <= 0;
    day = day.add({ days: 1 })
  ) {
    const { at } = placeLocalTime(day.toString(), first, zone);
    for (const index of dailyTimes(at, perDay).keys()) {
      const sync = at.add({ minutes: Math.round((index * 1440) / perDay) });
      if (Temporal.ZonedDateTime.compare(sync, start) < 0 || Temporal.ZonedDateTime.compare(sync, end) > 0) continue;
      entries.push({
        id: `sync-${utcStamp(sync)}`,
        start: sync,
        end: sync.add({ minutes: 15 }),
        summary: 'WSUS synchronization',
        about: 'Planned start. WSUS adds a random offset; how large it can be is not documented.',
      });
    }
  }
  return entries;
}

/** Most days a window may span: a calendar full of synchronizations helps nobody. */
const MOST_DAYS = 62;

/**
 * Writes the calendar of a plan.
 *
 * @param stamp The moment at which the file is made, `20261120T210000Z`; the caller's clock.
 * @returns The file's text, with CRLF, or a sentence that says what is missing for it.
 */
export function planCalendar(runbook: Runbook, context: PlanContext, stamp: string): Result<string> {
  const { answers } = context;
  const start = plannedStart(answers);
  const end = plannedEnd(answers);
  if (!start || !end) {
    return refuse(
      'Enter planned day, planned start, end of the window and its time zone: a calendar needs all of them',
    );
  }
  const fault = windowFault(answers);
  if (fault) return refuse(fault);
  if (start.until(end, { largestUnit: 'day' }).days > MOST_DAYS) {
    return refuse(`The window must be ${MOST_DAYS} days or less for a calendar`);
  }
  const title = answers['planTitle'] || runbook.title;
  const number = answers['planChangeNumber'] ?? '';
  const filling = { ...context.filling, places: placesOf(runbook) };

  const entries: Entry[] = [
    {
      id: 'window',
      start,
      end,
      summary: `${number ? `${number}: ` : ''}${title}`,
      about: `Change window. Runbook ${runbook.id}, revision ${runbook.revision}.`,
    },
    ...gateEntries(
      workRows(runbook, { filling, role: 'work', detail: 'short' }),
      earliestOf(runbook, filling, 'work', start).starts,
      answers,
    ),
    ...syncEntries(filling.sheet, start, end),
  ];

  const zones = new Set(entries.map((entry) => entry.start.timeZoneId));
  const last = entries.reduce(
    (latest, entry) => (Temporal.ZonedDateTime.compare(entry.end, latest) > 0 ? entry.end : latest),
    end,
  );
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Ringbook//Change plan//EN',
    'CALSCALE:GREGORIAN',
    ...[...zones].filter((zone) => zone !== 'UTC').flatMap((zone) => zoneLines(zone, start, last)),
    ...entries.flatMap((entry) => [
      'BEGIN:VEVENT',
      `UID:${runbook.id}-${utcStamp(start)}-${entry.id}@ringbook`,
      `DTSTAMP:${stamp}`,
      dateLine('DTSTART', entry.start),
      dateLine('DTEND', entry.end),
      `SUMMARY:${icsText(entry.summary)}`,
      `DESCRIPTION:${icsText(entry.about)}`,
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return ok(lines.map((line) => `${foldLine(line)}\r\n`).join(''));
}

/** In the clock of its zone, but in UTC for a time that this clock shows twice: readers disagree on which is meant. */
function dateLine(name: string, at: Temporal.ZonedDateTime): string {
  const isTwice = (['earlier', 'later'] as const).some(
    (disambiguation) => !at.toPlainDateTime().toZonedDateTime(at.timeZoneId, { disambiguation }).equals(at),
  );
  return at.timeZoneId === 'UTC' || isTwice
    ? `${name}:${utcStamp(at)}`
    : `${name};TZID=${at.timeZoneId}:${localStamp(at)}`;
}

/** Gates, each at the earliest moment at which the steps before it can be done. */
const gateEntries = (
  rows: readonly WorkRow[],
  starts: ReadonlyMap<string, Temporal.ZonedDateTime>,
  answers: PlanContext['answers'],
): readonly Entry[] =>
  rows.flatMap((row): Entry[] => {
    const at = row.kind === 'gate' ? starts.get(row.id) : undefined;
    if (row.kind !== 'gate' || !at) return [];
    return [
      {
        id: `gate-${row.id}`,
        start: at,
        end: at.add({ minutes: Math.max(row.minutes, 1) }),
        summary: `Gate ${row.number}: ${row.title}`,
        about: [
          `At the earliest. Decided by tier ${row.tier}${answers['planOwner'] ? `, change owner ${answers['planOwner']}` : ''}.`,
          ...row.criteria.filter(({ line }) => !hasBlank(line)).map(({ line }) => `- ${lineText(line)}`),
        ].join('\n'),
      },
    ];
  });
