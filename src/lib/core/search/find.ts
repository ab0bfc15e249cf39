/** Answers a question from the parts of the index: which parts it needs, which entries answer it, and what of them to show. */
import type { IndexOutline, WordPart } from './build-index.ts';

/** Greater than any letter that continues a word. */
const END = '\u{10ffff}';

/** Index of the last of `starts` that is not after `wanted`; 0 when all are. */
function partWith<Start extends string | number>(starts: readonly Start[], wanted: Start): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const start = starts[middle];
    if (start !== undefined && start <= wanted) low = middle;
    else high = middle;
  }
  return low;
}

/** Numbers of the word parts that hold words beginning with `word`. */
export function wordPartsFor({ words }: IndexOutline, word: string): number[] {
  if (words.length === 0) return [];
  const first = partWith(words, word);
  const last = partWith(words, word + END);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Where an entry's row is: the number of its part, and its place in it. */
export function rowOf({ entries }: IndexOutline, number: number): { part: number; place: number } {
  const part = partWith(entries, number);
  return { part, place: number - (entries[part] ?? 0) };
}

export interface Found {
  /** Numbers of entries, the best first. */
  readonly numbers: readonly number[];
  /** Whether they hold every word of the question; if not, these hold the most of them. */
  readonly areComplete: boolean;
}

/** More than all points of a question together. */
const MATCH = 2 ** 16;
const MOST_ENTRIES = 2 ** 32;
const points = { title: 4, text: 1, wholeWord: 2 } as const;

/**
 * @param parts For each word of the question the parts that may hold it.
 * @returns Entries that hold all words of the question, or, where there are none, those that hold the most. A word in a title
 *   counts for more than one in the text, a whole word for more than the beginning of one; equals stay in reading order.
 */
export function findEntries(words: readonly string[], parts: readonly (readonly WordPart[])[]): Found {
  // How many words of the question an entry holds, times MATCH, and its points: a common word stands in tens of thousands.
  const totals = new Map<number, number>();
  words.forEach((word, index) => {
    const scores = new Map<number, number>();
    for (const part of parts[index] ?? []) {
      for (const [candidate, differences] of Object.entries(part)) {
        if (!candidate.startsWith(word)) continue;
        const exact = candidate === word ? points.wholeWord : 1;
        let code = 0;
        for (const difference of differences) {
          code += difference;
          const score = (code & 1 ? points.title : points.text) * exact;
          if (score > (scores.get(code >> 1) ?? 0)) scores.set(code >> 1, score);
        }
      }
    }
    for (const [number, score] of scores) totals.set(number, (totals.get(number) ?? 0) + MATCH + score);
  });
  let best = 0;
  for (const total of totals.values()) if (total > best) best = total;
  const most = Math.floor(best / MATCH);
  // As one number each, so that they are sorted as numbers: fewer points come later, and then a later entry.
  const keys: number[] = [];
  for (const [number, total] of totals) if (total >= most * MATCH) keys.push((best - total) * MOST_ENTRIES + number);
  const numbers = Array.from(Float64Array.from(keys).sort(), (key) => key % MOST_ENTRIES);
  return { numbers, areComplete: most === words.length };
}

/** A piece of a text; one that answers the question is to stand out. */
export interface Piece {
  readonly text: string;
  readonly isHit: boolean;
}

const escape = (word: string): string => word.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');

/** A text in pieces, with the beginnings of words that the question asks for as pieces of their own. */
export function markHits(text: string, words: readonly string[]): Piece[] {
  if (words.length === 0) return text ? [{ text, isHit: false }] : [];
  const longestFirst = [...words].sort((a, b) => b.length - a.length).map(escape);
  return text
    .split(new RegExp(`(${longestFirst.join('|')})`, 'giu'))
    .map((piece, index) => ({ text: piece, isHit: index % 2 === 1 }))
    .filter((piece) => piece.text !== '');
}

const AROUND = 70;
const LONGEST = 220;

/**
 * The part of a text that shows why it was found.
 *
 * @returns At most about 220 characters around the first word of the question; the beginning where there is none.
 */
export function excerpt(text: string, words: readonly string[]): Piece[] {
  const flat = text.replace(/\s+/g, ' ').trim();
  const first = words.length ? flat.search(new RegExp(words.map(escape).join('|'), 'iu')) : -1;
  let from = Math.max(0, first - AROUND);
  // At the beginning of a word.
  if (from > 0) from = flat.indexOf(' ', from) + 1 || from;
  if (from > first && first >= 0) from = first;
  const cut = flat.slice(from, from + LONGEST);
  const end = from + LONGEST < flat.length ? Math.max(cut.lastIndexOf(' '), LONGEST / 2) : cut.length;
  return markHits(`${from > 0 ? '… ' : ''}${cut.slice(0, end)}${from + end < flat.length ? ' …' : ''}`, words);
}
