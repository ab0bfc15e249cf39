/** How an earlier wording of the sample runbook was remembered in a run: with a step that is gone today. */
import { outlineEntry } from '../../../../src/lib/core/run/entries.ts';
import { outlineOf } from '../../../../src/lib/core/run/outline.ts';
import { runbook } from './sample.ts';

const now = outlineOf(runbook);
const entry = outlineEntry({
  ...now,
  revision: 'aaaaaaaa',
  items: [
    ...now.items,
    { id: 'gone', kind: 'step', number: '1.5', label: 'Restart the old server', hash: '11111111', task: 0 },
  ],
});
export const outlineText: string = entry.kind === 'outline' ? entry.data.text : '';
