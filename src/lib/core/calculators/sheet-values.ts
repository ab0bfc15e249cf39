/**
 * What a calculator takes from cells of a sheet, whose fields have rules already: no rule is kept twice, and none of their
 * words go to the reader's page a second time.
 */
import { commandValue, type Sheet } from '../sheet/sheet.ts';

/** The text of a cell; nothing while it is missing or wrong. */
export function textIn(sheet: Sheet, id: string): string | undefined {
  const value = commandValue(sheet[id]);
  return value === undefined ? undefined : String(value);
}

/** The number of a cell, or of the choice in it. */
export function numberIn(sheet: Sheet, id: string): number | undefined {
  const value = commandValue(sheet[id]);
  return value === undefined ? undefined : Number(value);
}

/** The answer of a yes/no cell. */
export function answerIn(sheet: Sheet, id: string): boolean | undefined {
  const value = commandValue(sheet[id]);
  return value === undefined ? undefined : value === true;
}

/** One of the known choices. */
export const choiceIn = <T extends string>(sheet: Sheet, id: string, known: readonly T[]): T | undefined =>
  known.find((one) => one === textIn(sheet, id));
