/**
 * What can be wrong with a runbook. Codes are permanent: the authoring guide has a heading for each,
 * and people search for them.
 */

/** Every code with the one line that the authoring guide and `ringbook check` print for it. */
export const problemCodes = {
  'mdx-syntax': 'The file is not well-formed MDX.',
  'front-matter': 'A key of the front matter is missing, misspelt or has a value that cannot be used.',
  'unknown-word': 'A component or construct that is not in the closed list of words.',
  'misplaced-word': 'A word stands where it has no meaning.',
  'unknown-attribute': 'A word has an attribute that it does not know.',
  'repeated-word': 'A word that stands once in a step or gate stands there twice.',
  'empty-word': 'A word or code fence that should hold something holds nothing.',
  'missing-attribute': 'A word lacks an attribute that it needs.',
  'attribute-value': 'An attribute has a value that cannot be used.',
  'malformed-id': 'An id is not lower-case words joined by hyphens, or is one that the page keeps for itself.',
  'duplicate-id': 'An id is used twice.',
  'former-id-in-use': '`formerly` names an id that is still in use, or that has been named before.',
  expression: 'Braces outside code are JavaScript, and runbooks hold none.',
  import: 'A runbook imports and exports nothing.',
  'unexpected-content': 'Something stands where it has no place, or a link leads nowhere.',
  'no-action': 'A step does not begin with the paragraph that says what to do.',
  'link-in-action': 'The action of a step, or a criterion, holds a link; it is the label of a box.',
  'no-expected-result': 'A step does not say what the technician should see.',
  'empty-task': 'A task has no step.',
  'too-few-criteria': 'A gate has no criteria.',
  'no-backout': 'A runbook that changes production has no task that undoes the change.',
  'pre-ticked-box': 'A list item carries a tick box of its own.',
  'unknown-input': 'The front matter names an input that is not in the vocabulary.',
  'unlisted-input': 'The text uses an input that the front matter does not list.',
  'unused-input': 'The front matter lists an input that the runbook never uses.',
  'unknown-value': 'A value that no input and no calculator gives.',
  'unknown-option': 'A branch waits for a value that its input can never have.',
  'unknown-policy': 'A policy that is not in the catalogue.',
  'policy-data': 'A policy is given data that its template does not allow.',
  'fence-language': 'A code fence has no language, or one that Ringbook does not know.',
  'value-in-inline-code': 'A value by name in inline code.',
  'value-inside-quotes': 'A value by name inside quotes; the shell’s door adds the quotes.',
  'value-in-comment': 'A value by name inside a comment of a command.',
  'value-not-a-whole-argument': 'A value by name is only part of an argument.',
  'unclosed-value': 'A value by name is opened and not closed.',
  'value-name': 'A value by name whose name cannot be one.',
  'secret-in-command': 'A secret is put into a command.',
  'gpupdate-space': '`gpupdate / force` with a space after the slash.',
  'unknown-source': 'A source of updates that Defender does not know.',
  'unknown-runbook': 'A link, `before` or `after` names a runbook, or a place in one, that the library does not have.',
  'unknown-page': 'A link names a calculator, a policy or a page of the guide that the site does not have.',
  'one-sided-order': 'Of two runbooks in `before` and `after`, one does not know of the other.',
  'field-spelling': 'A word of the field that is misspelt in the published articles.',
  'outdated-name': 'A product, portal or address that has another name now.',
  'known-error': 'A statement of the published articles that is known to be wrong.',
} as const;

export type ProblemCode = keyof typeof problemCodes;

/** One thing that is wrong, where, and how to mend it. Lines and columns count from 1. */
export interface Problem {
  readonly code: ProblemCode;
  readonly line: number;
  readonly column: number;
  /** What is wrong, as a sentence, with the value in backticks. */
  readonly message: string;
  /** What the author should do, as a sentence. */
  readonly mend: string;
}

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problemCodes, code);

/**
 * The lines an author reads.
 *
 * @example formatProblems([{ code: 'no-action', line: 8, column: 3, message: 'Step `a` is empty.', mend: 'Write it.' }])
 * //=> '8:3  Step `a` is empty.\n     Write it. (no-action)'
 */
export function formatProblems(problems: readonly Problem[]): string {
  return problems
    .map(({ line, column, message, mend, code }) => {
      const place = `${line}:${column}  `;
      return `${place}${message}\n${' '.repeat(place.length)}${mend} (${code})`;
    })
    .join('\n');
}

/** Reading order: by line, then column, then code. */
export const inReadingOrder = (problems: readonly Problem[]): Problem[] =>
  [...problems].sort((a, b) => a.line - b.line || a.column - b.column || a.code.localeCompare(b.code, 'en'));
