/**
 * The index in parts, so that a site of 1,000 runbooks need not be loaded to find one word of it: word parts hold where each
 * word stands, in the order of the words, and entry parts hold what is shown of an entry.
 */
import type { Entry } from './entry.ts';
import { entryKinds } from './kinds.ts';
import { rawWords, spellings } from './words.ts';

/** Of each part the first word or the first entry's number; entries are numbered from 0. */
export interface IndexOutline {
  readonly words: readonly string[];
  readonly entries: readonly number[];
}

/**
 * For each word the entries it stands in, as differences: twice the entry's number, plus 1 where it stands in the title (of
 * anything but the guide), less the one before.
 */
export type WordPart = Readonly<Record<string, readonly number[]>>;

/** Path, place in `entryKinds`, title, what it is a part of, text. */
export type EntryRow = readonly [path: string, kind: number, title: string, within: string, text: string];
export type EntryPart = readonly EntryRow[];

export interface SearchIndex {
  readonly outline: IndexOutline;
  readonly words: readonly WordPart[];
  readonly entries: readonly EntryPart[];
}

/** Characters of a part as JSON, about; one word may need more. */
const PART_CHARACTERS = 48_000;

/** Takes from the front as long as it fits. */
function inParts<Item>(items: readonly Item[], size: (item: Item) => number, most: number): Item[][] {
  const parts: Item[][] = [];
  let room = 0;
  for (const item of items) {
    const needed = size(item);
    const last = parts.at(-1);
    if (last && needed <= room) {
      last.push(item);
      room -= needed;
    } else {
      parts.push([item]);
      room = most - needed;
    }
  }
  return parts;
}

interface Places {
  readonly word: string;
  readonly differences: number[];
  last: number;
}

/** Where each word stands. Most words of a site are the same few thousand: each is taken apart once. */
function placesOf(entries: readonly Entry[]): Places[] {
  const places = new Map<string, Places>();
  const known = new Map<string, readonly Places[]>();
  const placesFor = (raw: string): readonly Places[] => {
    const found = spellings(raw).map((word) => {
      let place = places.get(word);
      if (!place) places.set(word, (place = { word, differences: [], last: -2 }));
      return place;
    });
    known.set(raw, found);
    return found;
  };
  const note = (text: string, code: number): void => {
    for (const raw of rawWords(text)) {
      for (const place of known.get(raw) ?? placesFor(raw)) {
        // Noted already for this entry: its title comes first.
        if (place.last >> 1 === code >> 1) continue;
        place.differences.push(code - Math.max(place.last, 0));
        place.last = code;
      }
    }
  };
  entries.forEach(({ kind, title, within, text }, number) => {
    // A heading about a step is not worth more than the step.
    note(title, kind === 'Guide' ? number * 2 : number * 2 + 1);
    note(within, number * 2);
    note(text, number * 2);
  });
  return [...places.values()];
}

/** @param partCharacters Smaller in tests, so that few entries make several parts. */
export function buildIndex(entries: readonly Entry[], partCharacters = PART_CHARACTERS): SearchIndex {
  const sorted = placesOf(entries)
    .map(({ word, differences }) => [word, differences] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const words = inParts(sorted, ([word, list]) => word.length + 5 + list.length * 3, partCharacters);
  const rows = entries.map(({ path, kind, title, within, text }): EntryRow => [
    path,
    entryKinds.indexOf(kind),
    title,
    within,
    text,
  ]);
  const rowParts = inParts(
    rows,
    ([path, , title, within, text]) => path.length + title.length + within.length + text.length + 15,
    partCharacters,
  );
  let first = 0;
  return {
    outline: {
      words: words.map(([one]) => one?.[0] ?? ''),
      entries: rowParts.map((part) => {
        const number = first;
        first += part.length;
        return number;
      }),
    },
    words: words.map((part) => Object.fromEntries(part)),
    entries: rowParts,
  };
}
