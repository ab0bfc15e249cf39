/**
 * A lint that knows the field: mistakes that stand in the published articles today and that people would paste.
 */
import { sourceTokens } from '../calculators/order-notes.ts';
import type { ProblemCode } from './problem.ts';

export interface FieldFault {
  /** Where it stands in the text, in UTF-16 units from 0. */
  readonly offset: number;
  readonly code: ProblemCode;
  readonly message: string;
  readonly mend: string;
}

/** Misspelt words of the field, and what they should be. With this exact case. */
const spellings: ReadonlyMap<string, string> = new Map([
  ['InternalDefinitionUpdateServder', 'InternalDefinitionUpdateServer'],
  ['DefinitionUpdateFileSharesSource', 'DefinitionUpdateFileSharesSources'],
  ['SignatureDefinitionUpdateFileSharesSource', 'SignatureDefinitionUpdateFileSharesSources'],
  ['equivelant', 'equivalent'],
  ['alreadyy', 'already'],
  ['Micrsoft', 'Microsoft'],
  // One article breaks the last letter off with asterisks, and the console's page has another name, anyway.
  ['Set Sync Schedul', 'Configure Sync Schedule'],
  ['Synchronize the updates with Microsoft Update', 'Synchronize from Microsoft Update'],
  ['Next to finish', 'Finish'],
  ['compromises of', 'comprises'],
  ['details Information', 'information'],
  ['Clients computers', 'Client computers'],
]);

/** Names that their bearers no longer have. With this exact case. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['securitycenter.windows.com', 'security.microsoft.com'],
  ['Microsoft Defender Security Center', 'Microsoft Defender portal'],
  ['Microsoft 365 Defender', 'Microsoft Defender XDR'],
  ['System Center Configuration Manager', 'Configuration Manager'],
  ['SCCM', 'Configuration Manager'],
]);

/** Statements that are wrong, each with what is true instead. Spaces stand for any white space. */
const untrue: readonly (readonly [wrong: RegExp, message: string, mend: string])[] = [
  [
    /(?:\+ ?\/ ?[-−–]|±) ?30\b/,
    'refreshes Group Policy sooner than Windows does',
    'Write that it refreshes every 90 minutes and a random 0 to 30 minutes more.',
  ],
  [
    /windows components\W{1,9}windows defender\W{1,9}signature updates/i,
    'is a folder of templates up to Windows 10 1809',
    'Write `<Policy id="order-of-sources" />`: it shows the path that fits the reader’s templates.',
  ],
  [
    /\(administrator-defined\)/,
    'is the name of a Group Policy Object, which does not stand among the settings',
    'Write that the object is edited, and then the path of the setting.',
  ],
  [
    /equivalent of (?:doing an? |running )?gpupdate/i,
    'promises more than the console does: it schedules a task on those computers that it reaches',
    'Say what it does, and check the result on a sample.',
  ],
  [
    /wait (?:for )?10(?:-|–| to )15 minutes/i,
    'is too short between sites, where the schedule decides',
    'Write “15 minutes inside a site, more between sites”.',
  ],
  [
    /servers? (?:will )?use port 443\b/i,
    'is no longer so: WSUS takes 8531 for SSL',
    'Write `<Value of="wsusPort" />`, or 8531.',
  ],
  [/formerly known as Windows Update/i, 'mixes up two services', 'Leave it out: Microsoft Update has its own name.'],
  [
    /\bupdates are released monthly/i,
    'is true of platform and engine only',
    'Write that security intelligence comes several times a day.',
  ],
  [
    /\b(?:files? (?:are|is)|package is) valid for 30 days/i,
    'is an older rule',
    'Go by the day in the name of the package: `<OffboardingPackage />` works it out.',
  ],
  [
    /\bsettings(?: >|, then select) onboarding\b/i,
    'is not the whole path',
    'Write **System** > **Settings** > **Endpoints** > **Onboarding**.',
  ],
  [/\bComputers > Options\b/, 'is no path: **Options** stands beside **Computers**', 'Write **Options**.'],
  [/\bmicrosoft-intune-and-microsoft-update\b/, 'is a piece of an address', 'Leave it out.'],
  [
    /\]\[\/[\w/-]+\]/,
    'is no link: the address stands in square brackets',
    'Write the address in round ones: `[words](https://…)`.',
  ],
];
const oneOf = (words: Iterable<string>): RegExp =>
  new RegExp(`\\b(?:${[...words].map((word) => word.replaceAll('.', '\\.')).join('|')})\\b`, 'g');
const misspelt = oneOf(spellings.keys());
const outdated = oneOf(renamed.keys());

/**
 * Whether anything can be wrong: all of the rules in one, and a little more than they find. Nearly every text is right, and to ask
 * each rule of each text would be a third of what it costs to compile a runbook.
 */
const suspect = new RegExp(
  [/gpupdate/, /\||FileShare/, misspelt, outdated, ...untrue.map(([wrong]) => wrong)]
    // In statements a space stands for any white space.
    .map(({ source }) => source.replaceAll(' ', '\\s'))
    .join('|'),
  'i',
);

/**
 * What is wrong with a piece of text or code, in reading order.
 *
 * @example fieldFaults('Run gpupdate / force')[0]?.code //=> 'gpupdate-space'
 */
export function fieldFaults(text: string): FieldFault[] {
  if (!suspect.test(text)) return [];
  return [
    ...spacedSwitches(text),
    ...misspellings(text),
    ...oldNames(text),
    ...strangeSources(text),
    ...untrueStatements(text),
  ].sort((a, b) => a.offset - b.offset);
}

const spacedSwitches = (text: string): FieldFault[] =>
  [...text.matchAll(/\bgpupdate(?:\.exe)?(?:[ \t]+\/\w[\w:]*)*[ \t]+\/[ \t]+\w+/gi)].map(({ 0: found, index }) => ({
    offset: index,
    code: 'gpupdate-space',
    message: `\`${found}\` has a space after the slash, which gpupdate does not take.`,
    mend: `Write \`${found.replace(/\/[ \t]+/g, '/')}\`.`,
  }));

const misspellings = (text: string): FieldFault[] =>
  [...text.matchAll(misspelt)].map(({ 0: found, index }) => ({
    offset: index,
    code: 'field-spelling',
    message: `\`${found}\` is misspelt.`,
    mend: `Write \`${spellings.get(found) ?? found}\`.`,
  }));

const oldNames = (text: string): FieldFault[] =>
  [...text.matchAll(outdated)].map(({ 0: found, index }) => ({
    offset: index,
    code: 'outdated-name',
    message: `\`${found}\` has another name now.`,
    mend: `Write \`${renamed.get(found) ?? found}\`.`,
  }));

function untrueStatements(text: string): FieldFault[] {
  // A line break of the author is a space to the reader.
  const line = text.replace(/\s/g, ' ');
  return untrue.flatMap(([wrong, message, mend]) => {
    const found = wrong.exec(line);
    if (!found) return [];
    return [{ offset: found.index, code: 'known-error' as const, message: `\`${found[0]}\` ${message}.`, mend }];
  });
}

/** In a list of sources every token must be one, and `FileShare` without its last letter is none anywhere. */
function strangeSources(text: string): FieldFault[] {
  const known: readonly string[] = sourceTokens;
  const faults: FieldFault[] = [];
  if (!/\||FileShare/.test(text)) return faults;
  for (const { 0: list, index } of text.matchAll(/\b[A-Za-z]+(?:[ \t]*\|[ \t]*[A-Za-z]+)*\b/g)) {
    const tokens = [...list.matchAll(/[A-Za-z]+/g)];
    const isList = tokens.length > 1 && tokens.some(([token]) => known.includes(token));
    for (const { 0: token, index: at } of tokens) {
      if (token !== 'FileShare' && (!isList || known.includes(token))) continue;
      if (spellings.has(token)) continue;
      faults.push({
        offset: index + at,
        code: 'unknown-source',
        message: `\`${token}\` is not a source of updates.`,
        mend:
          token === 'FileShare'
            ? 'Write `FileShares`.'
            : `The sources are ${known.map((source) => `\`${source}\``).join(', ')}.`,
      });
    }
  }
  return faults;
}
