/**
 * The text for the ticket when a run is escalated: eight parts, so that another technician understands state and history
 * without asking.
 */
import { aboutOf, allEvidence } from './account.ts';
import type { EventOf } from './event.ts';
import type { RunState } from './fold.ts';
import type { Outline } from './outline.ts';
import {
  evidenceName,
  itemName,
  openItems,
  part,
  resultLines,
  under,
  valueLines,
  withValues,
  workOf,
  type ShownValue,
} from './step-lines.ts';
import { clockOf, dayOf } from './time.ts';

/** Reasons to escalate, to choose from. */
export const escalationTriggers: readonly { readonly id: string; readonly words: string }[] = [
  { id: 'rights', words: 'I need rights that I do not have' },
  { id: 'tried', words: 'The steps were tried without success' },
  { id: 'more-affected', words: 'More than one user or device is affected' },
  { id: 'deadline', words: 'The deadline is near' },
  { id: 'authority', words: 'It is outside my authority' },
  { id: 'security', words: 'It is a security matter' },
  { id: 'time-box', words: 'The time for this step is over' },
  { id: 'not-listed', words: 'What I see is not in the list' },
  { id: 'backout', words: 'A condition for backing out is met' },
];

/** How the system is left meanwhile. */
export const safeties = {
  safe: 'Safe: it works as it did before.',
  degraded: 'Degraded: it works in part.',
  'half-changed': 'Half changed: some of the change is made.',
} as const;

export interface Escalation {
  readonly state: RunState;
  readonly outline: Outline;
  /** Why, in words: one of the triggers, or the person's own. */
  readonly trigger: string;
  readonly to: number;
  /** What the sheet shows, without secrets. */
  readonly values: readonly ShownValue[];
  /** The step at which it went wrong. */
  readonly step?: string | undefined;
  readonly expected?: string | undefined;
  readonly seen?: string | undefined;
  /** One sentence, and the effect on the business. */
  readonly summary?: string | undefined;
  readonly effect?: string | undefined;
  /** Computers, users and earlier tickets. */
  readonly assets?: string | undefined;
  readonly think?: string | undefined;
  readonly notTried?: string | undefined;
  readonly need?: string | undefined;
  readonly until?: string | undefined;
  readonly safety?: keyof typeof safeties | undefined;
  /** How to take back what was done. */
  readonly undo?: string | undefined;
  readonly by: { readonly by: string; readonly tier: number };
  /** The moment, as events write it. */
  readonly now: string;
}

const line = (label: string, text: string | undefined, blank = 'not said'): string[] => {
  const words = text?.trim() ?? '';
  return words.includes('\n') ? [`${label}:`, ...under(words)] : [`${label}: ${words || blank}`];
};

/** The text, in eight numbered parts. What was not said is named as not said: a gap that shows is asked about. */
export function escalationText(given: Escalation): string {
  const { state } = given;
  const outline = withValues(given.outline, given.values);
  const about = aboutOf(state);
  const here = given.step === undefined ? undefined : workOf(outline).find(({ id }) => id === given.step);
  const evidence = allEvidence(state).filter(({ isStruck }) => !isStruck);
  const done = workOf(outline).flatMap((item) => resultLines(state, item));
  const open = openItems(state, outline);
  const head = `Escalation to tier ${given.to}: ${about.title ?? outline.title}`;
  return [
    `${head}\nBy ${given.by.by}, tier ${given.by.tier}, ${dayOf(given.now)} ${clockOf(given.now)} (UTC${given.now.slice(23)})`,
    part('1 Summary', [
      ...line('Summary', given.summary, `${given.trigger}${here ? `, at step ${itemName(here)}` : ''}`),
      ...line('Why escalated', given.trigger),
      ...line('Effect', given.effect),
    ]),
    part('2 Assets and ticket', [
      ...line('Change', about.change),
      ...line('Site', about.site),
      ...line('Ring', about.ring),
      ...line('Computers, users, earlier tickets', given.assets),
    ]),
    part('3 Environment', [`Runbook: ${outline.title}, revision ${outline.revision}`, ...valueLines(given.values)]),
    part('4 Steps with results', done, 'No step has a result yet.'),
    part('5 Expected and seen', [
      ...line('At', here && itemName(here)),
      ...line('Expected', given.expected),
      ...line('Seen', given.seen),
    ]),
    part(
      '6 Evidence',
      evidence.map(({ event }) => evidenceLine(event, outline)),
    ),
    part('7 What I think, and what I need', [
      ...line('What I think', given.think),
      ...line('Not tried', given.notTried, notTriedWords(open.map(itemName))),
      ...line('What I need', given.need),
      ...line('Until', given.until),
    ]),
    part('8 State now, and how to undo', [
      ...line('State', given.safety && safeties[given.safety]),
      ...line('To undo', given.undo, 'see the way back in the runbook'),
    ]),
  ].join('\n\n');
}

function evidenceLine(event: EventOf<'evidence'>, outline: Outline): string {
  const item = event.step === undefined ? undefined : outline.items.find(({ id }) => id === event.step);
  return `${item ? `${item.number}  ` : ''}${evidenceName(event)}`;
}

function notTriedWords(names: readonly string[]): string {
  if (names.length === 0) return 'nothing is left open in the runbook';
  const first = names.slice(0, 5).join('; ');
  return `open in the runbook: ${first}${names.length > 5 ? `; and ${names.length - 5} more` : ''}`;
}
