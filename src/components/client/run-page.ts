/**
 * The run on a runbook's page: boxes, gates, progress, who does it, and the words about saving.
 *
 * State goes one way: an act goes to the store, the store answers, and only then is the page painted. A box that was
 * clicked stays empty until its tick is kept; the next frame shows it, and all that follows from it comes after that.
 */
import type { RunStore, Touched } from '../../lib/browser/run-store.ts';
import type { EventLog, Saved } from '../../lib/browser/event-log.ts';
import { gateOf, isDone, isSettled as isSettledIn, tickOf } from '../../lib/core/run/fold.ts';
import { useDesk } from './desk-door.ts';
import { afterFrame, find, findAll, make, say } from './dom.ts';
import { finish, inSlices } from './slices.ts';
import { createWhoForm, type WhoForm } from './who-form.ts';

export interface RunPage {
  readonly store: RunStore;
  readonly root: HTMLElement;
  readonly form: WhoForm;
  /** In reading order, also those that do not apply. */
  readonly items: readonly Item[];
  /** Says what came of an act, and then what `after` says by then. */
  readonly tell: (answer: Saved, sentence: string, after?: HTMLElement) => void;
  /** Opens or closes what more there is to a step, a gate, or (with its button in the bar) the run. */
  readonly more: (element: HTMLElement) => void;
  /** Does what a letter of the keyboard stands for. */
  readonly press: (key: string) => void;
  /** Call after branches opened or closed: what does not apply is not counted. */
  readonly recount: () => void;
  /** Ticks or unticks a step, as a click on its box does. */
  readonly toggle: (item: HTMLElement) => void;
  /** The first step or gate that applies and is still open. */
  readonly nextOpen: () => HTMLElement | undefined;
}

/** A task of the page, in reading order. */
export interface Task {
  /** Its line in the list of tasks. */
  readonly link: HTMLElement | undefined;
  /** Whether it counts towards progress. */
  readonly counts: boolean;
  readonly element: HTMLElement;
  readonly items: Item[];
  /** Those of its items that apply. */
  own: readonly Item[];
}

/** A step or a gate of the page, in reading order. */
export interface Item {
  readonly id: string;
  readonly element: HTMLElement;
  /** A gate has none. */
  readonly box: HTMLInputElement | null;
  readonly task: Task;
}

const clockOf = (at: string): string => at.slice(11, 16);

/** Entries at a step that are no remark. The desk shows remarks; until it is here, their number stands for them. */
const noMark = /tick|spent/;

export function createRunPage(
  root: HTMLElement,
  store: RunStore,
  log: EventLog,
  announce: (words: string) => void,
): RunPage {
  // By the list, which is short and near the top: a search for them would look through all of the page.
  const tasks = findAll(find(root, '.rb-runbook__nav') ?? root, '[data-task]').flatMap((link): Task[] => {
    const element = document.getElementById(link.dataset['task'] ?? '');
    const counts = !element?.classList.contains('rb-task--backout');
    return element ? [{ link, counts, element, items: [], own: [] }] : [];
  });
  const byId = new Map<string, Item>();
  const criteria = new Map<string, HTMLElement>();
  const words = find(document, '[data-progress]');
  const bar = document.querySelector<HTMLProgressElement>('.rb-progress__bar');
  const who = find(document, '[data-who]');
  const jump = find(document, '[data-next]');
  let papers: HTMLAnchorElement | null | undefined;
  let next: Item | undefined;
  let hasMarks = false;
  let isAsked = false;

  const isSettled = ({ id, box }: Item): boolean => {
    const state = store.$state.get();
    return box ? isSettledIn(state, id) : gateOf(state, id) === 'go';
  };

  // --- Painting ------------------------------------------------------------------------------------------------

  const paintStep = ({ id, element }: Item): void => {
    const tick = tickOf(store.$state.get(), id);
    // Without a tick now and before there is no mark to take away: most steps of a page when it opens.
    if (!tick && !element.classList.contains('is-done')) return;
    element.classList.toggle('is-done', Boolean(tick));
    for (const mark of findAll(element, '.rb-step__stamp, .rb-step__changed')) mark.remove();
    if (!tick) return;
    const clock = clockOf(tick.at);
    const title = `Done ${tick.at.slice(0, 10)} ${clock} by ${tick.by}, tier ${tick.tier}`;
    find(element, '.rb-step__meta')?.append(make('span', { class: 'rb-step__stamp', title }, `${clock} ${tick.by}`));
    if (tick.stepHash === element.dataset['hash']) return;
    const sign = 'Changed since it was ticked: look again, then untick and tick it.';
    find(element, '.rb-step__body')?.prepend(make('p', { class: 'rb-step__changed' }, sign));
  };

  const paintMarks = ({ id, element, box }: Item): void => {
    const state = store.$state.get();
    const body = find(element, '.rb-step__body');
    const history = state.steps.get(id)?.history ?? [];
    const count = history.filter((event) => !noMark.test(event.kind) && !state.gone.has(event.id)).length;
    if (!body || !(count || body.dataset['marks'])) return;
    body.dataset['marks'] = String(count);
    if (box) element.classList.toggle('is-skipped', !isDone(state, id) && isSettledIn(state, id));
    hasMarks = true;
  };

  /** The boxes of steps and criteria. */
  const paintBox = (id: string): void => {
    const box = byId.get(id)?.box ?? criteria.get(id)?.querySelector<HTMLInputElement>('.rb-box');
    if (!box) return;
    // Else the browser would tick it again by itself when somebody comes back, whatever is kept.
    box.autocomplete = 'off';
    box.checked = isDone(store.$state.get(), id);
  };

  const paintGate = ({ id, element }: Item): void => {
    const decision = gateOf(store.$state.get(), id);
    const standing = store.$state.get().gates.get(id)?.standing ?? [];
    for (const button of findAll(element, '[data-decide]')) {
      button.setAttribute('aria-pressed', String(button.dataset['decide'] === decision));
    }
    const line = find(element, '.rb-decision__words');
    if (!line) return;
    const tier = Number(element.dataset['tier']);
    const words = standing.map(({ at, by, tier: own, data }) => {
      const warn = own < tier ? `. This gate is for tier ${tier}` : '';
      return `${data.decision === 'go' ? 'Go' : 'No-go'}, by ${by}, tier ${own}, ${at.slice(0, 10)} ${clockOf(at)}${warn}. `;
    });
    line.textContent = words.join('') + (decision === 'conflict' ? 'Agree on one, and press it.' : '');
    element.classList.toggle('is-done', decision === 'go');
    element.classList.toggle('is-stopped', /no-go|conflict/.test(decision));
  };

  const paintTask = ({ link, own }: Task): void => {
    if (!link) return;
    const settled = own.filter(isSettled).length;
    say(find(link, '.rb-tasks__count'), own.length ? `${settled} of ${own.length}` : 'does not apply');
    link.classList.toggle('is-complete', settled === own.length);
  };

  const countedItems = (): Item[] => tasks.flatMap(({ counts, own }) => (counts ? own : []));

  const openItem = (): Item | undefined => countedItems().find((item) => !isSettled(item));

  const paintProgress = (): void => {
    const counted = countedItems();
    const all = counted.length;
    const done = counted.filter(isSettled).length;
    const open = openItem();
    const among = [...new Set(counted.map(({ task }) => task))];
    const place = open ? `, task ${among.indexOf(open.task) + 1} of ${among.length}` : ', all done';
    const sentence = `${done} of ${all} steps${place}`;
    say(words, sentence);
    say(jump, open ? 'Next open step' : 'Finish');
    if (bar) {
      bar.max = all;
      bar.value = done;
      bar.setAttribute('aria-valuetext', sentence);
    }
    for (const item of next === open ? [] : [next, open]) {
      item?.element.classList.toggle('is-next', item === open);
      item?.task.link?.classList.toggle('is-here', item === open);
    }
    next = open;
    paintRun();
  };

  /** One line says who is at work, and when the run was last saved to a file; the desk adds which run it is. */
  const paintRun = (): void => {
    const { started, finished } = store.$state.get();
    const actor = store.actor();
    // The mark begins with the moment.
    const at = log
      .readMark('file', store.runId() ?? '')
      .slice(7, 23)
      .replace('T', ' ');
    const file = `${at ? '' : 'not '}saved to a file ${at}`;
    // A runbook has papers for each of its runs.
    papers ??= document.querySelector<HTMLAnchorElement>('a[data-papers]');
    if (papers) papers.search = started ? `?run=${store.runId()}` : '';
    const by = actor ? `${actor.by}, tier ${actor.tier} · ` : '';
    say(who, started ? (finished.length ? 'Finished · ' : '') + by + file : '');
    // What somebody kept with a panel, and a runbook that has changed since, are for all to see; the desk shows them.
    const asks = hasMarks || (started && (started.data.about ?? started.data.revision !== root.dataset['revision']));
    if (!asks || isAsked) return;
    isAsked = true;
    setTimeout(() => useDesk(() => undefined));
  };

  const recountTask = (task: Task): void => {
    task.own = task.items.filter(({ element }) => !element.closest('.is-away'));
    paintTask(task);
  };

  const recount = (): void => {
    finish();
    tasks.forEach(recountTask);
    showGaps(root);
    paintProgress();
    // Another tab may have entered what takes this step away.
    if (document.activeElement?.closest('.is-away')) jump?.focus();
  };

  const paintItem = (item: Item): void => {
    if (item.box) paintStep(item);
    else paintGate(item);
    paintMarks(item);
  };

  const paint = ({ steps, gates, all }: Touched): void => {
    finish();
    const ids = all ? [...byId.keys(), ...criteria.keys()] : [...steps, ...gates];
    for (const id of ids) paintBox(id);
    form.sync();
    const paintRest = (): void => {
      const touched = new Set<Task>();
      for (const id of ids) {
        const item = byId.get(id);
        if (!item) continue;
        paintItem(item);
        touched.add(item.task);
      }
      touched.forEach(paintTask);
      paintProgress();
    };
    if (all) paintRest();
    else afterFrame(paintRest);
  };

  // --- Acts ----------------------------------------------------------------------------------------------------

  /** Says what came of an act, and then what `after` says by then; the red bar says what was not kept, as the store words it. */
  const tell = (answer: Saved, sentence: string, after?: HTMLElement): void =>
    afterFrame(() => announce(answer.saved ? sentence + (after?.textContent ?? '') : answer.why));

  // Every page of a runbook has the form.
  const form = createWhoForm(store, find(root, '.rb-who') as HTMLFormElement, announce);

  /** Ticks or unticks a step or a criterion. */
  const toggle = (place: HTMLElement): void => {
    const holder = place.closest<HTMLElement>('[data-hash]') ?? place;
    const { criterion } = place.dataset;
    const id = criterion ?? place.id;
    form.whenStarted(place, () => {
      const wasDone = isDone(store.$state.get(), id);
      const answer = wasDone ? store.untick(id) : store.tick(id, holder.dataset['hash'] ?? '');
      const name = criterion ? 'Criterion' : `Step ${find(place, '.rb-step__number')?.textContent}`;
      tell(answer, `${name}, ${wasDone ? 'not done' : 'done'}. `, words);
      // A go rests on all of its criteria.
      if (wasDone && gateOf(store.$state.get(), holder.id) === 'go') useDesk((desk) => desk.withdraw(holder.id));
    });
  };

  root.addEventListener('click', (event) => {
    const button = event.target instanceof Element && event.target.closest<HTMLElement>('[data-decide]');
    const gate = button && button.closest<HTMLElement>('.rb-gate');
    if (gate) useDesk((desk) => desk.decide(gate, button));
  });

  // `change` and not `click`: labels, space and screen readers all end up here.
  root.addEventListener('change', (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || !box.classList.contains('rb-box')) return;
    // The box shows what is kept, so the browser's own mark is taken back until the store has answered.
    box.checked = !box.checked;
    const place = box.closest<HTMLElement>('[data-criterion], .rb-step');
    if (place) toggle(place);
  });

  const press = (key: string): void => useDesk((desk) => desk.press(key));
  if (jump) jump.onclick = () => press('n');

  // --- More: what is not asked for at every step -----------------------------------------------------------------

  const more = (element: HTMLElement): void => useDesk((desk) => desk.toggle(element));
  const addMore = (place: HTMLElement, words: string, before: Node | null, look = 'rb-more'): void => {
    const button = make('button', { type: 'button', class: look, 'aria-expanded': 'false' }, words);
    button.onclick = () => more(place);
    place.insertBefore(button, before);
  };
  const top = find(document, '.rb-progress');
  if (top) addMore(top, 'Run', null, 'rb-button rb-screen');

  /** Reads a task's items from the page, and paints what the run says of them. */
  const openTask = (task: Task): void => {
    for (const element of findAll(task.element, '.rb-step, .rb-gate')) {
      const { id } = element;
      const item = { id, element, box: element.querySelector<HTMLInputElement>('.rb-step__row > .rb-box'), task };
      task.items.push(item);
      byId.set(id, item);
      paintBox(id);
      paintItem(item);
      for (const place of findAll(element, '[data-criterion]')) {
        const { criterion = '' } = place.dataset;
        criteria.set(criterion, place);
        paintBox(criterion);
      }
      addMore(element, 'More', element.children[1] ?? null);
    }
    recountTask(task);
  };
  inSlices(tasks, openTask, paintProgress);

  store.onChange(paint);
  return {
    store,
    root,
    form,
    get items() {
      finish();
      return [...byId.values()];
    },
    recount,
    toggle,
    nextOpen: () => {
      finish();
      return openItem()?.element;
    },
    more,
    tell,
    press,
  };
}

/** One quiet line stands where steps do not apply, so that a gap in the numbers explains itself. */
function showGaps(root: HTMLElement): void {
  for (const line of findAll(root, '.rb-gap')) line.remove();
  let before: Element | null = null;
  let line: HTMLElement | undefined;
  let first = '';
  let reason: string | undefined;
  for (const item of findAll(root, '.rb-steps > .is-away')) {
    // Neighbours that are away for the same reason share a line; it says from which number to which.
    if (item.previousElementSibling !== before || item.dataset['when'] !== reason) line = undefined;
    before = item;
    reason = item.dataset['when'];
    const number = find(item, '.rb-step__number')?.textContent;
    if (!number) continue;
    if (!line) {
      first = number;
      line = make('li', { class: 'rb-gap' });
      item.before(line);
    }
    const why = find(item, '.rb-step__body > .rb-if__words')?.textContent?.replace(/^O/, ': o') ?? '';
    line.textContent = `${first === number ? `${first} does` : `${first} to ${number} do`} not apply here${why}.`;
  }
}
