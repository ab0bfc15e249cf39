/**
 * The search: in its own page, or over any other page under `/`. Asked for when somebody searches, and so are the parts of the
 * index that the question needs.
 */
import type { EntryPart, EntryRow, IndexOutline, WordPart } from '../../lib/core/search/build-index.ts';
import { entryKinds } from '../../lib/core/search/kinds.ts';
import { excerpt, findEntries, markHits, rowOf, wordPartsFor, type Piece } from '../../lib/core/search/find.ts';
import { questionWords, SHORTEST_WORD } from '../../lib/core/search/words.ts';
import { find, findAll, goTo, make } from './dom.ts';
import type {} from './shared.ts';

declare global {
  /** Filled in by the scripts of the index, each with its own part. */
  var ringbookIndex: Record<string, unknown> | undefined;
}

const SHOWN = 20;

const { announce, load } = globalThis.ringbook;
/** This script's own address, which leads to the root of the site. */
const own = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : '';

/** @returns A part of the index; nothing when it cannot be had. */
function partOf<Part>(name: string): Promise<Part | undefined> {
  // Written by the build under this name.
  const kept = (): Part | undefined => globalThis.ringbookIndex?.[name] as Part | undefined;
  return new Promise((done) => {
    if (kept()) done(kept());
    else load(`search/${name}.js`, () => done(kept()));
  });
}

interface Answer {
  readonly total: number;
  readonly areComplete: boolean;
  readonly rows: readonly EntryRow[];
  /** How many of those to be shown could not be had: their parts of the index are kept once they were asked for. */
  readonly missing: number;
}

async function ask(words: readonly string[], most: number): Promise<Answer | undefined> {
  const outline = await partOf<IndexOutline>('outline');
  if (!outline) return undefined;
  const parts = await Promise.all(
    words.map((word) => Promise.all(wordPartsFor(outline, word).map((part) => partOf<WordPart>(`words-${part}`)))),
  );
  if (parts.flat().includes(undefined)) return undefined;
  const { numbers, areComplete } = findEntries(
    words,
    parts.map((list) => list.filter((part) => part !== undefined)),
  );
  const rows = await Promise.all(
    numbers.slice(0, most).map(async (number) => {
      const { part, place } = rowOf(outline, number);
      return (await partOf<EntryPart>(`entries-${part}`))?.[place];
    }),
  );
  const had = rows.filter((row) => row !== undefined);
  return { total: numbers.length, areComplete, rows: had, missing: rows.length - had.length };
}

const drawPieces = (pieces: readonly Piece[]): (Node | string)[] =>
  pieces.map(({ text, isHit }) => (isHit ? make('mark', {}, text) : text));

function drawRow(
  [path, kind, title, within, text]: EntryRow,
  words: readonly string[],
  leave: () => void,
): HTMLElement {
  const link = make('a', { href: new URL(`../${path}`, own).href }, ...drawPieces(markHits(title, words)));
  link.addEventListener('click', (event) => {
    const { pathname, hash } = new URL(path, new URL('../', own));
    if (pathname !== location.pathname || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // On this very page: the run stays as it is, and only the place changes.
    event.preventDefault();
    leave();
    location.hash = hash;
    goTo(document.getElementById(decodeURIComponent(hash.slice(1))) ?? undefined);
  });
  return make(
    'li',
    { class: 'rb-hit' },
    make('p', {}, make('b', { class: 'rb-hit__kind' }, entryKinds[kind] ?? ''), ' ', link),
    ...(within ? [make('p', { class: 'rb-label' }, within)] : []),
    make('p', { class: 'rb-hit__text' }, ...drawPieces(excerpt(text, words))),
  );
}

const countWords = ({ total, areComplete, missing }: Answer): string =>
  total === 0
    ? 'Nothing holds these words. Try fewer or shorter ones: a word is found by its beginning.'
    : `${total === 1 ? '1 place' : `${total} places`}${areComplete ? '' : ' with some of these words; nothing holds all of them'}${missing ? `; ${missing} of them cannot be shown while the site cannot be reached` : ''}`;

const NO_INDEX =
  'The search could not be loaded: its files are missing beside this page. Look through the list of runbooks.';

/**
 * @param leave Called when a place on this very page was chosen.
 * @param keep Called with what is asked, to be kept with the page.
 */
function mount(place: HTMLElement, leave: () => void, keep: (question: string) => void): HTMLInputElement {
  const box = make('input', {
    type: 'search',
    id: 'rb-search-box',
    autocomplete: 'off',
    spellcheck: 'false',
    enterkeyhint: 'search',
  }) as HTMLInputElement;
  const count = make('p', { class: 'rb-label', role: 'status' });
  const list = make('ol', { class: 'rb-hits', role: 'list' });
  const more = make('button', { type: 'button', class: 'rb-button', hidden: '' }, 'Show more');
  place.append(
    make(
      'div',
      { class: 'rb-field' },
      make('label', { for: box.id }, 'Search runbooks, calculators, policies and the guide'),
      box,
    ),
    count,
    list,
    more,
  );

  let most = SHOWN;
  let asked = 0;
  const links = (): HTMLElement[] => findAll(list, 'a');
  const answer = async (): Promise<void> => {
    const question = box.value;
    const words = questionWords(question);
    const turn = (asked += 1);
    const found = words.length ? await ask(words, most) : undefined;
    // A later question was answered first.
    if (turn !== asked) return;
    list.replaceChildren(...(found?.rows ?? []).map((row) => drawRow(row, words, leave)));
    more.hidden = !found || found.rows.length + found.missing >= found.total;
    if (words.length) count.textContent = found ? countWords(found) : NO_INDEX;
    else count.textContent = question.trim() ? `Enter ${SHORTEST_WORD} characters or more of a word` : '';
  };

  box.addEventListener('input', () => {
    most = SHOWN;
    keep(box.value);
    void answer();
  });
  more.addEventListener('click', () => {
    const next = links().length;
    most += SHOWN;
    void answer().then(() => links()[next]?.focus());
  });
  place.addEventListener('keydown', (event) => {
    const all = links();
    const here = all.findIndex((link) => link === document.activeElement);
    if (event.key === 'Enter' && document.activeElement === box) {
      event.preventDefault();
      all[0]?.click();
    } else if (event.key === 'ArrowDown' && here + 1 < all.length && (here >= 0 || document.activeElement === box)) {
      event.preventDefault();
      all[here + 1]?.focus();
    } else if (event.key === 'ArrowUp' && here >= 0) {
      event.preventDefault();
      (all[here - 1] ?? box).focus();
    }
  });
  return box;
}

function openPage(place: HTMLElement): void {
  place.replaceChildren();
  const box = mount(
    place,
    () => undefined,
    (question) => {
      const fields = new URLSearchParams(question ? { q: question } : {});
      history.replaceState(null, '', `#${fields}`);
    },
  );
  const read = (): void => {
    const question = new URLSearchParams(location.hash.slice(1)).get('q') ?? '';
    if (question === box.value) return;
    box.value = question;
    box.dispatchEvent(new Event('input'));
  };
  addEventListener('hashchange', read);
  read();
  box.focus();
}

function openDialog(): void {
  let dialog = document.querySelector<HTMLDialogElement>('.rb-search');
  if (!dialog) {
    const made = make('dialog', { class: 'rb-search', 'aria-label': 'Search' }) as HTMLDialogElement;
    const close = make('button', { type: 'button', class: 'rb-button' }, 'Close');
    const hint = make(
      'p',
      { class: 'rb-label' },
      'Enter opens the first place, the arrow keys choose another, Esc closes.',
    );
    const shut = (): void => {
      made.close();
      // Where nothing had the focus before, the box keeps it until the next frame, and a letter would count as typed there.
      const left = document.activeElement;
      if (left instanceof HTMLElement && made.contains(left)) left.blur();
    };
    close.addEventListener('click', shut);
    mount(made, shut, () => undefined);
    // A search box takes the first Esc to empty itself.
    made.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      shut();
    });
    made.append(make('div', { class: 'rb-search__foot' }, hint, close));
    document.body.append(made);
    dialog = made;
  }
  dialog.showModal();
  dialog.querySelector('input')?.select();
}

const page = find(document, '[data-search]');
if (!page) openDialog();
else if (page.querySelector('input')) page.querySelector('input')?.select();
else if (own) openPage(page);
else announce(NO_INDEX);
