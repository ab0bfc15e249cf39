/**
 * First script of every page: what the first tick needs, and nothing else. The second one, `sheet.ts`, follows.
 */
import { openEventLog, type EventLog } from '../../lib/browser/event-log.ts';
import { createIdentity } from '../../lib/browser/identity.ts';
import { openMirror } from '../../lib/browser/mirror.ts';
import { createRunStore } from '../../lib/browser/run-store.ts';
import { secretInputs } from '../../lib/core/run/secrets.ts';
import { afterFrame, find, findAll, make } from './dom.ts';
import { load, settle } from './places.ts';
import { createRunPage, type RunPage } from './run-page.ts';
import { finish, inSlices } from './slices.ts';
import { showNotices, useDesk } from './desk-door.ts';
import type {} from './shared.ts';

const live = find(document, '#rb-live');
const announce = (words: string): void => {
  if (live) live.textContent = words;
};

/** Folds the side panels where the screen is too narrow to hold them beside the text, as the style sheet has it. */
if (matchMedia(`(max-width: ${document.documentElement.dataset['size'] === 'large' ? 101 : 72}rem)`).matches) {
  for (const panel of findAll(document, '[data-fold]')) panel.removeAttribute('open');
}

/** Whether this browser may have something of ours to show, for which the first frame waits. */
function hasSomething(): unknown {
  try {
    return localStorage.length;
  } catch {
    return;
  }
}

/** What was typed into the fields of a plan becomes part of the run that begins here, so only secrets are not kept. */
const mayKeep = (input: string): boolean => !secretInputs.has(input);

function openPage(main: HTMLElement, log: EventLog): RunPage {
  const { runbook = '', revision = '', title = '' } = main.dataset;
  // A link leads to one run of several; an id that is not here yet is that of a run to begin.
  const runId = /[?&]run=([0-9A-Za-z-]{10,64})$/.exec(location.search)?.[1];
  const { clock, ids } = createIdentity();
  const isFresh = runId !== undefined && log.eventsOf(runId).length === 0;
  const store = createRunStore({
    log,
    runbook: { id: runbook, revision, title },
    runId,
    clock,
    ids: isFresh ? { ...ids, run: () => runId } : ids,
  });
  if (isFresh) store.show(undefined);

  const alarm = find(document, '[data-alarm]');
  store.$saving.subscribe((saving) => {
    if (!alarm) return;
    const words = saving.state === 'not-saved' ? saving.why : '';
    alarm.hidden = !words;
    document.documentElement.classList.toggle('is-alarmed', Boolean(words));
    if (!words || alarm.firstChild?.textContent === words) return;
    const again = make('button', { type: 'button', class: 'rb-button' }, 'Try again');
    again.onclick = () => {
      const answer = log.retry();
      announce(answer.saved ? 'Saved.' : answer.why);
      if (answer.saved) find(document, '[data-next]')?.focus();
    };
    alarm.replaceChildren(make('span', {}, words), again);
  });
  // Only while something would be lost; otherwise a page closes without a word.
  addEventListener('beforeunload', (event) => {
    if (store.$saving.get().state === 'not-saved') event.preventDefault();
  });
  store.$notices.subscribe(showNotices);
  return createRunPage(main, store, log, announce);
}

const main = find(document, '[data-runbook]');
const hasRuns = main ?? find(document, '[data-runs]');

function start(): void {
  document.documentElement.classList.add('is-live');
  const log =
    hasRuns &&
    openEventLog(() => localStorage, {
      mayKeep,
      page: window,
      mirror: openMirror(() => indexedDB),
    });
  globalThis.ringbook = { announce, load, inSlices, finish, log, page: main && log && openPage(main, log) };

  // A save file that is dropped anywhere is offered; the browser would leave the page for it.
  if (hasRuns) {
    addEventListener('dragover', (event) => event.preventDefault());
    addEventListener('drop', (event) => {
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      event.preventDefault();
      useDesk((desk) => desk.offer(file));
    });
  }
}

settle();
// The second frame begins when the first is on its way to the screen, which would compete with what is done here.
if (!main || hasSomething()) start();
else requestAnimationFrame(() => afterFrame(start));
