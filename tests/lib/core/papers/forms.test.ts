import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse as readRecords } from 'csv-parse/sync';
import ICAL from 'ical.js';
import { markdownToMdast } from 'satteri';
import { makeChecklist } from '../../../../src/lib/core/papers/checklist.ts';
import { type Paper, type PaperPart, type StepRow, type WorkRow } from '../../../../src/lib/core/papers/paper.ts';
import { makePlan } from '../../../../src/lib/core/papers/plan.ts';
import { csvCell, toCsv } from '../../../../src/lib/core/papers/to-csv.ts';
import { cutLine, paperFile, paperHtml } from '../../../../src/lib/core/papers/to-html.ts';
import { foldLine, icsText, planCalendar } from '../../../../src/lib/core/papers/to-ics.ts';
import { markdownText, toMarkdown } from '../../../../src/lib/core/papers/to-markdown.ts';
import { inputsOf } from '../../../../src/lib/core/sheet/inputs.ts';
import { makeSheet } from '../../../../src/lib/core/sheet/sheet.ts';
import { contextOf, given, runbook, window } from './sample.ts';

const full = makePlan(runbook, contextOf(given, window));
const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        '<script>',
        '</style>',
        '"',
        "'",
        '&',
        '`',
        '```',
        '|',
        '\n',
        '\r\n',
        '# ',
        '- [x] ',
        '](http://x)',
        '**',
        '_',
        '=',
        '@',
        '+1',
        '-1',
        '\t',
        ';',
        ',',
        '\\',
        '\u2028',
        '<!--',
        '{x}',
        '1. ',
      ),
      { maxLength: 10 },
    )
    .map((parts) => parts.join('')),
);
const paperWith = (part: PaperPart): Paper => ({ ...full, parts: [part] });
const withText = (text: string): Paper =>
  paperWith({ kind: 'fields', caption: 'Values', rows: [{ label: 'Name', value: text || 'x' }] });

/** Texts of a Markdown tree, and the types of its nodes. */
interface Node {
  readonly type: string;
  readonly value?: string;
  readonly url?: string;
  readonly children?: readonly Node[];
}
const typesOf = (node: Node): string[] =>
  isBareAddress(node) ? [] : [node.type, ...(node.children ?? []).flatMap(typesOf)];
/** An address in a text is a link to itself wherever Markdown is shown; only a link with other words could deceive. */
const isBareAddress = ({ type, url = '', children = [] }: Node): boolean =>
  type === 'link' && children.length === 1 && url.endsWith(children[0]?.value ?? '?');

describe('Markdown', () => {
  test('holds steps as boxes, commands in fences, and gates with both decisions', () => {
    const text = toMarkdown(full);

    expect(text).toContain('# Change plan: Restart the WSUS service');
    expect(text).toContain('- [ ] **1.1** Look at the server **wsus2.contoso.com**.');
    expect(text).toContain("  ```powershell\n  Get-GPO -Name 'Bob''s ring'\n  ```");
    expect(text).toContain('#### Gate 1.3: May we go on');
    expect(text).toContain('[ ] GO [ ] NO-GO');
    expect(text.endsWith('printed 2026-11-20 21:00\n')).toBe(true);
  });

  test('never lets a text become a heading, a link with other words, a list, code or emphasis', () => {
    const allowed = new Set(['root', 'paragraph', 'text', 'break']);
    fc.assert(
      fc.property(hostileText, (text) => {
        const tree = markdownToMdast(
          `x ${markdownText(text).replace(/[\p{Cc}\u2028\u2029]/gu, ' ')} x`,
        ) as unknown as Node;
        expect(typesOf(tree).filter((type) => !allowed.has(type))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test('never lets a value end its row', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const rows = toMarkdown(withText(text))
          .split('\n')
          .filter((line) => line.startsWith('| Name'));
        expect(rows).toHaveLength(1);
        expect((rows[0] ?? '').replace(/\\./g, '').split('|')).toHaveLength(4);
      }),
      { numRuns: 2000 },
    );
  });
});

/** What a reader of Markdown makes of a paper: the texts of table cells, and of code that stands in blocks. */
function readMarkdown(text: string): { cells: string[][]; blocks: string[]; kinds: Set<string> } {
  const cells: string[][] = [];
  const blocks: string[] = [];
  const kinds = new Set<string>();
  const textOf = (node: Node): string =>
    (node.type === 'break' ? ' ' : (node.value ?? '')) + (node.children ?? []).map(textOf).join('');
  const walk = (node: Node): void => {
    kinds.add(node.type);
    if (node.type === 'tableRow') cells.push((node.children ?? []).map((cell) => squeezed(textOf(cell))));
    if (node.type === 'code') blocks.push(node.value ?? '');
    for (const child of node.children ?? []) walk(child);
  };
  walk(markdownToMdast(text, { features: { smartPunctuation: false } }) as unknown as Node);
  return { cells, blocks, kinds };
}
const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();

describe('Markdown, read by another reader', () => {
  /** What a field lets through: no control characters. */
  const typed = hostileText.map((text) => squeezed(text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, ' ')) || 'x');

  test('has tables of as many cells as were written, each with its text, whatever it holds', () => {
    fc.assert(
      fc.property(typed, typed, (one, two) => {
        const { cells } = readMarkdown(
          toMarkdown(
            paperWith({
              kind: 'grid',
              caption: 'Risks',
              head: ['What', 'Who'],
              rows: [
                [one, two],
                [two, one],
              ],
            }),
          ),
        );
        expect(cells).toEqual([
          ['What', 'Who'],
          [one, two],
          [two, one],
        ]);
      }),
      { numRuns: 2000 },
    );
  });

  test('has an address as a link to itself, with the signs that are marks elsewhere', () => {
    const address = 'http://wsus2.contoso.com:8530/a_b*c~d';
    const text = toMarkdown(withText(`See ${address}, *now*.`));

    expect(text).toContain('See <http://wsus2.contoso.com:8530/a_b*c~d>, \\*now\\*.');
    expect(readMarkdown(text).cells).toContainEqual(['Name', `See ${address}, *now*.`]);
  });

  test('has each command and each output to the letter, and no HTML', () => {
    const code = hostileText.map((text) => `${text.replace(/[\p{Cs}\0]/gu, '').replace(/\r\n?/g, '\n')}x`);
    fc.assert(
      fc.property(code, typed, (command, text) => {
        const step = { ...stepWith(text), seen: [], body: [{ kind: 'output' as const, text: command }] };
        const { blocks, kinds } = readMarkdown(
          toMarkdown(
            workWith({ ...step, expected: [{ kind: 'command', shell: 'powershell', text: [{ text: command }] }] }),
          ),
        );
        expect(blocks).toEqual([command, command]);
        expect([...kinds].filter((kind) => /html|heading|image|definition/i.test(kind))).toEqual(['heading']);
      }),
      { numRuns: 2000 },
    );
  });

  test('has the whole plan as headings, lists with boxes, tables and commands, and nothing as HTML', () => {
    const { kinds, blocks } = readMarkdown(toMarkdown(full));

    expect(blocks).toContain("Get-GPO -Name 'Bob''s ring'");
    expect([...kinds]).toEqual(expect.arrayContaining(['heading', 'table', 'list', 'code']) as unknown);
    expect(kinds).not.toContain('html');
  });
});

/** Reads CSV with a reader that is not ours: strict about quotes, and about line ends between records. */
const readCsv = (text: string): string[][] => readRecords(text, { record_delimiter: '\r\n', relax_quotes: false });

const stepWith = (text: string): StepRow => ({
  kind: 'step',
  id: 'one',
  number: '2.10',
  action: [{ text }],
  body: [{ kind: 'command', shell: 'powershell', text: [{ text }] }],
  tier: 2,
  planned: '',
  minutes: 5,
  wait: '',
  expected: [{ kind: 'output', text }],
  undo: [],
  evidence: [],
  value: text,
  seen: [{ kind: 'labelled', label: 'Note', body: [{ kind: 'line', line: [{ text }] }] }],
  state: 'Done',
  by: text,
});
const workWith = (...rows: readonly WorkRow[]): Paper => paperWith({ kind: 'work', caption: '', mode: 'record', rows });

describe('CSV', () => {
  test('begins with a byte order mark and has a row for each step and gate', () => {
    const text = toCsv(full);
    const rows = readCsv(text.slice(1));

    expect([...Buffer.from(text).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(rows.map(([number]) => number)).toEqual(['Number', 'Step 1.1', 'Gate 1.3', 'Step 1.4', 'Step 2.1']);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([15]));
  });

  test('writes no number that Excel would turn into a date or into another number', () => {
    const [, row = []] = readCsv(toCsv(workWith(stepWith('x'))).slice(1));

    expect(row[0]).toBe('Step 2.10');
  });

  test('gives each planned time its day', () => {
    const [head = [], ...rows] = readCsv(toCsv(makePlan(runbook, contextOf(given, window))).slice(1));

    expect(rows.map((row) => row[head.indexOf('Planned')])).toEqual([
      '2026-10-24 22:00',
      '2026-10-24 22:15',
      '2026-10-24 22:25',
      '',
    ]);
  });

  test('is read back by another reader as it was written, whatever a cell holds', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 4 }), (texts) => {
        const written = toCsv(workWith(...texts.map(stepWith)));
        const [head = [], ...rows] = readCsv(written.slice(1));
        expect(rows).toHaveLength(texts.length);
        for (const [index, row] of rows.entries()) {
          expect(row).toHaveLength(head.length);
          for (const name of ['Action', 'Commands and details', 'Expected', 'Value seen', 'By and when']) {
            const cell = row[head.indexOf(name)] ?? '';
            const text = texts[index] ?? '';
            // An apostrophe may stand before it, and nothing else differs.
            expect([text, `'${text}`]).toContain(cell);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('never holds a cell that Excel works out', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const [[cell = ''] = []] = readCsv(`${csvCell(text)}\r\n`);
        expect(cell).not.toMatch(/^[\s\0]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/);
        expect(cell).not.toMatch(/^[\t\r\n]/);
      }),
      { numRuns: 2000 },
    );
  });

  test.each(['=1+1', '+49 89 1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '=HYPERLINK("http://x","y")', '\uFF1D1'])(
    'puts an apostrophe before %j',
    (text) => {
      expect(readCsv(`${csvCell(text)}\r\n`)).toEqual([[`'${text}`]]);
    },
  );

  test.each(['München, Straße', 'a "quoted" word', 'two\nlines', "it's", '1-2', 'a=b'])('leaves %j alone', (text) => {
    expect(readCsv(`${csvCell(text)}\r\n`)).toEqual([[text]]);
  });
});

describe('HTML', () => {
  test('is one file without scripts, and forbids them', () => {
    const text = paperFile(full);

    expect(text).toContain("default-src 'none'; style-src 'unsafe-inline'; img-src data:");
    expect(text).not.toMatch(/<script|<link|src=|url\(/);
    expect(text).toContain('<title>Change plan: Restart the WSUS service</title>');
  });

  test('never lets a value open a tag or leave an attribute', () => {
    // Where a long word may break is our own tag, and no text's.
    const tags = (text: string): number =>
      paperHtml(withText(text)).toString().replaceAll('<wbr>', '').split('<').length;
    fc.assert(
      fc.property(hostileText, (text) => {
        const breaks = text.split('\n').length - 1;
        expect(tags(text)).toBe(tags('x') + breaks);
      }),
      { numRuns: 2000 },
    );
  });

  test('says so where a table that is not for a pen has no rows, in Markdown too', () => {
    const empty: Paper = {
      ...full,
      parts: [
        { kind: 'grid', caption: 'People', head: ['Name', 'Tier'], rows: [] },
        { kind: 'grid', caption: 'For a pen', head: ['Finding'], rows: [], spare: 1 },
      ],
    };

    expect(
      paperHtml(empty)
        .toString()
        .match(/<td[^]*?<\/td>/g),
    ).toEqual(['<td colspan="2">None</td>', '<td class="pen"></td>']);
    expect(toMarkdown(empty)).toContain('| Name | Tier |\n| --- | --- |\n| None |   |');
  });

  test('keeps what is signed on one sheet with its heading and the foot', () => {
    for (const paper of [full, makeChecklist(runbook, contextOf(given))]) {
      const [, last = ''] = paperHtml(paper)
        .toString()
        .split(/<div class="whole">(?=<h2)/);
      expect(last).toMatch(/^<h2>[^<]*signatures<\/h2>/);
      expect(last).toContain('<footer class="control">');
    }
  });

  test('never changes a command by cutting its lines', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.integer({ min: 4, max: 90 }), (text, width) => {
        const pieces = cutLine(text, width);
        expect(pieces.join('')).toBe(text);
        expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(width);
      }),
    );
  });

  test('keeps the footer inside its quotes', () => {
    const text = paperFile({ ...full, control: { ...full.control, runbook: "x'}</style><b>" } });

    expect(text).not.toContain('</style><b>');
    expect(text).toContain('\\27 ');
  });
});

describe('the calendar', () => {
  const stamp = '20261120T200000Z';
  const calendar = (raw: Record<string, string>, answers: Record<string, string>): string => {
    const answer = planCalendar(runbook, contextOf(raw, answers), stamp);
    return answer.ok ? answer.value : answer.why;
  };

  test('holds the window and the gates, in the zone of the window', () => {
    const text = calendar(given, window);

    expect(text).toContain(
      'DTSTART;TZID=Europe/Berlin:20261024T220000\r\nDTEND;TZID=Europe/Berlin:20261025T060000\r\n',
    );
    expect(text).toContain('SUMMARY:Gate 1.3: May we go on\r\n');
    expect(text).toContain('DTSTART;TZID=Europe/Berlin:20261024T221500\r\n');
  });

  test('describes the zone, with the change of the clocks that falls into the window', () => {
    expect(calendar(given, window)).toContain(
      'BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\n',
    );
  });

  test.each([
    [{}, /^Enter planned day, planned start/],
    [{ ...window, planEndDate: '2026-10-23' }, /^The window must end after it starts/],
    [{ ...window, planEndDate: '2027-10-25' }, /^The window must be 62 days or less/],
  ])('asks for a window that it can use', (answers, words) => {
    expect(calendar(given, answers)).toMatch(words);
  });

  test('never has a line of more than 75 octets, and unfolds to what was folded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const line = icsText(text);
        const folded = foldLine(line).split('\r\n');
        expect(Math.max(...folded.map((each) => Buffer.byteLength(each)))).toBeLessThanOrEqual(75);
        expect(folded.map((each, index) => (index ? each.slice(1) : each)).join('')).toBe(line);
      }),
    );
  });

  /** Reads a calendar with a reader that is not ours; times are worked out by the zones that the file itself describes. */
  const readCalendar = (text: string) => {
    ICAL.TimezoneService.reset();
    const root = new ICAL.Component(ICAL.parse(text) as unknown[]);
    const events = root.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each));
    return { root, events };
  };
  const instants = (event: ICAL.Event): string[] =>
    [event.startDate, event.endDate].map((at) => at.toJSDate().toISOString());

  test('has what the standard asks for, and nothing twice', () => {
    const { root, events } = readCalendar(calendar(given, window));

    expect(root.name).toBe('vcalendar');
    expect(['version', 'prodid', 'calscale'].map((name) => root.getFirstPropertyValue(name))).toEqual([
      '2.0',
      '-//Ringbook//Change plan//EN',
      'GREGORIAN',
    ]);
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
    for (const { component } of events) {
      expect(component.getFirstPropertyValue('dtstamp')?.toString()).toBe('2026-11-20T20:00:00Z');
    }
    expect(calendar(given, window).replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test('has the window, the gate and each synchronization of the window at their moments, over a change of the clocks', () => {
    const sync = { firstSync: '01:00', syncsPerDay: '4', timeZone: 'Europe/Berlin', syncMode: 'automatic' };
    const filling = {
      sheet: makeSheet({ ...given, ...sync }, inputsOf([...runbook.inputs, ...Object.keys(sync)]), {
        today: '2026-11-20',
      }),
      today: '2026-11-20',
    };
    const answer = planCalendar(runbook, { ...contextOf(given, window), filling }, stamp);
    const { events } = readCalendar(answer.ok ? answer.value : '');

    expect(events.map((event) => [event.summary, ...instants(event)])).toEqual([
      ['Restart the WSUS service', '2026-10-24T20:00:00.000Z', '2026-10-25T05:00:00.000Z'],
      ['Gate 1.3: May we go on', '2026-10-24T20:15:00.000Z', '2026-10-24T20:25:00.000Z'],
      ['WSUS synchronization', '2026-10-24T23:00:00.000Z', '2026-10-24T23:15:00.000Z'],
      ['WSUS synchronization', '2026-10-25T05:00:00.000Z', '2026-10-25T05:15:00.000Z'],
    ]);
  });

  test('tells a time that the clocks show twice in UTC, the first and the second of them', () => {
    const text = calendar(given, { ...window, planStartDate: '2026-10-25', planStartTime: '02:40' });

    expect(text).toContain('DTSTART:20261025T004000Z\r\nDTEND;TZID=Europe/Berlin:20261025T060000\r\n');
    expect(text).toContain('DTSTART:20261025T005500Z\r\nDTEND:20261025T010500Z\r\n');
  });

  test('means the same moments to another reader, in every zone and over every change of its clocks', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
      'Africa/Casablanca',
      'America/St_Johns',
      'Pacific/Auckland',
      'UTC',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 730 }),
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 1, max: 60 * 24 * 40 }),
        (planZone, day, minute, length) => {
          const first = Temporal.PlainDateTime.from('2026-01-01').add({ days: day, minutes: minute });
          const last = first.add({ minutes: length });
          const start = first.toZonedDateTime(planZone);
          const end = last.toZonedDateTime(planZone);
          fc.pre(Temporal.ZonedDateTime.compare(start, end) < 0);
          const text = calendar(given, {
            planStartDate: first.toPlainDate().toString(),
            planStartTime: first.toPlainTime().toString().slice(0, 5),
            planEndDate: last.toPlainDate().toString(),
            planEndTime: last.toPlainTime().toString().slice(0, 5),
            planZone,
          });
          const [whole, gate] = readCalendar(text).events;
          const isoOf = (at: Temporal.ZonedDateTime): string => new Date(at.epochMilliseconds).toISOString();
          expect(whole && instants(whole)).toEqual([isoOf(start), isoOf(end)]);
          expect(gate && instants(gate)[0]).toBe(isoOf(start.add({ minutes: 15 })));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('gives another reader each text to the letter, in lines of 75 octets at most', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (title, number) => {
        const one = (text: string): string => text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, ' ').trim();
        const planTitle = `${one(title)} Ä€😀`;
        const planChangeNumber = one(number);
        const text = calendar(given, { ...window, planTitle, planChangeNumber });
        expect(Math.max(...text.split('\r\n').map((each) => Buffer.byteLength(each)))).toBeLessThanOrEqual(75);
        const [whole] = readCalendar(text).events;
        expect(whole?.summary).toBe(`${planChangeNumber ? `${planChangeNumber}: ` : ''}${planTitle}`);
      }),
      { numRuns: 1000 },
    );
  });

  test('never lets a text end its property', () => {
    fc.assert(
      fc.property(hostileText, (planTitle) => {
        const title = planTitle.replace(/[\p{Cc}\u2028\u2029]/gu, ' ').trim();
        const names = calendar(given, { ...window, planTitle: title })
          .replaceAll('\r\n ', '')
          .trimEnd()
          .split('\r\n')
          .map((line) => /^[A-Z-]+(?=[:;])/.exec(line)?.[0]);
        expect(names).not.toContain(undefined);
        expect(names.filter((name) => name === 'SUMMARY')).toHaveLength(2);
      }),
    );
  });
});
