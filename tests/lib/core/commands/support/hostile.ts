/**
 * Text that someone who wants to break out of a command would type, and text that gets there by accident.
 */
import * as fc from 'fast-check';
import { refusedCharacters } from './refused-characters.ts';

/** What PowerShell takes for a single quote. */
export const singleQuotes = ["'", '\u2018', '\u2019', '\u201a', '\u201b'] as const;

/** Fragments that mean something to a shell but are allowed in a PowerShell literal. */
const shellFragments = [
  ...singleQuotes,
  "''",
  "'\u2019",
  "\u2019'",
  '"',
  '\u201c',
  '\u201d',
  '\u201e',
  '-',
  '\u2013',
  '\u2014',
  '\u2015',
  '--%',
  '$',
  '$(',
  '$()',
  '$(Get-Date)',
  '$env:x',
  '${x}',
  '`',
  '`n',
  "`'",
  ';',
  '; Remove-Item -Recurse C:\\ ',
  '|',
  '||',
  '&',
  '&&',
  '<',
  '>',
  '2>&1',
  '@(',
  '@{',
  "@'",
  '@"',
  '(',
  ')',
  '{',
  '}',
  '{{',
  '}}',
  '[',
  ']',
  '#',
  '<#',
  '#>',
  '%',
  '%PATH%',
  '!',
  '!x!',
  '^',
  '^"',
  '\\',
  '\\\\',
  '\\"',
  '/f',
  ',',
  '=',
  ' ',
  '  ',
];

const plainFragments = [
  'wsus01.corp.example',
  'YR2K19',
  'MDAV_Settings_Production',
  'OU=Pilot,DC=corp,DC=example',
  '\\\\fs01\\defender',
  "O'Brien",
  'Größe',
  '日本',
  '😀',
  'a',
  '0',
];

const refusedFragments = ['\r\n', '\n', '\u2028', '\u202e', '\u200b', '\u00a0', '\ud800', '\udc00'];

const join = (fragment: fc.Arbitrary<string>, maxLength = 12): fc.Arbitrary<string> =>
  fc.array(fragment, { maxLength }).map((fragments) => fragments.join(''));

/** Hostile, but of allowed characters only: most of it must be accepted by PowerShell's door. */
export const hostileButAllowed: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: join(fc.constantFrom(...shellFragments, ...plainFragments)) },
  { weight: 2, arbitrary: join(fc.constantFrom(...singleQuotes, 'a', ' ')) },
  { weight: 1, arbitrary: join(fc.constantFrom("'", '\u2019', '$', '\\', 'x'), 3).map((text) => text.repeat(200)) },
);

/** Anything at all: hostile text with line breaks, controls, invisible characters and broken pairs mixed in. */
export const hostile: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: hostileButAllowed },
  {
    weight: 2,
    arbitrary: join(
      fc.oneof(
        fc.constantFrom(...shellFragments, ...plainFragments),
        fc.constantFrom(...refusedFragments),
        fc.constantFrom(...refusedCharacters),
      ),
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary-ascii' }) },
);

/** Printable ASCII with a taste for what cmd and argument splitting trip over. */
export const hostileAscii: fc.Arbitrary<string> = fc.oneof(
  join(
    fc.constantFrom(
      '\\',
      '\\\\',
      ' ',
      '&',
      '|',
      '<',
      '>',
      '^',
      '(',
      ')',
      ',',
      ';',
      '=',
      "'",
      '/',
      '-',
      'a',
      '$',
      '`',
      '@',
    ),
  ),
  fc.string({ unit: 'grapheme-ascii' }),
);
