/**
 * Several policies of one Group Policy Object as a calculator gives them: what each is set to, all forms of the change,
 * and the way back to what was recorded. Knows no policy by name.
 */
import { commandArgument, type Command, type CommandValue } from '../commands/command.ts';
import { pathAbove, stateButtons, type PlaceGeneration, type PolicyState } from '../policy/generation.ts';
import {
  clickSentence,
  groupPolicyCommands,
  oneComputerCommands,
  recordCommands,
  undoChange,
  verifyCommands,
  type Datum,
  type PolicySetting,
  type SettingChange,
  type StateBefore,
} from '../policy/setting-change.ts';
import type { ReportPart } from '../render/report.ts';
import { ok, refuse, type Result } from '../result.ts';
import type { Shape } from '../shape.ts';
import { commandValue, type Sheet } from '../sheet/sheet.ts';
import type { DerivedChange } from './calculator.ts';

/** A policy and what it is to be. */
export interface Wanted {
  readonly setting: PolicySetting;
  readonly state: PolicyState;
  readonly values?: Readonly<Record<string, Datum>>;
}

type Commands = Result<readonly Command[]>;

/** A change, or its undo, in all forms. */
export interface Forms {
  readonly change: SettingChange;
  /** For the Group Policy Object; left out while its name is not known. */
  readonly set?: Commands;
  /** On one computer. */
  readonly test: Commands;
}

export interface PlannedChange extends Forms {
  readonly setting: PolicySetting;
  readonly gpo?: string | undefined;
  readonly record?: Commands;
  readonly verify?: Commands;
  /** Left out while the state before is not known. */
  readonly undo?: Result<Forms>;
}

const formsOf = (change: SettingChange, gpo: string | undefined): Forms => ({
  change,
  test: oneComputerCommands(change),
  ...(gpo !== undefined && { set: groupPolicyCommands(change, gpo) }),
});

/**
 * The change to data that a calculator made of checked inputs. `settingChange` would check it once more against the
 * catalogue's rules, which weigh a kilobyte on the reader's page; tests hold that it makes the same change of the same data.
 */
function knownChange(setting: PolicySetting, state: PolicyState, values: Wanted['values'] = {}): Result<SettingChange> {
  const change = undoChange(setting, state === 'enabled' ? { state, values } : { state });
  if (!change.ok || state !== 'enabled') return change;
  // An undo also takes out what had no value; a change leaves it alone.
  return ok({ ...change.value, writes: change.value.writes.filter((write) => !('unset' in write)) });
}

/**
 * All forms of a list of changes, in its order.
 *
 * @param gpo Display name of the Group Policy Object. Without it there is only what needs none.
 * @param answers What was recorded before the change; adds the undo.
 * @returns The forms, or the sentence of the first change that breaks a rule of its policy.
 */
export function planChanges(
  list: readonly Wanted[],
  gpo: string | undefined,
  answers: Answers = {},
): Result<readonly PlannedChange[]> {
  const forms: PlannedChange[] = [];
  for (const { setting, state, values } of list) {
    const before = stateBefore(setting, answers);
    // Nothing to take out: the cmdlet would answer with an error.
    if (state === 'not-configured' && before?.ok && before.value.state === state) continue;
    const change = knownChange(setting, state, values);
    if (!change.ok) return change;
    const undo = before?.ok ? undoChange(setting, before.value, change.value) : before;
    forms.push({
      setting,
      gpo,
      ...formsOf(change.value, gpo),
      ...(gpo !== undefined && {
        record: recordCommands(setting, gpo),
        verify: verifyCommands(change.value, setting, gpo),
      }),
      ...(undo && { undo: undo.ok ? ok(formsOf(undo.value, gpo)) : undo }),
    });
  }
  return ok(forms);
}

/** The changes for whoever wants them in other forms; none where a change breaks a rule of its policy. */
export const derivedChanges = (changes: Result<readonly PlannedChange[]>): readonly DerivedChange[] =>
  changes.ok
    ? changes.value.map(({ change, undo, gpo }) => ({ change, undo: undo?.ok ? undo.value.change : undefined, gpo }))
    : [];

/** Names of the registry values that a policy records, in the order of the record commands. */
export const recordedNames = ({ elements, enabled }: PolicySetting): readonly string[] =>
  [...elements, ...enabled.writes].map(({ valueName }) => valueName);

/** What the record commands answered, by registry value, letter by letter. */
export type Answers = Readonly<Record<string, string>>;

/** Answers on a sheet stand in inputs named after the registry value: `beforeTargetGroup` for TargetGroup. */
export const beforeInput = (valueName: string, ring = ''): string =>
  ring ? `${ring}Before${valueName}` : `before${valueName}`;

/** Takes the answers from a sheet; those that are not given are left out. */
export function answersOf(sheet: Sheet, settings: readonly PolicySetting[], ring = ''): Answers {
  const answers: Record<string, string> = {};
  for (const name of settings.flatMap(recordedNames)) {
    const value = commandValue(sheet[beforeInput(name, ring)]);
    if (value !== undefined) answers[name] = String(value);
  }
  return answers;
}

const isAnswers = (value: unknown): value is Answers =>
  typeof value === 'object' && value !== null && Object.values(value).every((answer) => typeof answer === 'string');

/** Reads answers given without a sheet. */
export const Answers: Shape<Answers> = (value) => (isAnswers(value) ? ok(value) : refuse('Enter each answer as text'));

/**
 * The state of a policy before the change, from the answers of its record commands: `Not configured`, `Disabled`, or
 * the exact value. A switch such as TargetGroupEnabled decides where there is one.
 *
 * @returns Nothing while the answer that decides is missing; a sentence while an enabled policy lacks another.
 * @example stateBefore(detectionSetting, { DetectionFrequencyEnabled: '1', DetectionFrequency: '4' })
 *   //=> { ok: true, value: { state: 'enabled', values: { hours: '4' } } }
 */
export function stateBefore(
  { elements, enabled, disabled }: PolicySetting,
  answers: Answers,
): Result<StateBefore> | undefined {
  const wordOf = (name: string): string => answers[name]?.trim().toLowerCase() ?? '';
  const [on] = enabled.writes;
  const name = (on ?? elements[0])?.valueName ?? '';
  const word = wordOf(name);
  if (!word) return undefined;
  if (word === 'not configured') return ok({ state: 'not-configured' });
  if (word === 'disabled' || disabled.writes.some((write) => 'data' in write && String(write.data) === word)) {
    return ok({ state: 'disabled' });
  }
  if (on && word !== String(on.data)) {
    return refuse(`${name} before the change must be Not configured, Disabled, 0 or 1.`);
  }
  const values: Record<string, string> = {};
  for (const { id, valueName } of elements) {
    const value = answers[valueName];
    if (!value) return refuse(`Enter ${valueName} before the change, or Not configured.`);
    values[id] = wordOf(valueName) === 'not configured' ? '' : value;
  }
  return ok({ state: 'enabled', values });
}

/** Microsoft Defender's own parameters on one computer, values through the door. */
export function preferenceCommand(values: readonly (readonly [name: string, value: CommandValue])[]): Commands {
  let text = 'Set-MpPreference';
  for (const [name, value] of values) {
    const argument = commandArgument('powershell', value);
    if (!argument.ok) return argument;
    text += ` -${name} ${argument.value}`;
  }
  return ok([
    {
      shell: 'powershell',
      title: 'Set it on one test computer',
      text,
      why: 'For a test only: a Group Policy Object that sets the same comes before it.',
      where: 'one test computer, Windows PowerShell as administrator',
    },
  ]);
}

/** Commands that cannot be written are named with the reason; they are never left out in silence. */
export const commandParts = (commands: Commands | undefined): ReportPart[] =>
  !commands
    ? []
    : commands.ok
      ? commands.value.map((command) => ({ kind: 'command', command }))
      : [{ kind: 'warning', text: `A command cannot be written. ${commands.why}` }];

const titleOf = ({ clicks, policy }: SettingChange): string => clicks.at(-1)?.title ?? policy;

/** What a value gets, in a word for a table. */
const dataText = (write: SettingChange['writes'][number]): string =>
  'data' in write ? String(write.data) : 'delete' in write ? 'deleted on clients' : 'not in the object';

/** By hand, where the templates have the policy. */
const clickParts = (label: string, change: SettingChange, generation: PlaceGeneration): ReportPart[] =>
  change.clicks
    .filter((clicks) => clicks.generation === generation)
    .flatMap((clicks) => [
      { kind: 'path', label, steps: [...pathAbove, ...clicks.path, clicks.title] },
      { kind: 'sentence', text: clickSentence(clicks) },
    ]);

/**
 * The changes in the order of the work: what is written, record, change by hand and with PowerShell, try, check, undo.
 * The undo goes backwards through the list.
 *
 * @param generation The templates whose folders and titles to show.
 */
export function describeChanges(
  caption: string,
  changes: Result<readonly PlannedChange[]>,
  generation: PlaceGeneration,
): ReportPart[] {
  if (!changes.ok) return [{ kind: 'warning', text: changes.why }];
  const list = changes.value;
  const all = (form: 'record' | 'set' | 'test' | 'verify') => list.flatMap((one) => commandParts(one[form]));
  const undone = list.toReversed().filter(({ undo }) => undo);
  return [
    {
      kind: 'table',
      caption,
      head: ['Policy', 'State', 'Registry value', 'Data'],
      rows: list.flatMap(({ change }) =>
        change.writes.map((write) => [
          titleOf(change),
          stateButtons[change.state],
          `HKLM\\${write.key}\\${write.valueName}`,
          dataText(write),
        ]),
      ),
    },
    ...all('record'),
    ...list.flatMap(({ change }) => clickParts('Change it by hand', change, generation)),
    ...all('set'),
    ...all('test'),
    ...all('verify'),
    undone.length === list.length
      ? { kind: 'sentence', text: 'The undo puts back what was recorded.' }
      : { kind: 'note', text: 'Enter what was recorded to get the undo.' },
    ...undone.flatMap(({ change, undo }): ReportPart[] =>
      undo?.ok
        ? [
            ...clickParts('Undo it by hand', undo.value.change, generation),
            ...commandParts(undo.value.set),
            ...commandParts(undo.value.test),
          ]
        : [{ kind: 'warning', text: `No undo can be made for “${titleOf(change)}”. ${undo?.why ?? ''}` }],
    ),
  ];
}
