/**
 * The desk: everything about a run that is not asked for at every step. It is loaded when the first panel is opened;
 * ticks, gates, values and their saving do without it.
 */
import { compareRunbook } from '../../lib/core/run/compare.ts';
import { aboutOf, undoChoices } from '../../lib/core/run/account.ts';
import { createContext } from './desk/context.ts';
import { createFilter, type StepFilter } from './desk/filter.ts';
import { decide, withdraw } from './desk/gate.ts';
import { paintMarks } from './desk/marks.ts';
import { createKeys } from './desk/keys.ts';
import { announceOffers } from './desk/offers.ts';
import { createRunPanel } from './desk/run-panel.ts';
import { dressForm } from './desk/start-form.ts';
import { createStepPanel, type Panel } from './desk/step-panel.ts';
import { takeOver } from './desk/words.ts';
import { find, make, say } from './dom.ts';
import type {} from './shared.ts';

export interface Desk {
  /** Opens or closes the panel of a step, a gate, or of the run (with the bar). */
  readonly toggle: (element: HTMLElement) => void;
  /** Adds to the form that asks who somebody is: a way out; and where a run is to begin, title, change, site and ring. */
  readonly dress: (form: HTMLFormElement) => void;
  /** Go or no-go, as the button says; pressed again, it is taken back. */
  readonly decide: (gate: HTMLElement, button: HTMLElement) => void;
  /** Takes a go back, because a criterion that it rests on is open. */
  readonly withdraw: (gateId: string) => void;
  /** A run has just begun on this page. */
  readonly begun: () => void;
  /** Does what a letter of the keyboard stands for. */
  readonly press: (key: string) => void;
  /** Shows what a save file would change. */
  readonly offer: (file: Blob) => void;
  /** Shows only some of the steps. */
  readonly filter: StepFilter['show'];
  /** Opens one of the parts of the run's panel. */
  readonly show: (drawer: string) => void;
}

const { page, log, announce } = globalThis.ringbook;
/** A copy on a stick may be the older of the two. */
const isCarried = globalThis.ringbookHeld !== undefined;
if (page && log && !globalThis.ringbook.desk) {
  const context = createContext(page, log, announce);
  const filter = createFilter(context);
  const { store } = page;
  const panels = new Map<HTMLElement, Panel>();
  const run = createRunPanel(context, filter.controls);
  const bar = find(document, '.rb-top');

  const panelOf = (element: HTMLElement): Panel => {
    const panel = panels.get(element) ?? (element.id ? createStepPanel(context, element) : run);
    panels.set(element, panel);
    return panel;
  };
  const opener = (element: HTMLElement): HTMLElement | undefined => find(element, ':scope > [aria-expanded]');
  const isOpen = (panel: Panel): boolean => panel.place.isConnected;

  const close = (element: HTMLElement): void => {
    const panel = panelOf(element);
    const hadFocus = panel.place.contains(document.activeElement);
    panel.place.remove();
    const button = opener(element);
    button?.setAttribute('aria-expanded', 'false');
    if (hadFocus) button?.focus();
  };
  const open = (element: HTMLElement): Panel => {
    const panel = panelOf(element);
    if (isOpen(panel)) return panel;
    context.recordOutline();
    panel.paint();
    (panel === run ? (bar ?? element) : element).append(panel.place);
    opener(element)?.setAttribute('aria-expanded', 'true');
    return panel;
  };
  const ofRun = (): HTMLElement | undefined => find(document, '.rb-progress');

  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    const element = [...panels].find(([, panel]) => panel.place.contains(document.activeElement))?.[0];
    if (element) close(element);
  });

  /** What is new or elsewhere in the runbook since the run began stands at its step. */
  const markChanges = (): void => {
    const { steps } = compareRunbook(store.$state.get(), context.outline());
    for (const { id, change, formerly } of steps) {
      if (change !== 'new' && change !== 'moved' && !formerly) continue;
      const body = find(document, `[id="${CSS.escape(id)}"] > .rb-step__body`);
      if (!body || find(body, '.rb-step__new')) continue;
      const words = formerly
        ? 'Was settled in an earlier wording: look again, and tick it to confirm.'
        : change === 'new'
          ? isCarried
            ? 'Not in the revision that this run began with: look at it.'
            : 'New since this run began: look at it.'
          : 'Moved to another place since this run began.';
      body.prepend(make('p', { class: 'rb-step__changed rb-step__new' }, words));
    }
  };

  const changedWords = isCarried
    ? 'This file holds another revision of the runbook than the run: see Run'
    : 'The runbook has changed since: see Run';
  const about = make('p', { class: 'rb-progress__run' });
  find(document, '[data-who]')?.before(about);
  /** Which run of several this is, and whether its runbook is still what it was. */
  function paintRun(): void {
    const { started } = store.$state.get();
    const { site, change, title } = aboutOf(store.$state.get());
    const hasChanged = started && started.data.revision !== page?.root.dataset['revision'];
    say(about, [title, site, change, hasChanged && changedWords].filter(Boolean).join(' · '));
  }
  paintMarks(page);
  paintRun();
  store.onChange((touched) => {
    paintMarks(page, touched);
    paintRun();
    for (const panel of panels.values()) if (isOpen(panel)) panel.paint();
  });

  globalThis.ringbook.desk = {
    toggle(element) {
      if (isOpen(panelOf(element))) close(element);
      else open(element).focus();
    },
    decide: (gate, button) => decide(page, gate, button, announce),
    withdraw: (gateId) => withdraw(page, gateId, 'Go taken back: a criterion is open.'),
    dress: (form) => dressForm(form, page),
    begun() {
      takeOver(page);
      context.recordOutline();
      context.askToPersist();
      announceOffers(context);
    },
    press: createKeys(
      page,
      () => {
        const [choice] = undoChoices(store.$state.get(), context.outline(), 1);
        if (choice) context.undo(choice);
        else context.tell('There is nothing to take back.');
      },
      () => globalThis.ringbook.desk?.show('Finish'),
    ),
    offer(file) {
      const element = ofRun();
      if (element) open(element);
      run.offer(file);
    },
    filter: filter.show,
    show(drawer) {
      const element = ofRun();
      if (element) open(element);
      if (drawer === 'Save to a file') run.save();
      else run.show(drawer);
    },
  };
  markChanges();
  announceOffers(context);
}
