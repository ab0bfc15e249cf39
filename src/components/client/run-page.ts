/**
 * The run on a runbook's page: boxes, gates, progress, who does it, and the words about saving.
 *
 * State goes one way: an act goes to the store, the store answers, and only then is the page painted. A box that was
 * clicked stays empty until its tick is kept.
 */
import type { RunStore, Touched } from '../../lib/browser/run-store.ts';
import type { Saved } from '../../lib/browser/event-log.ts';
import { gateOf, isDone, tickOf } from '../../lib/core/run/fold.ts';
import { find, findAll, goTo, make } from './dom.ts';
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

/** A step or a gate of the page, in reading order. */
interface Item {
  readonly id: string;
  readonly element: HTMLElement;
  readonly box: HTMLInputElement | undefined;
  readonly isGate: boolean;
  /** Id of the task it belongs to, and whether that task counts towards progress. */
  readonly task: string;
  readonly counts: boolean;
}

const clockOf = (at: string): string => at.slice(11, 16);

export function createRunPage(root: HTMLElement, store: RunStore, announce: (words: string) => void): RunPage {
  const items: Item[] = findAll(root, '.rb-step, .rb-gate').map((element) => {
    const task = element.closest<HTMLElement>('.rb-task');
    const box = element.querySelector<HTMLInputElement>(':scope > .rb-step__row > .rb-box');
    return {
      id: element.id,
      element,
      box: box ?? undefined,
      isGate: element.classList.contains('rb-gate'),
      task: task?.id ?? '',
      counts: !task?.classList.contains('rb-task--backout'),
    };
  });
  const byId = new Map(items.map((item) => [item.id, item]));
  const criteria = new Map(
    findAll(root, '[data-criterion]').map((element) => [element.dataset['criterion'] ?? '', element] as const),
  );
  const taskLinks = new Map(findAll(root, '[data-task]').map((link) => [link.dataset['task'] ?? '', link] as const));
  const words = find(document, '[data-progress]');
  const bar = document.querySelector<HTMLProgressElement>('.rb-progress__bar');
  const who = find(document, '[data-who]');
  let applicable: Item[] = [];
  let next: Item | undefined;

  const isSettled = ({ id, isGate }: Item): boolean => {
    const state = store.$state.get();
    return isGate ? gateOf(state, id) === 'go' : isDone(state, id);
  };

  // --- Painting ------------------------------------------------------------------------------------------------

  const paintStep = ({ id, element, box }: Item): void => {
    const tick = tickOf(store.$state.get(), id);
    if (box) box.checked = Boolean(tick);
    element.classList.toggle('is-done', Boolean(tick));
    let stamp = find(element, '.rb-step__stamp');
    if (tick && !stamp) {
      stamp = make('span', { class: 'rb-step__stamp' });
      find(element, '.rb-step__meta')?.append(stamp);
    }
    if (stamp) {
      stamp.textContent = tick ? `${clockOf(tick.at)} ${tick.by}` : '';
      stamp.title = tick ? `Done ${tick.at.slice(0, 10)} ${clockOf(tick.at)} by ${tick.by}, tier ${tick.tier}` : '';
    }
    const hasChanged = Boolean(tick && tick.stepHash !== element.dataset['hash']);
    const sign = find(element, '.rb-step__changed');
    if (hasChanged && !sign) {
      find(element, '.rb-step__body')?.prepend(
        make(
          'p',
          { class: 'rb-step__changed' },
          'Changed since it was ticked: look again. Untick and tick it to confirm.',
        ),
      );
    } else if (!hasChanged) sign?.remove();
  };

  const paintCriterion = (id: string): void => {
    const element = criteria.get(id);
    const box = element?.querySelector<HTMLInputElement>('.rb-box');
    if (box) box.checked = isDone(store.$state.get(), id);
  };

  const paintGate = ({ id, element }: Item): void => {
    const decision = gateOf(store.$state.get(), id);
    const standing = store.$state.get().gates.get(id)?.standing.at(-1);
    for (const button of findAll(element, '[data-decide]')) {
      button.setAttribute('aria-pressed', String(button.dataset['decide'] === decision));
    }
    const line = find(element, '.rb-decision__words');
    if (!line) return;
    const by = standing
      ? `${standing.by}, tier ${standing.tier}, ${standing.at.slice(0, 10)} ${clockOf(standing.at)}`
      : '';
    line.textContent = {
      undecided: '',
      go: `Go, by ${by}`,
      'no-go': `No-go, by ${by}`,
      conflict: 'Go and no-go were both decided. Agree on one, and decide again.',
    }[decision];
    element.classList.toggle('is-done', decision === 'go');
    element.classList.toggle('is-stopped', decision === 'no-go' || decision === 'conflict');
  };

  const paintProgress = (): void => {
    const counted = applicable.filter(({ counts }) => counts);
    const done = counted.filter(isSettled).length;
    const open = counted.find((item) => !isSettled(item));
    const tasks = [...new Set(counted.map(({ task }) => task))];
    const place = open ? `, task ${tasks.indexOf(open.task) + 1} of ${tasks.length}` : ', all done';
    if (words) words.textContent = `${done} of ${counted.length} steps${place}`;
    if (bar) {
      bar.max = counted.length;
      bar.value = done;
      bar.setAttribute('aria-valuetext', `${done} of ${counted.length} steps done`);
    }
    for (const [task, link] of taskLinks) {
      const own = applicable.filter((item) => item.task === task);
      const settled = own.filter(isSettled).length;
      const count = find(link, '.rb-tasks__count');
      if (count) count.textContent = own.length ? `${settled} of ${own.length}` : 'does not apply';
      link.classList.toggle('is-complete', own.length === 0 || settled === own.length);
      link.classList.toggle('is-here', task === open?.task);
    }
    if (next !== open) {
      next?.element.classList.remove('is-next');
      open?.element.classList.add('is-next');
      next = open;
    }
    const actor = store.$state.get().who;
    if (who) who.textContent = actor ? `${actor.by}, tier ${actor.tier}` : '';
  };

  const recount = (): void => {
    applicable = items.filter(({ element }) => !element.closest('.is-away'));
    showGaps(root);
    paintProgress();
  };

  const paint = ({ steps, gates, all }: Touched): void => {
    if (all) {
      items.forEach((item) => (item.isGate ? paintGate(item) : paintStep(item)));
      for (const id of criteria.keys()) paintCriterion(id);
    } else {
      for (const id of steps) {
        const item = byId.get(id);
        if (item) paintStep(item);
        else paintCriterion(id);
      }
      for (const id of gates) {
        const item = byId.get(id);
        if (item) paintGate(item);
      }
    }
    paintProgress();
    form.sync();
  };

  // --- Acts ----------------------------------------------------------------------------------------------------

  /** Says what came of an act; what was not kept is said by the red bar, which the store words. */
  const tell = (answer: Saved, sentence: string): void =>
    announce(answer.saved ? sentence : `Not saved. ${answer.why}`);

  const form = createWhoForm(store, root, announce);

  const toggleBox = (id: string, hash: string, number: string, near: HTMLElement): void => {
    form.whenStarted(near, () => {
      const wasDone = isDone(store.$state.get(), id);
      const answer = wasDone ? store.untick(id) : store.tick(id, hash);
      tell(answer, `${number}, ${wasDone ? 'not done' : 'done'}. ${words?.textContent ?? ''}`);
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
      toggleBox(criterion.dataset['criterion'] ?? '', gate?.dataset['hash'] ?? '', 'Criterion', criterion);
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

  const nextOpen = (): HTMLElement | undefined => next?.element;
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
