/**
 * Compiles all runbooks together: each for itself, and then what they say of each other.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Policy } from '../core/policy/policy.ts';
import { libraryProblems } from '../core/runbook/library.ts';
import type { Runbook } from '../core/runbook/model.ts';
import { inReadingOrder, type Problem } from '../core/runbook/problem.ts';
import { compileRunbook } from './runbook-source.ts';

export interface Library {
  /** Those without problems, in the order of their ids. */
  readonly runbooks: readonly Runbook[];
  /** For each runbook that has problems, these in reading order. */
  readonly faults: ReadonlyMap<string, readonly Problem[]>;
}

/**
 * @param sources The text of each runbook's file, by the id of the runbook.
 * @param guide Names of the guide's pages.
 */
export function compileLibrary(
  sources: ReadonlyMap<string, string>,
  policies: ReadonlyMap<string, Policy>,
  guide: ReadonlySet<string>,
): Library {
  const readings = [...sources].map(([id, source]) => ({ id, ...compileRunbook(source, id, policies, guide) }));
  const between = libraryProblems(readings.map(({ volume }) => volume));
  const all = readings
    .map(({ id, runbook, problems }) => ({
      id,
      runbook,
      problems: inReadingOrder([...problems, ...(between.get(id) ?? [])]),
    }))
    .sort((a, b) => a.id.localeCompare(b.id, 'en'));
  return {
    runbooks: all.flatMap(({ runbook, problems }) => (runbook && problems.length === 0 ? [runbook] : [])),
    faults: new Map(all.filter(({ problems }) => problems.length > 0).map(({ id, problems }) => [id, problems])),
  };
}

/** The MDX files of a folder, by their names without ending. */
const namesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.mdx'))
    .map((name) => basename(name, '.mdx'));

/** The text of every runbook in a folder, by its id: the file's name without its ending. */
export const readLibrary = (folder: string): ReadonlyMap<string, string> =>
  new Map(namesIn(folder).map((name) => [name, readFileSync(join(folder, `${name}.mdx`), 'utf8')]));

/** The names of the guide's pages, as in their addresses. */
export const guidePages = (folder: string): ReadonlySet<string> => new Set(namesIn(folder));
