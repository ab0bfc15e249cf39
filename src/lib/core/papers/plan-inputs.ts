/**
 * Inputs that a plan asks for beyond those of its runbook: the schedules of the other rings, so that the plan can show
 * when each ring gets an update. They are kept with the run, and are no fields of the runbook's own sheet.
 */
import { middleRingsOf, productionIds } from '../calculators/ring-schedule.ts';
import { readRingTimeline, ringTimelineAlso, ringTimelineNeeds } from '../calculators/ring-timeline.ts';
import type { Runbook } from '../runbook/model.ts';
import type { Sheet } from '../sheet/sheet.ts';

/** Always asked for; without an answer the timeline leaves them out. */
const optional: readonly string[] = ['updateDate', 'policyChange', 'deadline'];

/**
 * The sheet of a runbook for production names the schedule of production's WSUS server; the timeline needs that of the
 * pilot, too. Other runbooks have no such schedule, and their plan has a table of the rings to fill in with a pen.
 *
 * @example planInputs(productionRunbook).slice(0, 1) //=> ['pilotFirstSync']
 */
export function planInputs({ ring, inputs }: Pick<Runbook, 'ring' | 'inputs'>): readonly string[] {
  if (ring !== 'production' || !productionIds.every((id) => inputs.includes(id))) return [];
  return [...ringTimelineNeeds, ...ringTimelineAlso].filter((id) => !inputs.includes(id));
}

/** Those of them that these answers call for. */
export function askedPlanInputs(runbook: Pick<Runbook, 'ring' | 'inputs'>, sheet: Sheet): ReadonlySet<string> {
  const reading = readRingTimeline(sheet, '');
  const asked = new Set([
    ...ringTimelineNeeds,
    ...optional,
    ...(reading.state === 'waiting' ? reading.waitsFor : []),
    ...middleRingsOf(sheet).map(({ soak }) => soak),
  ]);
  return new Set(planInputs(runbook).filter((id) => asked.has(id) || (sheet[id]?.state ?? 'missing') !== 'missing'));
}
