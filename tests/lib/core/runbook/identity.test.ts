import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  brokenPromises,
  formerIds,
  itemHash,
  publishedIds,
  revisionOf,
} from '../../../../src/lib/core/runbook/identity.ts';
import type { Gate, Inline, Step } from '../../../../src/lib/core/runbook/model.ts';
import { itemsOf } from '../../../../src/lib/core/runbook/walk.ts';
import { compiled, file, gate, step, task } from '../../../support/compile.ts';
import { anyGate, anyRunbook, anyStep } from './support/any-runbook.ts';

const inputs = ['useProxy', 'useSsl', 'wsusServer', 'sampleClient', 'productionGpo', 'templates', 'serverRole'];

/** The hash of the first item of a file around this text. */
function hashOf(items: string): string {
  const used = inputs.filter(
    (name) => new RegExp(`["{]${name}["}]`).test(items) || (name === 'templates' && items.includes('order-of-sources')),
  );
  const [item] = itemsOf(compiled(file(task(items), { inputs: used })));
  return item?.hash ?? '';
}
const hashWith = (body: string): string => hashOf(step(body));

describe('the hash of a step stays', () => {
  test.each([
    ['bold type comes', 'Open the console.', 'Open the **console**.'],
    ['emphasis comes inside of a word', 'Open the console.', 'Open the con*sole*.'],
    ['code comes', 'Run gpupdate now.', 'Run `gpupdate` now.'],
    ['a line is wrapped', 'Open the console, then wait.', 'Open the\nconsole, then\n  wait.'],
    ['a line ends with a break', 'Open the console.', 'Open the\\\nconsole.'],
    [
      'a value comes on a line of its own',
      'Open <Value of="wsusServer" /> now.',
      'Open\n<Value of="wsusServer" />\nnow.',
    ],
    ['a list is written otherwise', '- One\n- Two', '* One\n\n\n* Two'],
    ['a list is spaced', '1. One\n2. Two', '1) One\n\n1) Two'],
    ['a table is aligned', '| a | b |\n|---|---|\n| c | d |', '|a|b|\n|:-|-:|\n|  c   |   d|'],
    ['a callout takes more lines', '<Note>Mind it.</Note>', '<Note>\n\nMind\nit.\n\n</Note>'],
    ['details change places', '<Why>One.</Why>\n\n<Undo>Two.</Undo>', '<Undo>Two.</Undo>\n\n<Why>One.</Why>'],
    [
      'a branch lists its values otherwise',
      '<When input="serverRole" is="replica autonomous">A</When>',
      '<When input="serverRole" is="autonomous replica">A</When>',
    ],
    [
      'more of the words are underlined',
      'See [the page](https://example.com).',
      'See the [page](https://example.com).',
    ],
    ['an escape comes', 'A * B', 'A \\* B'],
  ])('when %s', (_, before, after) => {
    expect(hashWith(after)).toBe(hashWith(before));
  });

  test.each([
    ['id', '<Step id="other" tier={2} minutes={1}'],
    ['tier', '<Step id="example-step" tier={3} minutes={1}'],
    ['minutes', '<Step id="example-step" tier={2} minutes={9}'],
    ['former ids', '<Step id="example-step" formerly="old" tier={2} minutes={1}'],
  ])('when its %s changes', (_, start) => {
    expect(hashOf(step().replace('<Step id="example-step" tier={2} minutes={1}', start))).toBe(hashOf(step()));
  });

  test('when it gets another number', () => {
    const items = itemsOf(compiled(file(task(`${step('', 'a')}\n\n${step('', 'b')}`))));

    expect(items[0]?.hash).toBe(items[1]?.hash);
  });
});

describe('the hash of a step changes', () => {
  const branch = (input: string, is: string, text: string): string =>
    `<When input="${input}" is="${is}">\n\n${text}\n\n</When>`;
  const fence = (head: string, text: string): string => `\`\`\`${head}\n${text}\n\`\`\``;

  test.each([
    ['a word', 'Open the console.', 'Close the console.'],
    ['the case of a word', 'Open it.', 'open it.'],
    ['a full stop', 'Open it.', 'Open it'],
    ['a space inside of a word', 'Log on.', 'Logon.'],
    ['an empty line', 'Open it. Wait.', 'Open it.\n\nWait.'],
    ['the order of sentences', 'Open it.\n\nWait.', 'Wait.\n\nOpen it.'],
    [
      'a sentence moves from Expect to Why',
      '<Expect>A</Expect>\n\n<Why>B C</Why>',
      '<Expect>A B</Expect>\n\n<Why>C</Why>',
    ],
    ['a sentence moves from Why to Undo', '<Why>A</Why>', '<Undo>A</Undo>'],
    ['a sentence moves from a detail to the body', '<Why>A</Why>', 'A'],
    ['a note becomes a warning', '<Note>A</Note>', '<Warning>A</Warning>'],
    ['a note becomes text', '<Note>A</Note>', 'A'],
    ['points become steps', '- A\n- B', '1. A\n2. B'],
    ['two points become one', '- A\n- B', '- A\n\n  B'],
    ['a point moves into another', '- A\n- B', '- A\n  - B'],
    ['a cell moves', '| A |  |\n|---|---|\n| B | C |', '|  | A |\n|---|---|\n| B | C |'],
    ['a row becomes the head', '| A |\n|---|\n| B |', '| B |\n|---|\n| A |'],
    ['the name of a value', 'At <Value of="wsusServer" />.', 'At <Value of="sampleClient" />.'],
    ['a value becomes its name', 'At <Value of="sampleClient" />.', 'At \\{sampleClient\\}.'],
    ['a value becomes a list of two words', 'At <Value of="wsusServer" />.', 'At value,wsusServer.'],
    ['the address of a link', '[A](https://example.com/a)', '[A](https://example.com/b)'],
    ['a link becomes text', '[A](https://example.com/)', 'A `<https://example.com/>`'],
    ['a command', fence('cmd', 'ver'), fence('cmd', 'ver /?')],
    ['a space inside of a command', fence('cmd', 'echo a b'), fence('cmd', 'echo a  b')],
    ['the value in a command', fence('cmd', 'ping {{wsusServer}}'), fence('cmd', 'ping {{sampleClient}}')],
    ['the shell', fence('cmd', 'hostname'), fence('powershell', 'hostname')],
    ['where a command runs', fence('cmd where="a client"', 'ver'), fence('cmd where="the server"', 'ver')],
    ['a command becomes what a screen shows', fence('cmd', 'ver'), fence('text', 'ver')],
    ['what a screen shows', fence('text', 'a'), fence('text', 'b')],
    ['a branch comes', 'A', branch('useProxy', 'yes', 'A')],
    ['the value of a branch', branch('useProxy', 'yes', 'A'), branch('useProxy', 'no', 'A')],
    ['the input of a branch', branch('useProxy', 'yes', 'A'), branch('useSsl', 'yes', 'A')],
    ['a sentence leaves a branch', branch('useProxy', 'yes', 'A\n\nB'), `${branch('useProxy', 'yes', 'A')}\n\nB`],
    [
      'a branch in a line',
      'A <When input="useProxy" is="yes">B C</When>',
      'A <When input="useProxy" is="yes">B</When> C',
    ],
    [
      'a policy',
      '<Policy id="order-of-sources" state="disabled" />',
      '<Policy id="order-of-sources" state="not-configured" />',
    ],
    [
      'the data of a policy',
      '<Policy id="order-of-sources" to="MMPC" />',
      '<Policy id="order-of-sources" to="FileShares" />',
    ],
    [
      'the object of a policy',
      '<Policy id="order-of-sources" to="MMPC" />',
      '<Policy id="order-of-sources" to="MMPC" gpo="productionGpo" />',
    ],
    ['a wait', '<Wait minutes={5} />', '<Wait minutes={6} />'],
    ['how long to wait at most', '<Wait minutes={5} />', '<Wait minutes={5} upTo={6} />'],
    ['what is said of a wait', '<Wait minutes={5}>A</Wait>', '<Wait minutes={5}>B</Wait>'],
    ['whom to call', '<Escalate to={2} after={5} />', '<Escalate to={3} after={5} />'],
    ['when to call', '<Escalate to={2} after={5} />', '<Escalate to={2} after={6} />'],
    ['with what to call', '<Escalate to={2} after={5}>A</Escalate>', '<Escalate to={2} after={5}>B</Escalate>'],
  ])('with %s', (_, before, after) => {
    expect(hashWith(after)).not.toBe(hashWith(before));
  });

  test('with its action, and when a sentence moves from there into the body', () => {
    const withText = (text: string): string => step().replace('Try the example.', text);

    expect(hashOf(withText('Try another one.'))).not.toBe(hashOf(step()));
    expect(hashOf(withText('Try it.\n\nNow.'))).not.toBe(hashOf(withText('Try it. Now.')));
  });

  test('when it moves into a branch', () => {
    expect(hashOf(`<When input="useProxy" is="yes">\n\n${step()}\n\n</When>`)).not.toBe(hashOf(step()));
  });
});

describe('the hash of a gate', () => {
  const criterion = (text: string, id = 'c'): string => `<Criterion id="${id}">${text}</Criterion>`;

  test('stays when a criterion gets another id', () => {
    expect(hashOf(gate(criterion('A', 'b')))).toBe(hashOf(gate(criterion('A', 'c'))));
  });

  test.each([
    ['its title', gate(criterion('A')).replace('May it go on?', 'May it stop?')],
    ['a criterion', gate(criterion('B'))],
    ['another criterion', gate(`${criterion('A')}\n${criterion('B', 'd')}`)],
    ['the branch of a criterion', gate(`<When input="useProxy" is="yes">\n${criterion('A')}\n</When>`)],
    ['its text', gate(`Mind it.\n\n${criterion('A')}`)],
    ['its reason', gate(`${criterion('A')}\n\n<Why>B</Why>`)],
  ])('changes with %s', (_, changed) => {
    expect(hashOf(changed)).not.toBe(hashOf(gate(criterion('A'))));
  });

  test('is not that of a step with the same words', () => {
    expect(hashOf(gate(criterion('A')))).not.toBe(hashWith('A'));
  });
});

// --- Any step at all ----------------------------------------------------------------------------------------------

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Parts of an item that its hash is not about: identity, and what follows from the catalogue. */
const unmeant = new Set([
  'hash',
  'id',
  'number',
  'kind',
  'formerly',
  'places',
  'fixed',
  'options',
  'effect',
  'catalog',
  'dataType',
  'entry',
  'type',
  'generation',
]);

/** The paths of all texts that an item means, but for the fixed text of a policy's commands. */
function meantTexts(value: Json, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value === 'string') return path.includes('commands') && path.at(-1) === 'text' ? [] : [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (unmeant.has(key) ? [] : meantTexts(inner, [...path, key])));
}

function changeAt(value: Json, path: readonly string[], change: (text: string) => string): Json {
  const [key, ...rest] = path;
  if (key === undefined) return typeof value === 'string' ? change(value) : value;
  if (Array.isArray(value))
    return value.map((inner: Json, index) => (String(index) === key ? changeAt(inner, rest, change) : inner));
  return {
    ...(value as Record<string, Json>),
    [key]: changeAt((value as Record<string, Json>)[key] ?? null, rest, change),
  };
}

const asJson = (item: Step | Gate): Json => JSON.parse(JSON.stringify(item)) as Json;
const anyItem = fc.oneof(anyStep, anyGate);

describe('of any step and any gate', () => {
  test('the hash changes with any text in it', () => {
    fc.assert(
      fc.property(anyItem, fc.nat(), (item, pick) => {
        const paths = meantTexts(asJson(item));
        const changed = changeAt(asJson(item), paths[pick % paths.length] ?? [], (text) => `${text} changed`);

        // The same shape with another text is an item again.
        expect(itemHash(changed as unknown as Step | Gate)).not.toBe(itemHash(item));
      }),
    );
  });

  test('the hash stays when all its white space is written otherwise', () => {
    const rewrapped = (value: Json): Json => {
      if (Array.isArray(value)) return value.map(rewrapped);
      if (typeof value !== 'object' || value === null) return value;
      const node = value as Record<string, Json>;
      // Commands and screens are to the letter.
      if (node['type'] === 'text') return { ...node, value: String(node['value']).replace(/\s+/g, '\n  ') };
      return Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, rewrapped(inner)]));
    };

    fc.assert(
      fc.property(anyItem, (item) => {
        expect(itemHash(rewrapped(asJson(item)) as unknown as Step | Gate)).toBe(itemHash(item));
      }),
    );
  });

  test('the hash stays when everything in a line becomes bold', () => {
    const bold = (line: Inline[]): Inline[] => [{ type: 'strong', children: line }];

    fc.assert(
      fc.property(anyStep, (item) => {
        expect(itemHash({ ...item, action: bold(item.action) })).toBe(itemHash(item));
      }),
    );
  });

  test('the hash knows nothing of id, number, tier, minutes and former ids', () => {
    fc.assert(
      fc.property(anyItem, anyItem, (item, other) => {
        const { id, number, tier, minutes, formerly } = other;

        const renamed = { id: `${id}x`, number, tier, minutes, formerly: [...formerly, 'old'] };

        expect(itemHash(item.kind === 'step' ? { ...item, ...renamed } : { ...item, ...renamed })).toBe(itemHash(item));
      }),
    );
  });
});

describe('the revision', () => {
  test('is the same for the same content', () => {
    const source = file(task(step()));

    expect(compiled(source).revision).toBe(compiled(source).revision);
    expect(compiled(source).revision).toMatch(/^[0-9a-f]{8}$/);
  });

  test('stays when only the look of the file changes, or who looks after it', () => {
    const source = file(task(step()));

    expect(compiled(source.replace('Try the example.', 'Try\nthe **example**.')).revision).toBe(
      compiled(source).revision,
    );
    expect(compiled(source.replace('owner: "Endpoint engineering"', 'owner: "Ann"')).revision).toBe(
      compiled(source).revision,
    );
  });

  test.each([
    ['title', (source: string) => source.replace('Restart the WSUS', 'Start the WSUS')],
    ['introduction', (source: string) => source.replace('<Task', 'Mind it.\n\n<Task')],
    ['the id of a task', (source: string) => source.replace('example-task', 'other-task')],
    ['the title of a task', (source: string) => source.replace('Try the example"', 'Try it"')],
    ['the role of a task', (source: string) => source.replace('<Task', '<Task role="backout"')],
    ['a passage', (source: string) => source.replace('<Step', 'Mind it.\n\n<Step')],
    ['the id of a step', (source: string) => source.replace('example-step', 'other-step')],
    ['the tier of a step', (source: string) => source.replace('tier={2}', 'tier={3}')],
    ['the minutes of a step', (source: string) => source.replace('minutes={1}', 'minutes={2}')],
    ['a word of a step', (source: string) => source.replace('It works', 'It runs')],
  ])('changes with %s', (_, change) => {
    const source = file(task(step()));

    expect(compiled(change(source)).revision).not.toBe(compiled(source).revision);
  });

  test('changes with any step, and with the order of any two', () => {
    fc.assert(
      fc.property(anyRunbook, (runbook) => {
        const [first, ...others] = runbook.tasks;
        if (!first) return;
        const withItems = (items: typeof first.items): string =>
          revisionOf({ ...runbook, tasks: [{ ...first, items }, ...others] });
        const [item, ...rest] = first.items;
        if (!item || item.kind === 'passage') return;

        expect(withItems([{ ...item, hash: '00000000' }, ...rest])).not.toBe(
          withItems([{ ...item, hash: '11111111' }, ...rest]),
        );
        expect(withItems(rest)).not.toBe(revisionOf(runbook));
        expect(withItems([...rest, item]) === revisionOf(runbook)).toBe(rest.length === 0);
      }),
    );
  });
});

// --- Promises -----------------------------------------------------------------------------------------------------

describe('published ids', () => {
  const runbook = compiled(
    file(
      task(
        `${step('', 'one" formerly="old older')}\n\nText.\n\n${gate('<Criterion id="good" formerly="fine">It is.</Criterion>').replace('example-gate"', 'go" formerly="was"')}`,
      ).replace('example-task"', 'start" formerly="begin"'),
    ),
  );

  test('are those of tasks, steps, gates and criteria, in reading order', () => {
    expect(publishedIds(runbook)).toEqual(['start', 'one', 'go', 'good']);
  });

  test('stand in for those that were before', () => {
    expect(formerIds(runbook)).toEqual(['begin', 'old', 'older', 'was', 'fine']);
  });

  test('keep every promise of the ledger, or the ledger says which is broken', () => {
    expect(brokenPromises(['start', 'begin', 'one', 'old', 'older', 'go', 'was', 'good', 'fine'], runbook)).toEqual([]);
    expect(brokenPromises([], runbook)).toEqual([]);
    expect(brokenPromises(['start', 'gone', 'good', 'lost'], runbook)).toMatchInlineSnapshot(`
      [
        "The id \`gone\` has vanished. Put it back, or name it in \`formerly\` on what took its place.",
        "The id \`lost\` has vanished. Put it back, or name it in \`formerly\` on what took its place.",
      ]
    `);
  });

  test('of any runbook are unique', () => {
    fc.assert(
      fc.property(anyRunbook, (any) => {
        const ids = publishedIds(any);

        expect(new Set(ids).size).toBe(ids.length);
        expect(brokenPromises(ids, any)).toEqual([]);
      }),
    );
  });
});
