/**
 * Order of sources: where Microsoft Defender Antivirus clients look for security intelligence, in which order, as
 * clicks and commands, with the way back to what was there before.
 */
import type { Command } from '../commands/command.ts';
import { generations, pathAbove, policyStates, stateButtons, type PolicyState } from '../policy/generation.ts';
import {
  clickSentence,
  faultOfTokens,
  groupPolicyCommands,
  oneComputerCommands,
  recordCommands,
  undoChange,
  verifyCommands,
  type Clicks,
  type PolicySetting,
  type SettingChange,
} from '../policy/setting-change.ts';
import type { Report, ReportPart } from '../render/report.ts';
import { ok, refuse, type Result } from '../result.ts';
import { list, must, object, oneOf, optional, text, type InferShape, type Shape } from '../shape.ts';
import { orderNotes, orderSentences, sourceTokens, type OrderNote } from './order-notes.ts';

export { sourceTokens };

export type SourceToken = (typeof sourceTokens)[number];

/** What clients do without an order. @see Set-MpPreference, SignatureFallbackOrder */
export const defaultOrder = 'MicrosoftUpdateServer|MMPC';

const askGpo = 'Enter the name of the Group Policy Object.';

const OrderFields = object(
  {
    /** Sources in the order wanted, each once. */
    order: list(
      oneOf(sourceTokens, `Each source must be one of ${sourceTokens.join(', ')}.`),
      'Enter at least one source.',
    ),
    templates: oneOf(generations, 'Select what the Group Policy console says.'),
    /** Display name of the Group Policy Object. */
    gpo: text(
      askGpo,
      must((name) => name !== '', askGpo),
      must((name) => name.length <= 255, 'The name of the Group Policy Object must be 255 characters or fewer.'),
    ),
    /** State of the policy before the change. */
    stateBefore: oneOf(policyStates, 'State must be enabled, disabled or not-configured.'),
    /** The order before the change, letter by letter; only with `enabled`. */
    orderBefore: optional(text('Enter the order before the change as text.')),
  },
  'Enter the order, the console, the object and the state before.',
  'The input must have no other fields.',
);
export type OrderOfSourcesInput = InferShape<typeof OrderFields>;
export const OrderOfSourcesInput: Shape<OrderOfSourcesInput> = (value) => {
  const read = OrderFields(value);
  if (!read.ok) return read;
  const { order, stateBefore, orderBefore } = read.value;
  if (order.length === 0) return refuse('Enter at least one source.');
  if (new Set(order).size < order.length) return refuse('Name each source once.');
  return stateBefore === 'enabled' && !orderBefore
    ? refuse('Enter the order before the change exactly as it was recorded.')
    : read;
};

/** Input of the worked example, which is the production ring of Microsoft's article. */
export const orderOfSourcesExample: OrderOfSourcesInput = {
  order: ['InternalDefinitionUpdateServer'],
  templates: 'microsoft-defender-antivirus',
  gpo: 'MDAV_Settings_Production',
  stateBefore: 'enabled',
  orderBefore: defaultOrder,
};

/**
 * Reads an order as people type it.
 *
 * @returns The sources, or a sentence that says what is wrong and what to write.
 * @example readOrder('InternalDefinitionUpdateServer|FileShare')
 *   //=> { ok: false, why: 'Order names FileShare, which is not a source: write FileShares.' }
 */
export function readOrder(text: string): Result<readonly SourceToken[]> {
  if (text === '') return refuse('Enter the order of sources.');
  const fault = faultOfTokens(text, sourceTokens);
  if (fault !== undefined) return refuse(`Order ${fault}`);
  return ok(text.split('|').flatMap((token) => sourceTokens.filter((known) => known === token)));
}

export interface OrderOfSources {
  /** The exact data of FallbackOrder: sources with `|` between them, no spaces, no braces. */
  readonly order: string;
  readonly gpo: string;
  readonly before: { readonly state: PolicyState; readonly order?: string | undefined };
  readonly isUnchanged: boolean;
  readonly change: SettingChange;
  /** By hand, with the templates that the reader has. */
  readonly clicks: Clicks | undefined;
  readonly record: Result<readonly Command[]>;
  readonly set: Result<readonly Command[]>;
  readonly test: Result<readonly Command[]>;
  readonly verify: Result<readonly Command[]>;
  readonly undo: Result<Undo>;
  readonly warnings: readonly OrderNote[];
  /** The recorded order holds something that is not a documented source, or is written in another way. */
  readonly isBeforeOdd: boolean;
}

/** The way back, in the same forms. */
export interface Undo {
  readonly change: SettingChange;
  readonly clicks: Clicks | undefined;
  readonly set: Result<readonly Command[]>;
  readonly test: Result<readonly Command[]>;
}

/**
 * The change, its commands and its undo. Never throws on parsed input: where a value cannot stand in a command, that
 * form is a refusal with its sentence and the others remain.
 *
 * @example orderOfSources(orderOfSourcesExample).order //=> 'InternalDefinitionUpdateServer'
 * @example orderOfSources(orderOfSourcesExample).warnings //=> ['wsus-only', 'wsus-needs-approval']
 */
export function orderOfSources(input: OrderOfSourcesInput): OrderOfSources {
  const order = input.order.join('|');
  const before = {
    state: input.stateBefore,
    order: input.stateBefore === 'enabled' ? (input.orderBefore ?? '') : undefined,
  };
  const change = made(order);
  const clicksOf = (one: SettingChange): Clicks | undefined =>
    one.clicks.find((clicks) => clicks.generation === input.templates);
  const back = undoChange(
    orderSetting,
    before.state === 'enabled' ? { state: 'enabled', values: { order: before.order ?? '' } } : { state: before.state },
  );
  return {
    order,
    gpo: input.gpo,
    before,
    isUnchanged: before.order === order,
    change,
    clicks: clicksOf(change),
    record: recordCommands(orderSetting, input.gpo),
    set: groupPolicyCommands(change, input.gpo),
    test: oneComputerCommands(change),
    verify: verifyCommands(change, orderSetting, input.gpo),
    undo: back.ok
      ? ok({
          change: back.value,
          clicks: clicksOf(back.value),
          set: groupPolicyCommands(back.value, input.gpo),
          test: oneComputerCommands(back.value),
        })
      : back,
    warnings: orderNotes(input.order),
    isBeforeOdd: Boolean(before.order) && faultOfTokens(before.order ?? '', sourceTokens) !== undefined,
  };
}

/**
 * The change to an order of known sources, which no rule refuses; an empty change stands for the impossible. Made as an undo
 * is, because `settingChange` would bring the rules of the whole catalogue to the reader's page.
 */
function made(order: string): SettingChange {
  const change = undoChange(orderSetting, { state: 'enabled', values: { order } });
  return change.ok ? change.value : { policy: orderSetting.id, state: 'enabled', writes: [], clicks: [] };
}

/** The sentences, tables and commands of an order, the same for screen, paper and command line. */
export function describeOrderOfSources(value: OrderOfSources): Report {
  const { before } = value;
  const registry = value.change.writes.map((write) => `HKLM\\${write.key}\\${write.valueName}`).join('\n');
  const report: ReportPart[] = [
    {
      kind: 'facts',
      caption: 'Order of sources',
      rows: [
        { label: 'FallbackOrder', value: value.order },
        { label: 'Registry value (REG_SZ)', value: registry },
        { label: 'Group Policy Object', value: value.gpo },
        {
          label: 'Before the change',
          value:
            before.order === undefined ? stateButtons[before.state] : `${stateButtons[before.state]}: ${before.order}`,
        },
      ],
    },
    {
      kind: 'sentence',
      text: 'Clients try the sources from left to right, and once one delivers they contact no other.',
    },
    ...value.warnings.map((warning): ReportPart => ({ kind: 'warning', text: orderSentences[warning] })),
  ];
  if (value.isBeforeOdd) {
    report.push({
      kind: 'warning',
      text:
        'The order before the change holds something that is not a documented source, or is written in another way. ' +
        'The undo puts it back exactly as it was recorded.',
    });
  }
  if (value.isUnchanged) {
    report.push({ kind: 'note', text: 'The order before the change is the same: there is nothing to change.' });
  }
  report.push(
    ...commandParts('Record the state before with PowerShell', value.record),
    ...clickParts('Change it by hand', value.clicks),
    ...commandParts('Change it with PowerShell', value.set),
    ...commandParts('Try it on one test computer', value.test),
    ...commandParts('Check it', value.verify),
  );
  if (value.undo.ok) {
    const undo = value.undo.value;
    report.push(
      { kind: 'sentence', text: undoSentence(before) },
      ...clickParts('Undo it by hand', undo.clicks),
      ...commandParts('Undo it with PowerShell', undo.set),
      ...commandParts('Undo it on the test computer', undo.test),
    );
  } else {
    report.push({ kind: 'warning', text: `No undo can be made. ${value.undo.why}` });
  }
  return report;
}

/** What holds whatever is entered. */
export const orderOfSourcesBackground = (): Report => [
  {
    kind: 'note',
    text:
      `Disabled and Not Configured both mean the default order, ${defaultOrder}: never use Disabled to stop ` +
      'updates.',
  },
  {
    kind: 'note',
    text:
      'Where a shared location for virtual desktops is set (SharedSignatureRoot), clients do not use this order ' +
      'for security intelligence.',
  },
];

function undoSentence(before: OrderOfSources['before']): string {
  return before.order === undefined
    ? `The undo puts the policy back to ${stateButtons[before.state]}, as it was recorded.`
    : `The undo puts back exactly the recorded order: ${before.order}`;
}

function clickParts(label: string, clicks: Clicks | undefined): ReportPart[] {
  if (!clicks) return [];
  return [
    {
      kind: 'path',
      label,
      steps: [...pathAbove, ...clicks.path, clicks.title],
    },
    { kind: 'sentence', text: clickSentence(clicks) },
  ];
}

/** A form that cannot be written is named with its reason; it is never left out in silence. */
const commandParts = (label: string, commands: Result<readonly Command[]>): ReportPart[] =>
  commands.ok
    ? commands.value.map((command) => ({ kind: 'command', command }))
    : [{ kind: 'warning', text: `${label}: no command can be written. ${commands.why}` }];

// The catalogue is content and core imports none, so the part of its entry that the calculator needs stands here
// again; a test holds the two equal.
const key = 'SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates';
const olderTitle = 'Define the order of sources for downloading definition updates';
const title = 'Define the order of sources for downloading security intelligence updates';
const labels = { order: olderTitle };

/** The catalogue's entry `order-of-sources`, less what only pages show. */
export const orderSetting: PolicySetting = {
  id: 'order-of-sources',
  places: [
    { generations: ['windows-defender'], path: ['Windows Defender', 'Signature Updates'], title: olderTitle, labels },
    {
      generations: ['windows-defender-antivirus'],
      path: ['Windows Defender Antivirus', 'Signature Updates'],
      title: olderTitle,
      labels,
    },
    {
      generations: ['windows-defender-antivirus-1903'],
      path: ['Windows Defender Antivirus', 'Security Intelligence Updates'],
      title,
    },
    {
      generations: ['microsoft-defender-antivirus'],
      path: ['Microsoft Defender Antivirus', 'Security Intelligence Updates'],
      title,
    },
  ],
  key,
  elements: [
    {
      id: 'order',
      label: title,
      valueName: 'FallbackOrder',
      type: 'REG_SZ',
      data: { is: 'sources', tokens: [...sourceTokens], maxLength: 1023 },
      required: true,
    },
  ],
  enabled: { writes: [] },
  disabled: { writes: [{ valueName: 'FallbackOrder', delete: true }] },
  preference: 'SignatureFallbackOrder',
};
