/**
 * Characters that no shell's door lets through, because a command that holds one does not do what it reads.
 *
 * A rule is a Unicode property, not a list, so that what Unicode adds later is covered. Ordered from the particular
 * to the general: the first rule that fits names the character.
 */

const TYPE_AGAIN = 'Type the value again instead of pasting it.';

const RULES: readonly (readonly [pattern: RegExp, words: string, why: string, mend: string])[] = [
  [/[\n\r\x85\u2028\u2029]/, 'a line break', 'which would end the command there', 'Put the value on one line.'],
  [/\t/, 'a tab', 'which a console takes for a key', 'Use a space instead.'],
  [/\p{Cc}/u, 'a control character', 'which cannot be seen and which a console obeys', TYPE_AGAIN],
  [/\p{Bidi_C}/u, 'a control for the reading direction', 'so it would run differently from how it reads', TYPE_AGAIN],
  // Looks like a space, is not one: the name would match nothing, and nobody would see why. Consoles make
  // a plain space of some of them when pasting, so the command would not even be the one that was copied.
  [
    /\p{Zs}|\u2800/u,
    'an unusual space',
    'which looks like a space but is not one',
    'Type it again with the space bar.',
  ],
  [/[\p{Cf}\p{DI}]/u, 'an invisible character', 'which changes the value without being seen', TYPE_AGAIN],
  // Half surrogate pairs, U+FFFD, non-characters.
  [/[^]/, 'a broken character', 'of which a part was lost', TYPE_AGAIN],
];

const REFUSED = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}\p{NChar}\u2800\ufffd]|[^\P{Zs} ]/u;

/** How a character is named by number: `U+00A0`. */
export const codePointName = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/**
 * Looks for the first character that must not stand in a command: line breaks, controls (C0, DEL, C1), controls for
 * the reading direction, every space but U+0020, invisible characters (general category Cf, Default_Ignorable_Code_Point,
 * U+2800), half surrogate pairs, non-characters, U+FFFD.
 *
 * Odd spaces are refused rather than replaced: a Group Policy Object whose name really holds one must be renamed
 * or named by hand, and one that does not would not be found.
 *
 * @returns A sentence that names the character and the mend, or nothing when the text is clean.
 * @example refusedCharacter('WSUS\u00a01')
 *   //=> 'The value holds an unusual space (U+00A0), which looks like a space but is not one. Type it again with the space bar.'
 */
export function refusedCharacter(text: string): string | undefined {
  const found = REFUSED.exec(text)?.[0];
  if (found === undefined) return undefined;
  const rule = RULES.find(([pattern]) => pattern.test(found));
  return rule && `The value holds ${rule[1]} (${codePointName(found)}), ${rule[2]}. ${rule[3]}`;
}

/** Writes a whole number for a sentence: `8191` becomes `8,191`. */
export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');
