/**
 * Version reader: what the version of a platform, an engine and a security intelligence update says, in both forms of
 * digits, and how far a version is from the newest: current, technical support only, or older than N-2.
 *
 * Microsoft releases platform and engine about once a month but leaves months out, so months do not count releases:
 * without the oldest supported version the distance is a window, and each bound says where it comes from.
 *
 * @see https://learn.microsoft.com/defender-endpoint/microsoft-defender-antivirus-updates
 * @see https://learn.microsoft.com/defender-endpoint/msda-updates-previous-versions-technical-upgrade-support
 */
import type { Report, ReportPart } from '../render/report.ts';
import { ok, refuse, type Result } from '../result.ts';
import { must, object, optional, text, type InferShape, type Shape } from '../shape.ts';
import type { Sheet } from '../sheet/sheet.ts';
import { isCalendarDate } from '../sheet/zones.ts';

/** Releases that still get technical support, counted back from the newest (N): N-2. */
const SUPPORTED_BEHIND = 2;
/**
 * Year and month in which versions took their present form, as `YYMM`: May 2023, "4.18.23050.1" and "1.1.23050.63000".
 * @see https://learn.microsoft.com/defender-endpoint/msda-updates-previous-versions-technical-upgrade-support April-2023
 */
const FIVE_DIGITS_SINCE = 2305;
/** First year of the platform's form 4.18.YYMM.n. */
const PLATFORM_SINCE_YEAR = 18;
/**
 * Months (`YYMM`) in the versions of Microsoft's list of platform and engine releases since the present form, as the copy
 * of 23 July 2025 has it. It ends in March 2025; what came later is not known here.
 */
const LISTED = {
  platform: [
    2305, 2307, 2308, 2309, 2310, 2311, 2401, 2402, 2403, 2404, 2405, 2406, 2407, 2408, 2409, 2501, 2502, 2503,
  ],
  engine: [
    2305, 2306, 2307, 2308, 2309, 2310, 2311, 2401, 2402, 2403, 2404, 2405, 2406, 2407, 2408, 2409, 2501, 2502, 2503,
  ],
} as const;

export type VersionKind = 'platform' | 'engine' | 'intelligence';

const labels: Readonly<Record<VersionKind, string>> = {
  platform: 'Platform version',
  engine: 'Engine version',
  intelligence: 'Security intelligence version',
};
const examples: Readonly<Record<VersionKind, string>> = {
  platform: '4.18.25020.1009',
  engine: '1.1.25030.1',
  intelligence: '1.427.3.0',
};

type Numbers = readonly [number, number, number, number];

/** The four numbers of a version, or the sentence that says what is wrong with its text. */
function numbersOf(kind: VersionKind, label: string, typed: string): Result<Numbers> {
  const found = /^(\d{1,5})\.(\d{1,5})\.(\d{1,5})\.(\d{1,5})$/.exec(typed.trim());
  if (!found) return refuse(`${label} must be four numbers with dots between them, for example ${examples[kind]}`);
  const [, a, b, c, d] = found.map(Number);
  const numbers: Numbers = [a ?? 0, b ?? 0, c ?? 0, d ?? 0];
  if (numbers.some((part) => part > 65_535)) return refuse(`${label} must have no number above 65535`);
  if (kind === 'platform' && numbers[0] !== 4) {
    return refuse(`${label} must start with 4, for example ${examples.platform}`);
  }
  if (kind === 'engine' && !(numbers[0] === 1 && numbers[1] === 1)) {
    return refuse(`${label} must start with 1.1, for example ${examples.engine}`);
  }
  if (kind === 'intelligence' && !(numbers[0] === 1 && numbers[1] > 1)) {
    return refuse(`${label} must start with 1 and a number above 1, for example ${examples.intelligence}`);
  }
  return ok(numbers);
}

const version = (kind: VersionKind, label = labels[kind]) =>
  optional(
    text(`Enter the ${label.charAt(0).toLowerCase()}${label.slice(1)}`, (typed) => {
      const read = numbersOf(kind, label, typed);
      return read.ok ? undefined : read.why;
    }),
  );

const Fields = object(
  {
    platform: version('platform'),
    engine: version('engine'),
    intelligence: version('intelligence'),
    newestPlatform: version('platform', 'Newest platform'),
    oldestPlatform: version('platform', 'Oldest supported platform'),
    newestEngine: version('engine', 'Newest engine'),
    oldestEngine: version('engine', 'Oldest supported engine'),
    today: text('Enter the date of today', must(isCalendarDate, 'Today must be a date such as 2026-11-02')),
  },
  'Enter a version',
  'The versions must have no other fields',
);
/**
 * At least one of `platform`, `engine` and `intelligence`. `newest…` is N and `oldest…` is N-2 of Microsoft's list; each is
 * optional, and with `oldest…` the answer about support is exact. `today` is a day, `YYYY-MM-DD`.
 */
export type VersionReaderInput = InferShape<typeof Fields>;
export const VersionReaderInput: Shape<VersionReaderInput> = (value) => {
  const read = Fields(value);
  if (!read.ok) return read;
  const { platform, engine, intelligence, newestPlatform, oldestPlatform, newestEngine, oldestEngine } = read.value;
  if (platform === undefined && engine === undefined && intelligence === undefined) {
    return refuse('Enter at least one of platform, engine and security intelligence version');
  }
  for (const [kind, label, typed] of [
    ['platform', 'Newest platform', newestPlatform],
    ['platform', 'Oldest supported platform', oldestPlatform],
    ['engine', 'Newest engine', newestEngine],
    ['engine', 'Oldest supported engine', oldestEngine],
  ] as const) {
    if (typed !== undefined && readVersion(kind, typed, read.value.today).isOdd) {
      return refuse(
        `${label} must be as Microsoft's list has it: check ${typed.trim()} for a digit too many or too few`,
      );
    }
  }
  if (isLater('platform', oldestPlatform, newestPlatform)) {
    return refuse('Oldest supported platform must be the newest platform or an earlier one');
  }
  if (isLater('engine', oldestEngine, newestEngine)) {
    return refuse('Oldest supported engine must be the newest engine or an earlier one');
  }
  return read;
};

/** Whether both are there and the first is later. */
const isLater = (kind: VersionKind, one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && compareVersions(partsOf(kind, one), partsOf(kind, other)) > 0;

/** Numbers of a text that the shape has let through. */
function partsOf(kind: VersionKind, typed: string): Numbers {
  const read = numbersOf(kind, '', typed);
  return read.ok ? read.value : [0, 0, 0, 0];
}

/** Negative when the first is the earlier. Numbers compare as numbers, so that 4.18.2304.8 comes before 4.18.23050.3. */
export function compareVersions(one: Numbers, other: Numbers): number {
  for (const [index, part] of one.entries()) {
    const difference = part - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

// --- What one version says --------------------------------------------------------------------------------------

/**
 * How the third number is written: `YYMM`, `YYMM` and a fifth digit, or something that is no month. Engines before May
 * 2023 carry a running number: 1.1.20100.6 was the engine of February 2023, not of October 2020.
 */
export type VersionForm = 'four-digit' | 'five-digit' | 'no-month';

export interface ReadVersion {
  readonly kind: VersionKind;
  /** As entered, without spaces at its ends. */
  readonly text: string;
  readonly form: VersionForm;
  /** Month in the version, `YYYY-MM`; the month it was built for, not the day of its release. */
  readonly month?: string;
  /** With `five-digit` only. Its meaning is not documented. */
  readonly fifthDigit?: number;
  /** The last number. */
  readonly revision: number;
  /** The form and the month do not belong together, or the month has not come yet: a digit may be missing or too many. */
  readonly isOdd: boolean;
}

/** Months since the year 2000, from `YYMM`; undefined where the last two digits are no month. */
function monthNumber(yymm: number): number | undefined {
  const month = yymm % 100;
  return month >= 1 && month <= 12 ? Math.floor(yymm / 100) * 12 + month - 1 : undefined;
}
const yearMonth = (months: number): string =>
  `${2000 + Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
/** Months since the year 2000 of `YYYY-MM…`. */
const monthsOf = (date: string): number => (Number(date.slice(0, 4)) - 2000) * 12 + Number(date.slice(5, 7)) - 1;

/**
 * Reads one version.
 *
 * @param today `YYYY-MM-DD`.
 * @example readVersion('platform', '4.18.2302.7', '2026-11-20')
 * //=> { kind: 'platform', text: '4.18.2302.7', form: 'four-digit', month: '2023-02', revision: 7, isOdd: false }
 */
export function readVersion(kind: VersionKind, typed: string, today: string): ReadVersion {
  const numbers = partsOf(kind, typed);
  const base = { kind, text: typed.trim(), revision: numbers[3] };
  if (kind === 'intelligence') return { ...base, form: 'no-month', isOdd: false };
  const third = numbers[2];
  const isPlatform = kind === 'platform';
  if (isPlatform && numbers[1] !== 18) return { ...base, form: 'no-month', isOdd: numbers[1] > 18 };

  const digits = String(third).length;
  const yymm = digits === 5 ? Math.floor(third / 10) : third;
  const months = monthNumber(yymm);
  const isDated = isPlatform ? Math.floor(yymm / 100) >= PLATFORM_SINCE_YEAR : yymm >= FIVE_DIGITS_SINCE;
  if (months === undefined || !isDated || digits < 4 || (digits === 4 && !isPlatform)) {
    // An engine whose third number is a running number ends below the first dated one.
    return { ...base, form: 'no-month', isOdd: isPlatform || digits !== 5 || yymm >= FIVE_DIGITS_SINCE };
  }
  const isFive = digits === 5;
  return {
    ...base,
    form: isFive ? 'five-digit' : 'four-digit',
    month: yearMonth(months),
    ...(isFive && { fifthDigit: third % 10 }),
    isOdd: isFive !== yymm >= FIVE_DIGITS_SINCE || months > monthsOf(today),
  };
}

// --- How far it is from the newest ------------------------------------------------------------------------------

/** Phases of support in Microsoft's words: Security and Critical Updates, Technical Support (Only), no longer supported. */
export type SupportPhase = 'current' | 'technical' | 'unsupported';

export interface VersionDistance {
  /**
   * Releases that are newer. `fewest` counts the months of Microsoft's list in between (and the newest); `most` takes one
   * release for each month, and is left out where no month is known.
   */
  readonly releasesBehind: { readonly fewest: number; readonly most?: number };
  /** The phase it has at best and at worst; equal where it is certain. */
  readonly best: SupportPhase;
  readonly worst: SupportPhase;
  /** What it was held against: the oldest supported version, the newest, or only the month of today. */
  readonly against: 'oldest' | 'newest' | 'today';
}

const phaseOf = (behind: number): SupportPhase => {
  if (behind === 0) return 'current';
  return behind <= SUPPORTED_BEHIND ? 'technical' : 'unsupported';
};

/** The distance of a platform or an engine from the newest one, as far as it can be known. */
function distance(
  read: ReadVersion,
  newest: string | undefined,
  oldest: string | undefined,
  today: string,
): VersionDistance | undefined {
  const { kind } = read;
  if (kind === 'intelligence' || read.isOdd) return undefined;
  const own = partsOf(kind, read.text);
  const isNewest = newest !== undefined && compareVersions(own, partsOf(kind, newest)) >= 0;
  const behind = isNewest
    ? { fewest: 0, most: 0 }
    : releasesBehind(read, newest === undefined ? undefined : readVersion(kind, newest, today), today);
  if (oldest === undefined) {
    const worst = behind.most === undefined ? 'unsupported' : phaseOf(behind.most);
    return {
      releasesBehind: behind,
      best: phaseOf(behind.fewest),
      worst,
      against: newest === undefined ? 'today' : 'newest',
    };
  }
  // What the reader took from Microsoft's list stands above what a list of 2025 and the calendar suggest.
  const fromOldest = compareVersions(own, partsOf(kind, oldest));
  const worst = fromOldest < 0 ? 'unsupported' : isNewest ? 'current' : 'technical';
  const best = fromOldest > 0 && newest === undefined ? 'current' : worst;
  return { releasesBehind: behind, best, worst, against: 'oldest' };
}

function releasesBehind(
  { kind, month }: ReadVersion,
  newest: ReadVersion | undefined,
  today: string,
): VersionDistance['releasesBehind'] {
  const lastMonth = newest ? newest.month : today;
  // A newest version without a month: all that is known is that it is newer.
  if (lastMonth === undefined) return { fewest: 1 };
  const last = monthsOf(lastMonth);
  // What carries no month is older than every month of the list.
  const own = month === undefined ? -1 : monthsOf(month);
  const listed: readonly number[] = kind === 'engine' ? LISTED.engine : LISTED.platform;
  const between = listed.filter((yymm) => {
    const months = monthNumber(yymm) ?? 0;
    return months > own && (newest ? months < last : months <= last);
  });
  // The newest is a release itself; whether another revision of the same month counts as one is not documented.
  const fewest = between.length + (newest && last > own ? 1 : 0);
  return month === undefined ? { fewest } : { fewest, most: Math.max(last - own, newest ? 1 : 0) };
}

export interface ReadVersionWithDistance extends ReadVersion {
  readonly distance?: VersionDistance;
}
/** The versions that were entered: platform, engine, security intelligence. */
export interface VersionReader {
  readonly versions: readonly ReadVersionWithDistance[];
}

/**
 * Reads the versions. Total on parsed input; reads no clock.
 *
 * @example
 * versionReader({ platform: '4.18.25020.1009', newestPlatform: '4.18.25030.2', today: '2025-04-10' })
 * //=> month '2025-02'; releasesBehind { fewest: 1, most: 1 }; best and worst 'technical'
 */
export function versionReader(input: VersionReaderInput): VersionReader {
  const { platform, engine, intelligence, today } = input;
  const one = (kind: VersionKind, typed: string | undefined, newest?: string, oldest?: string) => {
    if (typed === undefined) return [];
    const read = readVersion(kind, typed, today);
    return [{ ...read, distance: distance(read, newest, oldest, today) }];
  };
  return {
    versions: [
      ...one('platform', platform, input.newestPlatform, input.oldestPlatform),
      ...one('engine', engine, input.newestEngine, input.oldestEngine),
      ...one('intelligence', intelligence),
    ],
  };
}

// --- From the sheet ---------------------------------------------------------------------------------------------

/** The input the calculator waits for while none of the three versions is there; each of them alone is enough. */
export const versionReaderNeeds = ['platformVersion'] as const;
/** Used once given. */
export const versionReaderAlso = [
  'engineVersion',
  'intelligenceVersion',
  'newestPlatform',
  'oldestPlatform',
  'newestEngine',
  'oldestEngine',
] as const;

export type VersionReaderReading =
  | { readonly state: 'ready'; readonly input: VersionReaderInput }
  /** Ids of the inputs that are missing or wrong; `why` is the sentence where the text in a field cannot be used. */
  | { readonly state: 'waiting'; readonly waitsFor: readonly string[]; readonly why?: string };

const fieldsById = {
  platformVersion: 'platform',
  engineVersion: 'engine',
  intelligenceVersion: 'intelligence',
  newestPlatform: 'newestPlatform',
  oldestPlatform: 'oldestPlatform',
  newestEngine: 'newestEngine',
  oldestEngine: 'oldestEngine',
} as const;

/**
 * Takes what the calculator needs from a sheet.
 *
 * @param today `YYYY-MM-DD`.
 * @example readVersionReader({}, '2026-11-20') //=> { state: 'waiting', waitsFor: ['platformVersion'] }
 */
export function readVersionReader(sheet: Sheet, today: string): VersionReaderReading {
  const wrong = Object.keys(fieldsById).filter((id) => sheet[id]?.state === 'wrong');
  if (wrong.length > 0) return { state: 'waiting', waitsFor: wrong };
  const raw: Record<string, string> = { today };
  for (const [id, name] of Object.entries(fieldsById)) {
    const cell = sheet[id];
    if (cell?.state !== 'given') continue;
    raw[name] = String(cell.value);
    const alone = Fields({ today, [name]: raw[name] });
    if (!alone.ok) return { state: 'waiting', waitsFor: [id], why: alone.why };
  }
  if (!['platform', 'engine', 'intelligence'].some((name) => Object.hasOwn(raw, name))) {
    return { state: 'waiting', waitsFor: [...versionReaderNeeds] };
  }
  const read = VersionReaderInput(raw);
  if (read.ok) return { state: 'ready', input: read.value };
  const hold = Object.entries(fieldsById).filter(
    ([, name]) => /^(newest|oldest)/.test(name) && Object.hasOwn(raw, name),
  );
  return { state: 'waiting', waitsFor: hold.map(([id]) => id), why: read.why };
}

// --- The words --------------------------------------------------------------------------------------------------

const monthNames = 'January February March April May June July August September October November December'.split(' ');
const monthText = (month: string): string => `${monthNames[Number(month.slice(5)) - 1] ?? ''} ${month.slice(0, 4)}`;

const forms: Readonly<Record<VersionForm, string>> = {
  'four-digit': 'old: year and month in four digits',
  'five-digit': 'since May 2023: year, month and a fifth digit',
  'no-month': 'carries no month',
};
const phases: Readonly<Record<SupportPhase, string>> = {
  current: 'Security and Critical Updates',
  technical: 'Technical Support (Only)',
  unsupported: 'no longer supported',
};
const names: Readonly<Record<VersionKind, string>> = {
  platform: 'Platform',
  engine: 'Engine',
  intelligence: 'Security intelligence',
};

function behindText({ kind, distance: found }: ReadVersionWithDistance): string {
  if (kind === 'intelligence') return 'does not apply';
  if (!found) return 'check the digits first';
  const { fewest, most } = found.releasesBehind;
  if (most === undefined) return `${fewest} or more`;
  return fewest === most ? String(fewest) : `${fewest} to ${most}`;
}
function supportText({ kind, distance: found }: ReadVersionWithDistance): string {
  if (kind === 'intelligence') return 'N-2 is for platform and engine';
  if (!found) return 'check the digits first';
  const { best, worst } = found;
  return best === worst ? phases[best] : `not certain: ${phases[best]} to ${phases[worst]}`;
}

function versionParts(read: ReadVersionWithDistance): ReportPart[] {
  const name = names[read.kind];
  const parts: ReportPart[] = [];
  if (read.isOdd) {
    parts.push({
      kind: 'warning',
      text:
        `${name} ${read.text} has digits that do not fit together, or a month that has not come yet: look for a digit too many ` +
        'or too few. Nothing is worked out from it.',
    });
  }
  const found = read.distance;
  if (!found) return parts;
  if (found.best === 'unsupported') {
    parts.push({
      kind: 'warning',
      text:
        `${name} ${read.text} is older than N-2 and no longer supported. For the way up to the newest version, Microsoft still ` +
        'gives technical support from a version that came with Windows 10.',
    });
  } else if (found.best !== found.worst) {
    parts.push({
      kind: 'warning',
      text:
        `Whether ${name.toLowerCase()} ${read.text} is still supported is not certain, because Microsoft leaves months out: enter ` +
        `the ${found.against === 'today' ? 'newest and the ' : ''}oldest supported version from Microsoft's list.`,
    });
  }
  return parts;
}

/** The versions as a table, then what to weigh, then what is not documented. */
export function describeVersionReader({ versions }: VersionReader): Report {
  const isDated = versions.some(({ kind }) => kind !== 'intelligence');
  const fifth = versions.flatMap(({ fifthDigit }) => (fifthDigit === undefined ? [] : [fifthDigit]));
  const parts: ReportPart[] = [
    {
      kind: 'table',
      caption: 'What the versions say',
      head: ['What', 'Version', 'Form', 'Month in the version', 'Releases behind', 'Support'],
      rows: versions.map((read) => [
        names[read.kind],
        read.text,
        forms[read.form],
        read.month === undefined ? 'none' : monthText(read.month),
        behindText(read),
        supportText(read),
      ]),
    },
    ...versions.flatMap(versionParts),
  ];
  if (fifth.length > 0) {
    parts.push({
      kind: 'note',
      text:
        'Unconfirmed: what the fifth digit means. No text of Microsoft that was read says so; in its list from May 2023 to March ' +
        `2025 it is always 0${fifth.some((digit) => digit !== 0) ? ', and here it is not' : ''}.`,
    });
  }
  if (isDated) {
    parts.push(
      {
        kind: 'note',
        text:
          'The month is the one in the version, not the day of release: platform 4.18.25020.1009 is February 2025 and came on ' +
          '31 March 2025.',
      },
      {
        kind: 'note',
        text:
          'Support: the newest platform and engine (N) get Security and Critical Updates, N-1 and N-2 Technical Support (Only), ' +
          'and older ones none. The fewest releases behind are counted in a list that ends in March 2025, with the newest version ' +
          'you enter; the most are the months in between, because months were left out, such as October to December 2024. ' +
          'Unconfirmed: whether a second version of the same month counts as a release.',
      },
    );
  }
  if (versions.some(({ kind, form, isOdd }) => kind === 'engine' && form === 'no-month' && !isOdd)) {
    parts.push({
      kind: 'note',
      text: 'Engines before May 2023 carry a running number that only looks like a date: 1.1.20100.6 was the engine of February 2023.',
    });
  }
  if (versions.some(({ kind }) => kind === 'intelligence')) {
    parts.push({
      kind: 'note',
      text: 'A security intelligence version carries no date. AntivirusSignatureLastUpdated on the computer says how old it is.',
    });
  }
  parts.push({
    kind: 'command',
    command: {
      shell: 'powershell',
      title: 'Read the versions of a computer',
      text:
        "Get-MpComputerStatus | Format-List -Property 'AMProductVersion', 'AMEngineVersion', 'AntivirusSignatureVersion', " +
        "'AntivirusSignatureLastUpdated'",
      why: 'It changes nothing. AMProductVersion is the platform, AMEngineVersion the engine.',
      where: 'the computer in question, PowerShell',
    },
  });
  return parts;
}

/** The input of the worked example; no site's values, and never a default. */
export const versionReaderExample: VersionReaderInput = {
  platform: '4.18.25020.1009',
  newestPlatform: '4.18.25030.2',
  today: '2025-04-10',
};

const learn = 'https://learn.microsoft.com/defender-endpoint/';
/** Where each rule comes from; `read` is the date of the copy that was read. */
export const versionReaderSources: readonly { readonly title: string; readonly url: string; readonly read: string }[] =
  [
    {
      title: 'Microsoft Defender Antivirus security intelligence and product updates',
      url: `${learn}microsoft-defender-antivirus-updates`,
      read: '2025-04-09',
    },
    {
      title: 'Microsoft Defender Antivirus updates: previous versions for technical upgrade support only',
      url: `${learn}msda-updates-previous-versions-technical-upgrade-support`,
      read: '2025-07-23',
    },
  ];
