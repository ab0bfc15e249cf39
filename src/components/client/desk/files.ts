/** Save files on a page: making one, and opening one after showing what it would change. */
import {
  canKeepInFile,
  exportRun,
  importRun,
  isFileHandle,
  keepInFile,
  mayWrite,
  pickFile,
  pickNewFile,
  readFile,
  type FileHandle,
  type FilePickers,
} from '../../../lib/browser/save-files.ts';
import type { EventLog } from '../../../lib/browser/event-log.ts';
import { downloadText } from '../../../lib/browser/file-download.ts';
import { localTime } from '../../../lib/browser/identity.ts';
import { noteSaved } from '../../../lib/browser/runs.ts';
import type { PictureStore } from '../../../lib/browser/pictures.ts';
import type { Outline } from '../../../lib/core/run/outline.ts';
import { previewImport } from '../../../lib/core/run/import-preview.ts';
import { saveFileName, type SaveFile } from '../../../lib/core/run/save-file.ts';
import { aboutOf } from '../../../lib/core/run/account.ts';
import { fold } from '../../../lib/core/run/fold.ts';
import { find, make } from '../dom.ts';
import { keepFocus } from '../focus.ts';
import { box, button, line, quiet, row } from './ui.ts';

interface Files {
  readonly log: EventLog;
  readonly pictures: PictureStore;
  readonly announce: (words: string) => void;
}

/** The window, where it can open files for writing; the language's own types do not know these two yet. */
const pickers: FilePickers = window as FilePickers;

const now = (): string => localTime(Date.now());

/** Makes the save file and hands it to the browser's downloads. @returns What to tell. */
export async function saveToFile({ log, pictures }: Files, runId: string): Promise<string> {
  const at = now();
  const made = await exportRun(log, pictures, runId, at);
  if (!made.ok) return made.why;
  const { text, name, fingerprint, count, missingPictures } = made.value;
  downloadText(name, text);
  noteSaved(log, runId, { name, at, fingerprint, count, isDownload: true });
  const missing = missingPictures
    ? ` ${missingPictures} of its pictures are not in this browser, and so not in the file.`
    : '';
  return `Saved as ${name}, in the folder for downloads.${missing}`;
}

/**
 * Keeps the run in a file that several people open in turn.
 *
 * @param which A file to make, one that is there, or the one from the last time.
 * @returns What to tell.
 */
export async function saveIntoFile(files: Files, runId: string, which: 'new' | 'there' | 'last'): Promise<string> {
  const { log, pictures } = files;
  const last = await pictures.recallFile(runId);
  const at = now();
  const state = fold(log.eventsOf(runId));
  let handle: FileHandle | undefined;
  if (which === 'last') handle = isFileHandle(last) && (await mayWrite(last)) ? last : undefined;
  else if (which === 'there') handle = await pickFile(pickers);
  else handle = await pickNewFile(pickers, saveFileName(aboutOf(state), state.started?.data.runbook ?? 'run', at));
  if (!handle) return 'No file was chosen, so nothing was written.';
  const kept = await keepInFile(handle, { log, pictures, runId, at });
  if (kept.state !== 'kept') return kept.why;
  await pictures.rememberFile(runId, handle);
  const came = kept.added === 1 ? '1 entry of others came from it.' : `${kept.added} entries of others came from it.`;
  return `Kept in ${handle.name}. ${kept.added ? came : 'Nothing new was in it.'}`;
}

/** The name of the file that a run was kept in the last time. */
export async function sharedFileOf({ pictures }: Files, runId: string): Promise<string | undefined> {
  const last = await pictures.recallFile(runId);
  return isFileHandle(last) ? last.name : undefined;
}

export const mayKeepInFile = (): boolean => canKeepInFile(window);

/** A button that opens the browser's own choice of a file. */
export function fileButton(words: string, act: (file: File) => void): HTMLElement {
  const input = make('input', { type: 'file', accept: '.json,application/json', hidden: '' }) as HTMLInputElement; // made as an input
  const place = box(
    'span',
    '',
    button(words, () => input.click()),
    input,
  );
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    // The same file may be chosen twice.
    input.value = '';
    if (file) act(file);
  });
  return place;
}

/**
 * Shows in `place` what a file holds and what it would change, and takes it in when the person says so.
 *
 * @param opened Called with what came of it.
 */
export async function offerFile(
  files: Files & {
    /** The runbook of a file as it reads on this page, if it is this one: ids of another mean other steps. */
    readonly outline?: (file: SaveFile) => Outline | undefined;
  },
  file: Blob,
  place: HTMLElement,
  opened: (file: SaveFile, added: number) => void,
  view: (file: SaveFile) => HTMLElement | undefined,
): Promise<void> {
  const { log, announce } = files;
  const from = document.activeElement;
  const show = (...children: (Node | string)[]): void =>
    keepFocus(
      place,
      () => {
        place.replaceChildren(...children);
        place.hidden = children.length === 0;
      },
      () => (from instanceof HTMLElement && from !== document.body ? from : find(place, 'button, a')),
    );
  const close = (): HTMLElement => button('Close', () => show());
  announce('Reading the file.');
  const read = await readFile(file);
  if (read.state === 'refused') {
    show(box('p', 'rb-field__error', read.why), row(close()));
    place.scrollIntoView({ block: 'nearest' });
    announce(read.why);
    return;
  }
  const seen = read.file && view(read.file);
  if (read.state === 'newer') {
    show(line(read.why), row(...(seen ? [seen] : []), close()));
    announce(read.why);
    return;
  }
  const saved = read.file;
  const local = log.runIds().includes(saved.run) ? log.eventsOf(saved.run) : undefined;
  const preview = previewImport(local, saved, files.outline?.(saved));
  const isNothing = preview.isHere && preview.isSame;
  const take = button(
    preview.isHere ? 'Take in what is new' : 'Open this run',
    () =>
      void importRun(log, files.pictures, saved).then((answer) => {
        if (!answer.ok) {
          show(box('p', 'rb-field__error', answer.why), row(close()));
          announce(answer.why);
          return;
        }
        show();
        opened(saved, answer.value.added);
      }),
    'main',
  );
  show(
    box('p', 'rb-desk__title', saved.runbook.title),
    make('ul', {}, ...preview.lines.map((words) => make('li', {}, words))),
    quiet(isNothing ? 'Nothing in it is new here.' : 'Nothing has been changed yet.'),
    row(
      ...(isNothing ? [] : [take]),
      ...(seen ? [seen] : []),
      button(isNothing ? 'Close' : 'Leave it', () => show()),
    ),
  );
  place.scrollIntoView({ block: 'nearest' });
  (isNothing ? place.querySelector<HTMLElement>('button') : take)?.focus();
  announce(preview.lines.join(' '));
}
