/**
 * The sheet: every input of a run and every value derived from them, each given, missing or wrong.
 */
import type { CommandValue } from '../commands/command.ts';
import type { Condition } from '../runbook/model.ts';
import { derived, type Derived, type SheetContext } from './derived.ts';
import { timesOfDay } from './derived-times.ts';
import { readField, type CellValue, type Field } from './rules.ts';

export type Cell =
  | { readonly state: 'given'; readonly value: CellValue; readonly text: string }
  /** Nothing entered yet. `waitsFor` names the inputs, by id, that would make it known. */
  | { readonly state: 'missing'; readonly waitsFor: readonly string[] }
  /** Entered, but it cannot be used; `message` is the sentence beside the field. */
  | { readonly state: 'wrong'; readonly message: string; readonly waitsFor: readonly string[] };

export type Sheet = Readonly<Record<string, Cell>>;

/** The fields of a sheet by input id: the vocabulary itself in the build, what the page says of them in the browser. */
export type FieldsById = Readonly<Record<string, Field>>;

const fieldOf = (fields: FieldsById, id: string): Field | undefined =>
  Object.hasOwn(fields, id) ? fields[id] : undefined;

function inputCell(fields: FieldsById, id: string, raw: Readonly<Record<string, string>>): Cell {
  const field = fieldOf(fields, id);
  const reading = field
    ? readField(field, Object.hasOwn(raw, id) ? (raw[id] ?? '') : '')
    : { state: 'missing' as const };
  if (reading.state === 'given') return reading;
  return reading.state === 'missing' ? { state: 'missing', waitsFor: [id] } : { ...reading, waitsFor: [id] };
}

function derivedCell({ needs, asks, from }: Derived, cellOf: (id: string) => Cell, context: SheetContext): Cell {
  const values: Record<string, CellValue> = {};
  const missing: string[] = [];
  const wrong: string[] = [];
  let message: string | undefined;
  for (const id of needs) {
    const cell = cellOf(id);
    if (cell.state === 'given') values[id] = cell.value;
    else if (cell.state === 'missing') missing.push(id);
    else {
      wrong.push(id);
      message ??= cell.message;
    }
  }
  if (message !== undefined) return { state: 'wrong', message, waitsFor: wrong };
  if (missing.length > 0) return { state: 'missing', waitsFor: missing };
  const result = from(values, context);
  return result.ok
    ? { state: 'given', value: result.value, text: String(result.value) }
    : { state: 'wrong', message: result.why, waitsFor: [asks] };
}

/**
 * Reads everything a reader typed and works out everything that follows from it.
 *
 * @param raw Texts of the fields by input id, as typed. A secret's text is never read.
 * @param fields The inputs that the runbook uses; each gets a cell.
 * @returns One cell for each input and for each derived value whose inputs are all there. A derived value is wrong while
 *   an input it needs is wrong, else missing while one is missing.
 * @example
 * makeSheet({ upstreamPort: '8530' }, { upstreamPort: { kind: 'port', label: 'Upstream port' } }, { today: '2026-11-02' })
 * //=> { upstreamPort: { state: 'given', value: 8530, text: '8530' } }
 */
export const makeSheet = (raw: Readonly<Record<string, string>>, fields: FieldsById, context: SheetContext): Sheet =>
  readSheet(raw, fields, { times: timesOfDay, ...context });

/** As `makeSheet`, with no more than the context brings: pages load what works out times once it is needed. */
export function readSheet(raw: Readonly<Record<string, string>>, fields: FieldsById, context: SheetContext): Sheet {
  const sheet: Record<string, Cell> = {};
  for (const id of Object.keys(fields)) sheet[id] = inputCell(fields, id, raw);
  for (const value of Object.values(derived)) {
    if (value.needs.every((id) => fieldOf(fields, id))) {
      sheet[value.id] = derivedCell(value, (id) => sheet[id] ?? { state: 'missing', waitsFor: [id] }, context);
    }
  }
  return sheet;
}

/**
 * What a cell is inside a command; nothing while it is missing or wrong. The answer to a yes/no input is a boolean.
 *
 * A yes/no cell is told by its text, `Yes` or `No`: every other kind of field that can hold `yes` shows it as typed.
 *
 * @example commandValue({ state: 'given', value: 'yes', text: 'Yes' }) //=> true
 */
export function commandValue(cell: Cell | undefined): CommandValue | undefined {
  if (cell?.state !== 'given') return undefined;
  if (cell.value === 'yes' && cell.text === 'Yes') return true;
  if (cell.value === 'no' && cell.text === 'No') return false;
  return cell.value;
}

/**
 * Whether a condition holds on this sheet; `undefined` while its input is missing or wrong, or is not on the sheet.
 *
 * @example holds({ input: 'useProxy', is: ['yes'] }, {}) //=> undefined
 */
export function holds(condition: Condition, sheet: Sheet): boolean | undefined {
  const cell = Object.hasOwn(sheet, condition.input) ? sheet[condition.input] : undefined;
  return cell?.state === 'given' ? condition.is.includes(String(cell.value)) : undefined;
}

/** All conditions together: `false` as soon as one fails, whatever is unknown beside it; `undefined` while one is unknown. */
export function holdsAll(conditions: readonly Condition[], sheet: Sheet): boolean | undefined {
  const answers = conditions.map((condition) => holds(condition, sheet));
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/** What a reader calls an input or a derived value; a name outside the vocabulary stands for itself. */
export const labelOf = (name: string, fields: FieldsById): string =>
  (fieldOf(fields, name) ?? (Object.hasOwn(derived, name) ? derived[name] : undefined))?.label ?? name;
