import * as fc from 'fast-check';
import { FileSystemConfigLoader, HtmlValidate } from 'html-validate';
import { describe, expect, test } from 'vitest';
import { branchWords, introHtml, spanWords, tasksHtml } from '../../../../src/lib/core/render/runbook-html.ts';
import type { Runbook } from '../../../../src/lib/core/runbook/model.ts';
import { itemsOf } from '../../../../src/lib/core/runbook/walk.ts';
import { compiled, file, gate, projectFolder, step, task } from '../../../support/compile.ts';
import { anyRunbook } from '../runbook/support/any-runbook.ts';
import { scanMarkup, type Element, type Scan } from './support/scan-markup.ts';

const markupOf = (runbook: Pick<Runbook, 'intro' | 'tasks'>): string => introHtml(runbook) + tasksHtml(runbook);
const scan = (runbook: Pick<Runbook, 'intro' | 'tasks'>): Scan => scanMarkup(markupOf(runbook));
const scanOf = (body: string, inputs: readonly string[] = []): Scan => scan(compiled(file(body, { inputs })));

/** Names and codes by which the model says what something is; all other texts of it are for readers. */
const unread = new Set([
  'type',
  'kind',
  'shell',
  'role',
  'state',
  'hash',
  'generation',
  'of',
  'input',
  'is',
  'name',
  'id',
  'formerly',
  'fixed',
]);

/** All texts of the model that are somebody's words, and its links. */
function textsOf(value: unknown, isPart = false): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap((inner) => textsOf(inner, isPart));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    // The type of a registry value is for readers, unlike that of a node.
    if (unread.has(key) && !(key === 'type' && 'valueName' in value)) return [];
    return textsOf(inner);
  });
}

/** The same model with a harmless text in place of every text. */
function harmless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(harmless);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (unread.has(key) && !(key === 'type' && 'valueName' in value)) return [key, inner];
      return [key, typeof inner === 'string' && key !== 'number' ? 'x' : harmless(inner)];
    }),
  );
}

const boxes = ({ elements }: Scan): Element[] => elements.filter(({ attributes }) => attributes['type'] === 'checkbox');

describe('of any runbook', () => {
  test('no text makes an element, an attribute or an entity', () => {
    fc.assert(
      fc.property(anyRunbook, (runbook) => {
        // The shape of the model is kept, only its texts are others.
        expect(scan(runbook).shape).toBe(scan(harmless(runbook) as Runbook).shape);
      }),
    );
  });

  test('every text is there, and where every link leads', () => {
    fc.assert(
      fc.property(anyRunbook, ({ intro, tasks }) => {
        const { text, elements } = scan({ intro, tasks });
        const links = elements.map(({ attributes }) => attributes['href']);

        expect(textsOf({ intro, tasks }).filter((part) => !text.includes(part) && !links.includes(part))).toEqual([]);
      }),
    );
  });

  test('every step has one box, inside of one label that holds its number and its action, and every criterion has one', () => {
    fc.assert(
      fc.property(anyRunbook, (runbook) => {
        const items = itemsOf(runbook);
        const criteria = items.flatMap((item) => (item.kind === 'gate' ? item.criteria : []));
        const found = boxes(scan(runbook));

        expect(found).toHaveLength(items.length - items.filter(({ kind }) => kind === 'gate').length + criteria.length);
        for (const { path, attributes } of found) {
          expect(path.filter((name) => name === 'label')).toHaveLength(1);
          expect(attributes).not.toHaveProperty('checked');
        }
        expect(scan(runbook).elements.filter(({ name }) => name === 'label')).toHaveLength(found.length);
      }),
    );
  });

  test('no id is there twice, and every task, step and gate can be linked to', () => {
    fc.assert(
      fc.property(anyRunbook, (runbook) => {
        const ids = scan(runbook).elements.flatMap(({ attributes }) => attributes['id'] ?? []);

        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).toEqual(expect.arrayContaining([...runbook.tasks, ...itemsOf(runbook)].map(({ id }) => id)));
      }),
    );
  });

  test('a label holds nothing that would be clicked for itself, or that ends it', () => {
    fc.assert(
      fc.property(anyRunbook, (runbook) => {
        const inLabels = scan(runbook).elements.filter(({ path }) => path.includes('label'));

        expect(inLabels.filter(({ name }) => !['input', 'span', 'b', 'em', 'code', 'br', 'a'].includes(name))).toEqual(
          [],
        );
      }),
    );
  });
});

describe('a page', () => {
  const source = file(
    `Read **this** first.

<When input="useProxy" is="yes">

- The user of the proxy
- Its password

</When>

${task(`Keep it open.

${step(
  `More, with [a link](https://example.com/?a=b&c=d).

1. One

   \`\`\`powershell where="the WSUS server"
   Get-GPO -Name {{productionGpo}} | Out-Null
   \`\`\`

2. Two

| Page | Says |
|---|---|
| \`a < b\` | <Value of="wsusServer" /> |

<Policy id="order-of-sources" to="{{productionOrder}}" gpo="productionGpo" />

<Warning>Stop & think.</Warning>

<SyncTimes />

<Wait minutes={1} upTo={5} />

<Why>

\`\`\`text
<b> "quoted" & {{verbatim}}
\`\`\`

</Why>

<Escalate to={3} after={10} />`,
)}

<When input="useProxy" is="no">

${gate(`<Criterion id="one">It holds.</Criterion>
<When input="useSsl" is="yes"><Criterion id="two">It holds, <When input="useProxy" is="yes">too</When>.</Criterion></When>`)}

</When>`)}`,
    {
      inputs: [
        'useProxy',
        'useSsl',
        'productionGpo',
        'productionOrder',
        'wsusServer',
        'templates',
        'syncMode',
        'firstSync',
        'syncsPerDay',
        'timeZone',
      ],
    },
  );

  test('is sound HTML', async () => {
    const validator = new HtmlValidate(new FileSystemConfigLoader());
    const page = `<!DOCTYPE html><html lang="en"><head><title>A page</title></head><body><main><h1>A page</h1>${markupOf(compiled(source))}</main></body></html>\n`;
    // Safari tells screen readers of a list without bullets only when its role is written out.
    const report = await validator.validateString(page, `${projectFolder}/dist/page.html`, {
      rules: { 'no-redundant-role': 'off' },
    });

    expect(
      report.results.flatMap(({ messages }) => messages.map(({ message, ruleId }) => `${message} (${ruleId})`)),
    ).toEqual([]);
  });

  test('has the number of every step and gate in order', () => {
    const markup = markupOf(compiled(source));

    expect([...markup.matchAll(/class="rb-step__number">([^<]*)</g)].map(([, number]) => number)).toEqual([
      '1.1',
      '1.2',
    ]);
  });

  test('names every blank by the label of its input, and knows it by its id', () => {
    const { elements, text } = scan(compiled(source));
    const blanks = elements.filter(({ attributes }) => 'data-of' in attributes);

    expect(new Set(blanks.map(({ attributes }) => attributes['data-of']))).toEqual(
      expect.objectContaining(new Set(['wsusServer', 'productionGpo', 'productionOrder'])),
    );
    expect(text).toContain('This WSUS server');
  });

  test('says in words when a branch applies, for whoever reads it without scripts', () => {
    const { elements, text } = scan(compiled(source));

    expect(text).toContain('Only if Proxy: Yes');
    expect(text).toContain('Only if Proxy: No');
    expect(elements.filter(({ attributes }) => attributes['data-when'] === 'useProxy=no')).toHaveLength(1);
  });

  test('keeps commands and screens to the letter', () => {
    const { text } = scan(compiled(source));

    expect(text).toContain('<b> "quoted" & {{verbatim}}');
    expect(text).toMatch(/Get-GPO -Name Production GPO \| Out-Null/);
  });
});

describe('details', () => {
  test('stand in one order, whatever the author’s', () => {
    const { text } = scanOf(
      task(
        step(
          '<Why>W.</Why>\n\n<Undo>U.</Undo>\n\n<Escalate to={3} after={10} />\n\n<IfNot>I.</IfNot>\n\n<Evidence>E.</Evidence>\n\n<Wait minutes={5} upTo={20} />',
        ),
      ),
    );

    expect(text).toMatch(
      /Wait5 to 20 minutes.*ExpectIt works\..*If notI\..*EscalateTo tier 3 after 10 minutes.*UndoU\..*RecordE\..*WhyW\./s,
    );
  });

  test('leave out what an author did not write', () => {
    expect(scanOf(task(step())).elements.filter(({ name }) => name === 'dt')).toHaveLength(1);
    expect(scanOf(task(gate())).elements.filter(({ name }) => name === 'dt')).toHaveLength(0);
  });
});

describe('words', () => {
  test.each([
    [5, 20, '5 to 20 minutes'],
    [5, 5, '5 minutes'],
    [1, 1, '1 minute'],
    [0, 1, '0 to 1 minute'],
    [5, 120, '5 to 120 minutes'],
    [60, 1440, '1 h to 24 h'],
    [2880, 2880, '2 days'],
  ])('from %i to %i minutes are: %s', (from, to, words) => {
    expect(spanWords(from, to)).toBe(words);
  });

  test('of a branch are those of the sheet', () => {
    expect(
      branchWords([
        { input: 'serverRole', is: ['autonomous', 'replica'] },
        { input: 'useProxy', is: ['yes'] },
      ]),
    ).toBe('Only if Role of this server: Autonomous or Replica, and Proxy: Yes');
  });

  test('of a name that is in no vocabulary are the name', () => {
    expect(branchWords([{ input: 'nobody', is: ['x'] }])).toBe('Only if nobody: x');
  });

  test('mark the task that leads back', () => {
    const back = task(step()).replace('<Task', '<Task role="backout"');

    expect(scanOf(back).text).toContain('Way back');
    expect(scanOf(task(step())).text).not.toContain('Way back');
  });
});
