/** The runbook as this page reads, so that a run can name its steps where the runbook is another one, or gone. */
import { derived } from '../../../lib/core/sheet/derived.ts';
import { labelOf, type Outline, type OutlineItem } from '../../../lib/core/run/outline.ts';
import { find, findAll } from '../dom.ts';
import type { Item, RunPage } from '../run-page.ts';

const nameOf = (root: HTMLElement, of: string): string =>
  derived[of]?.label ?? find(root, `[data-field="${of}"] :is(legend, label, b)`)?.textContent ?? of;

/** The words of an element on one line, with the names of values in place of the values. */
function wordsOf(root: HTMLElement, element: HTMLElement | undefined): string {
  if (!element) return '';
  const copy = element.cloneNode(true) as HTMLElement; // a copy of an HTMLElement
  for (const value of findAll(copy, '[data-of]')) value.textContent = `[${nameOf(root, value.dataset['of'] ?? '')}]`;
  for (const words of findAll(copy, '.rb-gate__word, .rb-if__words')) words.remove();
  return labelOf(copy.textContent ?? '');
}

/** Tier and minutes, as they stand beside the step. */
const metaOf = (element: HTMLElement): { tier?: 1 | 2 | 3 | 4; minutes?: number } => {
  const [, tier, minutes] =
    /Tier ([1-4])(?: · (\d+) min)?/.exec(find(element, '.rb-step__meta')?.textContent ?? '') ?? [];
  const known = ([1, 2, 3, 4] as const).find((one) => String(one) === tier);
  return { ...(known && { tier: known }), ...(minutes && { minutes: Number(minutes) }) };
};

export const minutesOf = (element: HTMLElement): number | undefined => metaOf(element).minutes;
export const tierOf = (element: HTMLElement): number | undefined => metaOf(element).tier;
export const numberOf = (element: HTMLElement): string => find(element, '.rb-step__number')?.textContent?.trim() ?? '';
/** "Step 2.4" or "Gate 3.1". */
export const nameOfItem = (element: HTMLElement): string =>
  `${element.classList.contains('rb-gate') ? 'Gate' : 'Step'} ${numberOf(element)}`;

/** "step 2.4", for the middle of a sentence. */
export const nameInText = (element: HTMLElement): string => nameOfItem(element).toLowerCase();

/** @param items All of the page, or those that apply at this site. */
export function outlineOfPage({ root, items }: Pick<RunPage, 'root' | 'items'>): Outline {
  const tasks = [...new Set(items.map(({ task }) => task))];
  const itemOf = ({ id, element, box, task }: Item): OutlineItem[] => {
    const { hash = '', formerly } = element.dataset;
    const common = {
      number: numberOf(element),
      hash,
      task: tasks.indexOf(task),
      ...(task.counts ? {} : { backout: 'yes' as const }),
    };
    const own: OutlineItem = {
      id,
      kind: box ? 'step' : 'gate',
      label: wordsOf(root, find(element, box ? '.rb-step__action' : '.rb-gate__title')),
      ...common,
      ...metaOf(element),
      ...(formerly ? { formerly: formerly.split(' ') } : {}),
    };
    const criteria = findAll(element, '[data-criterion]').map((criterion): OutlineItem => ({
      id: criterion.dataset['criterion'] ?? '',
      kind: 'criterion',
      label: wordsOf(root, find(criterion, 'label > span')),
      ...common,
    }));
    return [own, ...criteria];
  };
  const titleOf = (section: HTMLElement): string => {
    const copy = find(section, '.rb-task__title')?.cloneNode(true) as HTMLElement | undefined; // a copy of an HTMLElement
    if (copy) for (const extra of findAll(copy, '.rb-task__number, .rb-task__role')) extra.remove();
    return copy?.textContent?.trim() ?? '';
  };
  const { revision = '', title = '' } = root.dataset;
  return { revision, title, tasks: tasks.map(({ element }) => titleOf(element)), items: items.flatMap(itemOf) };
}

/** What the sheet shows now, by the labels of its fields; a secret has no field. */
export function valuesOfPage(): { label: string; text: string; unit?: string }[] {
  return findAll(document, '[data-sheet] [data-field]').flatMap((place) => {
    const text = place.dataset['value'] ?? '';
    if (!text || place.classList.contains('is-away')) return [];
    const label = find(place, 'legend, label, b')?.textContent?.trim() ?? '';
    const { unit } = place.dataset;
    return [{ label, text, ...(unit && { unit }) }];
  });
}
