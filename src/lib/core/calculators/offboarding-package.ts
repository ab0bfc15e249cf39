/**
 * Offboarding package: until when it may be deployed, read from its file name, else worked out from the day of download.
 * A package that has expired is refused: devices reject it.
 *
 * The name is the better witness: it carries the day that the portal gave the package, whatever the rule was that day.
 * Microsoft changed the rule from 30 days to 3 in early 2024, and its page of December 2024 says 7.
 *
 * @see https://learn.microsoft.com/defender-endpoint/configure-endpoints-sccm Offboard devices using Configuration Manager
 */
import type { Report, ReportPart } from '../render/report.ts';
import { ok, refuse, type Result } from '../result.ts';
import { must, object, optional, text, type InferShape, type Shape } from '../shape.ts';
import type { Sheet } from '../sheet/sheet.ts';
import { isCalendarDate } from '../sheet/zones.ts';
import { addDays, dayNumber } from './offboarding-package-days.ts';

/** Days from download to expiry, with the page that says so, the present rule first. */
const RULES = [
  { days: 7, says: "Microsoft's Defender page of December 2024: the rule now, for security reasons" },
  {
    days: 3,
    says: 'message MC716388 of early 2024, quoted by a third party: shortened so that a stolen package is of less use',
  },
  { days: 30, says: "Microsoft's Configuration Manager article: the rule before 2024, still printed" },
] as const;
const DAYS_NOW = 7;
/** The longest period that any text gives; a date further off was not made by any rule known here. */
const LONGEST_DAYS = 30;

const Fields = object(
  {
    fileName: optional(
      text(
        'Enter the file name of the package',
        must((name) => name.trim() !== '', 'Enter the file name of the package'),
      ),
    ),
    downloaded: optional(
      text('Enter the day of download', must(isCalendarDate, 'Day of download must be a date such as 2026-11-02')),
    ),
    today: text('Enter the date of today', must(isCalendarDate, 'Today must be a date such as 2026-11-02')),
  },
  'Enter the file name or the day of download',
  'The offboarding package must have no other fields',
);
/** At least one of `fileName`, as it was downloaded, and `downloaded`. Days are `YYYY-MM-DD`. */
export type OffboardingPackageInput = InferShape<typeof Fields>;
export const OffboardingPackageInput: Shape<OffboardingPackageInput> = (value) => {
  const read = Fields(value);
  if (!read.ok) return read;
  const { fileName, downloaded, today } = read.value;
  if (downloaded !== undefined && downloaded > today) return refuse('Day of download must be today or earlier');
  if (fileName === undefined)
    return downloaded === undefined ? refuse('Enter the file name or the day of download') : read;
  const named = readValidUntil(fileName);
  if (!named.ok) return named;
  return named.value === undefined && downloaded === undefined
    ? refuse('File name has no valid_until date: enter the day of download')
    : read;
};

/**
 * Finds the day in the name of a package, whatever stands before and after it.
 *
 * @param fileName A name, or a path; only what follows the last `\` or `/` counts.
 * @returns The day as `YYYY-MM-DD`; undefined where the name has none; a refusal where it has one that cannot be used.
 * @example readValidUntil('WindowsDefenderATPOffboardingScript_valid_until_2026-11-27.cmd')
 * //=> { ok: true, value: '2026-11-27' }
 */
export function readValidUntil(fileName: string): Result<string | undefined> {
  const name = fileName.slice(Math.max(fileName.lastIndexOf('\\'), fileName.lastIndexOf('/')) + 1);
  const days = [...name.matchAll(/valid_until_(\d{4}-\d\d-\d\d(?!\d))?/gi)].map(([, day]) => day);
  if (days.length === 0) return ok(undefined);
  if (new Set(days).size > 1)
    return refuse('File name must have one valid_until date: enter the name as it was downloaded');
  const [day] = days;
  return day !== undefined && isCalendarDate(day)
    ? ok(day)
    : refuse('File name must have a day of the calendar after valid_until_, for example 2026-11-27');
}

export interface DatedRule {
  readonly days: number;
  /** Which text says so. */
  readonly says: string;
  /** `YYYY-MM-DD`, the day of download and that many days. */
  readonly validUntil: string;
  /** Days from today to it; negative once it is past. */
  readonly daysLeft: number;
}
export interface OffboardingPackage {
  /** What the day comes from. */
  readonly from: 'file-name' | 'download';
  readonly today: string;
  /** Last day on which it may be deployed, `YYYY-MM-DD`. The hour and the zone in which it ends are not documented. */
  readonly validUntil: string;
  /** Days from today to `validUntil`: 0 on the last day, negative once it has expired. */
  readonly daysLeft: number;
  /** `expired`: refused. `last-day`: may end at any hour of today. */
  readonly state: 'valid' | 'last-day' | 'expired';
  /** Every documented rule, dated by the day of download; empty where that is not known. */
  readonly rules: readonly DatedRule[];
  /** The name gives a day that no documented rule gives for this day of download, or one too far off for any. */
  readonly isOdd: boolean;
  /** A file name was given, and it has no day. */
  readonly isUndated: boolean;
}

const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);
const stateOf = (daysLeft: number): OffboardingPackage['state'] => {
  if (daysLeft < 0) return 'expired';
  return daysLeft === 0 ? 'last-day' : 'valid';
};

/**
 * Works out until when a package may be deployed. Total on parsed input; reads no clock.
 *
 * @example
 * offboardingPackage({ fileName: 'WindowsDefenderATPOffboardingScript_valid_until_2026-11-27.cmd', today: '2026-11-20' })
 * //=> from 'file-name', validUntil '2026-11-27', daysLeft 7, state 'valid'
 */
export function offboardingPackage({ fileName, downloaded, today }: OffboardingPackageInput): OffboardingPackage {
  const named = fileName === undefined ? undefined : readValidUntil(fileName);
  const inName = named?.ok ? named.value : undefined;
  const start = downloaded ?? today;
  const validUntil = inName ?? addDays(start, DAYS_NOW);
  const daysLeft = daysBetween(today, validUntil);
  const rules = RULES.map(({ days, says }) => {
    const until = addDays(start, days);
    return { days, says, validUntil: until, daysLeft: daysBetween(today, until) };
  });
  // The portal's clock and the reader's may stand on different days.
  const isByRule = rules.some((rule) => Math.abs(daysBetween(rule.validUntil, validUntil)) <= 1);
  return {
    from: inName === undefined ? 'download' : 'file-name',
    today,
    validUntil,
    daysLeft,
    state: stateOf(daysLeft),
    rules: downloaded === undefined ? [] : rules,
    isOdd: inName !== undefined && (downloaded === undefined ? daysLeft > LONGEST_DAYS + 1 : !isByRule),
    isUndated: fileName !== undefined && inName === undefined,
  };
}

// --- From the sheet ---------------------------------------------------------------------------------------------

/** The input the calculator waits for while neither is there; the day of download alone is enough, too. */
export const offboardingPackageNeeds = ['offboardFile'] as const;
/** Needed where the file name has no day, and used beside one that has. */
export const offboardingPackageAlso = ['offboardDownloaded'] as const;

export type OffboardingPackageReading =
  | { readonly state: 'ready'; readonly input: OffboardingPackageInput }
  /** Ids of the inputs that are missing or wrong; `why` is the sentence where what a field holds cannot be used. */
  | { readonly state: 'waiting'; readonly waitsFor: readonly string[]; readonly why?: string };

/**
 * Takes what the calculator needs from a sheet.
 *
 * @param today The day where the package will be deployed, `YYYY-MM-DD`.
 * @example readOffboardingPackage({}, '2026-11-20') //=> { state: 'waiting', waitsFor: ['offboardFile'] }
 */
export function readOffboardingPackage(sheet: Sheet, today: string): OffboardingPackageReading {
  const ids = [...offboardingPackageNeeds, ...offboardingPackageAlso];
  const wrong = ids.filter((id) => sheet[id]?.state === 'wrong');
  if (wrong.length > 0) return { state: 'waiting', waitsFor: wrong };
  const [fileName, downloaded] = ids.map((id) => {
    const cell = sheet[id];
    return cell?.state === 'given' ? String(cell.value) : undefined;
  });
  if (fileName === undefined && downloaded === undefined)
    return { state: 'waiting', waitsFor: [...offboardingPackageNeeds] };
  const read = OffboardingPackageInput({ fileName, downloaded, today });
  if (read.ok) return { state: 'ready', input: read.value };
  const named = fileName === undefined ? undefined : readValidUntil(fileName);
  const isNameAtFault = named !== undefined && !named.ok && !(downloaded !== undefined && downloaded > today);
  return { state: 'waiting', waitsFor: [isNameAtFault ? 'offboardFile' : 'offboardDownloaded'], why: read.why };
}

// --- The words --------------------------------------------------------------------------------------------------

const daysText = (days: number): string => (days === 1 ? '1 day' : `${days} days`);
const leftText = (daysLeft: number): string => {
  if (daysLeft === 0) return 'ends today';
  return daysLeft > 0 ? `${daysText(daysLeft)} left` : `over for ${daysText(-daysLeft)}`;
};

const download: Report = [
  {
    kind: 'path',
    label: 'Download a package',
    steps: ['security.microsoft.com', 'Settings', 'Endpoints', 'Device management', 'Offboarding'],
  },
  {
    kind: 'sentence',
    text:
      'Select Windows 10 and 11, and Microsoft Endpoint Configuration Manager current branch and later. The portal says until ' +
      'when the package is valid, and its name says it again. In a newer portal, Settings stands under System.',
  },
];

function verdict({ from, state, validUntil, daysLeft }: OffboardingPackage): ReportPart {
  const by = from === 'file-name' ? 'by its file name' : `by ${DAYS_NOW} days from the download`;
  if (state === 'expired') {
    return {
      kind: 'warning',
      text: `Do not deploy this package: it was valid until ${validUntil} ${by}, ${daysText(-daysLeft)} ago. Devices reject an expired package. Download a new one.`,
    };
  }
  if (state === 'last-day') {
    return {
      kind: 'warning',
      text:
        `This package ends today, ${validUntil}, ${by}. At which hour and in which time zone is not documented, so download a ` +
        'new one before you deploy it.',
    };
  }
  return {
    kind: 'sentence',
    text: `This package is valid until ${validUntil} ${by}: ${daysText(daysLeft)} left. A device that gets it later rejects it.`,
  };
}

/** Whether the package may be deployed, why, and how; the steps of a deployment only while it may. */
export function describeOffboardingPackage(value: OffboardingPackage): Report {
  const { from, state, rules, isOdd, isUndated } = value;
  const parts: ReportPart[] = [verdict(value)];
  if (isUndated) {
    parts.push({
      kind: 'warning',
      text: 'The file name has no valid_until date. The portal puts one in: look for the package as it was downloaded.',
    });
  }
  if (isOdd) {
    parts.push({
      kind: 'warning',
      text:
        'No documented rule gives the day in the file name. If somebody renamed the file, the name changes nothing about when ' +
        'devices reject it: download a new package. Packages of the Defender deployment tool have an expiry of their own, up to a year.',
    });
  }
  const third = rules.find(({ days }) => days === 3);
  if (from === 'download' && state !== 'expired' && third && third.daysLeft < 0) {
    parts.push({
      kind: 'warning',
      text: `By the 3 days of early 2024 it ended on ${third.validUntil}. Look for the day in the file name before you deploy it.`,
    });
  }
  if (rules.length > 0) {
    parts.push({
      kind: 'table',
      caption: 'Documented periods, from the day of download',
      head: ['Days', 'Valid until', 'As of today', 'Who says so'],
      rows: rules.map(({ days, validUntil, daysLeft, says }) => [String(days), validUntil, leftText(daysLeft), says]),
    });
    parts.push({
      kind: 'note',
      text:
        'These are documented periods, and they have changed: which one the portal gave this package stands in its name and in the ' +
        'portal. Unconfirmed: that 7 days hold in every portal today.',
    });
  }
  if (state !== 'valid') return [...parts, ...download];
  parts.push(
    {
      kind: 'warning',
      text: 'Never deploy onboarding and offboarding to the same device at the same time: first take it out of the onboarding deployment.',
    },
    {
      kind: 'path',
      label: 'Create the policy',
      steps: [
        'Assets and Compliance',
        'Endpoint Protection',
        'Microsoft Defender ATP Policies',
        'Create Microsoft Defender ATP Policy',
        'Offboarding',
      ],
    },
    {
      kind: 'note',
      text:
        'An offboarded device shows as Inactive after 7 days, and its profile stays in the inventory for up to 180 days. The ' +
        'package holds sensitive information: keep it secure, and delete it afterwards.',
    },
    ...(from === 'download' ? download : []),
  );
  return parts;
}

/** The input of the worked example; no site's values, and never a default. */
export const offboardingPackageExample: OffboardingPackageInput = {
  fileName: 'WindowsDefenderATPOffboardingScript_valid_until_2026-11-27.cmd',
  today: '2026-11-20',
};

const learn = 'https://learn.microsoft.com/';
/** Where each rule comes from; `read` is the date of the copy that was read. */
export const offboardingPackageSources: readonly {
  readonly title: string;
  readonly url: string;
  readonly read: string;
}[] = [
  {
    title: 'Onboard Windows devices using Configuration Manager',
    url: `${learn}defender-endpoint/configure-endpoints-sccm`,
    read: '2024-12-13',
  },
  {
    title: 'Microsoft Defender for Endpoint (Configuration Manager)',
    url: `${learn}intune/configmgr/protect/deploy-use/defender-advanced-threat-protection`,
    read: '2023-08-01',
  },
  {
    title: 'Offboarding scripts will now expire in 3 days and not 30 days (third party, quotes message MC716388)',
    url: 'https://blog.sonnes.cloud/microsoft-defender-xdr-offboarding-scripts-will-now-expire-in-3-days-and-not-30-days/',
    read: '2024-02-21',
  },
  { title: 'Offboard devices', url: `${learn}defender-endpoint/offboard-machines`, read: '2024-08-23' },
];
