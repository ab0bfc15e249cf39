/** What escalation text and hand-over sheet both say of the steps of a run, as plain text. */
import { evidenceOf, minutesSpent, notesOf, seenOf, type Remark } from './account.ts';
import type { EventOf } from './event.ts';
import { gateOf, tickOf, type RunState } from './fold.ts';
import type { Outline, OutlineItem } from './outline.ts';
import { isSettledItem } from './progress.ts';
import { clockOf, dayOf } from './time.ts';

/** A value of the sheet as people read it. Secrets have none, and are not listed. */
export interface ShownValue {
  readonly label: string;
  readonly text: string;
  readonly unit?: string | undefined;
}

/** The title of a part, underlined so that it stands out in a ticket that shows plain text only. */
export const part = (title: string, lines: readonly string[], empty = 'None.'): string =>
  [title, '-'.repeat(title.length), ...(lines.length > 0 ? lines : [empty])].join('\n');

/** Text on several lines, set in under a line of its own. */
export const under = (text: string): string[] => text.split(/\r?\n/).map((line) => `    ${line}`.trimEnd());

export const stamp = ({ at, by, tier }: { at: string; by: string; tier: number }): string =>
  `${dayOf(at)} ${clockOf(at)}, ${by}, tier ${tier}`;

export const itemName = ({ number, label }: OutlineItem): string => `${number}  ${label}`;

/** Items without criteria: a gate speaks for its own. */
export const workOf = (outline: Outline): OutlineItem[] => outline.items.filter(({ kind }) => kind !== 'criterion');

/** A remark in force, or struck through with a word that says so. */
function remarkLines(what: string, remarks: readonly Remark<EventOf<'note'>>[]): string[] {
  return remarks
    .filter(({ isStruck }) => !isStruck)
    .flatMap(({ event }) => [`    ${what} (${stamp(event)}):`, ...under(event.data.text)]);
}

/** What came of an item: one line for the result, and lines for what was seen and noted; none where nothing happened. */
export function resultLines(state: RunState, item: OutlineItem): string[] {
  const { id } = item;
  const tick = tickOf(state, id);
  const away = state.steps.get(id)?.notApplicable;
  const seen = seenOf(state, id);
  const minutes = minutesSpent(state, id);
  const gate = item.kind === 'gate' ? state.gates.get(id) : undefined;
  const outcome = tick
    ? `done ${stamp(tick)}`
    : away
      ? `does not apply: ${away.data.reason ?? ''} (${stamp(away)})`
      : gate && gate.standing.length > 0
        ? gate.standing.map((decision) => `${decision.data.decision} ${stamp(decision)}`).join('; ')
        : undefined;
  const rest = [
    ...(seen ? [`    Seen: ${seen.data.value.replace(/\s+/g, ' ')}`] : []),
    ...(minutes > 0
      ? [`    Time spent: ${minutes} min${item.minutes === undefined ? '' : ` of ${item.minutes}`}`]
      : []),
    ...remarkLines('Note', notesOf(state, id)),
    ...evidenceOf(state, id)
      .filter(({ isStruck }) => !isStruck)
      .map(({ event }) => `    Evidence: ${evidenceName(event)}`),
  ];
  if (outcome === undefined && rest.length === 0) return [];
  const conflict = gate && gateOf(state, id) === 'conflict' ? ' (conflict)' : '';
  return [`${itemName(item)}: ${outcome ?? 'begun, not done'}${conflict}`, ...rest];
}

/** Where a piece of evidence is to be found. */
export function evidenceName(event: EventOf<'evidence'>): string {
  const { name, picture, text } = event.data;
  const size = picture ? `picture, ${Math.ceil(picture.bytes / 1000)} kB` : `text, ${text?.length ?? 0} characters`;
  return `${name ?? 'without a name'} (${size}; ${stamp(event)}; in the save file)`;
}

/** Items that are not settled, in reading order; those of the way back only where `backout` is set. */
export const openItems = (state: RunState, outline: Outline, backout = false): OutlineItem[] =>
  workOf(outline).filter((item) => Boolean(item.backout) === backout && !isSettledItem(state, item));

/**
 * The outline with the values of the sheet in place of their names, as the page shows them: a ticket is read by somebody
 * who has no sheet. A value that was not given keeps its name.
 *
 * @example `Sign in to [WSUS server]` becomes `Sign in to wsus02`
 */
export function withValues(outline: Outline, values: readonly ShownValue[]): Outline {
  const texts = new Map(values.filter(({ text }) => text.trim() !== '').map(({ label, text }) => [label, text]));
  const filled = (label: string): string =>
    label.replace(/\[([^[\]]+)\]/g, (blank, name: string) => texts.get(name) ?? blank);
  return { ...outline, items: outline.items.map((item) => ({ ...item, label: filled(item.label) })) };
}

/** Values in force, one a line. */
export const valueLines = (values: readonly ShownValue[]): string[] =>
  values
    .filter(({ text }) => text.trim() !== '')
    .map(({ label, text, unit }) => `${label}: ${text}${unit ? ` ${unit}` : ''}`);
