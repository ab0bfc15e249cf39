/**
 * A run as a file: the record that counts. Canonical JSON, so the same run gives the same bytes, with a fingerprint that
 * paper can carry.
 *
 * ```
 * { "events": [...], "fingerprint": "64 hex digits", "format": "ringbook-run", "pictures": { "<sha256>": "<base64>" },
 *   "run": "<id>", "version": 1 }
 * ```
 *
 * Runbook, revision and title are in the `started` entry, wordings in the `outline` entries. A file is judged whole: it is
 * read, or it is refused with a sentence, and then nothing of it is used.
 */
import { list, must, object, oneOf, text, type Shape } from '../shape.ts';
import { ok } from '../result.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { checkEvent, isNewer, writeCanonical, type Event } from './event.ts';
import { fingerprintOf, hashOf } from './fingerprint.ts';
import { fold } from './fold.ts';
import { mergeEvents } from './merge.ts';
import { pictureType } from './picture.ts';

const FORMAT = 'ringbook-run';
const VERSION = 1;

/** The largest file that is read, in bytes. */
export const SAVE_FILE_BYTES = 50_000_000;
/** Ours are four deep; a file that is nested without end must not exhaust whatever walks over it. */
const DEEPEST = 16;

export const TOO_BIG =
  'This file is larger than 50 MB, so it was not opened. Save the run again with fewer or smaller pictures.';

export interface SaveFile {
  readonly run: string;
  /** As the run was started; the names of a runbook that this site need not have. */
  readonly runbook: { readonly id: string; readonly revision: string; readonly title: string };
  /** Each once, in order. */
  readonly events: readonly Event[];
  /** Bytes by their SHA-256. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
  /** Hashes of pictures that are part of the run and are not in the file. */
  readonly missingPictures: readonly string[];
  readonly fingerprint: string;
}

export type ReadFile =
  | { readonly state: 'read'; readonly file: SaveFile }
  /** Made by a later release. `file` holds what can be read; it may be shown, and must not be written. */
  | { readonly state: 'newer'; readonly why: string; readonly file?: SaveFile | undefined }
  | { readonly state: 'refused'; readonly why: string };

/** Hashes of all pictures that a run's evidence names, in their order, each once. */
export const picturesIn = (events: readonly Event[]): string[] => [
  ...new Set(events.flatMap((event) => (event.kind === 'evidence' && event.data.picture?.sha256) || [])),
];

/**
 * Writes a run as the text of a file: the same run, the same bytes.
 *
 * @param given.pictures Bytes by their SHA-256; those that no evidence names are left out.
 */
export function writeSaveFile(given: {
  readonly run: string;
  readonly events: readonly Event[];
  readonly pictures: ReadonlyMap<string, Uint8Array>;
}): string {
  const events = mergeEvents(given.events, []);
  const pictures = picturesIn(events).flatMap((hash) => {
    const bytes = given.pictures.get(hash);
    return bytes ? [[hash, toBase64(bytes)] as const] : [];
  });
  return writeCanonical({
    events,
    fingerprint: fingerprintOf(given.run, events),
    format: FORMAT,
    pictures: Object.fromEntries(pictures),
    run: given.run,
    version: VERSION,
  });
}

/**
 * A name for the file: what the run is for, and when it was saved.
 *
 * @example saveFileName({ change: 'CHG0031' }, 'production-gpo-wsus', '2026-11-20T03:12:45.120+01:00')
 * //=> 'CHG0031 production-gpo-wsus 2026-11-20 0312.json'
 */
export function saveFileName(about: { change?: string; site?: string }, runbook: string, at: string): string {
  const words = [about.change, about.site, runbook, at.slice(0, 10), at.slice(11, 16).replace(':', '')];
  const clean = words.map((word = '') =>
    word
      .replace(/[^\p{L}\p{N}._-]+/gu, ' ')
      .trim()
      .slice(0, 60),
  );
  return `${clean.filter(Boolean).join(' ')}.json`;
}

const refused = (why: string): ReadFile => ({ state: 'refused', why });

const NOT_OURS = 'This file is not a run that Ringbook saved. Nothing was changed.';
const CUT = 'This file is cut off or damaged, so it was not opened. Ask for it again. Nothing was changed.';
const ALTERED =
  'This file was changed after it was saved: its fingerprint does not fit what it holds. It was not opened. Ask for it again.';
const NEWER =
  'This file was saved by a newer release of Ringbook. It is shown as far as it can be read, and cannot be changed here.';

const anything: Shape<unknown> = (value) => ok(value);
const Envelope = object(
  {
    format: oneOf([FORMAT], NOT_OURS),
    version: oneOf([VERSION], CUT),
    run: text(
      CUT,
      must((id) => /^[0-9A-Za-z-]{10,64}$/.test(id), CUT),
    ),
    events: list(anything, CUT),
    pictures: anything,
    fingerprint: text(CUT),
  },
  NOT_OURS,
  CUT,
);

/** Whether brackets are nested deeper than any file of ours; what stands in quotes does not count. */
function isTooDeep(written: string): boolean {
  let depth = 0;
  let isQuoted = false;
  for (let place = 0; place < written.length; place++) {
    const code = written.charCodeAt(place);
    if (isQuoted) {
      if (code === 92) place++;
      else if (code === 34) isQuoted = false;
    } else if (code === 34) isQuoted = true;
    else if (code === 91 || code === 123) {
      if (++depth > DEEPEST) return true;
    } else if (code === 93 || code === 125) depth--;
  }
  return false;
}

const own = (value: object, name: string): unknown =>
  Object.hasOwn(value, name) ? (Reflect.get(value, name) as unknown) : undefined;

/**
 * Reads the text of a save file. Never throws, whatever the text, and makes nothing of a file that is not whole.
 *
 * @example readSaveFile('{}') //=> { state: 'refused', why: 'This file is not a run that Ringbook saved. Nothing was changed.' }
 */
export function readSaveFile(given: string): ReadFile {
  if (given.length > SAVE_FILE_BYTES) return refused(TOO_BIG);
  // Editors put a mark before the text.
  const written = given.startsWith('\uFEFF') ? given.slice(1) : given;
  if (isTooDeep(written)) return refused(NOT_OURS);
  let raw: unknown;
  try {
    raw = JSON.parse(written);
  } catch {
    return refused(/^\s*\{/.test(written) && written.includes(FORMAT) ? CUT : NOT_OURS);
  }
  if (typeof raw !== 'object' || raw === null || own(raw, 'format') !== FORMAT) return refused(NOT_OURS);
  const version = own(raw, 'version');
  if (typeof version === 'number' && Number.isInteger(version) && version > VERSION) return readNewer(raw);
  const envelope = Envelope(raw);
  if (!envelope.ok) return refused(envelope.why);
  const { run, events: entries, fingerprint } = envelope.value;

  const events: Event[] = [];
  for (const [place, entry] of entries.entries()) {
    const event = checkEvent(entry);
    if (event.ok) events.push(event.value);
    else if (isNewer(entry)) return readNewer(raw);
    else return refused(`Entry ${place + 1} of this file is damaged, so the file was not opened. Ask for it again.`);
  }
  const inOrder = mergeEvents(events, []);
  if (fingerprintOf(run, inOrder) !== fingerprint) return refused(ALTERED);
  const pictures = readPictures(envelope.value.pictures, new Set(picturesIn(inOrder)));
  return pictures
    ? finish(run, inOrder, pictures)
    : refused('A picture in this file is damaged, so the file was not opened. Ask for it again.');
}

function finish(run: string, events: readonly Event[], pictures: ReadonlyMap<string, Uint8Array>): ReadFile {
  const { started } = fold(events);
  if (!started)
    return refused('This file does not hold the beginning of its run, so it was not opened. Ask for it again.');
  const { runbook: id, revision, title } = started.data;
  const missingPictures = picturesIn(events).filter((hash) => !pictures.has(hash));
  const runbook = { id, revision, title: title ?? id };
  return {
    state: 'read',
    file: { run, runbook, events, pictures, missingPictures, fingerprint: fingerprintOf(run, events) },
  };
}

/** @returns Nothing where one of them is not what its hash says. */
function readPictures(raw: unknown, wanted: ReadonlySet<string>): Map<string, Uint8Array> | undefined {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return undefined;
  const pictures = new Map<string, Uint8Array>();
  for (const [hash, coded] of Object.entries(raw)) {
    const bytes = typeof coded === 'string' ? fromBase64(coded) : undefined;
    if (!bytes || hashOf(bytes) !== hash || !pictureType(bytes)) return undefined;
    if (wanted.has(hash)) pictures.set(hash, bytes);
  }
  return pictures;
}

/** What this release understands of a file from a later one. */
function readNewer(raw: object): ReadFile {
  const [run, entries] = [own(raw, 'run'), own(raw, 'events')];
  const events = (Array.isArray(entries) ? (entries as unknown[]) : []).flatMap((entry) => {
    const event = isNewer(entry) ? undefined : checkEvent(entry);
    return event?.ok ? [event.value] : [];
  });
  const pictures = readPictures(own(raw, 'pictures'), new Set(picturesIn(events))) ?? new Map<string, Uint8Array>();
  const answer = finish(typeof run === 'string' ? run : '', mergeEvents(events, []), pictures);
  return { state: 'newer', why: NEWER, file: answer.state === 'read' ? answer.file : undefined };
}
