/**
 * Second script of the start page, and of the page that reads runs: the runs that this browser holds, of all runbooks.
 */
import { keepsFilesApart } from '../../lib/browser/files-apart.ts';
import { createIdentity, localTime } from '../../lib/browser/identity.ts';
import { openPictures } from '../../lib/browser/pictures.ts';
import { createRunStore, type RunStore } from '../../lib/browser/run-store.ts';
import {
  DELETE_WORDS,
  deletedRuns,
  deleteRun,
  listRuns,
  purgeDeleted,
  restoreRun,
  runName,
  type RunSummary,
} from '../../lib/browser/runs.ts';
import { readBranch } from '../../lib/core/render/branch.ts';
import { archivedEntry, unarchivedEntry } from '../../lib/core/run/entries.ts';
import { recordedOutline, type OutlineItem } from '../../lib/core/run/outline.ts';
import { placeOf, progressOf } from '../../lib/core/run/progress.ts';
import type { Desk } from './desk.ts';
import { fileButton, offerFile, saveToFile } from './desk/files.ts';
import { drawRun, readRun } from './desk/read-run.ts';
import { box, button, line, momentWords, quiet, row } from './desk/ui.ts';
import { find, findAll, make } from './dom.ts';
import { comesBack, keepFocus } from './focus.ts';
import { openPageFrame } from './frame.ts';
import { picturesIn } from '../../lib/core/run/save-file.ts';
import { bookOf, booksWithRuns, withOutlines } from './outlines.ts';

const { announce, log } = globalThis.ringbook;
openPageFrame();

/** The steps and gates of a run that apply at its site, as far as its values say. */
function itemsOf({ runbook, state }: RunSummary): readonly OutlineItem[] {
  const book = bookOf(runbook);
  if (!book)
    return (recordedOutline(state)?.items ?? []).filter(({ backout, kind }) => !backout && kind !== 'criterion');
  return book.outline.items.filter(({ id, kind, backout }) => {
    if (backout || kind === 'criterion') return false;
    return readBranch(book.when[id] ?? '').every(({ input, is }) => {
      const value = state.values.get(input)?.value ?? '';
      return value === '' || is.includes(value);
    });
  });
}

const APART =
  'Opened as files, Firefox keeps what you do on each page with that page alone, so runs are not listed here. A run is on the page of its runbook: open that, and open save files there.';

/** A browser may refuse storage altogether; a runbook says so at the first tick, and this page before it. */
function mayKeep(): boolean {
  try {
    localStorage.getItem('rb1:');
    return true;
  } catch {
    return false;
  }
}

const fileRow = (offer: Desk['offer']): HTMLElement =>
  row(fileButton('Open a save file', offer), make('span', { class: 'rb-label' }, 'or drop it anywhere on this page.'));

function openList(place: HTMLElement): void {
  if (!log) return;
  if (keepsFilesApart(location, navigator.userAgent)) {
    // Nothing is listed and nothing taken in here: no other page would know of it.
    globalThis.ringbook.desk = deskOf(() => announce(APART));
    return place.append(line(APART));
  }
  const pictures = openPictures();
  const files = { log, pictures, announce };
  const offerPlace = make('div', { class: 'rb-offer', hidden: '' });
  const told = make('div', { class: 'rb-told', role: 'group', 'aria-label': 'Last act' });
  const lists = box('div', 'rb-form');
  const books = new Map(findAll(document, '[data-run-of]').map((card) => [card.dataset['runOf'] ?? '', card] as const));
  const folded = { archived: false, deleted: false };

  const goAway = comesBack(told);
  const tell = (words: string, undo?: () => void): void => {
    keepFocus(
      told,
      () =>
        told.replaceChildren(box('span', '', words), ...(undo ? [button('Undo', undo)] : []), button('Close', goAway)),
      () => find(told, 'button'),
    );
    if (!told.isConnected) document.body.append(told);
    announce(words);
  };

  const addressOf = (run: RunSummary, step?: string): string => {
    const page = books.get(run.runbook)?.closest('li')?.querySelector('a')?.getAttribute('href');
    return `${page ?? 'run.html'}?run=${encodeURIComponent(run.id)}${page && step ? `#${step}` : ''}`;
  };
  const papersOf = (run: RunSummary): HTMLElement[] => {
    const card = books.get(run.runbook)?.closest('li');
    const page = card && find(card, 'a[href*="papers/"]')?.getAttribute('href');
    if (!page) return [];
    const href = `${page}?run=${encodeURIComponent(run.id)}${run.isFinished ? '#record' : ''}`;
    return [labelled(make('a', { class: 'rb-button', href }, run.isFinished ? 'Record' : 'Papers'), runName(run))];
  };
  const storeOf = (run: RunSummary): RunStore =>
    createRunStore({
      log,
      runbook: { id: run.runbook, revision: run.revision, title: run.title },
      runId: run.id,
      ...createIdentity(),
    });

  const archive = (run: RunSummary): void => {
    const store = storeOf(run);
    const name = runName(run);
    if (run.isArchived) {
      const answer = store.record(unarchivedEntry(store.$state.get()));
      tell(answer.saved ? `Back on the list: ${name}.` : answer.why);
      return paint();
    }
    if (!store.actor()) return tell(`Open “${name}” and say who you are first: archiving is an entry of the run.`);
    const answer = store.record(archivedEntry());
    if (answer.saved) tell(`Archived: ${name}.`, () => archive({ ...run, isArchived: true }));
    else tell(answer.why);
    paint();
  };

  const remove = (run: RunSummary): void => {
    const answer = deleteRun(log, run.id, localTime(Date.now()));
    if (!answer.saved) return tell(answer.why);
    tell(DELETE_WORDS, () => {
      const back = restoreRun(log, run.id);
      tell(back.saved ? `Put back: ${runName(run)}.` : back.why);
      paint();
    });
    paint();
  };

  const card = (run: RunSummary): HTMLElement => {
    const items = itemsOf(run);
    const progress = progressOf(run.state, items);
    const at = placeOf(run.state, items, Date.now(), storeOf(run).actor());
    const last = run.lastTouched;
    const name = runName(run);
    const isHere = books.has(run.runbook);
    const bar = document.createElement('progress');
    bar.className = 'rb-progress__bar';
    bar.max = Math.max(1, progress.total);
    bar.value = progress.done + progress.notApplicable;
    bar.setAttribute('aria-label', `Steps done: ${name}`);
    const heading = make('h3', {}, make('a', { href: addressOf(run) }, name));
    const isOpen = !run.isFinished && !run.isArchived;
    return make(
      'li',
      { class: 'rb-run' },
      heading,
      ...(name.includes(run.title) ? [] : [quiet(run.title)]),
      box('p', 'rb-run__progress', items.length ? progress.words : 'The steps are not known here.', ' ', bar),
      line(
        run.isFinished ? 'Finished. ' : '',
        at && isOpen ? `${at.words} ` : '',
        last ? `Last touched by ${last.by}, tier ${last.tier}, ${momentWords(last.at)}. ` : '',
        run.lastFile ? `Last saved to a file ${momentWords(run.lastFile.at)}.` : 'Not saved to a file yet.',
      ),
      ...(isHere ? [] : [quiet('This site does not have its runbook: the run opens to be read.')]),
      row(
        ...(isOpen && isHere
          ? [
              make(
                'a',
                {
                  class: 'rb-button rb-button--main',
                  href: addressOf(run, progress.next?.id ?? at?.item?.id),
                  'aria-label': `Resume ${name}`,
                },
                'Resume',
              ),
            ]
          : []),
        labelled(
          button(
            'Save to a file',
            () =>
              void saveToFile(files, run.id).then((words) => {
                tell(words);
                paint();
              }),
          ),
          name,
        ),
        ...papersOf(run),
        labelled(
          button(run.isArchived ? 'Take out of the archive' : 'Archive', () => archive(run)),
          name,
        ),
        labelled(
          button('Delete', () => remove(run)),
          name,
        ),
      ),
    );
  };
  const labelled = (element: HTMLElement, name: string): HTMLElement => {
    element.setAttribute('aria-label', `${element.textContent}: ${name}`);
    return element;
  };
  const listOf = (runs: readonly HTMLElement[]): HTMLElement => make('ul', { class: 'rb-runs', role: 'list' }, ...runs);
  const fold = (which: keyof typeof folded, words: string, list: HTMLElement): HTMLElement => {
    const made = document.createElement('details');
    made.open = folded[which];
    made.addEventListener('toggle', () => {
      folded[which] = made.open;
    });
    made.append(make('summary', {}, words), list);
    return made;
  };

  function paint(): void {
    if (!log) return;
    const all = listRuns(log);
    const open = all.filter(({ isFinished, isArchived }) => !isFinished && !isArchived);
    const finished = all.filter(({ isFinished, isArchived }) => isFinished && !isArchived);
    const archived = all.filter(({ isArchived }) => isArchived);
    const deleted = deletedRuns(log);
    const first = find(place, '[data-first]');
    if (first) first.hidden = all.length > 0;
    const fill = [
      ...(open.length ? [listOf(open.map(card))] : []),
      ...(finished.length ? [make('h3', {}, 'Finished'), listOf(finished.map(card))] : []),
      ...(archived.length ? [fold('archived', `Archived: ${archived.length}`, listOf(archived.map(card)))] : []),
      ...(deleted.length
        ? [
            fold(
              'deleted',
              `Deleted: ${deleted.length}`,
              listOf(
                deleted.map(({ id, title, about, until }) =>
                  make(
                    'li',
                    { class: 'rb-run' },
                    line(
                      [about.title, about.site, about.change].filter(Boolean).join(', ') || title,
                      `. Kept aside until ${momentWords(until)}.`,
                    ),
                    row(
                      button('Put back', () => {
                        const back = restoreRun(log, id);
                        tell(back.saved ? 'Put back.' : back.why);
                        paint();
                      }),
                    ),
                  ),
                ),
              ),
            ),
          ]
        : []),
    ];
    const focused = document.activeElement?.getAttribute('aria-label');
    keepFocus(
      lists,
      () => lists.replaceChildren(...fill),
      () =>
        findAll(lists, '[aria-label]').find((element) => element.getAttribute('aria-label') === focused) ??
        // What it was on has left the list: the line that tells of it can take that back.
        find(told.isConnected ? told : place, 'button'),
    );
    for (const [id, line] of books) {
      const count = open.filter(({ runbook }) => runbook === id).length;
      line.textContent = count ? `${count === 1 ? 'One run' : `${count} runs`} of it in progress.` : '';
    }
  }

  const offer = (file: Blob): void =>
    void offerFile(
      files,
      file,
      offerPlace,
      (saved, added) => {
        tell(`Taken in: ${added} ${added === 1 ? 'entry' : 'entries'} of “${saved.runbook.title}”.`);
        paint();
        findAll(lists, 'a')
          .find((link) => link.getAttribute('href')?.includes(saved.run))
          ?.focus();
      },
      (saved) => button('Read it', () => readRun(saved, offerPlace)),
    );
  globalThis.ringbook.desk = deskOf(offer);

  place.append(fileRow(offer), offerPlace, lists);
  if (!mayKeep())
    find(place, 'h2')?.after(
      make(
        'p',
        { class: 'rb-callout rb-callout--warning' },
        make('b', { class: 'rb-callout__kind' }, 'Nothing is kept. '),
        'This browser does not let this site keep anything, so a run would be lost with its window. Allow the site to keep data, or use another browser.',
      ),
    );
  paint();
  log.onArrival(paint);
  void purgeDeleted(log, () => localStorage, pictures, Date.now()).then((count) => {
    if (count) paint();
  });
  if (listRuns(log).length) void withOutlines(booksWithRuns(log), paint);
}

/** Where there is no run on the page, files are all that a desk is for. */
function deskOf(offer: Desk['offer']): Desk {
  const none = (): void => undefined;
  return {
    offer,
    toggle: none,
    dress: none,
    decide: none,
    withdraw: none,
    begun: none,
    press: none,
    filter: none,
    show: none,
  };
}

/** The page that reads one run, from this browser or from a file, without its runbook. */
function openReader(place: HTMLElement): void {
  if (!log) return;
  const offerPlace = make('div', { class: 'rb-offer', hidden: '' });
  const wanted = new URLSearchParams(location.search).get('run');
  const run = listRuns(log).find(({ id }) => id === wanted);
  const drawn = box('div', '');
  if (wanted && !run) drawn.append(line('This browser does not hold that run. Its save file does: open it here.'));
  if (run) {
    void withOutlines([], () => {
      drawn.append(drawRun(run.state, run));
      // Pictures come from a slower store, and the run is worth reading without them.
      void openPictures()
        .allOf(run.id, picturesIn(log.eventsOf(run.id)))
        .then((pictures) => pictures.size && drawn.replaceChildren(drawRun(run.state, run, pictures)))
        .catch(() => undefined);
    });
  }
  const offer = (file: Blob): void =>
    void offerFile(
      { log, pictures: openPictures(), announce },
      file,
      offerPlace,
      (saved) => readRun(saved, drawn),
      (saved) => button('Read it', () => readRun(saved, drawn)),
    );
  globalThis.ringbook.desk = deskOf(offer);
  place.append(fileRow(offer), offerPlace, drawn);
}

const list = find(document, '[data-runs]');
if (list) (list.dataset['runs'] === 'read' ? openReader : openList)(list);
