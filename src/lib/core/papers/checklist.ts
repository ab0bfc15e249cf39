/** The blank checklist: everything a technician needs with a pen in a server room, with a line for every value not known. */
import type { Runbook } from '../runbook/model.ts';
import { nameOfRing, nameOfTool } from '../runbook/names.ts';
import { words, type Paper } from './paper.ts';
import type { PlanContext } from './plan.ts';
import { sheetRows } from './plan.ts';
import { placesOf, resolveBlocks, type Filling } from './resolve.ts';
import { effortOf, effortWords, workRows } from './work.ts';

/**
 * Makes the blank checklist of a runbook. Values that are on the sheet are filled in; nothing is ticked.
 *
 * @example makeChecklist(runbook, { filling, printed: '2026-11-20 21:00' }).title //=> 'Start a synchronization by hand'
 */
export function makeChecklist(runbook: Runbook, context: Omit<PlanContext, 'answers'> & Partial<PlanContext>): Paper {
  const filling: Filling = { ...context.filling, places: placesOf(runbook) };
  const back = workRows(runbook, { filling, role: 'backout', detail: 'whole' });
  return {
    kind: 'checklist',
    title: runbook.title,
    about: runbook.summary,
    control: {
      runbook: runbook.id,
      revision: runbook.revision,
      fingerprint: context.fingerprint ?? '',
      printed: context.printed,
    },
    parts: [
      {
        kind: 'fields',
        caption: 'This run',
        columns: 2,
        rows: [
          { label: 'Change number', value: context.answers?.['planChangeNumber'] ?? '' },
          { label: 'Site and ring', value: runbook.ring === 'any' ? '' : nameOfRing(runbook.ring) },
          { label: 'Started by, tier', value: '' },
          { label: 'Started at', value: '' },
          { label: 'Tools', value: runbook.tools.map(nameOfTool).join(', ') },
          { label: 'Who may run it', value: `Tier ${runbook.tier}` },
          { label: 'Work', value: effortWords(effortOf(runbook, filling, 'work')) },
          { label: 'Owner of the runbook', value: runbook.owner },
        ],
      },
      { kind: 'flow', body: resolveBlocks(runbook.intro, filling) },
      { kind: 'fields', caption: 'Values', columns: 2, rows: sheetRows(runbook, context.filling) },
      { kind: 'heading', level: 2, text: 'Steps' },
      {
        kind: 'work',
        caption: 'Tick a box when what you expect is what you see. Write the value you saw beside it.',
        mode: 'pen',
        rows: workRows(runbook, { filling, role: 'work', detail: 'whole' }),
      },
      ...(back.length > 0
        ? ([
            { kind: 'heading', level: 2, text: 'Way back', sheet: true },
            {
              kind: 'work',
              caption: `${effortWords(effortOf(runbook, filling, 'backout'))}.`,
              mode: 'pen',
              rows: back,
            },
          ] as const)
        : []),
      { kind: 'heading', level: 2, text: 'Notes and signatures', last: true },
      { kind: 'grid', caption: '', head: [], rows: [], spare: 4 },
      {
        kind: 'grid',
        caption: 'Signatures',
        head: ['Role', 'Name', 'Date and time', 'Signature'],
        widths: [4, 5, 4, 7],
        isSigned: true,
        rows: ['Carried out by', 'Verified by', 'Handed over to'].map((role) => [role, '', '', '']),
      },
      {
        kind: 'flow',
        body: words('Copy what was written here into the record of the run, and keep this sheet with the change.'),
      },
    ],
  };
}
