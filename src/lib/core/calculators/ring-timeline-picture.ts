/**
 * The ring timeline as a picture: a band for each ring from its earliest to its latest time, its gates marked by letters.
 *
 * It is read without colour: the part of a band in which the last device gets the update is hatched, everything else is
 * an outline, and every mark is a letter that the key explains. Only presentation attributes are used, and the colour is
 * the text's own, so it follows dark mode, forced colours and print.
 */
import { html, type Html } from '../render/html.ts';
import { minuteOf, momentText } from './ring-schedule.ts';
import { gateOf, gateWords, type GateId, type RingTimeline, type TimelineRing } from './ring-timeline.ts';

// All in units of the picture, which scales to the width of its place.
const WIDTH = 720;
const LEFT = 176;
const RIGHT = 700;
const TOP = 46;
const ROW = 74;
const BAND = 22;
/** Marks that are closer than this share one line of letters. */
const LETTER_ROOM = 11;
const MOST_TICKS = 7;
const KEY_LINE = 15;

/** In minutes: from an hour to half a year. */
const tickSteps = [1, 2, 3, 6, 12, 24, 48, 168, 336, 672, 2184, 4368].map((hours) => hours * 60);

const round = (value: number): number => Math.round(value * 10) / 10;

/** A long name ends in dots; the whole of it stands in the description. */
const shortName = (name: string): string => (name.length > 20 ? `${name.slice(0, 19)}…` : name);

/** Month, day and time by the clocks of a zone: `11-02 05:00`. */
const shortMoment = (minute: number, timeZone: string): string => momentText(minute, timeZone).slice(5, 16);

interface Scale {
  readonly from: number;
  readonly until: number;
  readonly at: (minute: number) => number;
}

function scaleOf(rings: readonly TimelineRing[]): Scale {
  const from = Math.min(...rings.map(({ band }) => band.earliest));
  const until = Math.max(...rings.map(({ band }) => band.latest), from + 60);
  return { from, until, at: (minute) => round(LEFT + ((minute - from) / (until - from)) * (RIGHT - LEFT)) };
}

function axis({ from, until, at }: Scale, bottom: number, timeZone: string): Html {
  const step = tickSteps.find((minutes) => (until - from) / minutes <= MOST_TICKS) ?? 524_160;
  // Ticks stand on round hours of the clocks that the labels show, also after a clock change.
  const start = Temporal.Instant.fromEpochMilliseconds(from * 60_000)
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime();
  const first = (step - ((start.hour * 60 + start.minute) % step)) % step;
  const ticks = Array.from({ length: MOST_TICKS + 1 }, (_, k) =>
    minuteOf(start.add({ minutes: first + k * step }).toZonedDateTime(timeZone)),
  ).filter((tick) => tick <= until);
  return html`<path d="M${LEFT} ${TOP}H${RIGHT}" stroke="currentColor"/><path d="${ticks.map((tick) => `M${at(tick)} ${TOP - 4}V${bottom}`).join('')}" stroke="currentColor" stroke-opacity="0.35" stroke-dasharray="1 4"/>${ticks.map(
    (tick) =>
      html`<text x="${at(tick)}" y="${TOP - 20}" text-anchor="middle">${shortMoment(tick, timeZone).slice(0, 5)}</text><text x="${at(tick)}" y="${TOP - 8}" text-anchor="middle">${shortMoment(tick, timeZone).slice(6)}</text>`,
  )}`;
}

/** Gates in a line of letters: above the band at their earliest, below it at their latest. */
function marks(ring: TimelineRing, edge: 'earliest' | 'latest', y: number, { at, from, until }: Scale): Html {
  const groups: { x: number; letters: string }[] = [];
  const inTime = ring.gates
    // What lies outside of the picture (a deadline long before) has its place in the table.
    .filter((gate) => gate.id !== 'upstream' && gate[edge] >= from && gate[edge] <= until)
    .map((gate) => ({ x: at(gate[edge]), letter: gateWords[gate.id][0] }))
    .sort((a, b) => a.x - b.x);
  for (const { x, letter } of inTime) {
    const last = groups.at(-1);
    if (last && x - last.x < LETTER_ROOM + last.letters.length * 7) last.letters += letter;
    else groups.push({ x, letters: letter });
  }
  const [tickFrom, textAt] = edge === 'earliest' ? [y - 5, y - 8] : [y + BAND, y + BAND + 16];
  return html`<path d="${inTime.map(({ x }) => `M${x} ${tickFrom}v5`).join('')}" stroke="currentColor" stroke-width="1.5"/>${groups.map(({ x, letters }) => html`<text x="${x}" y="${textAt}" text-anchor="${x > RIGHT - 20 ? 'end' : x < LEFT + 20 ? 'start' : 'middle'}">${letters}</text>`)}`;
}

function band(ring: TimelineRing, index: number, scale: Scale, timeZone: string, hatch: string): Html {
  const y = TOP + 26 + index * ROW;
  const { at } = scale;
  const end = at(ring.band.latest);
  const box = (from: number, fill: string): Html =>
    html`<rect x="${at(from)}" y="${y}" width="${round(Math.max(1, end - at(from)))}" height="${BAND}" fill="${fill}" stroke="currentColor" stroke-width="1.5"/>`;
  return html`<text x="4" y="${y - 4}" font-weight="bold">${shortName(ring.name)}</text><text x="4" y="${y + 9}">from ${shortMoment(ring.lastDevice.earliest, timeZone)}</text><text x="4" y="${y + 22}">until ${shortMoment(ring.lastDevice.latest, timeZone)}</text>${box(ring.band.earliest, 'none')}${box(ring.lastDevice.earliest, `url(#${hatch})`)}${marks(ring, 'earliest', y, scale)}${marks(ring, 'latest', y, scale)}`;
}

/** What the picture shows, as sentences for a screen reader. */
function description({ rings }: RingTimeline, timeZone: string): string {
  const sentences = rings.map(({ name, band: { earliest }, lastDevice }) => {
    const moment = (minute: number): string => momentText(minute, timeZone);
    return (
      `${name} synchronizes from ${moment(earliest)} on; the update is on its last device between ` +
      `${moment(lastDevice.earliest)} and ${moment(lastDevice.latest)}.`
    );
  });
  return `${sentences.join(' ')} All times are in the zone ${timeZone}. The tables give every gate.`;
}

/** The key below the bands: only the letters that stand in the picture, two lines at most. */
function key(rings: readonly TimelineRing[], y: number, hatch: string): Html {
  const ids = (Object.keys(gateWords) as GateId[]).filter(
    (id) => id !== 'upstream' && rings.some((ring) => gateOf(ring, id)),
  );
  const words = ids.map((id) => `${gateWords[id][0]} ${gateWords[id][1].toLowerCase()}`);
  const half = Math.ceil(words.length / 2);
  return html`<rect x="4" y="${y - 10}" width="22" height="12" fill="url(#${hatch})" stroke="currentColor"/><text x="32" y="${y}">the last device gets it in here; letters above: earliest, below: latest</text><text x="4" y="${y + KEY_LINE}">${words.slice(0, half).join(' · ')}</text><text x="4" y="${y + 2 * KEY_LINE}">${words.slice(half).join(' · ')}</text>`;
}

/**
 * Draws the timeline. Times are by the clocks of the last ring's zone.
 *
 * @param id Begins the ids inside the picture; one page needs another for each picture. Letters, digits and hyphens.
 * @returns An `svg` element, whole and safe to put into a page as it is.
 */
export function ringTimelineSvg(value: RingTimeline, id = 'rb-rings'): string {
  const { rings } = value;
  const timeZone = rings.at(-1)?.schedule.timeZone ?? 'UTC';
  const scale = scaleOf(rings);
  const bottom = TOP + 14 + rings.length * ROW;
  const hatch = `${id}-hatch`;
  return html`<svg xmlns="http://www.w3.org/2000/svg" class="rb-timeline" viewBox="0 0 ${WIDTH} ${bottom + 3 * KEY_LINE + 12}" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-text" font-size="11" fill="currentColor"><title id="${id}-title">When an update is on the last device of each ring</title><desc id="${id}-text">${description(value, timeZone)}</desc><defs><pattern id="${hatch}" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 6L6 0M-1 1L1 -1M5 7L7 5" stroke="currentColor" fill="none"/></pattern></defs><text x="4" y="${TOP - 20}">By the clocks of</text><text x="4" y="${TOP - 8}">${timeZone}</text>${axis(scale, bottom, timeZone)}${rings.map((ring, index) => band(ring, index, scale, timeZone, hatch))}${key(rings, bottom + 18, hatch)}</svg>`.toString();
}
