/** Texts as the words by which they are found. */

const isWord = /[\p{L}\p{N}]+/gu;
/** Before a capital or a number inside a name: `Signature|Fallback|Order`, `KB|2267602`. */
const hump = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{L})(?=\p{N})/u;
/** A part of a name that is shorter is not looked for alone. */
const SHORTEST_PART = 3;

/** @returns The words of a text as they stand there, repeats included. */
export const rawWords = (text: string): readonly string[] => text.normalize('NFKC').match(isWord) ?? [];

/**
 * What one word of a text is found by, in lower case: itself, and what follows any capital or number in it.
 *
 * @example spellings('SignatureFallbackOrder') //=> ['signaturefallbackorder', 'fallbackorder', 'order']
 */
export function spellings(word: string): string[] {
  const whole = word.toLowerCase();
  const found = [whole];
  let start = 0;
  for (const part of word.split(hump)) {
    if (start > 0 && word.length - start >= SHORTEST_PART) found.push(whole.slice(start));
    start += part.length;
  }
  return found;
}

/** Shorter words of a question are passed over: they would stand for half of the site. */
export const SHORTEST_WORD = 2;

/**
 * The words of a question, in lower case, each once; each of them also stands for words that begin with it.
 *
 * @example questionWords('Get-MpComputerStatus a') //=> ['get', 'mpcomputerstatus']
 */
export const questionWords = (question: string): string[] => [
  ...new Set(rawWords(question.toLowerCase()).filter((word) => word.length >= SHORTEST_WORD)),
];
