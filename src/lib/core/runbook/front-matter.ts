/**
 * Reads the front matter: the keys that describe a runbook, and the list of inputs that its sheet asks for.
 */
import { inputs } from '../sheet/inputs.ts';
import type { Reference } from './library.ts';
import { RunbookMeta } from './model.ts';
import { nearest } from './nearest.ts';
import { report, type Notes } from './notes.ts';
import type { Place } from './tree.ts';

/** Where a key of the front matter stands, or an entry of its list. */
export type MetaPlace = (path: readonly PropertyKey[]) => Place;

const keys = Object.keys(RunbookMeta.shape);

/** Reports every key that is missing, misspelt or cannot be used; gives back the rest only when there is none. */
export function readFrontMatter(notes: Notes, meta: unknown, placeOf: MetaPlace): RunbookMeta | undefined {
  const read = RunbookMeta.safeParse(meta);
  const issues = read.success ? [] : read.error.issues;
  const strange = issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []));
  const meant = strange.map((key) => nearest(key, keys));
  for (const [index, key] of strange.entries()) {
    report(
      notes,
      placeOf([key]),
      'front-matter',
      `The front matter has a key \`${key}\` that runbooks do not know.`,
      meant[index] ? `Did you mean \`${meant[index]}\`?` : `The keys are: ${keys.join(', ')}.`,
    );
  }
  for (const { code, path, message } of issues) {
    // A key that is only misspelt is not missing as well.
    const isMeant = metaValue(meta, path[0]) === undefined && meant.some((key) => key !== undefined && key === path[0]);
    if (code !== 'unrecognized_keys' && !isMeant)
      report(notes, placeOf(path), 'front-matter', wrongKey(meta, path), message);
  }

  const listed = listedInputs(meta) ?? [];
  for (const [index, name] of listed.entries()) {
    if (listed.indexOf(name) !== index) {
      report(
        notes,
        placeOf(['inputs', index]),
        'front-matter',
        `\`inputs\` names \`${String(name)}\` twice.`,
        'Take one of the two away.',
      );
    } else if (typeof name === 'string' && !Object.hasOwn(inputs, name)) {
      const near = nearest(name, Object.keys(inputs));
      report(
        notes,
        placeOf(['inputs', index]),
        'unknown-input',
        `The input \`${name}\` is not in the vocabulary.`,
        near ? `Did you mean \`${near}\`?` : 'The inputs are in the guide, under “Inputs, values and policies”.',
      );
    }
  }
  return read.success ? read.data : undefined;
}

/** Reports the inputs that are asked in vain. Called after the whole text was read. */
export function reportUnusedInputs(notes: Notes, meta: unknown, placeOf: MetaPlace): void {
  const listed = listedInputs(meta) ?? [];
  for (const [index, name] of listed.entries()) {
    if (typeof name !== 'string' || !Object.hasOwn(inputs, name) || listed.indexOf(name) !== index) continue;
    if (notes.used.has(name) || notes.welcome.has(name)) continue;
    report(
      notes,
      placeOf(['inputs', index]),
      'unused-input',
      `The input \`${name}\` is listed, but the runbook never uses it.`,
      'Take it out of `inputs`, so that nobody is asked in vain.',
    );
  }
}

const isRecord = (value: unknown): value is Readonly<Record<PropertyKey, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands at a key, whether the front matter as a whole can be used or not. */
export const metaValue = (meta: unknown, key: PropertyKey | undefined): unknown =>
  key !== undefined && isRecord(meta) ? meta[key] : undefined;

/** The entries of `inputs` as they stand there, whatever they are; nothing when there is no such list. */
export function listedInputs(meta: unknown): readonly unknown[] | undefined {
  const list = metaValue(meta, 'inputs');
  return Array.isArray(list) ? list : undefined;
}

/** The runbooks that `before` and `after` name, as far as these can be read. */
export const neighboursIn = (meta: unknown, placeOf: MetaPlace): Reference[] =>
  (['before', 'after'] as const).flatMap((from) => {
    const list = metaValue(meta, from);
    if (!Array.isArray(list)) return [];
    return list.flatMap((runbook: unknown, index) =>
      typeof runbook === 'string' ? [{ from, runbook, place: placeOf([from, index]) }] : [],
    );
  });

/** What is wrong with the value at a path, as a sentence. */
function wrongKey(meta: unknown, [key, index, part]: readonly PropertyKey[]): string {
  if (key === undefined || !isRecord(meta)) return 'The front matter holds no keys.';
  const name = `\`${String(key)}\``;
  const whole = meta[key];
  const entry: unknown = typeof index === 'number' && Array.isArray(whole) ? whole[index] : whole;
  if (part !== undefined && isRecord(entry)) return wrongPart(name, entry[part], part);
  const value = entry;
  if (value === undefined) return `The front matter has no ${name}.`;
  if (value === null || value === '') return `${name} in the front matter is empty.`;
  if (typeof value === 'object') return `${name} in the front matter cannot be used as it is.`;
  return `${name} in the front matter ${index === undefined ? 'is' : 'holds'} \`${String(value)}\`.`;
}

/** The same for a key inside an entry of a list, for example `date` in `changes`. */
function wrongPart(list: string, value: unknown, part: PropertyKey): string {
  const name = `\`${String(part)}\``;
  if (value === undefined) return `An entry of ${list} has no ${name}.`;
  if (value === null || value === '') return `${name} in an entry of ${list} is empty.`;
  if (typeof value === 'object') return `${name} in an entry of ${list} cannot be used as it is.`;
  return `${name} in an entry of ${list} is \`${String(value)}\`.`;
}
