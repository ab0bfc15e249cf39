/**
 * What runbooks say of each other: links, and the order in which they are carried out. One runbook cannot tell whether
 * that is true, so it is checked over the whole library.
 */
import { nearest } from './nearest.ts';
import { inReadingOrder, type Problem } from './problem.ts';
import type { RunbookPlace } from './model.ts';
import type { Place } from './tree.ts';

/** A mention of a runbook, or of a place in it, and where the mention stands. */
export interface Reference extends RunbookPlace {
  readonly from: 'link' | 'before' | 'after';
  readonly place: Place;
}

/** What the others must know of a runbook: it can be told of one that has problems, too. */
export interface Volume {
  readonly id: string;
  /** Tasks, steps and gates that a link can lead to; absent when the text could not be read. */
  readonly places?: readonly string[] | undefined;
  readonly references: readonly Reference[];
}

/**
 * The place in the library that an address leads to; nothing for any other address.
 *
 * @example runbookPlace('/runbooks/weekly-health.html#sample') //=> { runbook: 'weekly-health', id: 'sample' }
 */
export function runbookPlace(url: string): RunbookPlace | undefined {
  const [, runbook, id] = /^\/runbooks\/([a-z][a-z0-9-]*)\.html(?:#([a-z][a-z0-9-]*))?$/.exec(url) ?? [];
  return runbook === undefined ? undefined : { runbook, ...(id !== undefined && { id }) };
}

/**
 * Everything that is wrong between runbooks: links and neighbours that do not exist, and an order that only one of the
 * two knows of.
 *
 * @returns For each volume that has problems, these in reading order.
 */
export function libraryProblems(volumes: readonly Volume[]): ReadonlyMap<string, readonly Problem[]> {
  const known = new Map(volumes.map((volume) => [volume.id, volume]));
  return new Map(
    volumes
      .map(({ id, references }): [string, Problem[]] => [
        id,
        inReadingOrder(references.flatMap((reference) => problemOf(id, reference, known))),
      ])
      .filter(([, problems]) => problems.length > 0),
  );
}

function problemOf(self: string, reference: Reference, known: ReadonlyMap<string, Volume>): Problem[] {
  const { runbook, id, from, place } = reference;
  const target = known.get(runbook);
  if (!target) {
    const others = [...known.keys()].filter((other) => other !== self).sort();
    const near = nearest(runbook, others);
    const all = others.length ? `The others are: ${others.join(', ')}.` : 'There is no other runbook yet.';
    return [
      {
        code: 'unknown-runbook',
        ...place,
        message: `${from === 'link' ? 'The link' : `\`${from}\``} names the runbook \`${runbook}\`, which the library does not have.`,
        mend: near ? `Did you mean \`${near}\`?` : all,
      },
    ];
  }
  if (from === 'link') {
    if (id === undefined || !target.places || target.places.includes(id)) return [];
    const near = nearest(id, target.places);
    return [
      {
        code: 'unknown-runbook',
        ...place,
        message: `The link leads to \`#${id}\`, which \`${runbook}\` does not have.`,
        mend: near ? `Did you mean \`#${near}\`?` : 'Write `#` and the id of a task, step or gate there.',
      },
    ];
  }
  if (runbook === self) {
    return [
      {
        code: 'one-sided-order',
        ...place,
        message: `\`${from}\` names this runbook itself.`,
        mend: 'Take it out of the list.',
      },
    ];
  }
  const other = from === 'before' ? 'after' : 'before';
  if (target.references.some((back) => back.from === other && back.runbook === self)) return [];
  return [
    {
      code: 'one-sided-order',
      ...place,
      message: `\`${from}\` names \`${runbook}\`, and \`${other}\` of that one does not name \`${self}\`.`,
      mend: `Write \`${self}\` into \`${other}\` of \`${runbook}\`, or take \`${runbook}\` out of \`${from}\`.`,
    },
  ];
}
