import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mdxToMdast } from 'satteri';
import { type Paper, type PaperPart } from '../../../../src/lib/core/papers/paper.ts';
import { makePlan } from '../../../../src/lib/core/papers/plan.ts';
import { csvCell, toCsv } from '../../../../src/lib/core/papers/to-csv.ts';
import { cutLine, paperFile, paperHtml } from '../../../../src/lib/core/papers/to-html.ts';
import { foldLine, icsText, planCalendar } from '../../../../src/lib/core/papers/to-ics.ts';
import { markdownText, toMarkdown } from '../../../../src/lib/core/papers/to-markdown.ts';
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

  test('never lets a text become a heading, a link with other words, a list, code or emphasis', () => {
    const allowed = new Set(['root', 'paragraph', 'text', 'break']);
    fc.assert(
      fc.property(hostileText, (text) => {
        const tree = mdxToMdast(`x ${markdownText(text).replace(/[\p{Cc}\u2028\u2029]/gu, ' ')} x`) as unknown as Node;
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

/** Reads CSV as RFC 4180 has it: every field in quotes here. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    expect(text[at]).toBe('"');
    let field = '';
    at++;
    for (;;) {
      if (text[at] === '"' && text[at + 1] === '"') {
        field += '"';
        at += 2;
      } else if (text[at] === '"') break;
      else field += text[at++];
    }
    row.push(field);
    at++;
    if (text[at] === ',') at++;
    else {
      expect(text.slice(at, at + 2)).toBe('\r\n');
      at += 2;
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

describe('CSV', () => {
  test('begins with a byte order mark and has a row for each step and gate', () => {
    const text = toCsv(full);
    const rows = readCsv(text.slice(1));

    expect(text.codePointAt(0)).toBe(0xfeff);
    expect(rows.map(([number]) => number)).toEqual(['Number', '1.1', '1.3', '1.4', '2.1']);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([14]));
  });

  test('never holds a cell that Excel works out', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const [[cell = ''] = []] = readCsv(`${csvCell(text)}\r\n`);
        expect(cell).not.toMatch(/^\s*[=+\-@]/);
        expect(cell.replace(/^'/, '')).toBe(text.replace(/^'/, ''));
      }),
      { numRuns: 2000 },
    );
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
    const tags = (text: string): number => paperHtml(withText(text)).toString().split('<').length;
    fc.assert(
      fc.property(hostileText, (text) => {
        const breaks = text.split('\n').length - 1;
        expect(tags(text)).toBe(tags('x') + breaks);
      }),
      { numRuns: 2000 },
    );
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
