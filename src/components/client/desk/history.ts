/** What happened, newest first, each entry with a way to take it back. */
import { describeEvent, redoChoices, undoChoices } from '../../../lib/core/run/account.ts';
import type { Event } from '../../../lib/core/run/event.ts';
import { make } from '../dom.ts';
import type { Context } from './context.ts';
import { box, button, quiet } from './ui.ts';

const ALL = 1_000_000;

export function historyList(context: Context, events: readonly Event[], empty: string): HTMLElement {
  const { store } = context.page;
  const state = store.$state.get();
  if (!events.length) return quiet(empty);
  const outline = context.outline();
  const undoable = new Map(undoChoices(state, outline, ALL).map((choice) => [choice.event.id, choice] as const));
  const lost = redoChoices(state, outline, ALL);
  const mayChange = store.readOnly() === undefined;

  const lineOf = (event: Event): HTMLElement => {
    const isGone = state.gone.has(event.id);
    const words = describeEvent(event, outline);
    const item = make('li', {}, make(isGone ? 's' : 'span', {}, words));
    const choice = undoable.get(event.id);
    const again = lost.find((one) => one.event.id === event.id);
    const act = isGone ? again : choice;
    if (mayChange && act) {
      const made = button(isGone ? 'Redo' : 'Undo', () => (isGone ? context.redo : context.undo)(act));
      made.setAttribute('aria-label', `${isGone ? 'Redo' : 'Undo'}: ${words}`);
      item.append(' ', made);
    }
    return item;
  };
  const list = box('ol', 'rb-history', ...[...events].reverse().map(lineOf));
  list.setAttribute('role', 'list');
  return list;
}
