/**
 * The run on a runbook's page: boxes, gates, progress, who does it, and the words about saving.
 *
 * State goes one way: an act goes to the store, the store answers, and only then is the page painted. A box that was
 * clicked stays empty until its tick is kept; the next frame shows it, and all that follows from it comes after that.
 */
import type { RunStore, Touched } from '../../lib/browser/run-store.ts';
import type { Saved } from '../../lib/browser/event-log.ts';
import { gateOf, isDone, tickOf } from '../../lib/core/run/fold.ts';
import { afterFrame, find, findAll, goTo, make, say } from './dom.ts';
import { createWhoForm } from './who-form.ts';

export interface RunPage {
  readonly store: RunStore;
  readonly root: HTMLElement;
  /** Call after branches opened or closed: what does not apply is not counted. */
  readonly recount: () => void;
  /** Ticks or unticks a step, as a click on its box does. */
  readonly toggle: (item: HTMLElement) => void;
  /** The first step or gate that applies and is still open. */
  readonly nextOpen: () => HTMLElement | undefined;
}

/** A task of the page, in reading order. */
interface Task {
  /** Its line in the list of tasks. */
  readonly link: HTMLElement | undefined;
  /** Whether it counts towards progress. */
  readonly counts: boolean;
  readonly items: Item[];
  /** Those of its items that apply. */
  own: readonly Item[];
}

/** A step or a gate of the page, in reading order. */
interface Item {
  readonly id: string;
  readonly element: HTMLElement;
  /** A gate has none. */
  readonly box: HTMLInputElement | null;
  readonly task: Task;
}

const clockOf = (at: string): string => at.slice(11, 16);

export function createRunPage(root: HTMLElement, store: RunStore, announce: (words: string) => void): RunPage {
  // The list of tasks and the text name the same tasks in the same order.
  const links = findAll(root, '[data-task]');
  const tasks = findAll(root, '.rb-task').map((section, index): Task => {
    const counts = !section.classList.contains('rb-task--backout');
    const task: Task = { link: links[index], counts, items: [], own: [] };
    for (const element of findAll(section, '.rb-step, .rb-gate')) {
      const box = element.querySelector<HTMLInputElement>('.rb-step__row > .rb-box');
      task.items.push({ id: element.id, element, box, task });
    }
    return task;
  });
  const byId = new Map(tasks.flatMap(({ items }) => items.map((item) => [item.id, item] as const)));
  const criteria = new Map(
    findAll(root, '[data-criterion]').map((element) => [element.dataset['criterion'] ?? '', element] as const),
  );
  const words = find(document, '[data-progress]');
  const bar = document.querySelector<HTMLProgressElement>('.rb-progress__bar');
  const who = find(document, '[data-who]');
  let next: Item | undefined;

  const isSettled = ({ id, box }: Item): boolean => {
    const state = store.$state.get();
    return box ? isDone(state, id) : gateOf(state, id) === 'go';
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
    const sign = 'Changed since it was ticked: look again. Untick and tick it to confirm.';
    find(element, '.rb-step__body')?.prepend(make('p', { class: 'rb-step__changed' }, sign));
  };

  /** The boxes of steps and criteria. */
  const paintBox = (id: string): void => {
    const box = byId.get(id)?.box ?? criteria.get(id)?.querySelector<HTMLInputElement>('.rb-box');
    if (box) box.checked = isDone(store.$state.get(), id);
  };

  const paintGate = ({ id, element }: Item): void => {
    const decision = gateOf(store.$state.get(), id);
    const last = store.$state.get().gates.get(id)?.standing.at(-1);
    for (const button of findAll(element, '[data-decide]')) {
      button.setAttribute('aria-pressed', String(button.dataset['decide'] === decision));
    }
    const line = find(element, '.rb-decision__words');
    if (!line) return;
    const by = last && `${last.by}, tier ${last.tier}, ${last.at.slice(0, 10)} ${clockOf(last.at)}`;
    const tier = Number(element.dataset['tier']);
    const warn = last && last.tier < tier ? `. This gate is for tier ${tier}.` : '';
    line.textContent = {
      undecided: '',
      go: `Go, by ${by}${warn}`,
      'no-go': `No-go, by ${by}${warn}`,
      conflict: 'Go and no-go were both decided. Agree on one, and decide again.',
    }[decision];
    element.classList.toggle('is-done', decision === 'go');
    element.classList.toggle('is-stopped', decision === 'no-go' || decision === 'conflict');
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
    say(words, `${done} of ${all} steps${place}`);
    if (bar) {
      bar.max = all;
      bar.value = done;
      bar.setAttribute('aria-valuetext', `${done} of ${all} steps done`);
    }
    if (next !== open) {
      next?.element.classList.remove('is-next');
      next?.task.link?.classList.remove('is-here');
      open?.element.classList.add('is-next');
      open?.task.link?.classList.add('is-here');
      next = open;
    }
    const actor = store.$state.get().who;
    say(who, actor ? `${actor.by}, tier ${actor.tier}` : '');
  };

  const recount = (): void => {
    for (const task of tasks) {
      task.own = task.items.filter(({ element }) => !element.closest('.is-away'));
      paintTask(task);
    }
    showGaps(root);
    paintProgress();
  };

  const paint = ({ steps, gates, all }: Touched): void => {
    const ids = all ? [...byId.keys(), ...criteria.keys()] : [...steps, ...gates];
    for (const id of ids) paintBox(id);
    form.sync();
    const paintRest = (): void => {
      const touched = new Set<Task>();
      for (const id of ids) {
        const item = byId.get(id);
        if (!item) continue;
        if (item.box) paintStep(item);
        else paintGate(item);
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

  const form = createWhoForm(store, root, announce);

  const toggleBox = (id: string, hash: string, number: string, near: HTMLElement, gate?: string): void => {
    form.whenStarted(near, () => {
      const wasDone = isDone(store.$state.get(), id);
      const answer = wasDone ? store.untick(id) : store.tick(id, hash);
      tell(answer, `${number}, ${wasDone ? 'not done' : 'done'}. `, words);
      // A go rests on all of its criteria.
      if (gate && wasDone && gateOf(store.$state.get(), gate) === 'go') {
        tell(store.withdraw(gate), 'Go taken back: a criterion is open.');
      }
    });
  };

  const toggle = (element: HTMLElement): void => {
    const number = find(element, '.rb-step__number')?.textContent ?? '';
    toggleBox(element.id, element.dataset['hash'] ?? '', `Step ${number}`, element);
  };

  root.addEventListener('click', (event) => {
    if (!(event.target instanceof Element)) return;
    const button = event.target.closest<HTMLElement>('[data-decide]');
    if (button) decide(button);
  });

  // `change` and not `click`: labels, space and screen readers all end up here.
  root.addEventListener('change', (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || !box.classList.contains('rb-box')) return;
    // The box shows what is kept, so the browser's own mark is taken back until the store has answered.
    box.checked = !box.checked;
    const criterion = box.closest<HTMLElement>('[data-criterion]');
    const step = box.closest<HTMLElement>('.rb-step');
    if (criterion) {
      const gate = criterion.closest<HTMLElement>('.rb-gate');
      toggleBox(criterion.dataset['criterion'] ?? '', gate?.dataset['hash'] ?? '', 'Criterion', criterion, gate?.id);
    } else if (step) toggle(step);
  });

  const decide = (button: HTMLElement): void => {
    const gate = button.closest<HTMLElement>('.rb-gate');
    const decision = button.dataset['decide'];
    if (!gate || (decision !== 'go' && decision !== 'no-go')) return;
    const own = findAll(gate, '[data-criterion]').filter((element) => !element.closest('.is-away'));
    const met = own.map((element) => element.dataset['criterion'] ?? '').filter((id) => isDone(store.$state.get(), id));
    const note = find(gate, '.rb-decision__words');
    form.whenStarted(gate, () => {
      if (gateOf(store.$state.get(), gate.id) === decision) {
        tell(store.withdraw(gate.id), 'Decision taken back.');
      } else if (decision === 'go' && met.length < own.length) {
        const sentence = `Tick every criterion before you decide go: ${own.length - met.length} of ${own.length} are open.`;
        if (note) note.textContent = sentence;
        announce(sentence);
      } else
        tell(store.decide(gate.id, gate.dataset['hash'] ?? '', decision, met), decision === 'go' ? 'Go.' : 'No-go.');
    });
  };

  const nextOpen = (): HTMLElement | undefined => openItem()?.element;
  const jump = find(document, '[data-next]');
  if (jump) {
    jump.hidden = false;
    jump.addEventListener('click', () => goTo(nextOpen()));
  }

  store.onChange(paint);
  recount();
  paint({ steps: new Set(), gates: new Set(), values: new Set(), all: true });
  return { store, root, recount, toggle, nextOpen };
}

/** One quiet line stands where steps do not apply, so that a gap in the numbers explains itself. */
function showGaps(root: HTMLElement): void {
  for (const line of findAll(root, '.rb-gap')) line.remove();
  for (const list of findAll(root, '.rb-steps:has(> .is-away)')) {
    let run: HTMLElement[] = [];
    const close = (): void => {
      const numbers = run.flatMap((item) => find(item, '.rb-step__number')?.textContent ?? []);
      const [first] = numbers;
      const last = numbers.at(-1);
      if (first) {
        const which = first === last ? `${first} does` : `${first} to ${last} do`;
        const why = find(run[0] ?? list, '.rb-if__words')?.textContent?.replace(/^Only if/, 'only if') ?? '';
        run[0]?.before(make('li', { class: 'rb-gap' }, `${which} not apply here${why ? `: ${why}` : ''}.`));
      }
      run = [];
    };
    let reason: string | undefined;
    for (const item of [...list.children]) {
      if (!(item instanceof HTMLElement)) continue;
      if (!item.classList.contains('is-away')) close();
      else {
        if (run.length && reason !== item.dataset['when']) close();
        reason = item.dataset['when'];
        run.push(item);
      }
    }
    close();
  }
}
