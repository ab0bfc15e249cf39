/**
 * First script of every page: what the first tick needs, and nothing else. The second one, `sheet.ts`, follows.
 */
import { openEventLog } from '../../lib/browser/event-log.ts';
import { createIdentity } from '../../lib/browser/identity.ts';
import { createRunStore } from '../../lib/browser/run-store.ts';
import { find, findAll, make } from './dom.ts';
import { load, settle } from './places.ts';
import { createRunPage, type RunPage } from './run-page.ts';
import { showRuns } from './run-list.ts';
import type {} from './shared.ts';

document.documentElement.classList.add('is-live');

const live = find(document, '#rb-live');
const announce = (words: string): void => {
  if (live) live.textContent = words;
};

/** Folds the side panels where the screen is too narrow to hold them beside the text. */
if (matchMedia('(max-width: 72rem)').matches) {
  for (const panel of findAll(document, '[data-fold]')) panel.removeAttribute('open');
}

/** An input may be kept when the page has a field for it; a secret has none. */
const mayKeep = (input: string): boolean => find(document, `[data-sheet] [name="${CSS.escape(input)}"]`) !== undefined;

function openPage(main: HTMLElement): RunPage {
  const identity = createIdentity();
  const log = openEventLog(() => localStorage, { mayKeep, page: window });
  const { runbook = '', revision = '', title = '' } = main.dataset;
  const store = createRunStore({ log, runbook: { id: runbook, revision, title }, ...identity });

  const alarm = find(document, '[data-alarm]');
  store.$saving.subscribe((saving) => {
    if (!alarm) return;
    const words = saving.state === 'not-saved' ? saving.why : '';
    alarm.hidden = !words;
    if (!words || alarm.firstChild?.textContent === words) return;
    const again = make('button', { type: 'button', class: 'rb-button' }, 'Try again');
    again.addEventListener('click', () => {
      const answer = log.retry();
      announce(answer.saved ? 'Saved.' : answer.why);
    });
    alarm.replaceChildren(make('span', {}, words), again);
  });
  // Only while something would be lost; otherwise a page closes without a word.
  addEventListener('beforeunload', (event) => {
    if (store.$saving.get().state === 'not-saved') event.preventDefault();
  });
  const notice = find(document, '[data-notice]');
  store.$notices.subscribe((notices) => {
    if (!notice) return;
    notice.hidden = notices.length === 0;
    notice.replaceChildren(...notices.map((words) => make('p', {}, words)));
  });
  return createRunPage(main, store, announce);
}

const main = find(document, '[data-runbook]');
globalThis.ringbook = { announce, load, page: main && openPage(main) };
settle();

const list = findAll(document, '[data-run-of]');
if (list.length)
  showRuns(
    list,
    openEventLog(() => localStorage, { mayKeep: () => false, page: window }),
  );
