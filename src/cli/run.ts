/** `ringbook run`: turns a save file into the record of its run. */
import { readFileSync, statSync } from 'node:fs';
import { makeRecord } from '../lib/core/papers/record.ts';
import { dataAddress } from '../lib/core/run/base64.ts';
import { fold } from '../lib/core/run/fold.ts';
import { shortFingerprint } from '../lib/core/run/fingerprint.ts';
import { readSaveFile, SAVE_FILE_BYTES, TOO_BIG, type SaveFile } from '../lib/core/run/save-file.ts';
import { inputsOf } from '../lib/core/sheet/inputs.ts';
import { makeSheet } from '../lib/core/sheet/sheet.ts';
import type { CommandClock } from './clock.ts';
import { findRunbook, writePaper, type PaperForm } from './plan.ts';
import type { Outcome } from './ringbook.ts';

type RecordForm = Exclude<PaperForm, 'ics'>;
const forms: readonly RecordForm[] = ['md', 'csv', 'html'];

/** Pictures as addresses that hold them, by their hash. */
function picturesOf({ events, pictures }: SaveFile): ReadonlyMap<string, string> {
  const types = new Map(
    events.flatMap((event) =>
      event.kind === 'evidence' && event.data.picture
        ? [[event.data.picture.sha256, event.data.picture.type] as const]
        : [],
    ),
  );
  return new Map([...pictures].map(([hash, bytes]) => [hash, dataAddress(bytes, types.get(hash) ?? 'image/png')]));
}

function readFile(path: string): string | Outcome {
  try {
    if (statSync(path).size > SAVE_FILE_BYTES) return { err: `${path}: ${TOO_BIG}`, code: 1 };
    return readFileSync(path, 'utf8');
  } catch {
    return { err: `${path}: It cannot be read. Check the name of the file.`, code: 1 };
  }
}

/** Answers with the record. A file of a later release is shown as far as it can be read, and that is said. */
export function record(words: readonly string[], clock: CommandClock, root: string): Outcome {
  const [path = '', ...rest] = words;
  if (!path || path.startsWith('--')) return { err: 'Name a save file.', code: 2 };
  let form: RecordForm = 'md';
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index] ?? '';
    if (word !== '--to')
      return { err: `\`${word}\` is not an option. The option is: --to ${forms.join('|')}.`, code: 2 };
    const wanted = rest[++index] ?? '';
    const known = forms.find((each) => each === wanted);
    if (!known) return { err: `Write one of these after \`--to\`: ${forms.join(', ')}.`, code: 2 };
    form = known;
  }

  const text = readFile(path);
  if (typeof text !== 'string') return text;
  const read = readSaveFile(text);
  if (read.state === 'refused' || !read.file)
    return { err: `${path}: ${read.state === 'read' ? '' : read.why}`, code: 1 };
  const { file } = read;

  const runbook = findRunbook(root, file.runbook.id);
  if ('code' in runbook) {
    return { err: `${path}: The run is of \`${file.runbook.id}\`. ${runbook.err ?? ''}`, code: 1 };
  }
  const state = fold(file.events);
  const raw = Object.fromEntries([...state.values].map(([id, { value }]) => [id, value]));
  const paper = makeRecord(runbook, {
    filling: { sheet: makeSheet(raw, inputsOf(runbook.inputs), { today: clock.today }), today: clock.today },
    state,
    fingerprint: shortFingerprint(file.fingerprint),
    printed: clock.printed,
    pictures: picturesOf(file),
  });
  return { out: writePaper(paper, form), ...(read.state === 'newer' && { err: read.why }), code: 0 };
}
