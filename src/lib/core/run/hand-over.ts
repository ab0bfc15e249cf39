/** The sheet for whoever takes a run over: done, next, odd, values in force, who holds it. Plain text, for a ticket. */
import { aboutOf, allNotes, conflictsOf, escalationsOf, handOverOf, namesIn } from './account.ts';
import { compareRunbook } from './compare.ts';
import type { Actor } from './event.ts';
import type { RunState } from './fold.ts';
import type { Outline } from './outline.ts';
import { progressOf } from './progress.ts';
import {
  itemName,
  openItems,
  part,
  resultLines,
  stamp,
  under,
  valueLines,
  withValues,
  workOf,
  type ShownValue,
} from './step-lines.ts';
import { clockOf, dayOf } from './time.ts';

/** What people say out loud, and hear repeated. */
export const handOverWords = (title: string, to: string): string => `At this time I am handing over ${title} to ${to}.`;
export const acceptWords = (title: string, from: string): string => `I have ${title} from ${from}. It is mine now.`;

export function handOverText(given: {
  readonly state: RunState;
  readonly outline: Outline;
  /** What the sheet shows, without secrets. */
  readonly values: readonly ShownValue[];
  readonly to: string;
  readonly by: Actor;
  /** What the giver finds odd, in own words. */
  readonly odd?: string | undefined;
  /** The short fingerprint of the save file that goes with it. */
  readonly fingerprint?: string | undefined;
  /** The moment, as events write it. */
  readonly now: string;
}): string {
  const { state, to, by } = given;
  const outline = withValues(given.outline, given.values);
  const about = aboutOf(state);
  const title = about.title ?? outline.title;
  const names = [about.change, about.site, about.ring].filter(Boolean).join(', ');
  const { holder, since } = handOverOf(state);
  const open = openItems(state, outline);
  return [
    `Hand-over: ${title}${names ? ` (${names})` : ''}\nFrom ${by.by}, tier ${by.tier}, to ${to}, ${dayOf(given.now)} ${clockOf(given.now)} (UTC${given.now.slice(23)})`,
    part('Who holds it', [
      holder ? `${holder.by}, tier ${holder.tier}, since ${dayOf(since ?? '')} ${clockOf(since ?? '')}` : 'Nobody yet.',
      `It is ${to}’s once ${to} has accepted it.`,
    ]),
    part('Done', [
      `${progressOf(state, outline.items).words}.`,
      ...workOf(outline).flatMap((item) => resultLines(state, item)),
    ]),
    part('Next', open.slice(0, 5).map(itemName), 'Nothing is open.'),
    part('Odd', oddLines(state, given.outline, given.odd), 'Nothing.'),
    part('Values in force', valueLines(given.values)),
    part('With it', [
      `Runbook: ${outline.title}, revision ${outline.revision}`,
      given.fingerprint ? `Save file, fingerprint ${given.fingerprint}` : 'Save file: none was made.',
    ]),
    handOverWords(title, to),
  ].join('\n\n');
}

/** What whoever takes over should not have to find out. */
function oddLines(state: RunState, outline: Outline, odd: string | undefined): string[] {
  const nameOf = namesIn(outline);
  return [
    ...(odd?.trim() ? odd.trim().split(/\r?\n/) : []),
    ...conflictsOf(state).map(({ gate }) => `${nameOf(gate)}: go and no-go were both decided.`),
    ...escalationsOf(state).map(
      (event) => `Escalated to tier ${event.data.to}: ${event.data.trigger} (${stamp(event)})`,
    ),
    ...compareRunbook(state, outline).words,
    ...allNotes(state)
      .filter(({ isStruck, event }) => !isStruck && event.step === undefined)
      .flatMap(({ event }) => [`Note (${stamp(event)}):`, ...under(event.data.text)]),
  ];
}
