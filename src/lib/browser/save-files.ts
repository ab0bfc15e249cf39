/**
 * Runs as files: saved by download, opened by picker or drop, or kept in one file that several people open in turn.
 */
import { aboutOf } from '../core/run/account.ts';
import { fold } from '../core/run/fold.ts';
import { mergeEvents } from '../core/run/merge.ts';
import {
  picturesIn,
  readSaveFile,
  SAVE_FILE_BYTES,
  saveFileName,
  TOO_BIG,
  writeSaveFile,
  type ReadFile,
  type SaveFile,
} from '../core/run/save-file.ts';
import { fingerprintOf } from '../core/run/fingerprint.ts';
import { pictureType } from '../core/run/picture.ts';
import { secretInputs } from '../core/run/secrets.ts';
import { clockOf, dayOf } from '../core/run/time.ts';
import { ok, refuse, type Result } from '../core/result.ts';
import type { EventLog } from './event-log.ts';
import type { PictureStore } from './pictures.ts';
import { lastFileOf, noteSaved } from './runs.ts';

export interface Exported {
  readonly text: string;
  readonly name: string;
  readonly fingerprint: string;
  /** Entries in it. */
  readonly count: number;
  /** Pictures of the run that are not in this browser, and so not in the file. */
  readonly missingPictures: number;
}

const NOTHING_TO_SAVE = 'There is no run to save yet. Tick the first step, or enter who you are.';
const HOLDS_NEWER = 'This run holds entries of a newer release of Ringbook, which this one cannot save. Save it there.';

/**
 * A run as the text of a file.
 *
 * @param at The moment, for the file's name.
 */
export async function exportRun(
  log: EventLog,
  pictures: PictureStore,
  runId: string,
  at: string,
): Promise<Result<Exported>> {
  if (log.isReadOnly(runId)) return refuse(HOLDS_NEWER);
  const events = mergeEvents(log.eventsOf(runId), []);
  const state = fold(events);
  if (!state.started) return refuse(NOTHING_TO_SAVE);
  const hashes = picturesIn(events);
  const found = await pictures.allOf(runId, hashes);
  const text = writeSaveFile({ run: runId, events, pictures: found });
  if (text.length > SAVE_FILE_BYTES) {
    return refuse(
      'The run is larger than 50 MB as a file, so it was not saved. Take pictures back, or save them apart.',
    );
  }
  return ok({
    text,
    name: saveFileName(aboutOf(state), state.started.data.runbook, at),
    fingerprint: fingerprintOf(runId, events),
    count: events.length,
    missingPictures: hashes.length - found.size,
  });
}

/** Reads a picked or dropped file; its size is looked at before its content. */
export async function readFile(file: Blob): Promise<ReadFile> {
  if (file.size > SAVE_FILE_BYTES) return { state: 'refused', why: TOO_BIG };
  try {
    return readSaveFile(await file.text());
  } catch {
    return { state: 'refused', why: 'This file could not be read. Select it again. Nothing was changed.' };
  }
}

export interface Imported {
  readonly runId: string;
  /** Entries that were not here before. */
  readonly added: number;
}

/**
 * Takes a run from a file into this browser: entries are added, and none is taken away. Pictures come first, so that no
 * entry names one that is not here. Secrets that a forged file holds are left out.
 *
 * @returns A refusal where nothing, or not everything, could be kept; what was added stays.
 */
export async function importRun(log: EventLog, pictures: PictureStore, file: SaveFile): Promise<Result<Imported>> {
  const { run } = file;
  if (log.isReadOnly(run)) return refuse(HOLDS_NEWER);
  for (const bytes of file.pictures.values()) {
    const type = pictureType(bytes);
    const kept = type && (await pictures.put(run, new Uint8Array(bytes), type));
    if (kept && !kept.ok) return kept;
  }
  // A file that is opened again is wanted again.
  if (log.isDeleted(run)) log.writeMark('deleted', run, '');
  const before = log.eventsOf(run).length;
  let why: string | undefined;
  for (const event of file.events) {
    if (event.kind === 'value' && secretInputs.has(event.data.input)) continue;
    const answer = log.adopt(run, event);
    if (!answer.saved) why = answer.why;
  }
  log.refresh();
  return why === undefined ? ok({ runId: run, added: log.eventsOf(run).length - before }) : refuse(why);
}

/** What the browser says about keeping data when room gets short. */
export type Persistence = 'kept' | 'may-be-removed' | 'unknown';

/** Asks the browser to keep our data even when room gets short. Some ask the person, most decide by themselves. */
export async function askToPersist(
  storage: Pick<StorageManager, 'persist' | 'persisted'> | undefined = navigator.storage,
): Promise<Persistence> {
  try {
    if (!storage) return 'unknown';
    return (await storage.persisted()) || (await storage.persist()) ? 'kept' : 'may-be-removed';
  } catch {
    return 'unknown';
  }
}

/** In one line: where the run is kept, and when it was last saved to a file. */
export function whereKept(log: EventLog, runId: string, persistence: Persistence): string {
  const place = {
    kept: 'Kept in this browser, on this computer',
    'may-be-removed': 'Kept in this browser, on this computer; the browser may remove it when room gets short',
    unknown: 'Kept in this browser, on this computer',
  }[persistence];
  const file = lastFileOf(log, runId);
  if (!file) return `${place}. Not saved to a file yet.`;
  const since = file.newer === 0 ? 'nothing' : file.newer === 1 ? '1 entry' : `${file.newer} entries`;
  const how = file.isDownload ? 'Downloaded as' : 'Saved to';
  return `${place}. ${how} ${file.name} on ${dayOf(file.at)} ${clockOf(file.at)}; ${since} added since.`;
}

/** The parts of a `FileSystemFileHandle` that are used. */
export interface FileHandle {
  readonly name: string;
  readonly getFile: () => Promise<Blob>;
  readonly createWritable: () => Promise<{
    readonly write: (text: string) => Promise<void>;
    readonly close: () => Promise<void>;
    readonly abort: () => Promise<void>;
  }>;
}

export type KeptInFile =
  | { readonly state: 'kept'; readonly added: number; readonly fingerprint: string }
  /** `refused`: the file is none of this run. `newer`: only a later release may write it. `busy`: somebody keeps writing. */
  | { readonly state: 'refused' | 'newer' | 'busy' | 'failed'; readonly why: string };

const ROUNDS = 5;

/**
 * Keeps a run in a file that several people open in turn: reads it, takes in what is new, writes both, and reads back.
 *
 * A file cannot be locked. So it is read again right before the new text takes its place, and once more a moment after; if
 * anybody wrote in between, all of it begins anew with what they wrote. Nothing is lost even where two write in the very same
 * moment: each still has all entries in the browser, and the next save brings them together.
 *
 * @param options.pause Waits before the last look; a share needs a moment to tell.
 */
export async function keepInFile(
  handle: FileHandle,
  options: {
    readonly log: EventLog;
    readonly pictures: PictureStore;
    readonly runId: string;
    readonly at: string;
    readonly pause?: () => Promise<void>;
  },
): Promise<KeptInFile> {
  const { log, pictures, runId, at } = options;
  const pause = options.pause ?? (() => new Promise<void>((resume) => setTimeout(resume, 300)));
  let added = 0;
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const before = await readBlob(handle);
      if (before === undefined) return { state: 'refused', why: TOO_BIG };
      if (before !== '') {
        const read = readSaveFile(before);
        if (read.state === 'newer') return { state: 'newer', why: `${read.why} The file was not written.` };
        if (read.state === 'refused') return { state: 'refused', why: `${read.why} The file was not written.` };
        if (read.file.run !== runId) {
          return { state: 'refused', why: 'This file holds another run. It was not written. Select another file.' };
        }
        const imported = await importRun(log, pictures, read.file);
        if (!imported.ok) return { state: 'failed', why: imported.why };
        added += imported.value.added;
      }
      const exported = await exportRun(log, pictures, runId, at);
      if (!exported.ok) return { state: 'failed', why: exported.why };
      const { text, fingerprint, count } = exported.value;
      if (text !== before) {
        const writable = await handle.createWritable();
        await writable.write(text);
        if ((await readBlob(handle)) !== before) {
          await writable.abort();
          continue;
        }
        await writable.close();
      }
      if ((await readBlob(handle)) !== text) continue;
      await pause();
      if ((await readBlob(handle)) !== text) continue;
      noteSaved(log, runId, { name: handle.name, at, fingerprint, count, isDownload: false });
      return { state: 'kept', added, fingerprint };
    }
  } catch (error) {
    const isDenied = error instanceof Error && error.name === 'NotAllowedError';
    const why = isDenied
      ? 'The browser does not let this page write the file. Select the file again, and allow it.'
      : 'The file could not be written. Look whether it is still there, and whether you may write it. The run is still in this browser.';
    return { state: 'failed', why };
  }
  return { state: 'busy', why: 'Somebody else keeps writing this file. Nothing is lost; save again in a moment.' };
}

/** @returns Nothing where the file is too large to be one of ours. */
async function readBlob(handle: FileHandle): Promise<string | undefined> {
  const file = await handle.getFile();
  return file.size > SAVE_FILE_BYTES ? undefined : file.text();
}

/** The part of the window that opens files for writing; only some browsers have it, and only where they trust the page. */
export interface FilePickers {
  readonly showSaveFilePicker?: (options: object) => Promise<FileHandle>;
  readonly showOpenFilePicker?: (options: object) => Promise<readonly FileHandle[]>;
}

const types = [{ description: 'Run of Ringbook', accept: { 'application/json': ['.json'] } }];

/** Whether this browser can keep a run in a file. */
export const canKeepInFile = (window: object): boolean => 'showSaveFilePicker' in window;

/** @returns Nothing where the person picked none. */
export async function pickNewFile(window: FilePickers, name: string): Promise<FileHandle | undefined> {
  try {
    return await window.showSaveFilePicker?.({ suggestedName: name, types });
  } catch {
    return undefined;
  }
}

/** @returns Nothing where the person picked none. */
export async function pickFile(window: FilePickers): Promise<FileHandle | undefined> {
  try {
    const [handle] = (await window.showOpenFilePicker?.({ types, multiple: false })) ?? [];
    return handle;
  } catch {
    return undefined;
  }
}

/** Asks for the right to write a file that was remembered from another visit; call it in answer to a click. */
export async function mayWrite(handle: FileHandle): Promise<boolean> {
  // Browsers that keep handles have this; others have none to ask about.
  const ask = (handle as { requestPermission?: (options: object) => Promise<string> }).requestPermission;
  try {
    return ask === undefined || (await ask.call(handle, { mode: 'readwrite' })) === 'granted';
  } catch {
    return false;
  }
}

export const isFileHandle = (value: unknown): value is FileHandle =>
  typeof value === 'object' && value !== null && 'getFile' in value && 'createWritable' in value;
