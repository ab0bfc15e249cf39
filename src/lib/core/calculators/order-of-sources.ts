/**
 * Order of sources: where Microsoft Defender Antivirus clients look for security intelligence, in which order and on which
 * file shares, as clicks and commands, with the way back to what was there before. An order of FileShares alone with an
 * empty list of shares is the freeze.
 */
import type { Command } from '../commands/command.ts';
import {
  generations,
  pathAbove,
  policyStates,
  stateButtons,
  type Generation,
  type PolicyState,
} from '../policy/generation.ts';
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
  type StateBefore,
} from '../policy/setting-change.ts';
import type { Report, ReportPart } from '../render/report.ts';
import { ok, refuse, type Result } from '../result.ts';
import { list, must, object, oneOf, optional, text, type InferShape, type Shape } from '../shape.ts';
import type { Sheet } from '../sheet/sheet.ts';
import type { DerivedChange } from './calculator.ts';
import { orderNotes, orderSentences, sourceTokens, type OrderNote } from './order-notes.ts';
import { choiceIn, textIn } from './sheet-values.ts';

export { sourceTokens };

export type SourceToken = (typeof sourceTokens)[number];

/** What clients do without an order. @see Set-MpPreference, SignatureFallbackOrder */
export const defaultOrder = 'MicrosoftUpdateServer|MMPC';

const askGpo = 'Enter the name of the Group Policy Object.';

/**
 * What is wrong with a list of file shares, as the sentence beside the field; nothing when it will do. Clients add the
 * folder of their architecture themselves.
 *
 * @see https://learn.microsoft.com/defender-endpoint/manage-protection-updates-microsoft-defender-antivirus, step 11
 * @example sharesFault(['\\\\files1\\updates\\x64'])
 *   //=> 'File share must be without \\x64 at its end: clients add that folder themselves'
 */
export function sharesFault(shares: readonly string[]): string | undefined {
  for (const [index, share] of shares.entries()) {
    if (!/^\\\\[^\\/:*?"<>|\s]+(\\[^\\/:*?"<>|]+)+$/.test(share)) {
      return 'File share must be a path such as \\\\server\\share, without | and without \\ at its end';
    }
    const [folder] = /\\(x64|x86|arm)$/i.exec(share) ?? [];
    if (folder) return `File share must be without ${folder} at its end: clients add that folder themselves`;
    if (shares.indexOf(share) !== index) return `Name the file share ${share} once`;
  }
  return shares.join('|').length > 1023 ? 'File shares must be 1023 characters or fewer together' : undefined;
}

// Shapes are made when they are used: a page reads fields by their own rules, and leaves these out.
const orderFields = () =>
  object(
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
      /** The policy with the file shares; left out where it is left alone. */
      shares: optional(
        object(
          {
            /** UNC paths in the order wanted. None is the policy Disabled: no share is contacted. */
            list: list(text('Enter each file share as text.'), 'Enter the file shares as a list.'),
            stateBefore: oneOf(policyStates, 'State of the file shares must be enabled, disabled or not-configured.'),
            /** The shares before the change, letter by letter; only with `enabled`. */
            sharesBefore: optional(text('Enter the file shares before the change as text.')),
          },
          'Enter the file shares and the state of their policy before.',
          'The file shares must have no other fields.',
        ),
      ),
    },
    'Enter the order, the console, the object and the state before.',
    'The input must have no other fields.',
  );
export type OrderOfSourcesInput = InferShape<ReturnType<typeof orderFields>>;
export const OrderOfSourcesInput: Shape<OrderOfSourcesInput> = (value) => {
  const read = orderFields()(value);
  if (!read.ok) return read;
  const { order, stateBefore, orderBefore, shares } = read.value;
  if (order.length === 0) return refuse('Enter at least one source.');
  if (new Set(order).size < order.length) return refuse('Name each source once.');
  if (stateBefore === 'enabled' && !orderBefore) {
    return refuse('Enter the order before the change exactly as it was recorded.');
  }
  const fault = shares && sharesFault(shares.list);
  if (fault !== undefined) return refuse(fault);
  return shares?.stateBefore === 'enabled' && !shares.sharesBefore
    ? refuse('Enter the file shares before the change exactly as they were recorded.')
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

/** The change of one policy in all forms, and the way back in the same. */
export interface PolicyWork {
  readonly change: SettingChange;
  /** By hand, with the templates that the reader has. */
  readonly clicks: Clicks | undefined;
  readonly record: Result<readonly Command[]>;
  readonly set: Result<readonly Command[]>;
  readonly test: Result<readonly Command[]>;
  readonly verify: Result<readonly Command[]>;
  readonly undo: Result<Undo>;
}

export interface OrderOfSources extends PolicyWork {
  /** The exact data of FallbackOrder: sources with `|` between them, no spaces, no braces. */
  readonly order: string;
  readonly gpo: string;
  readonly before: { readonly state: PolicyState; readonly order?: string | undefined };
  readonly isUnchanged: boolean;
  readonly warnings: readonly OrderNote[];
  /** The recorded order holds something that is not a documented source, or is written in another way. */
  readonly isBeforeOdd: boolean;
  /** The policy with the file shares; left out where it is left alone. `list` is empty where it is Disabled. */
  readonly shares?: (PolicyWork & { readonly list: readonly string[] }) | undefined;
}

/** The way back, in the same forms. */
export interface Undo {
  readonly change: SettingChange;
  readonly clicks: Clicks | undefined;
  readonly set: Result<readonly Command[]>;
  readonly test: Result<readonly Command[]>;
}

/** Documented sources only, each once and as they are documented. `faultOfTokens` would say what is wrong, in many words. */
const isPlain = (order: readonly string[]): boolean =>
  new Set(order).size === order.length && order.every((token) => sourceTokens.some((known) => known === token));

/** A policy with one text, in a state. */
const stateOf = (id: string, state: PolicyState, text = ''): StateBefore =>
  state === 'enabled' ? { state, values: { [id]: text } } : { state };

/**
 * The change, its commands and its undo. Never throws on parsed input: where a value cannot stand in a command, that
 * form is a refusal with its sentence and the others remain.
 *
 * @example orderOfSources(orderOfSourcesExample).order //=> 'InternalDefinitionUpdateServer'
 * @example orderOfSources(orderOfSourcesExample).warnings //=> ['wsus-only', 'wsus-needs-approval']
 */
export function orderOfSources(input: OrderOfSourcesInput): OrderOfSources {
  const { gpo, stateBefore, shares } = input;
  const order = input.order.join('|');
  const before = { state: stateBefore, order: stateBefore === 'enabled' ? (input.orderBefore ?? '') : undefined };
  const workOf = (setting: PolicySetting, wanted: StateBefore, recorded: StateBefore): PolicyWork => {
    const clicksOf = (one: SettingChange): Clicks | undefined =>
      one.clicks.find((clicks) => clicks.generation === input.templates);
    const change = made(setting, wanted);
    const back = undoChange(setting, recorded);
    return {
      change,
      clicks: clicksOf(change),
      record: recordCommands(setting, gpo),
      set: groupPolicyCommands(change, gpo),
      test: oneComputerCommands(change),
      verify: verifyCommands(change, setting, gpo),
      undo: back.ok
        ? ok({
            change: back.value,
            clicks: clicksOf(back.value),
            set: groupPolicyCommands(back.value, gpo),
            test: oneComputerCommands(back.value),
          })
        : back,
    };
  };
  return {
    order,
    gpo,
    before,
    isUnchanged: before.order === order,
    ...workOf(orderSetting, stateOf('order', 'enabled', order), stateOf('order', before.state, before.order)),
    warnings: orderNotes(input.order, shares?.list),
    isBeforeOdd: Boolean(before.order) && !isPlain(before.order?.split('|') ?? []),
    ...(shares && {
      shares: {
        list: shares.list,
        ...workOf(
          sharesSetting,
          stateOf('shares', shares.list.length > 0 ? 'enabled' : 'disabled', shares.list.join('|')),
          stateOf('shares', shares.stateBefore, shares.sharesBefore),
        ),
      },
    }),
  };
}

/**
 * The change to data that was read before, which no rule refuses; an empty change stands for the impossible. Made as an undo
 * is, because `settingChange` would bring the rules of the whole catalogue to the reader's page.
 */
function made(setting: PolicySetting, wanted: StateBefore): SettingChange {
  const change = undoChange(setting, wanted);
  return change.ok ? change.value : { policy: setting.id, state: 'enabled', writes: [], clicks: [] };
}

/** The changes for whoever wants them in other forms. */
export const orderChanges = ({ shares, ...order }: OrderOfSources): readonly DerivedChange[] =>
  [order, ...(shares ? [shares] : [])].map(({ change, undo }) => ({
    change,
    undo: undo.ok ? undo.value.change : undefined,
    gpo: order.gpo,
  }));

// --- From the sheet ---------------------------------------------------------------------------------------------

const shareIds = ['fileShare', 'fileShare2', 'fileShare3'];

export const orderOfSourcesNeeds = ['productionOrder', 'templates', 'productionGpo', 'orderBeforeState'] as const;
export const orderOfSourcesAlso: readonly string[] = [
  'orderBefore',
  'fileSharesState',
  ...shareIds,
  'sharesBeforeState',
  'sharesBefore',
];

export type OrderOfSourcesReading =
  | { readonly state: 'ready'; readonly input: OrderOfSourcesInput }
  /** `why` is the sentence when fields are right by themselves and wrong together. */
  | { readonly state: 'waiting'; readonly waitsFor: readonly string[]; readonly why?: string };

/**
 * Takes what the calculator needs from a sheet. What was there before is waited for as far as the undo needs it.
 *
 * @example readOrderOfSources({}, '2026-11-02').waitsFor //=> orderOfSourcesNeeds
 */
export function readOrderOfSources(sheet: Sheet, _today: string): OrderOfSourcesReading {
  const stateIn = (id: string) => choiceIn(sheet, id, policyStates);
  const [templates, stateBefore] = [choiceIn(sheet, 'templates', generations), stateIn('orderBeforeState')];
  const [wanted, sharesBefore] = [stateIn('fileSharesState'), stateIn('sharesBeforeState')];
  const waitsFor = [
    ...orderOfSourcesNeeds,
    ...(stateBefore === 'enabled' ? ['orderBefore'] : []),
    ...(wanted === 'enabled' ? ['fileShare'] : []),
    ...(wanted ? ['sharesBeforeState'] : []),
    ...(wanted && sharesBefore === 'enabled' ? ['sharesBefore'] : []),
    // What is typed and wrong is never left out in silence.
    ...(wanted === 'enabled' ? shareIds.filter((id) => sheet[id]?.state === 'wrong') : []),
  ].filter((id, index, ids) => sheet[id]?.state !== 'given' && ids.indexOf(id) === index);
  if (!templates || !stateBefore || waitsFor.length > 0) return { state: 'waiting', waitsFor };
  const list = wanted === 'enabled' ? shareIds.flatMap((id) => textIn(sheet, id) ?? []) : [];
  const why = sharesFault(list);
  if (why !== undefined) return { state: 'waiting', waitsFor: ['fileShare'], why };
  const order = textIn(sheet, 'productionOrder')?.split('|') ?? [];
  return {
    state: 'ready',
    input: {
      order: order.flatMap((token) => sourceTokens.filter((known) => known === token)),
      templates,
      gpo: textIn(sheet, 'productionGpo') ?? '',
      stateBefore,
      ...(stateBefore === 'enabled' && { orderBefore: textIn(sheet, 'orderBefore') }),
      ...(wanted &&
        sharesBefore && {
          shares: {
            list,
            stateBefore: sharesBefore,
            ...(sharesBefore === 'enabled' && { sharesBefore: textIn(sheet, 'sharesBefore') }),
          },
        }),
    },
  };
}

// --- The words --------------------------------------------------------------------------------------------------

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
  report.push(...workParts(value, undoSentence(before)));
  if (value.shares) {
    const { list } = value.shares;
    report.push(
      {
        kind: 'facts',
        caption: 'File shares',
        rows: [{ label: 'DefinitionUpdateFileSharesSources', value: list.join('|') || 'empty: no share is contacted' }],
      },
      ...workParts(value.shares, 'The undo puts back exactly what was recorded of the file shares.'),
    );
  }
  return report;
}

/** One policy in the order of the work. */
function workParts({ record, clicks, set, test, verify, undo }: PolicyWork, undoText: string): ReportPart[] {
  return [
    ...commandParts('Record the state before with PowerShell', record),
    ...clickParts('Change it by hand', clicks),
    ...commandParts('Change it with PowerShell', set),
    ...commandParts('Try it on one test computer', test),
    ...commandParts('Check it', verify),
    ...(undo.ok
      ? [
          { kind: 'sentence' as const, text: undoText },
          ...clickParts('Undo it by hand', undo.value.clicks),
          ...commandParts('Undo it with PowerShell', undo.value.set),
          ...commandParts('Undo it on the test computer', undo.value.test),
        ]
      : [{ kind: 'warning' as const, text: `No undo can be made. ${undo.why}` }]),
  ];
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
  {
    kind: 'note',
    text:
      'The freeze is the order FileShares with the policy of the file shares Disabled. The engine comes with security ' +
      'intelligence and stops with it; the platform does not: inferred from what Microsoft says of each, not in its words. ' +
      'Give each file share without the folder of an architecture.',
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

// The catalogue is content and core imports none, so the part of its entries that the calculator needs stands here
// again; a test holds them equal.
const key = 'SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates';

/** An entry with one text, less what only pages show. Its title changed with the templates of 1903. */
const entry = (
  id: string,
  titleBefore: string,
  element: string,
  valueName: string,
  preference: string,
  data: PolicySetting['elements'][number]['data'],
): PolicySetting => {
  const older = `${titleBefore} for downloading definition updates`;
  const label = `${titleBefore} for downloading security intelligence updates`;
  const place = (generation: Generation, product: string, isNew: boolean): PolicySetting['places'][number] => ({
    generations: [generation],
    path: [product, isNew ? 'Security Intelligence Updates' : 'Signature Updates'],
    title: isNew ? label : older,
    ...(!isNew && { labels: { [element]: older } }),
  });
  return {
    id,
    places: [
      place('windows-defender', 'Windows Defender', false),
      place('windows-defender-antivirus', 'Windows Defender Antivirus', false),
      place('windows-defender-antivirus-1903', 'Windows Defender Antivirus', true),
      place('microsoft-defender-antivirus', 'Microsoft Defender Antivirus', true),
    ],
    key,
    elements: [{ id: element, label, valueName, type: 'REG_SZ', data, required: true }],
    enabled: { writes: [] },
    disabled: { writes: [{ valueName, delete: true }] },
    preference,
  };
};

export const orderSetting = entry(
  'order-of-sources',
  'Define the order of sources',
  'order',
  'FallbackOrder',
  'SignatureFallbackOrder',
  { is: 'sources', tokens: [...sourceTokens], maxLength: 1023 },
);

export const sharesSetting = entry(
  'file-shares',
  'Define file shares',
  'shares',
  'DefinitionUpdateFileSharesSources',
  'SignatureDefinitionUpdateFileSharesSources',
  { is: 'shares', maxLength: 1023 },
);
