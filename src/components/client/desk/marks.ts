/** Notes, evidence, reasons and escalations where they belong, at their step, on screen and on paper. */
import type { Touched } from '../../../lib/browser/run-store.ts';
import type { Event } from '../../../lib/core/run/event.ts';
import { find, make } from '../dom.ts';
import type { Item, RunPage } from '../run-page.ts';

/** The words of a mark; nothing of an entry that shows none. The style sheet names the kinds. */
function wordsOf(event: Event): string {
  const several = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join('\n');
  switch (event.kind) {
    case 'note':
      return event.data.text;
    case 'evidence':
      return several(event.data.name, event.data.picture && '(picture)', event.data.text);
    case 'seen':
      return event.data.value;
    case 'not-applicable':
      return event.data.reason ?? '';
    case 'escalated':
      return `${event.data.trigger}, to tier ${event.data.to}`;
    default:
      return '';
  }
}

function paintItem({ store }: RunPage, { id, element }: Item): void {
  const state = store.$state.get();
  const history = state.steps.get(id)?.history ?? [];
  const before = find(element, '.rb-marks');
  if (!history.length && !before) return;
  const replaced = new Set(
    history.flatMap((event) => ('data' in event && 'undoes' in event.data ? (event.data.undoes ?? []) : [])),
  );
  const lines = history.flatMap((event) => {
    const words = state.gone.has(event.id) || replaced.has(event.id) ? '' : wordsOf(event);
    if (!words) return [];
    const stamp = make('span', { class: 'rb-label' }, ` ${event.at.slice(11, 16)} ${event.by}`);
    return [make('li', { 'data-kind': event.kind }, make('span', { class: 'rb-mark' }, words), stamp)];
  });
  const list = before ?? find(element, '.rb-step__body')?.appendChild(make('ul', { class: 'rb-marks', role: 'list' }));
  list?.replaceChildren(...lines);
}

/** @param touched What has changed; everything where it is left out. */
export function paintMarks(page: RunPage, touched?: Touched): void {
  for (const item of page.items) {
    if (!touched || touched.all || touched.steps.has(item.id)) paintItem(page, item);
  }
}
