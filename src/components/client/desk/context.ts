/** What every panel needs: the page with its run, and how the outcome of an act is told. */
import type { Saved, EventLog } from '../../../lib/browser/event-log.ts';
import type { Act } from '../../../lib/core/run/event.ts';
import { openPictures, type PictureStore } from '../../../lib/browser/pictures.ts';
import type { Result } from '../../../lib/core/result.ts';
import { redoChoices, undoChoices, type Choice } from '../../../lib/core/run/account.ts';
import { hasOutline, type Outline } from '../../../lib/core/run/outline.ts';
import type { RunPage } from '../run-page.ts';
import { askToPersist } from '../../../lib/browser/save-files.ts';
import { outlineEntry } from '../../../lib/core/run/entries.ts';
import { find, make } from '../dom.ts';
import { comesBack, keepFocus } from '../focus.ts';
import { box, button } from './ui.ts';
import { outlineOfPage } from './outline-of-page.ts';

export interface Context {
  readonly page: RunPage;
  readonly log: EventLog;
  readonly pictures: PictureStore;
  readonly announce: (words: string) => void;
  readonly outline: () => Outline;
  /** Of it, what applies at this site. */
  readonly applying: () => Outline;
  /**
   * Carries out what somebody typed, once it is known who they are.
   *
   * @param near Where to ask for that.
   * @param refuse Says what is wrong beside the field; what was typed stays.
   */
  readonly act: (options: {
    readonly near: HTMLElement;
    readonly entry: () => Result<Act>;
    readonly done: string;
    readonly refuse: (why: string) => void;
    readonly then?: () => void;
  }) => void;
  /** The line at the foot of the window: what was done, and how to take it back. */
  readonly tell: (words: string, undo?: { readonly words: string; readonly act: () => Saved }) => void;
  /** Takes back entries, and offers to take that back. */
  readonly undo: (choice: Choice) => void;
  readonly redo: (choice: Choice) => void;
  /** Writes down how the runbook reads now, once for each revision, so that the run can be read without it. */
  readonly recordOutline: () => void;
  /** Whether the browser promises to keep what is stored. */
  readonly persistence: () => Persistence;
  /** Asks the browser for that promise: only when a person has done something that is worth it. */
  readonly askToPersist: () => void;
}

export type Persistence = Awaited<ReturnType<typeof askToPersist>>;

export function createContext(page: RunPage, log: EventLog, announce: (words: string) => void): Context {
  const line = make('div', { class: 'rb-told', role: 'group', 'aria-label': 'Last act' });
  const { store } = page;
  let pictures: PictureStore | undefined;
  let outline: Outline | undefined;
  let persistence: Persistence = 'unknown';
  const outlineNow = (): Outline => (outline ??= outlineOfPage(page));
  void navigator.storage?.persisted?.().then(
    (isKept) => {
      persistence = isKept ? 'kept' : 'may-be-removed';
    },
    () => undefined,
  );

  const goAway = comesBack(line);
  /** The latest act of whoever works here, when the line was written. */
  let lastTold: string | undefined;
  const lastAct = (): string | undefined => {
    const by = store.actor()?.by;
    return undoChoices(store.$state.get()).find(({ event }) => event.by === by)?.event.id;
  };
  store.onChange(() => {
    // Whoever acts and tells of it does so at once. What stands there after that is not the last act any more, and
    // somebody who ticks and then presses Undo means the tick.
    if (line.isConnected)
      queueMicrotask(() => {
        if (lastAct() !== lastTold) goAway();
      });
  });
  const tell: Context['tell'] = (words, undo) => {
    const buttons = [
      ...(undo
        ? [
            button(undo.words, () => {
              const answer = undo.act();
              if (!answer.saved) announce(answer.why);
            }),
          ]
        : []),
      button('Close', goAway),
    ];
    keepFocus(
      line,
      () => line.replaceChildren(box('span', '', words), ...buttons),
      () => buttons[0],
    );
    if (!line.isConnected) document.body.append(line);
    lastTold = lastAct();
    // Not under this very line.
    find(document, ':focus-visible')?.scrollIntoView({ block: 'nearest' });
    announce(words);
  };

  const recordAll = (acts: readonly Act[]): Saved => {
    let answer: Saved = { saved: true };
    for (const act of acts) {
      const next = store.record(act);
      if (!next.saved) answer = next;
    }
    return answer;
  };
  const refused = (answer: Saved): boolean => !answer.saved && !answer.isKept;

  const offerUndo = (done: string): void => {
    const [choice] = undoChoices(store.$state.get(), outlineNow(), 1);
    tell(done, choice && { words: 'Undo', act: () => undo(choice) });
  };
  function undo(choice: Choice): Saved {
    const answer = recordAll(choice.acts);
    if (refused(answer)) return answer;
    const again = redoChoices(store.$state.get(), outlineNow(), 1).find(({ event }) => event.id === choice.event.id);
    tell(`Undone: ${choice.words}.`, again && { words: 'Redo', act: () => redo(again) });
    return answer;
  }
  function redo(choice: Choice): Saved {
    const answer = recordAll(choice.acts);
    if (!refused(answer)) offerUndo(`Done again: ${choice.words}.`);
    return answer;
  }
  const orSay = (answer: Saved): void => {
    if (!answer.saved) announce(answer.why);
  };

  return {
    page,
    log,
    announce,
    tell,
    get pictures() {
      pictures ??= openPictures();
      return pictures;
    },
    outline: outlineNow,
    applying: () => outlineOfPage({ ...page, items: page.items.filter(({ element }) => !element.closest('.is-away')) }),
    recordOutline: () => {
      const state = store.$state.get();
      const { revision } = outlineNow();
      const isThere = hasOutline(state, revision);
      if (isThere || store.runId() === undefined || !store.actor() || store.readOnly() !== undefined) return;
      store.record(outlineEntry(outlineNow()));
    },
    persistence: () => persistence,
    askToPersist: () =>
      void askToPersist().then((answer) => {
        persistence = answer;
      }),
    undo: (choice) => orSay(undo(choice)),
    redo: (choice) => orSay(redo(choice)),
    act: ({ near, entry, done, refuse, then }) => {
      const made = entry();
      if (!made.ok) {
        refuse(made.why);
        announce(made.why);
        return;
      }
      page.form.whenStarted(near, () => {
        const answer = store.record(made.value);
        if (!answer.saved && !answer.isKept) {
          refuse(answer.why);
          announce(answer.why);
          return;
        }
        then?.();
        if (answer.saved) offerUndo(done);
        else {
          // The red bar stands; what was told before is not the last act any more.
          goAway();
          announce(answer.why);
        }
      });
    },
  };
}
