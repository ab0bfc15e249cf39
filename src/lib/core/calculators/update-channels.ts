/**
 * Update channels per ring: which channel platform, engine and security intelligence take in each ring, what may be
 * chosen where, and whether channels make rings at all.
 *
 * Channels are made for updates from Microsoft Update. Where WSUS, Configuration Manager or a share brings the updates,
 * approval and times make the rings, whatever the channels say.
 *
 * @see https://learn.microsoft.com/defender-endpoint/manage-gradual-rollout
 * @see https://learn.microsoft.com/defender-endpoint/configure-updates
 */
import type { Command } from '../commands/command.ts';
import type { Generation } from '../policy/generation.ts';
import type { Report, ReportPart } from '../render/report.ts';
import { refuse, type Result } from '../result.ts';
import { list, object, oneOf, optional, text, must, type InferShape, type Shape } from '../shape.ts';
import type { Sheet } from '../sheet/sheet.ts';
import type { Source } from './calculator.ts';
import { textOf } from './field-shapes.ts';
import {
  Answers,
  answersOf,
  beforeInput,
  commandParts,
  describeChanges,
  planChanges,
  preferenceCommand,
  recordedNames,
  type PlannedChange,
} from './policy-changes.ts';
import { choiceIn, textIn } from './sheet-values.ts';
import { channels, channelSettings, isForIntelligence, type Channel } from './update-channels-settings.ts';

const channelIds = channels.map(({ id }) => id);
const monthly = (updates: string): Shape<Channel['id']> =>
  oneOf(channelIds, `Select the channel of ${updates} updates`);

/** The two channels that every template has for daily updates; the others have their own sentence. */
const daily: Shape<Channel['id']> = (value) => {
  const read = monthly('security intelligence')(value);
  const channel = channels.find(({ id }) => id === value);
  return channel && !isForIntelligence(channel)
    ? refuse(`Security intelligence has no ${channel.label}: select Staged, Broad or not configured`)
    : read;
};

const Ring = object(
  {
    name: text(
      'Enter the name of the ring',
      must((name) => name.trim() !== '', 'Enter the name of the ring'),
    ),
    gpo: optional(textOf({ kind: 'gpo', label: 'Ring GPO' })),
    platform: monthly('platform'),
    engine: monthly('engine'),
    intelligence: daily,
    /** What the record commands answered; adds the undo. */
    before: optional(Answers),
  },
  'Each ring must have a name and three channels, and no unknown fields',
);
type Ring = InferShape<typeof Ring>;

const sources = ['microsoft-update', 'wsus', 'configuration-manager', 'file-share'] as const;

const Fields = object(
  {
    source: oneOf(sources, 'Select where clients get Defender updates'),
    /** From the one that gets updates first. */
    rings: list(Ring, 'Enter the rings'),
  },
  'The channels must have a source and rings, and no other fields',
);
export type UpdateChannelsInput = InferShape<typeof Fields>;
export const UpdateChannelsInput: Shape<UpdateChannelsInput> = (value) => {
  const read = Fields(value);
  return read.ok && read.value.rings.length === 0 ? refuse('Enter at least one ring') : read;
};

/** The kinds of updates, in the order of the settings. */
const kinds = ['platform', 'engine', 'intelligence'] as const;
const kindWords = { platform: 'platform', engine: 'engine', intelligence: 'security intelligence' } as const;

export interface RingChannels {
  readonly name: string;
  /** Platform, engine, security intelligence. */
  readonly channels: readonly Channel[];
  readonly changes: Result<readonly PlannedChange[]>;
  /** The same with Set-MpPreference. */
  readonly preference: Result<readonly Command[]>;
}

export interface UpdateChannels {
  /** Whether these channels keep the rings apart: only where clients ask Microsoft Update. */
  readonly isRingControl: boolean;
  readonly rings: readonly RingChannels[];
  /** Sentences to weigh before the change. */
  readonly notes: readonly string[];
}

const channelOf = (id: string | undefined): Channel => channels.find((one) => one.id === id) ?? notConfigured;
const notConfigured: Channel = { id: 'not-configured', label: 'Not Configured', word: 'NotConfigured', who: '' };

/**
 * Works out the channels. Total on parsed input.
 *
 * @example
 * updateChannels(updateChannelsExample)
 * //=> Pilot: PlatformRing 2, EngineRing 2, SignaturesRing 4; Production: 6, 6, 5; a ring control; one note, that Staged and
 * //   Broad are documented as the same for security intelligence
 */
export function updateChannels({ source, rings }: UpdateChannelsInput): UpdateChannels {
  return {
    isRingControl: source === 'microsoft-update',
    rings: rings.map((ring) => {
      const chosen = kinds.map((kind) => channelOf(ring[kind]));
      const wanted = chosen.map(({ data }, index) => {
        const setting = channelSettings[index] ?? channelSettings[0];
        return data === undefined
          ? ({ setting, state: 'not-configured' } as const)
          : ({ setting, state: 'enabled', values: { channel: data } } as const);
      });
      return {
        name: ring.name,
        channels: chosen,
        changes: planChanges(wanted, ring.gpo, ring.before),
        preference: preferenceCommand(
          chosen.map(({ word }, index) => [channelSettings[index]?.preference ?? '', word] as const),
        ),
      };
    }),
    notes: [...sourceNotes[source], ...rings.flatMap((ring, index) => ringNotes(ring, rings[index - 1]))],
  };
}

const notByChannel =
  'Channels act on what clients take from Windows Update or Microsoft Update, so here they do not make the rings:';
const sourceNotes: Readonly<Record<UpdateChannelsInput['source'], readonly string[]>> = {
  'microsoft-update': [],
  wsus: [
    `${notByChannel} approvals and synchronization times do.`,
    'Whether clients of WSUS also filter what is approved by their channel is not confirmed: do not count on either.',
  ],
  'configuration-manager': [`${notByChannel} automatic deployment rules do.`],
  'file-share': [`${notByChannel} the time at which files reach the share does.`],
};

/** What to weigh about a ring, by itself and beside the ring before it. */
function ringNotes(ring: Ring, earlier: Ring | undefined): string[] {
  return kinds.flatMap((kind) => {
    const [own, before] = [channelOf(ring[kind]), earlier && channelOf(earlier[kind])];
    const updates = `${kindWords[kind]} updates`;
    const notes: string[] = [];
    if (own.data === undefined) {
      notes.push(
        `${ring.name}: Microsoft assigns the channel of ${updates}, which may be early. Not for critical devices.`,
      );
    }
    if (!before || !earlier) return notes;
    if (own.id === 'beta') notes.push(`${ring.name}: the Beta Channel is for tests on few devices only.`);
    if (own.data === undefined || before.data === undefined) return notes;
    if (own.data < before.data) notes.push(`${ring.name} gets ${updates} before ${earlier.name}.`);
    if (own.id === before.id) notes.push(`${earlier.name} and ${ring.name} get ${updates} at the same time.`);
    if (kind === 'intelligence' && own.id === 'broad' && before.id === 'staged') {
      notes.push(
        'For security intelligence Staged is documented as the same as Broad; the ring guides count on about 3 hours between them. Do not plan with that time.',
      );
    }
    return notes;
  });
}

// --- From the sheet ---------------------------------------------------------------------------------------------

const sheetRings = [
  ['pilot', 'Pilot'],
  ['production', 'Production'],
] as const;
const channelInput = (ring: string, kind: string): string =>
  `${ring}${kind.charAt(0).toUpperCase()}${kind.slice(1)}Channel`;

export const updateChannelsNeeds: readonly string[] = [
  'channelSource',
  ...sheetRings.flatMap(([ring]) => kinds.map((kind) => channelInput(ring, kind))),
];
export const updateChannelsAlso: readonly string[] = [
  ...sheetRings.map(([ring]) => `${ring}Gpo`),
  ...sheetRings.flatMap(([ring]) => channelSettings.flatMap(recordedNames).map((name) => beforeInput(name, ring))),
];

export type UpdateChannelsReading =
  | { readonly state: 'ready'; readonly input: UpdateChannelsInput }
  /** `why` is the sentence when fields are right by themselves and wrong together. */
  | { readonly state: 'waiting'; readonly waitsFor: readonly string[]; readonly why?: string };

/**
 * Takes what the calculator needs from a sheet, which has two rings.
 *
 * @example readUpdateChannels({}, '2026-11-02').waitsFor //=> updateChannelsNeeds
 */
export function readUpdateChannels(sheet: Sheet, _today: string): UpdateChannelsReading {
  const waitsFor = updateChannelsNeeds.filter((id) => sheet[id]?.state !== 'given');
  const source = choiceIn(sheet, 'channelSource', sources);
  if (!source || waitsFor.length > 0) return { state: 'waiting', waitsFor };
  const chosen = (ring: string, kind: string) => channelOf(textIn(sheet, channelInput(ring, kind))).id;
  return {
    state: 'ready',
    input: {
      source,
      rings: sheetRings.map(([ring, name]) => ({
        name,
        gpo: textIn(sheet, `${ring}Gpo`),
        platform: chosen(ring, 'platform'),
        engine: chosen(ring, 'engine'),
        intelligence: chosen(ring, 'intelligence'),
        before: answersOf(sheet, channelSettings, ring),
      })),
    },
  };
}

// --- The words --------------------------------------------------------------------------------------------------

/** The templates that have channels. */
const generation: Generation = 'microsoft-defender-antivirus';

const shown = ({ label, data }: Channel): string => (data === undefined ? label : `${label}: ${data}`);

/** The channels in words, with the commands of each ring. */
export function describeUpdateChannels({ rings, notes }: UpdateChannels): Report {
  return [
    ...notes.map((note): ReportPart => ({ kind: 'warning', text: note })),
    {
      kind: 'table',
      caption: 'Channels and their numbers',
      head: ['Updates', ...rings.map(({ name }) => name)],
      rows: kinds.map((kind, index) => [
        kindWords[kind],
        ...rings.map((ring) => shown(ring.channels[index] ?? notConfigured)),
      ]),
    },
    ...rings.flatMap(({ name, changes, preference }): ReportPart[] => [
      ...describeChanges(`${name}: what the Group Policy Object gets`, changes, generation),
      ...commandParts(preference),
    ]),
  ];
}

/** What holds whatever is entered. */
export const updateChannelsBackground = (): Report => [
  {
    kind: 'table',
    caption: 'What can be chosen',
    head: ['Channel', 'For', 'Platform, engine', 'Security intelligence'],
    rows: channels.map((channel) => [shown(channel), channel.who, 'yes', isForIntelligence(channel) ? 'yes' : 'no']),
  },
  {
    kind: 'note',
    text:
      'Channels need platform 4.18.2106.6 or later and templates that have them. Set them by Group Policy or by MDM, never both. ' +
      'Where DisableGradualRelease is True, it sets the platform and engine channels aside. ' +
      'An older name of DefinitionUpdatesChannel is SignaturesUpdatesChannel.',
  },
  {
    kind: 'command',
    command: {
      shell: 'powershell',
      title: 'Check all channels',
      text: 'Get-MpPreference | Format-List PlatformUpdatesChannel, EngineUpdatesChannel, DefinitionUpdatesChannel, DisableGradualRelease',
      why: 'Shows the numbers of the ring, 0 where nothing is configured; DisableGradualRelease is False.',
      where: 'a client, Windows PowerShell as administrator',
    },
  },
];

/** The input of the worked example, the channels of the guides with Microsoft Update; never a default. */
export const updateChannelsExample: UpdateChannelsInput = {
  source: 'microsoft-update',
  rings: [
    { name: 'Pilot', gpo: 'MDAV_Settings_Pilot', platform: 'beta', engine: 'beta', intelligence: 'staged' },
    {
      name: 'Production',
      gpo: 'MDAV_Settings_Production',
      platform: 'delayed',
      engine: 'delayed',
      intelligence: 'broad',
    },
  ],
};

const learn = 'https://learn.microsoft.com/en-us/defender-endpoint/';
export const updateChannelsSources: readonly Source[] = [
  {
    title: 'Manage the gradual rollout process for Microsoft Defender updates',
    url: `${learn}manage-gradual-rollout`,
    read: '2024-10-07',
  },
  {
    title: 'Create a custom gradual rollout process for Microsoft Defender updates',
    url: `${learn}configure-updates`,
    read: '2025-02-10',
  },
  {
    title: 'Ring deployment with Group Policy and Microsoft Update',
    url: `${learn}microsoft-defender-antivirus-ring-deployment-group-policy-microsoft-update`,
    read: '2025-03-26',
  },
  {
    title: 'WindowsDefender.admx, Windows 11 24H2 templates',
    url: 'https://github.com/mxk/windows-secure-group-policy/blob/1baf2692fd67dec40be81b386c6362383a4b1308/PolicyDefinitions/WindowsDefender.admx',
    read: '',
  },
];
