/** What a calculator is to a page, a runbook and the command line. */
import type { SettingChange } from '../policy/setting-change.ts';
import type { Report } from '../render/report.ts';
import type { Sheet } from '../sheet/sheet.ts';

/** Where a rule of a calculator comes from. `read` is the date of the copy that was read, or empty. */
export interface Source {
  readonly title: string;
  readonly url: string;
  readonly read: string;
}

/** A change of a policy that a calculator asks for, and the way back where it is known. */
export interface DerivedChange {
  readonly change: SettingChange;
  readonly undo?: SettingChange | undefined;
  /** Display name of the Group Policy Object, where it is known. */
  readonly gpo?: string | undefined;
}

export type CalculatorAnswer =
  /**
   * `value` is the result as data, for the command line; `report` says it in words, `picture` as markup. `changes` are what
   * it writes, for whoever wants them in other forms.
   */
  | {
      readonly state: 'ready';
      readonly value: unknown;
      readonly report: Report;
      readonly picture?: string | undefined;
      readonly changes?: readonly DerivedChange[] | undefined;
    }
  /** Ids of the inputs that are missing or wrong. `why` is a sentence where each is right alone and together they are not. */
  | { readonly state: 'waiting'; readonly waitsFor: readonly string[]; readonly why?: string | undefined };

/** The part of a calculator that reaches the browser of whoever uses it. */
export interface LiveCalculator {
  /** Inputs without which nothing can be worked out. */
  readonly needs: readonly string[];
  /** Inputs that it uses once they are given. */
  readonly also: readonly string[];
  /** @param today The day at the reader's site, `YYYY-MM-DD`. */
  readonly answer: (sheet: Sheet, today: string) => CalculatorAnswer;
}

type Reading<Input> =
  | { readonly state: 'ready'; readonly input: Input }
  | { readonly state: 'waiting'; readonly waitsFor: readonly string[]; readonly why?: string | undefined };

/** Puts a calculator's reader, function and words together. */
export const live = <Input, Value>(
  needs: readonly string[],
  also: readonly string[],
  read: (sheet: Sheet, today: string) => Reading<Input>,
  work: (input: Input) => Value,
  describe: (value: Value) => Report,
  draw?: (value: Value) => string,
  changesOf?: (value: Value) => readonly DerivedChange[],
): LiveCalculator => ({
  needs,
  also,
  answer: (sheet, today) => {
    const reading = read(sheet, today);
    if (reading.state === 'waiting') return reading;
    const value = work(reading.input);
    return { state: 'ready', value, report: describe(value), picture: draw?.(value), changes: changesOf?.(value) };
  },
});
