/**
 * The compiler: an MDX tree in, a runbook and everything that is wrong with it out.
 *
 * It reads any mdast-shaped tree, knows no Markdown engine and no file, and goes on after a mistake, so that an
 * author hears of all of them at once.
 */
import type { Policy } from '../policy/policy.ts';
import {
  listedInputs,
  metaValue,
  neighboursIn,
  readFrontMatter,
  reportUnusedInputs,
  type MetaPlace,
} from './front-matter.ts';
import { revisionOf } from './identity.ts';
import type { Volume } from './library.ts';
import { Id, type Runbook } from './model.ts';
import { nearest } from './nearest.ts';
import { lint, newNotes, report, type Notes } from './notes.ts';
import { inReadingOrder, type Problem } from './problem.ts';
import { readTop } from './tasks.ts';
import { childrenOf, holdsWord, type Place, type TreeNode } from './tree.ts';
import { withKnownWords } from './words.ts';

export { nearest } from './nearest.ts';
export type { TreeNode } from './tree.ts';
export { words } from './words.ts';

/** What surrounds the tree: its id, its front matter as data, and the catalogue of policies. */
export interface ReadingContext {
  /** The file's name without its ending. */
  readonly id: string;
  readonly meta: unknown;
  /** Where a key of the front matter stands, for the problem list. */
  readonly metaPlace?: MetaPlace;
  readonly policies: ReadonlyMap<string, Policy>;
  /** The pages of the guide; without them no link to one is held against an author. */
  readonly guide?: ReadonlySet<string> | undefined;
}

export interface Reading {
  /** Present only when there is no problem. */
  readonly runbook?: Runbook;
  readonly problems: readonly Problem[];
  /** What the library must know of it, whether it has problems or not; see `library.ts`. */
  readonly volume: Volume;
}

const top: Place = { line: 1, column: 1 };

/**
 * Reads one runbook.
 *
 * @param tree The root of the tree, without the front matter.
 * @returns The runbook, or every problem with its place, in reading order.
 */
export function readRunbook(tree: TreeNode, context: ReadingContext): Reading {
  const metaPlace = context.metaPlace ?? (() => top);
  const listed = listedInputs(context.meta);
  const notes = newNotes(context.policies, listed && new Set(listed.map(String)), context.guide);
  readFileName(notes, context.id);
  const meta = readFrontMatter(notes, context.meta, metaPlace);
  for (const key of ['title', 'summary']) {
    const text = metaValue(context.meta, key);
    if (typeof text === 'string') lint(notes, text, () => metaPlace([key]));
  }

  const known = withKnownWords(notes, tree);
  const { intro, tasks } = readTop(notes, childrenOf(known));
  if (tasks.length === 0 && !holdsWord(known, ['Task'])) {
    report(notes, top, 'empty-task', 'The runbook has no task.', 'Add a `<Task>` with at least one `<Step>`.');
  }
  if (
    metaValue(context.meta, 'ring') === 'production' &&
    tasks.length > 0 &&
    tasks.every(({ role }) => role !== 'backout')
  ) {
    report(
      notes,
      metaPlace(['ring']),
      'no-backout',
      'This runbook changes production and has no way back.',
      'Add a `<Task role="backout">` that undoes the change.',
    );
  }
  reportUnusedInputs(notes, context.meta, metaPlace);
  checkFormerIds(notes);
  const places = tasks.flatMap(({ id, items }) => [
    id,
    ...items.flatMap((item) => (item.kind === 'passage' ? [] : [item.id])),
  ]);
  checkLinks(notes, places);

  const references = [...notes.references, ...neighboursIn(context.meta, metaPlace)];
  const volume: Volume = { id: context.id, places, references };
  if (notes.problems.length > 0 || !meta) return { problems: inReadingOrder(notes.problems), volume };
  const unrevised = { id: context.id, ...meta, intro, tasks };
  return { runbook: { ...unrevised, revision: revisionOf(unrevised) }, problems: [], volume };
}

function readFileName(notes: Notes, id: string): void {
  if (Id.safeParse(id).success) return;
  report(
    notes,
    top,
    'malformed-id',
    `The file’s name makes \`${id}\` the id of this runbook, and it cannot be one.`,
    'Name the file with lower-case words joined by hyphens, beginning with a letter: `production-gpo-wsus.mdx`.',
  );
}

/** An id has one bearer: nothing stands in for one that is in use, and no two things for the same. */
function checkFormerIds(notes: Notes): void {
  const seen = new Set<string>();
  for (const { id, place } of notes.formerIds) {
    if (notes.ids.has(id)) {
      report(
        notes,
        place,
        'former-id-in-use',
        `\`formerly\` names \`${id}\`, which is still in use.`,
        'An id has one bearer: take it out of `formerly`.',
      );
    } else if (seen.has(id)) {
      report(
        notes,
        place,
        'former-id-in-use',
        `\`formerly\` names \`${id}\`, and another \`formerly\` does, too.`,
        'An id has one bearer: name it only on what took its place.',
      );
    }
    seen.add(id);
  }
}

function checkLinks(notes: Notes, ids: readonly string[]): void {
  for (const { id, place } of notes.links) {
    if (ids.includes(id)) continue;
    const near = nearest(id, ids);
    report(
      notes,
      place,
      'unexpected-content',
      `The link \`#${id}\` leads to no task, step or gate.`,
      near ? `Did you mean \`#${near}\`?` : 'Write `#` and the id of one of them.',
    );
  }
}
