/**
 * Characters that no command may hold, written out by number: a second account of what `text-rules.ts` says with
 * Unicode properties, so that a slip in one is caught by the other.
 */
export const refusedRanges: readonly (readonly [from: number, to: number, what: string])[] = [
  [0x0000, 0x001f, 'C0 controls'],
  [0x007f, 0x009f, 'DEL and C1 controls'],
  [0x00a0, 0x00a0, 'no-break space'],
  [0x00ad, 0x00ad, 'soft hyphen'],
  [0x034f, 0x034f, 'combining grapheme joiner'],
  [0x061c, 0x061c, 'Arabic letter mark'],
  [0x115f, 0x1160, 'Hangul fillers'],
  [0x1680, 0x1680, 'ogham space mark'],
  [0x17b4, 0x17b5, 'Khmer inherent vowels'],
  [0x180b, 0x180f, 'Mongolian variation selectors and vowel separator'],
  [0x2000, 0x200a, 'spaces of odd width'],
  [0x200b, 0x200f, 'zero-width characters and direction marks'],
  [0x2028, 0x2029, 'line and paragraph separators'],
  [0x202a, 0x202e, 'bidirectional embeddings and overrides'],
  [0x202f, 0x202f, 'narrow no-break space'],
  [0x205f, 0x205f, 'mathematical space'],
  [0x2060, 0x2064, 'word joiner and invisible operators'],
  [0x2066, 0x2069, 'bidirectional isolates'],
  [0x206a, 0x206f, 'deprecated format controls'],
  [0x2800, 0x2800, 'braille blank'],
  [0x3000, 0x3000, 'ideographic space'],
  [0x3164, 0x3164, 'Hangul filler'],
  [0xd800, 0xdfff, 'unpaired surrogates'],
  [0xfdd0, 0xfdef, 'non-characters'],
  [0xfe00, 0xfe0f, 'variation selectors'],
  [0xfeff, 0xfeff, 'byte order mark'],
  [0xffa0, 0xffa0, 'halfwidth Hangul filler'],
  [0xfff9, 0xfffb, 'interlinear annotations'],
  [0xfffd, 0xfffd, 'replacement character'],
  [0xfffe, 0xffff, 'non-characters'],
  [0x1fffe, 0x1ffff, 'non-characters'],
  [0xe0000, 0xe007f, 'tag characters'],
  [0xe0100, 0xe01ef, 'variation selectors supplement'],
  [0x10fffe, 0x10ffff, 'non-characters'],
];

/** Every refused character of the table, each as a string. */
export const refusedCharacters: readonly string[] = refusedRanges.flatMap(([from, to]) =>
  Array.from({ length: to - from + 1 }, (_, step) => String.fromCodePoint(from + step)),
);

const refused = new Set(refusedCharacters);

/** Whether text holds a character of the table. Half a pair counts as refused, a whole pair does not. */
export const holdsRefusedCharacter = (text: string): boolean => [...text].some((character) => refused.has(character));
