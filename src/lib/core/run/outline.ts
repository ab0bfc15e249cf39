/**
 * A runbook as a run remembers it: the numbers, wordings and hashes of its steps, gates and criteria, and nothing else.
 *
 * It is recorded in the run once for each revision that somebody worked by. So a step that was reworded or removed since
 * keeps its wording in the record, and a run can be read where its runbook is not.
 */
import type { Condition, Inline, Runbook } from '../runbook/model.ts';
import { list, must, number, object, oneOf, optional, text, type InferShape } from '../shape.ts';
import { writeCanonical, type EventOf } from './event.ts';
import { ofKind, type RunState } from './fold.ts';

const NOT_WHOLE = 'The outline is not whole.';
const words = (most: number) =>
  text(
    NOT_WHOLE,
    must((value) => value.length > 0 && value.length <= most, NOT_WHOLE),
  );
const count = number(
  NOT_WHOLE,
  must((value) => Number.isInteger(value) && value >= 0, NOT_WHOLE),
);

/** The longest wording that is remembered, in characters; a longer one is cut. */
const LABEL_CHARACTERS = 400;

const OutlineItem = object(
  {
    id: words(100),
    kind: oneOf(['step', 'gate', 'criterion'], NOT_WHOLE),
    /** As the page prints it, for example `2.4`; a criterion has its gate's. */
    number: words(20),
    /** Its wording, with the names of values and not the values. */
    label: words(LABEL_CHARACTERS),
    hash: words(64),
    /** Place in `tasks`, from 0. */
    task: count,
    tier: optional(oneOf([1, 2, 3, 4], NOT_WHOLE)),
    /** The time-box. */
    minutes: optional(count),
    /** Part of the way back: it counts towards no progress. */
    backout: optional(oneOf(['yes'], NOT_WHOLE)),
    /** Ids that it had before. */
    formerly: optional(list(words(100), NOT_WHOLE)),
  },
  NOT_WHOLE,
);
export type OutlineItem = InferShape<typeof OutlineItem>;

const Body = object(
  { title: words(300), tasks: list(words(300), NOT_WHOLE), items: list(OutlineItem, NOT_WHOLE) },
  NOT_WHOLE,
);

/** Items are in reading order, and the criteria of a gate come after it. */
export interface Outline extends InferShape<typeof Body> {
  readonly revision: string;
}

/** A wording as it is remembered: on one line, and cut where it is too long. */
export function labelOf(wording: string): string {
  const line = wording.replace(/\s+/g, ' ').trim();
  return line.length <= LABEL_CHARACTERS ? line || '…' : `${line.slice(0, LABEL_CHARACTERS - 1)}…`;
}

/** @param nameOf The name of a value by its id. */
function inlineWords(parts: readonly Inline[], nameOf: (of: string) => string): string {
  return parts
    .map((part) => {
      if (part.type === 'text' || part.type === 'code') return part.value;
      if (part.type === 'value') return `[${nameOf(part.of)}]`;
      return part.type === 'break' ? ' ' : inlineWords(part.children, nameOf);
    })
    .join('');
}

/**
 * The outline of a compiled runbook.
 *
 * @param nameOf The name of a value by its id; the id itself where it is left out.
 * @param applies Whether what hangs on these conditions belongs to it; everything does where it is left out.
 */
export function outlineOf(
  runbook: Pick<Runbook, 'revision' | 'title' | 'tasks'>,
  nameOf: (of: string) => string = (of) => of,
  applies: (when: readonly Condition[]) => boolean = () => true,
): Outline {
  const items = runbook.tasks.flatMap((task, place) => {
    const shared = { task: place, ...(task.role === 'backout' && { backout: 'yes' as const }) };
    return task.items.flatMap((item): OutlineItem[] => {
      if (item.kind === 'passage' || !applies(task.when) || !applies(item.when)) return [];
      const { id, number, hash, tier, minutes, formerly } = item;
      const label = labelOf(item.kind === 'gate' ? item.title : inlineWords(item.action, nameOf));
      const own = { id, kind: item.kind, number, label, hash, ...shared, tier, minutes, ...former(formerly) };
      const criteria = item.kind === 'gate' ? item.criteria.filter(({ when }) => applies(when)) : [];
      return [
        own,
        ...criteria.map((criterion) => ({
          id: criterion.id,
          kind: 'criterion' as const,
          number,
          label: labelOf(inlineWords(criterion.text, nameOf)),
          hash,
          ...shared,
          ...former(criterion.formerly),
        })),
      ];
    });
  });
  return { revision: runbook.revision, title: runbook.title, tasks: runbook.tasks.map(({ title }) => title), items };
}

const former = (ids: string[]): { formerly?: string[] } => (ids.length > 0 ? { formerly: ids } : {});

/** The outline as an entry keeps it. */
export const writeOutline = ({ title, tasks, items }: Outline): string => writeCanonical({ title, tasks, items });

/** @returns Nothing where the entry's text is no outline. */
export function readOutline({ data: { revision, text: written } }: EventOf<'outline'>): Outline | undefined {
  try {
    const body = Body(JSON.parse(written));
    return body.ok ? { revision, ...body.value } : undefined;
  } catch {
    return undefined;
  }
}

/** All outlines that the run recorded, the earliest first, one for each revision. */
export function recordedOutlines(state: RunState): Outline[] {
  const byRevision = new Map<string, Outline>();
  for (const event of ofKind(state.history, 'outline')) {
    const outline = readOutline(event);
    if (outline && !byRevision.has(outline.revision)) byRevision.set(outline.revision, outline);
  }
  return [...byRevision.values()];
}

/** The runbook as it read when somebody worked by it last. */
export const recordedOutline = (state: RunState): Outline | undefined => recordedOutlines(state).at(-1);

/** Whether the run remembers this revision already. */
export const hasOutline = (state: RunState, revision: string): boolean =>
  ofKind(state.history, 'outline').some((event) => event.data.revision === revision);
