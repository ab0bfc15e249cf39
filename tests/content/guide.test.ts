/**
 * The guide tells the truth: it speaks of every word, attribute, key and problem there is, of none that there is not,
 * and its examples do what it says they do.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mdxToMdast } from 'satteri';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { readCatalogue } from '../../src/lib/build/catalogue.ts';
import { compileLibrary, guidePages } from '../../src/lib/build/library.ts';
import { RunbookMeta } from '../../src/lib/core/runbook/model.ts';
import { formatProblems, isProblemCode, problemCodes, type Problem } from '../../src/lib/core/runbook/problem.ts';
import { words } from '../../src/lib/core/runbook/read.ts';

const source = resolve(dirname(fileURLToPath(import.meta.url)), '../../src');
const policies = readCatalogue(join(source, 'content/policies'));

/** A file is compiled in a library of two, so that examples can speak of another runbook. */
function compile(text: string): { readonly problems: readonly Problem[] } {
  const neighbour = runbook({}, inTask(inStep('')));
  const { faults } = compileLibrary(
    new Map([
      ['example', text],
      ['restart-wsus', neighbour],
    ]),
    policies,
    guidePages(join(source, 'content/guide')),
  );
  return { problems: faults.get('example') ?? [] };
}

// --- Reading a page of the guide --------------------------------------------------------------------------------

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly depth?: number;
  readonly lang?: string | null;
  readonly meta?: string | null;
  readonly name?: string | null;
  readonly attributes?: readonly { readonly name?: string; readonly value?: unknown }[];
  readonly children?: readonly Node[];
}

/** What stands below one heading, up to the next heading of any depth. */
interface Section {
  readonly heading: string;
  readonly depth: number;
  readonly nodes: readonly Node[];
}

const textOf = (node: Node): string => node.value ?? (node.children ?? []).map(textOf).join('');
const within = (nodes: readonly Node[]): Node[] => nodes.flatMap((node) => [node, ...within(node.children ?? [])]);
const codesIn = (nodes: readonly Node[]): string[] =>
  within(nodes)
    .filter(({ type }) => type === 'inlineCode')
    .map(textOf);

/** What stands in backticks. */
const codesInText = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

function sectionsOf(page: string): Section[] {
  const text = readFileSync(join(source, `content/guide/${page}.mdx`), 'utf8');
  const tree = mdxToMdast(text.replace(/^---\n[\s\S]*?\n---\n/, '')) as Node;
  const sections: { heading: string; depth: number; nodes: Node[] }[] = [{ heading: '', depth: 1, nodes: [] }];
  for (const node of tree.children ?? []) {
    if (node.type === 'heading') sections.push({ heading: textOf(node), depth: node.depth ?? 1, nodes: [] });
    else sections.at(-1)?.nodes.push(node);
  }
  return sections;
}

const examplesIn = (nodes: readonly Node[]): Node[] =>
  within(nodes).filter(({ type, lang }) => type === 'code' && (lang === 'mdx' || lang === 'yaml'));

// --- Making a runbook of a fragment -------------------------------------------------------------------------------

const meta = {
  title: 'A runbook around an example',
  summary: 'It holds what a runbook must have, and the example.',
  ring: 'any',
  tools: ['wsus'],
  tier: 1,
  minutes: 5,
  owner: 'Endpoint engineering',
  reviewed: '2026-11-01',
  inputs: [] as string[],
  sources: [],
  changes: [{ date: '2026-11-01', what: 'First edition.' }],
};
const runbook = (keys: object, body: string): string => `---\n${stringify({ ...meta, ...keys })}---\n\n${body}\n`;

const expectation = '<Expect>It is there.</Expect>';
const inTask = (items: string): string => `<Task id="example-task" title="Try the example">\n\n${items}\n\n</Task>`;
const inStep = (body: string): string =>
  `<Step id="example-step" tier={1} minutes={1}>\nTry the example.\n\n${body}\n\n` +
  `${body.includes('<Expect>') ? '' : expectation}\n\n</Step>`;
const inGate = (body: string): string =>
  `<Gate id="example-gate" title="May it go on?" tier={3} minutes={1}>\n\n${body}\n\n</Gate>`;

/** Puts a fragment where it belongs, judged by the outermost word that it holds. */
function bodyAround(fragment: string): string {
  if (/<Task\b/.test(fragment)) return fragment;
  if (/^(import|export)\b/.test(fragment)) return `${fragment}\n\n${inTask(inStep(''))}`;
  if (/<(Step|Gate)\b/.test(fragment)) return inTask(fragment);
  return inTask(/<Criterion\b/.test(fragment) ? inGate(fragment) : inStep(fragment));
}

const inputsThatLack = (problems: readonly Problem[]): string[] =>
  problems.filter(({ code }) => code === 'unlisted-input').map(({ message }) => /`(\w+)`/.exec(message)?.[1] ?? '');

/** The problems of an example: a whole file, keys of the front matter, or a fragment. */
function problemsOf(example: Node, listsInputs = true): readonly Problem[] {
  const text = example.value ?? '';
  if (example.lang === 'yaml') return compile(runbook(parse(text) as object, inTask(inStep('')))).problems;
  if (text.startsWith('---\n')) return compile(text).problems;
  const { problems } = compile(runbook({}, bodyAround(text)));
  if (!listsInputs) return problems;
  return compile(runbook({ inputs: inputsThatLack(problems) }, bodyAround(text))).problems;
}

const codesOf = (problems: readonly Problem[]): string[] => [...new Set(problems.map(({ code }) => code))];

// --- Problems ---------------------------------------------------------------------------------------------------

describe('problems.mdx', () => {
  const [introduction, ...sections] = sectionsOf('problems');
  const explained = sections.filter(({ depth }) => depth === 3);

  test('has one heading for each code, and none for a code that does not exist', () => {
    expect(explained.map(({ heading }) => heading).sort()).toEqual(Object.keys(problemCodes).sort());
  });

  test('shows the answer of the compiler to its first example, letter by letter', () => {
    const fences = within(introduction?.nodes ?? []).filter(({ type }) => type === 'code');
    const [example, answer] = fences;

    expect(formatProblems(compile(example?.value ?? '').problems)).toBe(answer?.value);
  });

  describe.each(explained)('$heading', ({ heading, nodes }) => {
    test('gives the meaning of its own code', () => {
      const meanings = within(nodes).filter(({ name }) => name === 'Meaning');

      expect(meanings.flatMap(({ attributes }) => attributes?.map(({ value }) => value))).toEqual([heading]);
    });

    test('has examples that provoke it, and nothing else', () => {
      const examples = examplesIn(nodes);

      expect(examples).not.toEqual([]);
      for (const example of examples) {
        const problems = problemsOf(example, heading !== 'unlisted-input');

        expect(codesOf(problems), formatProblems(problems)).toEqual([heading]);
      }
    });

    test('says the mend', () => {
      expect(within(nodes).some((node) => node.type === 'strong' && textOf(node) === 'Mend:')).toBe(true);
    });
  });

  test('a code is named in the guide only if it exists', () => {
    const pages = readdirSync(join(source, 'content/guide')).map((name) => name.replace('.mdx', ''));
    const links = pages
      .flatMap((page) => within(sectionsOf(page).flatMap(({ nodes }) => [...nodes])))
      .map((node) => /^\/guide\/problems\.html#(.+)$/.exec((node as { url?: string }).url ?? '')?.[1])
      .filter((code) => code !== undefined);

    expect(links.filter((code) => !isProblemCode(code))).toEqual([]);
  });
});

// --- The authors' page ------------------------------------------------------------------------------------------

describe('write-a-runbook.mdx', () => {
  const sections = sectionsOf('write-a-runbook');
  const named = (heading: string): Section | undefined => sections.find((section) => section.heading === heading);

  const wordSections = sections.filter(({ depth, heading }) => depth === 3 && heading.startsWith('<'));
  const wordsOf = ({ heading }: Section): string[] => [...heading.matchAll(/<(\w+)>/g)].map(([, word = '']) => word);

  test('explains every word of the closed list, and no other', () => {
    expect(wordSections.flatMap(wordsOf).sort()).toEqual([...words]);
  });

  test.each(wordSections.flatMap((section) => wordsOf(section).map((word) => ({ word, section }))))(
    '<$word> is explained with every attribute it knows',
    ({ word, section }) => {
      // The compiler itself says what a word knows, to whoever writes an attribute that it does not. A policy also
      // knows its own elements, so it is asked for nothing here.
      const { problems } = compile(runbook({}, bodyAround(`<${word} surplus="yes" />`)));
      const mend = problems.find(({ code }) => code === 'unknown-attribute')?.mend ?? '';
      const attributes = word === 'Policy' ? ['id', 'state', 'gpo', 'to'] : codesInText(mend);

      expect(attributes.length > 0 || mend === 'It takes no attributes.', mend).toBe(true);
      expect(codesIn(section.nodes)).toEqual(expect.arrayContaining(attributes));
    },
  );

  test('lists every key of the front matter, and no other', () => {
    const [table] = (named('Front matter')?.nodes ?? []).filter(({ type }) => type === 'table');
    const keys = (table?.children ?? []).slice(1).map((row) => textOf(row.children?.[0] ?? { type: 'none' }));

    expect(keys.sort()).toEqual(Object.keys(RunbookMeta.shape).sort());
  });

  const examples = examplesIn(sections.flatMap(({ nodes }) => [...nodes]));
  test.each(examples.map((example) => ({ start: /<\w+[^>]*>/.exec(example.value ?? '')?.[0] ?? 'a fence', example })))(
    'its example with $start compiles',
    ({ example }) => {
      const problems = problemsOf(example);

      expect(problems, formatProblems(problems)).toEqual([]);
    },
  );

  test('what it calls a trap is one', () => {
    const [table] = (named('Traps of MDX')?.nodes ?? []).filter(({ type }) => type === 'table');
    const traps = (table?.children ?? []).slice(1).map((row) => codesIn([row])[0] ?? '');

    expect(traps).not.toEqual([]);
    for (const trap of traps)
      expect(problemsOf({ type: 'code', lang: 'mdx', value: `Here is ${trap} now.` }), trap).not.toEqual([]);
  });
});

// --- Documents ----------------------------------------------------------------------------------------------------

test('CONTRIBUTING.md has one heading for each npm script, and none for a script that does not exist', () => {
  const { scripts } = JSON.parse(readFileSync(join(source, '../package.json'), 'utf8')) as { scripts: object };
  const document = readFileSync(join(source, '../CONTRIBUTING.md'), 'utf8');
  const explained = [...document.matchAll(/^### `npm (?:run )?([\w:-]+)`$/gm)].map(([, name = '']) => name);

  expect(explained.sort()).toEqual(Object.keys(scripts).sort());
});
