/**
 * One policy as a person applies it: the forms of the change in the order of the work, and the way back. What still
 * waits for an answer says for which; the rest is there already.
 */
import type { Command } from '../commands/command.ts';
import type { Result } from '../result.ts';
import { commandValue, type Sheet } from '../sheet/sheet.ts';
import {
  backupCommand,
  filterCommands,
  linkCommand,
  newGpoCommand,
  settingForms,
  undoForms,
  type AroundName,
  type FormName,
  type FormPolicy,
  type SettingForm,
} from './forms.ts';
import { policyStates, type PolicyState } from './generation.ts';
import { beforeField } from './policy-fields.ts';
import {
  recordCommands,
  settingChange,
  undoChange,
  type Datum,
  type SettingChange,
  type StateBefore,
} from './setting-change.ts';

/** A form that cannot be made before these fields are given. */
export interface WaitingForm {
  readonly form: FormName | AroundName;
  readonly title: string;
  readonly waitsFor: readonly string[];
}
export type PlanItem = SettingForm | WaitingForm;

export interface PlanSection {
  readonly id: 'hand' | 'object' | 'computer' | 'mdm' | 'verify' | 'undo';
  readonly title: string;
  readonly items: readonly PlanItem[];
}

export type PolicyPlan =
  | { readonly state: 'waiting'; readonly waitsFor: readonly string[] }
  | { readonly state: 'ready'; readonly change: SettingChange; readonly sections: readonly PlanSection[] }
  /** Each answer is right alone, and together they are not. */
  | { readonly state: 'refused'; readonly why: string };

const undoTitle = 'Put back exactly what was there before';
const isState = (value: unknown): value is PolicyState => policyStates.some((state) => state === value);

/**
 * @param sheet The fields of `policyFields`, read.
 * @example policyPlan(orderOfSources, {}) //=> { state: 'waiting', waitsFor: ['state'] }
 */
export function policyPlan(policy: FormPolicy, sheet: Sheet): PolicyPlan {
  const valueOf = (name: string): string | undefined => {
    const value = commandValue(sheet[name]);
    return value === undefined ? undefined : String(value);
  };
  const isEmpty = (name: string): boolean => (sheet[name]?.state ?? 'missing') === 'missing';
  /** The data of all elements by id, or the names of the fields that it waits for. */
  const dataOf = (nameOf: (id: string) => string): Record<string, Datum> | readonly string[] => {
    const values: Record<string, Datum> = {};
    const waitsFor: string[] = [];
    for (const { id, required } of policy.elements) {
      const value = valueOf(nameOf(id));
      if (value !== undefined) values[id] = value;
      else if (required || !isEmpty(nameOf(id))) waitsFor.push(nameOf(id));
    }
    return waitsFor.length ? waitsFor : values;
  };

  const state = valueOf('state');
  if (!isState(state)) return { state: 'waiting', waitsFor: ['state'] };
  const data = state === 'enabled' ? dataOf((id) => id) : {};
  if (isNames(data)) return { state: 'waiting', waitsFor: data };
  const change = settingChange(policy, state, data);
  if (!change.ok) return { state: 'refused', why: change.why };

  const gpo = valueOf('gpo');
  const forms = withoutObject(settingForms(policy, change.value, { gpo: gpo ?? '' }), gpo);
  const only = (...names: readonly FormName[]): PlanItem[] =>
    forms.filter(({ form }) => names.some((name) => name === form));

  /** A command that needs the object, and perhaps one thing more. */
  const around = (
    form: AroundName,
    title: string,
    field: string | undefined,
    make: (gpo: string, value: string) => Result<readonly Command[]>,
  ): PlanItem[] => {
    const value = field === undefined ? '' : valueOf(field);
    const waitsFor = [
      ...(gpo === undefined ? ['gpo'] : []),
      ...(field !== undefined && value === undefined ? [field] : []),
    ];
    if (gpo === undefined || value === undefined) return [{ form, title, waitsFor }];
    const made = make(gpo, value);
    if (!made.ok) return [{ form, title, refusal: made.why }];
    return made.value.map(({ where = '', ...words }) => ({ form, ...words, where }));
  };
  const one = (made: Result<Command>): Result<readonly Command[]> =>
    made.ok ? { ok: true, value: [made.value] } : made;

  const undo = (): PlanItem[] => {
    const wait = (...waitsFor: readonly string[]): PlanItem[] => [{ form: 'group-policy', title: undoTitle, waitsFor }];
    const before = valueOf('before');
    if (!isState(before)) return wait('before');
    const recorded = before === 'enabled' ? dataOf(beforeField) : {};
    if (isNames(recorded)) return wait(...recorded);
    const record: StateBefore = before === 'enabled' ? { state: before, values: recorded } : { state: before };
    const undone = undoChange(policy, record, change.value);
    if (undone.ok && undone.value.writes.length === 0) {
      return [{ form: 'group-policy', title: undoTitle, refusal: 'The change leaves everything as it was before.' }];
    }
    const made = undoForms(policy, record, { gpo: gpo ?? '', made: change.value });
    return made.ok ? withoutObject(made.value, gpo) : [{ form: 'group-policy', title: undoTitle, refusal: made.why }];
  };

  const sections: readonly PlanSection[] = [
    // The newest templates are what most consoles show.
    { id: 'hand', title: 'By hand', items: only('clicks').toReversed() },
    {
      id: 'object',
      title: 'In the Group Policy Object, with PowerShell',
      items: [
        ...around('record', 'Record what is there', undefined, (name) => recordCommands(policy, name)),
        ...around('backup', 'Back up the object', 'backup-to', (name, folder) => one(backupCommand(name, folder))),
        ...around('new-gpo', 'Make the object, if there is none', undefined, (name) => one(newGpoCommand(name))),
        ...only('group-policy'),
        ...around('filter', 'Limit the object to one group', 'apply-to', filterCommands),
        ...around('link', 'Link the object to an OU', 'link-to', (name, ou) => one(linkCommand(name, ou))),
      ],
    },
    { id: 'verify', title: 'Check the change', items: only('verify') },
    {
      id: 'computer',
      title: 'On one test computer',
      items: only('preference', 'reg', 'reg-file', 'lgpo', 'registry-pol'),
    },
    { id: 'mdm', title: 'For devices that are managed by MDM', items: only('csp') },
    { id: 'undo', title: undoTitle, items: undo() },
  ];
  return { state: 'ready', change: change.value, sections: sections.filter(({ items }) => items.length > 0) };
}

const isNames = (data: Record<string, Datum> | readonly string[]): data is readonly string[] => Array.isArray(data);

/** Without the object's name, what needs it waits for it, and the rest is as it is. */
const withoutObject = (forms: readonly SettingForm[], gpo: string | undefined): PlanItem[] =>
  forms.map((item) =>
    gpo === undefined && (item.form === 'group-policy' || item.form === 'verify')
      ? { form: item.form, title: item.title, waitsFor: ['gpo'] }
      : item,
  );
