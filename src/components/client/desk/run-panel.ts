/** What can be done with the run as a whole: under the bar, so that nobody leaves the step they are at. */
import { copyText } from '../../../lib/browser/clipboard.ts';
import { createIdentity, localTime } from '../../../lib/browser/identity.ts';
import { deleteRun, DELETE_WORDS, listRuns, restoreRun, runName } from '../../../lib/browser/runs.ts';
import { whereKept } from '../../../lib/browser/save-files.ts';
import { aboutOf, eventsOf, handOverOf, resetAct } from '../../../lib/core/run/account.ts';
import { compareRunbook } from '../../../lib/core/run/compare.ts';
import {
  acceptedEntry,
  archivedEntry,
  detailsEntry,
  finishedEntry,
  handOverEntry,
  noteEntry,
  outcomes,
  reopenedEntry,
} from '../../../lib/core/run/entries.ts';
import { handOverText } from '../../../lib/core/run/hand-over.ts';
import { ok, refuse as refusal } from '../../../lib/core/result.ts';
import { find, make, say } from '../dom.ts';
import { keepFocus, refill } from '../focus.ts';
import type { Context } from './context.ts';
import { openEscalation } from './escalation-panel.ts';
import { fileButton, mayKeepInFile, offerFile, saveIntoFile, saveToFile, sharedFileOf } from './files.ts';
import { historyList } from './history.ts';
import { valuesOfPage } from './outline-of-page.ts';
import type { Panel } from './step-panel.ts';
import { box, button, choice, field, form, line, momentWords, quiet, row } from './ui.ts';
import { readRun } from './read-run.ts';
import { letGo, remember, rememberChoice } from './words.ts';

type Opened = { readonly body: HTMLElement; readonly first: HTMLElement | undefined; readonly paint?: () => void };

export interface RunPanel extends Panel {
  /** Shows what a file would change, wherever it came from. */
  readonly offer: (file: Blob) => void;
  readonly show: (drawer: string) => void;
  readonly save: () => void;
}

export function createRunPanel(context: Context, showOnly: () => HTMLElement): RunPanel {
  const { page, log, announce } = context;
  const { store, root } = page;
  const runbook = root.dataset['runbook'] ?? '';
  const state = () => store.$state.get();
  const now = (): string => localTime(Date.now());
  const addressOf = (runId: string): string => `?run=${encodeURIComponent(runId)}`;
  /** Where words of refusal go that belong to no field. */
  const fault = make('p', { class: 'rb-field__error', hidden: '' });
  const refuse = (why: string): void => {
    say(fault, why);
    fault.hidden = !why;
  };

  // --- Drawers -------------------------------------------------------------------------------------------------

  const runs = (): Opened => {
    const list = make('ul', { class: 'rb-runs', role: 'list' });
    const fresh = make('a', { class: 'rb-button', href: addressOf(createIdentity().ids.run()) }, 'New run');
    const paint = (): void => {
      const own = listRuns(log).filter((run) => run.runbook === runbook && !run.isArchived);
      list.replaceChildren(
        ...own.map((run) => {
          const isHere = run.id === store.runId();
          const last = run.lastTouched;
          const words = `${run.isFinished ? 'Finished. ' : ''}${last ? `Last by ${last.by}, ${momentWords(last.at)}.` : ''}`;
          const link = make('a', { href: addressOf(run.id), ...(isHere && { 'aria-current': 'true' }) }, runName(run));
          return make('li', {}, link, isHere ? ' (this one) ' : ' ', make('span', { class: 'rb-label' }, words));
        }),
      );
      if (!own.length)
        list.replaceChildren(make('li', { class: 'rb-label' }, 'No run of this runbook is in this browser yet.'));
    };
    return { body: box('div', 'rb-form', list, row(fresh)), first: fresh, paint };
  };

  const details = (): Opened => {
    const about = aboutOf(state());
    const fields = {
      title: field({
        label: 'Title',
        hint: 'What this run is called. Empty: the title of the runbook.',
        value: about.title ?? '',
        most: 300,
      }),
      change: field({ label: 'Change number', hint: 'For example: CHG0031204', value: about.change ?? '', most: 100 }),
      site: field({
        label: 'Site',
        hint: 'Where it is carried out, for example: Munich',
        value: about.site ?? '',
        most: 200,
      }),
      ring: field({ label: 'Ring', hint: 'For example: production, second wave', value: about.ring ?? '', most: 100 }),
    };
    const body = form(
      'Title, change, site and ring',
      () =>
        context.act({
          near: body,
          entry: () =>
            detailsEntry(state(), {
              title: fields.title.text(),
              change: fields.change.text(),
              site: fields.site.text(),
              ring: fields.ring.text(),
            }),
          done: 'Title, change, site and ring kept.',
          refuse: fields.title.refuse,
        }),
      'Keep',
      ...Object.values(fields).map(({ place }) => place),
    );
    return { body, first: fields.title.input };
  };

  const handOver = (): Opened => {
    const to = remember(page, field({ label: 'To whom', most: 80 }), 'run:to');
    const odd = remember(
      page,
      field({ label: 'What is odd', rows: 3, hint: 'What the next person would not expect.' }),
      'run:odd',
    );
    const preview = make('pre', { class: 'rb-composed', tabindex: '0', 'aria-label': 'Hand-over sheet' });
    const compose = (): string =>
      handOverText({
        state: state(),
        outline: context.applying(),
        values: valuesOfPage(),
        to: to.text() || '…',
        by: store.actor() ?? { by: '…', tier: 1 },
        ...(odd.text() && { odd: odd.text() }),
        now: now(),
      });
    const paint = (): void => say(preview, compose());
    const body = form(
      'Hand over',
      () =>
        context.act({
          near: body,
          entry: () => handOverEntry({ to: to.text(), text: compose() }),
          done: `Handed over to ${to.text()}. It is theirs once they accept. Now save it to a file and give them that.`,
          refuse: to.refuse,
          then: () => letGo(page, ['run:to', 'run:odd']),
        }),
      'Hand over',
      to.place,
      odd.place,
      quiet('The sheet, made from this run:'),
      preview,
    );
    body.addEventListener('input', paint);
    body.append(
      row(
        button(
          'Copy the sheet',
          () =>
            void copyText(compose(), preview).then((outcome) =>
              announce(outcome === 'copied' ? 'Copied.' : 'Selected: press Ctrl+C.'),
            ),
        ),
        saveButton(),
      ),
    );
    return { body, first: to.input, paint };
  };

  const shared = (): Opened => {
    const into = (which: Parameters<typeof saveIntoFile>[2]) => (): void => {
      const runId = store.runId();
      if (runId === undefined) return refuse('Start the run first: there is nothing to save yet.');
      context.recordOutline();
      void saveIntoFile(context, runId, which).then((words) => {
        context.tell(words);
        page.recount();
        panelPaint();
      });
    };
    const last = button('Save into it', into('last'), 'main');
    const lastRow = row(last);
    lastRow.hidden = true;
    const made = button('Make a new file', into('new'));
    const body = box(
      'div',
      'rb-form',
      quiet(
        'Keeps this run in one file, on a share for example, that several people open in turn. Each save takes in what others wrote, and loses nothing of theirs.',
      ),
      lastRow,
      row(made, button('Use a file that is there', into('there'))),
    );
    const paint = (): void =>
      void sharedFileOf(context, store.runId() ?? '').then((name) => {
        lastRow.hidden = name === undefined;
        say(last, `Save into ${name ?? ''}`);
      });
    return { body, first: made, paint };
  };

  const note = (): Opened => {
    const text = remember(page, field({ label: 'Note on the run as a whole', rows: 3 }), 'run:note');
    const body = form(
      'Note on the run',
      () =>
        context.act({
          near: body,
          entry: () => noteEntry({ text: text.text() }),
          done: 'Note kept.',
          refuse: text.refuse,
          then: () => {
            text.input.value = '';
            letGo(page, ['run:note']);
          },
        }),
      'Keep note',
      text.place,
    );
    return { body, first: text.input };
  };

  const changes = (): Opened => {
    const body = box('div', 'rb-form');
    const paint = (): void => {
      const comparison = compareRunbook(state(), context.outline());
      const touched = comparison.steps.filter(({ change }) => change !== 'unchanged');
      const names = {
        reworded: 'Reworded',
        moved: 'Moved',
        new: 'New',
        removed: globalThis.ringbookHeld ? 'Not in this file' : 'No longer in this runbook',
        unchanged: '',
      };
      body.replaceChildren(
        ...(touched.length
          ? [
              make(
                'ul',
                { class: 'rb-history', role: 'list' },
                ...touched.map(({ id, change, item, was, look }) => {
                  const shown = item ?? was;
                  const words = `${shown?.number ? `${shown.number} ` : ''}${shown?.label ?? id}`;
                  const name = item ? make('a', { href: `#${id}` }, words) : words;
                  return make('li', {}, make('b', {}, names[change]), look ? ' (look again) ' : ' ', name);
                }),
              ),
            ]
          : [quiet('Nothing in this runbook has changed since this run began.')]),
      );
    };
    return { body, first: undefined, paint };
  };

  const history = (): Opened => {
    const body = box('div', 'rb-form');
    let most = 20;
    const paint = (): void => {
      const all = eventsOf(state()).filter(({ kind }) => kind !== 'outline');
      refill(
        body,
        historyList(context, all.slice(-most), 'Nothing has happened yet.'),
        ...(all.length > most
          ? [
              button(`Show all ${all.length}`, () => {
                most = all.length;
                paint();
              }),
            ]
          : []),
      );
    };
    return { body, first: undefined, paint };
  };

  const finish = (): Opened => {
    const outcome = rememberChoice(
      page,
      choice({ label: 'Outcome', of: outcomes.map(({ id, words }) => [id, words] as const) }),
      'run:outcome',
    );
    const text = remember(page, field({ label: 'Closing note', rows: 3 }), 'run:closing');
    const open = quiet();
    const body = form(
      'Finish the run',
      () => {
        const chosen = outcomes.find(({ id }) => id === outcome.value())?.id;
        if (!chosen) return outcome.refuse('Choose the outcome');
        context.act({
          near: body,
          entry: () => finishedEntry({ outcome: chosen, ...(text.text() && { text: text.text() }) }),
          done: 'The run is finished. Save it to a file: that is the record.',
          refuse: text.refuse,
          then: () => letGo(page, ['run:outcome', 'run:closing']),
        });
      },
      'Finish',
      open,
      outcome.place,
      text.place,
    );
    const again = button('Open it again', () =>
      context.act({ near: body, entry: () => reopenedEntry(state()), done: 'The run is open again.', refuse }),
    );
    const reopen = row(again);
    const place = box('div', 'rb-form', body, reopen);
    const paint = (): void => {
      const isFinished = state().finished.length > 0;
      body.hidden = isFinished;
      reopen.hidden = !isFinished;
      say(open, find(document, '[data-progress]')?.textContent ?? '');
    };
    return { body: place, first: find(body, 'input'), paint };
  };

  const away = (): Opened => {
    const body = box(
      'div',
      'rb-form',
      quiet(
        'Reset empties all boxes, decisions, values seen and “does not apply”. Notes, evidence and values stay. It can be taken back.',
      ),
      row(
        button('Reset', () =>
          context.act({
            near: root,
            entry: () => {
              const entry = resetAct(state());
              return entry ? ok(entry) : refusal('There is nothing to reset.');
            },
            done: 'The run is reset.',
            refuse,
          }),
        ),
        button('Archive', () =>
          context.act({
            near: root,
            entry: () => ok(archivedEntry()),
            done: 'Archived: it stands folded on the start page.',
            refuse,
          }),
        ),
        button('Delete', () => {
          const runId = store.runId();
          if (runId === undefined) return refuse('There is no run to delete.');
          const answer = deleteRun(log, runId, now());
          if (!answer.saved) return refuse(answer.why);
          page.recount();
          context.tell(DELETE_WORDS, {
            words: 'Put it back',
            act: () => {
              const back = restoreRun(log, runId);
              if (back.saved) {
                store.show(runId);
                context.tell('The run is back.');
              }
              return back;
            },
          });
          store.show(undefined);
        }),
      ),
    );
    return { body, first: undefined };
  };

  const drawers: readonly (readonly [words: string, open: () => Opened])[] = [
    ['Hand over', handOver],
    ['Escalate', () => openEscalation(context, undefined)],
    ['Note', note],
    ['History', history],
    ['Show', () => ({ body: showOnly(), first: undefined })],
    ['Runs', runs],
    ['Title, change, site', details],
    ...(mayKeepInFile() ? ([['Shared file', shared]] as const) : []),
    ['What changed', changes],
    ['Finish', finish],
    ['Reset, archive, delete', away],
  ];

  // --- The panel itself ----------------------------------------------------------------------------------------

  const title = box('h2', 'rb-desk__title');
  const who = line();
  const kept = line();
  const offerPlace = make('div', { class: 'rb-offer', hidden: '' });
  const whoPlace = box('div', '');
  const accept = make('div', { class: 'rb-offer', hidden: '', 'data-accept': '' });
  const shelf = box('div', 'rb-shelf');
  /** As at the foot of the page, where this one has papers; a run that is finished leads to its record. */
  const papers = document.createElement('a');
  papers.className = 'rb-button';
  papers.textContent = 'Papers';
  const noPapers = quiet(
    'Plan and record are made on the site: save to a file here, open it there, and choose Papers. This page itself prints what was done.',
  );
  const made = new Map<string, Opened>();
  let open = '';

  function saveButton(): HTMLElement {
    return button('Save to a file', save);
  }
  function save(): void {
    const runId = store.runId();
    if (runId === undefined) return refuse('Start the run first: there is nothing to save yet.');
    context.recordOutline();
    void saveToFile(context, runId).then((words) => {
      context.tell(words);
      context.askToPersist();
      // The line that says when it was last saved.
      page.recount();
      paint();
    });
  }

  const taken = (runId: string, added: number): void => {
    if (runId === store.runId()) {
      context.tell(`Taken in: ${added} ${added === 1 ? 'entry' : 'entries'}.`);
      paint();
    } else location.search = addressOf(runId);
  };

  const offer = (file: Blob): void => {
    void offerFile(
      {
        log,
        pictures: context.pictures,
        announce,
        outline: (saved) => (saved.runbook.id === runbook ? context.outline() : undefined),
      },
      file,
      offerPlace,
      (saved, added) => {
        if (saved.runbook.id === runbook) taken(saved.run, added);
        else {
          const start = find(document, '.rb-brand')?.getAttribute('href') ?? '';
          offerPlace.replaceChildren(
            line(
              `Kept. It is a run of “${saved.runbook.title}”, which is another runbook: `,
              make('a', { href: start }, 'open it from the start page'),
              '.',
            ),
          );
          offerPlace.hidden = false;
        }
      },
      (saved) => button('Read it', () => readRun(saved, offerPlace)),
    );
  };

  const show = (name: string, takeFocus = true): void => {
    open = name;
    for (const each of buttons) each.setAttribute('aria-expanded', String(each.textContent === name));
    const drawer = drawers.find(([words]) => words === name);
    if (!drawer) return shelf.replaceChildren();
    const opened = made.get(name) ?? drawer[1]();
    made.set(name, opened);
    opened.paint?.();
    shelf.replaceChildren(opened.body);
    if (takeFocus) opened.first?.focus();
  };
  const buttons = drawers.map(([words]) => {
    const each = button(words, () => show(open === words ? '' : words));
    each.setAttribute('aria-expanded', 'false');
    return each;
  });

  const change = button('Change person', () =>
    page.form.ask(whoPlace, 'Who goes on from here? Entries made so far keep their names.'),
  );
  const saving = saveButton();
  const place = make(
    'section',
    { class: 'rb-desk rb-desk--run', 'aria-label': 'This run' },
    title,
    accept,
    row(who, change),
    whoPlace,
    kept,
    row(saving, fileButton('Open a save file', offer), papers),
    noPapers,
    offerPlace,
    fault,
    row(...buttons),
    shelf,
  );

  const paintAccept = (): void => {
    const { open: handed } = handOverOf(state());
    accept.hidden = !handed;
    if (!handed) return;
    accept.replaceChildren(
      line(
        `${handed.by} handed this run over to ${handed.data.to}, ${momentWords(handed.at)}. It is theirs once accepted.`,
      ),
      row(
        button(
          'Accept it',
          () =>
            page.form.ask(accept, `You take this run over from ${handed.by}.`, () =>
              context.act({
                near: accept,
                entry: () => acceptedEntry({ handOver: handed.id }),
                done: 'Accepted. The run is yours.',
                refuse,
              }),
            ),
          'main',
        ),
      ),
      ...(handed.data.text
        ? [make('pre', { class: 'rb-composed', tabindex: '0', 'aria-label': 'Hand-over sheet' }, handed.data.text)]
        : []),
    );
  };

  function panelPaint(): void {
    paint();
  }
  // What has been done may be gone; saving it is what comes next.
  const paint = (): void =>
    keepFocus(place, paintAll, () => (saving.checkVisibility() ? saving : buttons.find((each) => !each.hidden)));
  const paintAll = (): void => {
    const runId = store.runId();
    const run = runId === undefined ? undefined : listRuns(log).find(({ id }) => id === runId);
    say(title, run ? runName(run) : 'No run yet');
    const actor = store.actor();
    say(who, actor ? `Working as ${actor.by}, tier ${actor.tier}.` : 'Nobody is at work here yet.');
    say(change, actor ? 'Change person' : 'Say who you are');
    say(
      kept,
      runId === undefined
        ? 'Nothing is kept before the run has begun, except what is typed into the sheet.'
        : whereKept(log, runId, context.persistence()),
    );
    // Before it has begun there is nothing to hand over or to finish.
    for (const each of buttons) each.hidden = runId === undefined && !/^(Runs|Show)$/.test(each.textContent ?? '');
    const atFoot = document.querySelector<HTMLAnchorElement>('a[data-papers]');
    papers.hidden = !atFoot;
    noPapers.hidden = !papers.hidden;
    papers.href = `${atFoot?.href ?? ''}${state().finished.length > 0 ? '#record' : ''}`;
    refuse('');
    paintAccept();
    made.get(open)?.paint?.();
  };
  return {
    place,
    paint,
    offer,
    show,
    save,
    focus: () => (accept.hidden ? buttons[0] : find(accept, 'button'))?.focus(),
  };
}
