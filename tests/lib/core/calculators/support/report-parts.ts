/** Looks into reports and answers, for tests of calculators. */
import type { Command } from '../../../../../src/lib/core/commands/command.ts';
import type { Report, ReportPart } from '../../../../../src/lib/core/render/report.ts';
import type { Result } from '../../../../../src/lib/core/result.ts';
import type { Input } from '../../../../../src/lib/core/sheet/inputs.ts';
import { inputs } from '../../../../../src/lib/core/sheet/inputs.ts';
import { makeSheet, type FieldsById, type Sheet } from '../../../../../src/lib/core/sheet/sheet.ts';

export const made = <T>(result: Result<T> | undefined): T => {
  if (!result?.ok) throw new Error(result?.why ?? 'There is none.');
  return result.value;
};
export const whyOf = (result: Result<unknown> | undefined): string | undefined =>
  result?.ok === false ? result.why : undefined;

export const partsOf = <K extends ReportPart['kind']>(report: Report, kind: K): Extract<ReportPart, { kind: K }>[] =>
  report.filter((part): part is Extract<ReportPart, { kind: K }> => part.kind === kind);
export const warningsOf = (report: Report): string[] => partsOf(report, 'warning').map((part) => part.text);
export const commandsOf = (report: Report): Command[] => partsOf(report, 'command').map((part) => part.command);
export const tableOf = (report: Report, caption: string | RegExp): readonly (readonly string[])[] | undefined =>
  partsOf(report, 'table').find((part) => part.caption.match(caption))?.rows;

/** A sheet with the fields of the vocabulary, and with rows that are not in it yet. */
export function sheetOf(
  raw: Readonly<Record<string, string>>,
  ids: readonly string[],
  rows: Readonly<Record<string, Omit<Input, 'id'>>> = {},
): Sheet {
  const known: FieldsById = { ...inputs, ...rows };
  const fields = Object.fromEntries(Object.entries(known).filter(([id]) => ids.includes(id)));
  return makeSheet(raw, fields, { today: '2026-11-02' });
}

/** A report with nothing forgotten in it. */
export const textOf = (report: Report): string => JSON.stringify(report);
