/** Showing only some of the steps: mine, open, changed. What is hidden is said, and one press shows it again. */
import { compareRunbook } from '../../../lib/core/run/compare.ts';
import { gateOf, isSettled } from '../../../lib/core/run/fold.ts';
import { find, findAll, make } from '../dom.ts';
import type { Item } from '../run-page.ts';
import type { Context } from './context.ts';
import { tierOf } from './outline-of-page.ts';
import { box, button, quiet, row } from './ui.ts';

const filters = [
  ['all', 'All'],
  ['open', 'Open'],
  ['mine', 'Mine'],
  ['changed', 'Changed'],
] as const;
type Filter = (typeof filters)[number][0];

const OUT = 'is-out';

export interface StepFilter {
  readonly show: (filter: Filter) => void;
  /** The choice, to stand in a panel. */
  readonly controls: () => HTMLElement;
}

export function createFilter(context: Context): StepFilter {
  const { page } = context;
  const { store, root } = page;
  const line = make('p', { class: 'rb-showing' });
  const sets: HTMLElement[][] = [];
  let current: Filter = 'all';

  const keeps = (filter: Filter): ((item: Item) => boolean) => {
    const state = store.$state.get();
    if (filter === 'open') return ({ id, box }) => (box ? !isSettled(state, id) : gateOf(state, id) !== 'go');
    if (filter === 'mine') return ({ element }) => tierOf(element) === store.actor()?.tier;
    if (filter === 'changed') {
      const changed = new Set(
        compareRunbook(state, context.outline())
          .steps.filter(({ change }) => change !== 'unchanged')
          .map(({ id }) => id),
      );
      return ({ id }) => changed.has(id);
    }
    return () => true;
  };

  const paintButtons = (): void => {
    for (const set of sets)
      set.forEach((each, index) => each.setAttribute('aria-pressed', String(filters[index]?.[0] === current)));
  };

  /** What stays in its place in the window: what has the focus, else the first step in view. */
  const anchorOf = (): HTMLElement | undefined => {
    const focused = document.activeElement?.closest<HTMLElement>('.rb-step, .rb-gate');
    const inView = page.items.find(
      ({ element }) => element.getBoundingClientRect().bottom > 120 && element.checkVisibility(),
    );
    return focused ?? inView?.element;
  };

  const show = (filter: Filter): void => {
    if (filter === 'mine' && !store.actor()) {
      context.tell('Say who you are first: your tier says which steps are yours.');
      return;
    }
    const anchor = anchorOf();
    const before = anchor?.getBoundingClientRect().top ?? 0;
    const keep = keeps(filter);
    current = filter;
    let kept = 0;
    for (const item of page.items) {
      const isOut = filter !== 'all' && !keep(item);
      item.element.classList.toggle(OUT, isOut);
      if (!isOut && !item.element.closest('.is-away')) kept++;
    }
    for (const section of findAll(root, '.rb-task')) {
      section.classList.toggle(
        OUT,
        filter !== 'all' && !find(section, ':is(.rb-step, .rb-gate):not(.is-out, .is-away)'),
      );
    }
    paintButtons();
    const words = {
      all: 'All steps are shown.',
      open: `Only open steps are shown: ${kept}.`,
      mine: `Only steps of tier ${store.actor()?.tier ?? ''} are shown: ${kept}.`,
      changed: kept
        ? `Only steps that have changed are shown: ${kept}.`
        : 'No step has changed since this run began, so none is shown.',
    }[filter];
    if (filter === 'all') line.remove();
    else {
      line.replaceChildren(
        `${words} `,
        button('Show all', () => {
          show('all');
          find(document, '[data-next]')?.focus();
        }),
      );
      find(document, '.rb-top')?.append(line);
    }
    context.announce(words);
    const held = anchor?.checkVisibility()
      ? anchor
      : page.items.find(
          ({ element }) =>
            anchor &&
            element.checkVisibility() &&
            anchor.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING,
        )?.element;
    if (held) scrollBy(0, held.getBoundingClientRect().top - before);
  };

  const controls = (): HTMLElement => {
    const set = filters.map(([filter, words]) => {
      const each = button(words, () => show(filter));
      each.setAttribute('aria-pressed', String(filter === current));
      return each;
    });
    sets.push(set);
    return box(
      'div',
      'rb-form',
      quiet('Which steps to show. A step that you settle meanwhile stays until you choose again.'),
      row(...set),
    );
  };
  return { show, controls };
}
