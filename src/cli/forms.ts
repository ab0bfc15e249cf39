/** The forms of a change as the command line gives them: as text, as JSON, as files. */
import type { SettingForm } from '../lib/core/policy/forms.ts';
import type { OutputFile } from './ringbook.ts';

/** A form with the policy that it is of. */
export interface FormOf {
  readonly policy: string;
  readonly isUndo: boolean;
  readonly item: SettingForm;
}

/** One command of the JSON: text, or the bytes of a file in base64 under its name. */
export interface JsonCommand {
  readonly form: string;
  readonly policy?: string;
  /** Present on what puts back what was there before. */
  readonly undo?: true;
  readonly title: string;
  readonly text?: string;
  readonly base64?: string;
  readonly fileName?: string;
  readonly why: string;
  readonly where?: string | undefined;
}

/** What a form is in JSON; nothing for one that is refused. */
function jsonOf({ policy, isUndo, item }: FormOf): JsonCommand[] {
  if ('refusal' in item) return [];
  const { form, title, why, where } = item;
  const head = { form, policy, ...(isUndo && { undo: true as const }), title };
  return 'bytes' in item
    ? [{ ...head, base64: Buffer.from(item.bytes).toString('base64'), fileName: item.fileName, why, where }]
    : [{ ...head, text: item.text, why, where }];
}
export const jsonCommands = (forms: readonly FormOf[]): JsonCommand[] => forms.flatMap(jsonOf);

/** Why forms are not there, as sentences. */
export const refusalsOf = (forms: readonly FormOf[]): string[] =>
  forms.flatMap(({ policy, isUndo, item }) =>
    'refusal' in item ? [`${isUndo ? 'Undo of ' : ''}${policy}: ${item.title}. ${item.refusal}`] : [],
  );

/** The files of the forms, each policy in a folder of its own, because a Registry.pol may have no other name. */
export const filesOf = (folder: string, forms: readonly FormOf[]): OutputFile[] =>
  forms.flatMap(({ policy, isUndo, item }) =>
    'bytes' in item ? [{ path: [folder, isUndo ? `${policy}-undo` : policy, item.fileName], bytes: item.bytes }] : [],
  );

/** A form as text, as a report shows its commands. */
export function formText(item: SettingForm): string {
  if ('refusal' in item) return `${item.title}\n  Not in this form: ${item.refusal}`;
  const body = item.text ?? `(${item.form}, ${'bytes' in item ? item.bytes.length : 0} bytes)`;
  const name = 'bytes' in item ? ` ${item.fileName}` : '';
  return `${item.title}${name} (${item.where})\n${body.replaceAll('\r\n', '\n').trimEnd().replace(/^/gm, '  ')}\n  ${item.why}`;
}
