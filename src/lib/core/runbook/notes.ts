/**
 * What one reading of a file writes down on its way: problems, ids, uses of inputs. The parts of the reader share it.
 */
import type { Policy } from '../policy/policy.ts';
import { fieldFaults } from './field-lint.ts';
import type { Reference } from './library.ts';
import type { Problem, ProblemCode } from './problem.ts';
import { placeInText, placeOf, type Place, type TreeNode } from './tree.ts';

export interface Notes {
  readonly problems: Problem[];
  readonly policies: ReadonlyMap<string, Policy>;
  /** The pages of the guide, where they are known. */
  readonly guide: ReadonlySet<string> | undefined;
  /** Inputs that the front matter lists; absent when it has no list, and then no use is held against it. */
  readonly listed: ReadonlySet<string> | undefined;
  readonly used: Set<string>;
  /** Inputs that something would use if it had them: nobody must list them, and whoever does is not asked in vain. */
  readonly welcome: Set<string>;
  /** Where each id was first used. */
  readonly ids: Map<string, Place>;
  /** Each id that a `formerly` names. */
  readonly formerIds: { readonly id: string; readonly place: Place }[];
  /** Each id that a link within the runbook leads to. */
  readonly links: { readonly id: string; readonly place: Place }[];
  /** What the runbook says of others in the library. */
  readonly references: Reference[];
}

export const newNotes = (
  policies: Notes['policies'],
  listed: Notes['listed'],
  guide: Notes['guide'] = undefined,
): Notes => ({
  problems: [],
  policies,
  guide,
  listed,
  used: new Set(),
  welcome: new Set(),
  ids: new Map(),
  formerIds: [],
  links: [],
  references: [],
});

/** Notes that keep what is used and forget what is wrong: for content that a problem has already been reported around. */
export const withoutProblems = (notes: Notes): Notes => ({
  ...notes,
  problems: [],
  ids: new Map(),
  formerIds: [],
  links: [],
  references: [],
});

/**
 * @param message What is wrong, as a sentence, with the value in backticks.
 * @param mend What the author should do, as a sentence.
 */
export function report(notes: Notes, where: TreeNode | Place, code: ProblemCode, message: string, mend: string): void {
  const { line, column } = 'line' in where ? where : placeOf(where);
  notes.problems.push({ code, line, column, message, mend });
}

/** Reports mistakes of the field in a text; `placeAt` says where a character of it stands in the file. */
export function lint(notes: Notes, text: string, placeAt: (offset: number) => Place): void {
  for (const { offset, code, message, mend } of fieldFaults(text)) report(notes, placeAt(offset), code, message, mend);
}

export const lintNode = (notes: Notes, node: TreeNode): void => {
  lint(notes, String(node.value ?? ''), (offset) => placeInText(node, offset));
};
