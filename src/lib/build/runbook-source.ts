/**
 * From a file's text to a runbook: front matter, the Markdown engine, and the reader of core.
 */
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { mdxToMdast } from 'satteri';
import type { Policy } from '../core/policy/policy.ts';
import { inReadingOrder, type Problem } from '../core/runbook/problem.ts';
import { readRunbook, type Reading, type TreeNode } from '../core/runbook/read.ts';

/**
 * Compiles the text of one runbook file.
 *
 * @param id The file's name without its ending.
 * @param guide Names of the guide's pages; without them links to the guide are taken on trust.
 * @returns The runbook, or every problem that could be found with its line and column in the file. What cannot be read
 *   at all, front matter or text, is one problem, and the other of the two is read nevertheless.
 */
export function compileRunbook(
  source: string,
  id: string,
  policies: ReadonlyMap<string, Policy>,
  guide?: ReadonlySet<string>,
): Reading {
  const { yaml, body, isUnclosed } = splitSource(source);
  if (isUnclosed) return { problems: [unclosedFrontMatter], volume: { id, references: [] } };
  const front = readYaml(yaml);
  const tree = readTree(body);
  const reading = readRunbook(tree.root, { id, meta: front.data, metaPlace: front.placeOf, policies, guide });
  const { problems } = reading;
  if (!front.problem && !tree.problem) return reading;

  const isMeant = ({ code }: Problem): boolean => {
    if (front.problem && code === 'front-matter') return false;
    return !tree.problem || code === 'front-matter' || code === 'unknown-input' || code === 'malformed-id';
  };
  return {
    problems: inReadingOrder([
      ...(front.problem ? [front.problem] : []),
      ...(tree.problem ? [tree.problem] : []),
      ...problems.filter(isMeant),
    ]),
    volume: tree.problem ? { ...reading.volume, places: undefined } : reading.volume,
  };
}

interface Source {
  /** Nothing when the file has no front matter. */
  readonly yaml: string | undefined;
  /** The text, with empty lines for the front matter: the Markdown engine must see each line where the author sees it. */
  readonly body: string;
  /** Where the front matter has no end, what is text cannot be told. */
  readonly isUnclosed?: boolean;
}

/** Line ends and byte order mark are nobody's business below; a NUL is what CommonMark says it is. */
function splitSource(source: string): Source {
  const text = source
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', '\uFFFD');
  const [front, yaml] = /^---[ \t]*\n((?:.*\n)*?)---[ \t]*(?:\n|$)/.exec(text) ?? [];
  if (front === undefined) return { yaml: undefined, body: text, isUnclosed: /^---[ \t]*\n/.test(text) };
  return { yaml, body: '\n'.repeat(front.split('\n').length - 1) + text.slice(front.length) };
}

const unclosedFrontMatter: Problem = {
  code: 'front-matter',
  line: 1,
  column: 1,
  message: 'The front matter has no end.',
  mend: 'Write `---` on a line of its own below its last key.',
};

interface FrontMatter {
  readonly data: unknown;
  readonly problem?: Problem;
  /** The key that a path leads to, an entry of its list, or the first line. */
  readonly placeOf: (path: readonly PropertyKey[]) => { line: number; column: number };
}

function readYaml(yaml: string | undefined): FrontMatter {
  const lines = new LineCounter();
  /** The front matter begins on the second line of the file. */
  const placeAt = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: line + 1, column: Math.max(1, col) };
  };
  if (yaml === undefined) {
    const problem: Problem = {
      code: 'front-matter',
      line: 1,
      column: 1,
      message: 'The file has no front matter.',
      mend: 'Begin the file with `---`, the keys of a runbook, and `---`.',
    };
    return { data: undefined, problem, placeOf: () => ({ line: 1, column: 1 }) };
  }

  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false });
  const placeOf = (path: readonly PropertyKey[]): { line: number; column: number } => {
    const [key, index] = path;
    const pair = isMap(document.contents)
      ? document.contents.items.find((item) => isScalar(item.key) && item.key.value === key)
      : undefined;
    const entry = index === undefined ? undefined : document.getIn(path, true);
    const node = isScalar(entry) ? entry : isScalar(pair?.key) ? pair.key : undefined;
    return placeAt(node?.range?.[0] ?? 0);
  };

  const malformed = (message: string, offset: number): FrontMatter => ({
    data: undefined,
    problem: {
      code: 'front-matter',
      ...placeAt(offset),
      message: `The front matter is not well-formed YAML: ${firstLine(message)}`,
      mend: 'Mend the line; a text with a colon needs quotes.',
    },
    placeOf,
  });
  const [error] = document.errors;
  if (error) return malformed(error.message, error.pos[0]);
  try {
    // An alias without its anchor is found only here.
    return { data: document.toJS(), placeOf };
  } catch (fault) {
    return malformed(messageOf(fault), 0);
  }
}

function readTree(body: string): { readonly root: TreeNode; readonly problem?: Problem } {
  try {
    // The reader takes any tree and looks at nothing but what `TreeNode` names.
    return { root: mdxToMdast(body, { position: true, features: { smartPunctuation: false } }) as TreeNode };
  } catch (fault) {
    return { root: { type: 'root', children: [] }, problem: syntaxProblem(messageOf(fault)) };
  }
}

/** The engine throws one error with its place in the text: `12:3: Expected … (note: …) (mdx-jsx:unexpected-character)`. */
function syntaxProblem(text: string): Problem {
  const [, line = '1', column = '1', message = text] = /^(\d+):(\d+)(?:-\d+:\d+)?: ([\s\S]*)$/.exec(text) ?? [];
  return {
    code: 'mdx-syntax',
    line: Number(line),
    column: Number(column),
    // Its notes name links and comments of MDX that runbooks do not have.
    message: firstLine(message.replace(/ \([a-z-]+:[a-z-]+\)$/, '').replace(/ \(note: .*\)$/, '')),
    mend: 'Close every tag, and write `<`, `{` and `}` in text as code in backticks.',
  };
}

const messageOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

const firstLine = (text: string): string => (text.split('\n')[0] ?? '').trim().replace(/[^.]$/, '$&.');
