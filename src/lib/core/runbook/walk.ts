/** Ways through a compiled runbook. Apart from its schema, because pages in the browser need these and not that. */
import type { Gate, PolicyBlock, Runbook, Step } from './model.ts';

/** Whether the way to a setting hangs on what the reader's console says (input `templates`). */
export const hasGenerations = ({ places }: PolicyBlock): boolean =>
  places.some(({ generation }) => generation !== 'any');

/** All steps and gates in reading order. */
export const itemsOf = (runbook: Pick<Runbook, 'tasks'>): (Step | Gate)[] =>
  runbook.tasks.flatMap((task) => task.items.filter((item) => item.kind !== 'passage'));
