/**
 * Ring size: how many devices each ring gets, and how rare a fault may be to still show in it.
 *
 * The guides give 10 to 500 devices for the pilot, without a percentage or a number of rings, and about 10 % for the
 * channel called Staged. What a ring of that size can show is arithmetic, and said to be.
 */
import type { Report, ReportPart } from '../render/report.ts';
import { ok, refuse, type Result } from '../result.ts';
import { list, must, number, object, oneOf, text, type InferShape, type Shape } from '../shape.ts';
import type { Sheet } from '../sheet/sheet.ts';

/** The smallest and the largest pilot of the ring guides, in devices. */
const PILOT_FROM = 10;
const PILOT_TO = 500;
/** Share of devices for the channel Staged in percent; the source says "about". */
const STAGED_PERCENT = 10;
/** How far from "about 10 %" goes without a word; chosen here, no source gives bounds. */
const STAGED_LEEWAY_PERCENT = 5;
/** Chance with which a fault must show at least once to count as seen. */
const CONFIDENCE = 0.95;
/** More devices than any one directory is asked to hold; keeps the arithmetic exact. */
const MOST_DEVICES = 10_000_000;

const wholeDevices = (why: string) =>
  number(
    why,
    must((count: number) => Number.isInteger(count) && count >= 1 && count <= MOST_DEVICES, why),
  );

const Ring = object(
  {
    name: text(
      'Enter the name of the ring',
      must((name) => name.trim() !== '', 'Enter the name of the ring'),
    ),
    role: oneOf(['pilot', 'staged', 'other'], 'Select what the ring is for'),
    by: oneOf(['devices', 'percent'], 'Select whether the ring is counted in devices or in percent'),
    amount: number(
      'Enter the size of the ring',
      must((amount: number) => amount > 0, 'Size of the ring must be more than 0'),
    ),
  },
  'Enter the ring',
  'The ring must have no other fields',
);
type Ring = InferShape<typeof Ring>;

const Fields = object(
  {
    devices: wholeDevices('Devices in all must be a whole number from 1 to 10000000'),
    rings: list(Ring, 'Enter the rings before the last'),
    last: text(
      'Enter the name of the last ring',
      must((name) => name.trim() !== '', 'Enter the name of the last ring'),
    ),
  },
  'Enter the devices and the rings',
  'The rings must have no other fields',
);

/** Rings in their order; `last` takes what the others leave. Percentages are of all devices. */
export type RingSizeInput = InferShape<typeof Fields>;
export const RingSizeInput: Shape<RingSizeInput> = (value) => {
  const read = Fields(value);
  if (!read.ok) return read;
  const { devices, rings } = read.value;
  if (rings.length === 0) return refuse('Enter at least one ring before the last');
  for (const { name, by, amount } of rings) {
    if (by === 'percent' && amount >= 100) return refuse(`${name} must be less than 100 %`);
    if (by === 'devices' && !Number.isInteger(amount)) return refuse(`${name} must be a whole number of devices`);
  }
  const asked = rings.reduce((sum, ring) => sum + devicesOf(ring, devices), 0);
  return asked < devices
    ? read
    : refuse(`The rings before the last must leave at least 1 of ${devices} devices: they take ${asked}`);
};

/** Percentages are rounded to the nearest device, halves up. */
const devicesOf = ({ by, amount }: Ring, devices: number): number =>
  by === 'devices' ? amount : Math.round((devices * amount) / 100);

/** What a reader must weigh about a ring; `ringNotes` has the words. */
export type RingNote = 'empty' | 'too-small' | 'pilot-large' | 'staged-far' | 'shrinks';

export interface SizedRing {
  readonly name: string;
  readonly role: 'pilot' | 'staged' | 'other' | 'last';
  readonly devices: number;
  /** Share of all devices in percent, not rounded. */
  readonly percent: number;
  /**
   * A fault that hits one device in this many, or more, shows on at least one device of the ring with a chance of 95 %, if
   * the ring is a fair sample. 0 for an empty ring.
   */
  readonly showsOneIn: number;
  readonly notes: readonly RingNote[];
}
export interface RingSize {
  /** In all; the rings add up to it. */
  readonly devices: number;
  readonly rings: readonly SizedRing[];
}

/**
 * Sizes the rings. Total on parsed input.
 *
 * @example
 * ringSize({ devices: 3000, last: 'Production', rings: [
 *   { name: 'Pilot', role: 'pilot', by: 'devices', amount: 50 },
 *   { name: 'Staged', role: 'staged', by: 'percent', amount: 10 } ] })
 * //=> 50, 300 and 2650 devices; a fault shows in the pilot from 1 device in 17, in Staged from 1 in 100
 */
export function ringSize({ devices, rings, last }: RingSizeInput): RingSize {
  const sizes = rings.map((ring) => ({ name: ring.name, role: ring.role, devices: devicesOf(ring, devices) }));
  const rest = devices - sizes.reduce((sum, ring) => sum + ring.devices, 0);
  const all = [...sizes, { name: last, role: 'last' as const, devices: rest }];
  return {
    devices,
    rings: all.map((ring, index) => ({
      ...ring,
      percent: (ring.devices / devices) * 100,
      showsOneIn: showsOneIn(ring.devices),
      notes: notesOf(ring, devices, all[index - 1]?.devices ?? 0),
    })),
  };
}

/** `n` devices miss a fault of share `p` with chance (1 - p)^n; solved for the smallest `p` that is seen. Rounded to the safe side. */
function showsOneIn(devices: number): number {
  return devices === 0 ? 0 : Math.floor(1 / (1 - (1 - CONFIDENCE) ** (1 / devices)));
}

function notesOf(ring: Pick<SizedRing, 'role' | 'devices'>, total: number, before: number): RingNote[] {
  const { role, devices } = ring;
  const isBeforeLast = role !== 'last';
  const fromStaged = Math.abs((devices / total) * 100 - STAGED_PERCENT);
  const rules: readonly (readonly [RingNote, boolean])[] = [
    ['empty', isBeforeLast && devices === 0],
    ['too-small', isBeforeLast && devices > 0 && devices < PILOT_FROM],
    ['pilot-large', role === 'pilot' && devices > PILOT_TO],
    ['staged-far', role === 'staged' && devices > 0 && fromStaged > STAGED_LEEWAY_PERCENT],
    ['shrinks', devices < before],
  ];
  return rules.flatMap(([note, holds]) => (holds ? [note] : []));
}

// --- From the sheet ---------------------------------------------------------------------------------------------

/** Inputs the calculator waits for. */
export const ringSizeNeeds = ['ringDevices', 'ringPilot'] as const;
/** Rings between the pilot and production; each is left out where it is blank. */
export const ringSizeAlso = ['ringStaged', 'ringEarly'] as const;

export type RingSizeReading =
  | { readonly state: 'ready'; readonly input: RingSizeInput }
  /** Ids of the inputs that are missing or wrong; `why` is the sentence where the text in a field cannot be used. */
  | { readonly state: 'waiting'; readonly waitsFor: readonly string[]; readonly why?: string };

const asked = [
  ['ringPilot', 'Pilot', 'pilot'],
  ['ringStaged', 'Staged', 'staged'],
  ['ringEarly', 'Early production', 'other'],
] as const;

/**
 * Reads the size of a ring as people type it.
 *
 * @example readRingShare('Staged ring', '10 %') //=> { ok: true, value: { by: 'percent', amount: 10 } }
 * @example readRingShare('Staged ring', 'ten')
 * //=> { ok: false, why: 'Staged ring must be a number of devices or a percentage, for example 50 or 10 %' }
 */
export function readRingShare(label: string, typed: string): Result<Pick<Ring, 'by' | 'amount'>> {
  const [, digits = '', percent = ''] = /^(\d{1,8}(?:[.,]\d{1,4})?)\s*(%?)$/.exec(typed.trim()) ?? [];
  const amount = Number(digits.replace(',', '.'));
  if (digits === '' || (percent === '' && !/^\d+$/.test(digits))) {
    return refuse(`${label} must be a number of devices or a percentage, for example 50 or 10 %`);
  }
  if (amount === 0) return refuse(`${label} must be more than 0`);
  if (percent && amount >= 100) return refuse(`${label} must be less than 100 %`);
  return ok({ by: percent ? 'percent' : 'devices', amount });
}

/**
 * Takes what the calculator needs from a sheet.
 *
 * @example readRingSize({}) //=> { state: 'waiting', waitsFor: ['ringDevices', 'ringPilot'] }
 */
export function readRingSize(sheet: Sheet, _today?: string): RingSizeReading {
  const waitsFor: string[] = ringSizeNeeds.filter((id) => sheet[id]?.state !== 'given');
  waitsFor.push(...ringSizeAlso.filter((id) => sheet[id]?.state === 'wrong'));
  if (waitsFor.length > 0) return { state: 'waiting', waitsFor };
  const valueOf = (id: string) => (sheet[id]?.state === 'given' ? sheet[id].value : undefined);

  const rings: Ring[] = [];
  for (const [id, name, role] of asked) {
    const typed = valueOf(id);
    if (typed === undefined) continue;
    const share = readRingShare(`${name} ring`, String(typed));
    if (!share.ok) return { state: 'waiting', waitsFor: [id], why: share.why };
    rings.push({ name, role, ...share.value });
  }
  const read = RingSizeInput({ devices: valueOf('ringDevices'), rings, last: 'Production' });
  return read.ok
    ? { state: 'ready', input: read.value }
    : {
        state: 'waiting',
        waitsFor: ['ringDevices', ...asked.map(([id]) => id).filter((id) => valueOf(id) !== undefined)],
        why: read.why,
      };
}

// --- The words --------------------------------------------------------------------------------------------------

/** A share for reading: one decimal where it says something. */
const percentText = (percent: number): string => {
  if (percent > 0 && percent < 0.1) return 'less than 0.1 %';
  return `${String(Math.round(percent * 10) / 10)} %`;
};
const devicesText = (devices: number): string => (devices === 1 ? '1 device' : `${devices} devices`);

const faultText = (oneIn: number): string => {
  if (oneIn === 0) return 'nothing';
  return oneIn === 1 ? 'nearly every device' : `1 device in ${oneIn}`;
};

/** What each note says of a ring. */
function noteText(note: RingNote, { name, devices, percent, showsOneIn }: SizedRing): string {
  switch (note) {
    case 'empty':
      return `${name} has no device: its percentage comes to less than half a device. Enter a number of devices.`;
    case 'too-small':
      return (
        `${name} is too small to tell anything: with ${devicesText(devices)} only a fault that hits ${faultText(showsOneIn)} ` +
        `is likely to show. The guides' pilot starts at ${PILOT_FROM} devices.`
      );
    case 'pilot-large':
      return `${name} has ${devices} devices, and the guides' pilot ends at ${PILOT_TO}: that many devices meet a bad update first.`;
    case 'staged-far':
      return `${name} is ${percentText(percent)} of all devices, and the channel Staged is meant for about ${STAGED_PERCENT} %.`;
    case 'shrinks':
      return `${name} has fewer devices than the ring before it, so the ring before it carries the larger risk.`;
  }
}

const figures: Readonly<Record<SizedRing['role'], string>> = {
  pilot: `${PILOT_FROM} to ${PILOT_TO} devices`,
  staged: `about ${STAGED_PERCENT} %`,
  other: 'no figure',
  last: 'the rest',
};

/** The rings as a table, then what to weigh, then where the figures come from. */
export function describeRingSize({ devices, rings }: RingSize): Report {
  return [
    {
      kind: 'table',
      caption: `${devicesText(devices)} in ${rings.length} rings`,
      head: ['Ring', 'Devices', 'Share', 'In the guides', 'Shows a fault that hits'],
      rows: rings.map((ring) => [
        ring.name,
        String(ring.devices),
        percentText(ring.percent),
        figures[ring.role],
        faultText(ring.showsOneIn),
      ]),
    },
    ...rings.flatMap((ring) =>
      ring.notes.map((note): ReportPart => ({
        kind: note === 'staged-far' ? 'note' : 'warning',
        text: noteText(note, ring),
      })),
    ),
    {
      kind: 'note',
      text:
        'The last column is arithmetic, not a figure from a guide: a fault that hits that many devices or more shows on at least one ' +
        'with a chance of 95 %, if the devices of the ring are a fair sample of all. A ring of one model in one office is not.',
    },
    {
      kind: 'note',
      text:
        `Microsoft's ring guides say about ${PILOT_FROM} to ${PILOT_TO} pilot devices, depending on how many there are; some ` +
        'put an asterisk there that no footnote explains. They give no percentage and no number of rings. With Citrix, put ' +
        'at least one Citrix machine in the pilot.',
    },
    {
      kind: 'note',
      text:
        `About ${STAGED_PERCENT} % is the size meant for the channel Staged. Where WSUS or Configuration Manager delivers, ` +
        'approvals and rules make the rings, so take it as a size only.',
    },
  ];
}

/** The input of the worked example; no site's values, and never a default. */
export const ringSizeExample: RingSizeInput = {
  devices: 3000,
  rings: [
    { name: 'Pilot', role: 'pilot', by: 'devices', amount: 50 },
    { name: 'Staged', role: 'staged', by: 'percent', amount: 10 },
  ],
  last: 'Production',
};

const learn = 'https://learn.microsoft.com/defender-endpoint/';
/** Where each rule comes from; `read` is the date of the copy that was read. */
export const ringSizeSources: readonly { readonly title: string; readonly url: string; readonly read: string }[] = [
  {
    title: 'Microsoft Defender Antivirus pilot ring deployment using Group Policy and Windows Server Update Services',
    url: `${learn}microsoft-defender-antivirus-pilot-ring-deployment-group-policy-wsus`,
    read: '2025-03-26',
  },
  {
    title: 'Manage the gradual rollout process for Microsoft Defender updates',
    url: `${learn}manage-gradual-rollout`,
    read: '2024-10-07',
  },
];
