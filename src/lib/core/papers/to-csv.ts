/**
 * The steps of a paper as CSV for Excel: UTF-8 with a byte order mark, CRLF, every cell in quotes (RFC 4180), and no cell
 * that Excel would work out as a formula.
 */
import { flowText, lineText, type Paper, type WorkRow } from './paper.ts';

/**
 * One cell. A text that begins with `=`, `+`, `-`, `@`, a tab or a line break gets an apostrophe before it, which Excel
 * reads as "this is text" (OWASP, CSV Injection).
 *
 * @example csvCell('=1+1') //=> '"\'=1+1"'
 */
export function csvCell(text: string): string {
  const safe = /^[\s\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

const head = [
  'Number',
  'Kind',
  'Task',
  'Action',
  'Commands and details',
  'Tier',
  'Planned',
  'Minutes',
  'Wait',
  'Expected',
  'State',
  'By and when',
  'Value seen',
  'Remarks',
  'Id',
];

// A number alone, such as 2.10, would become 2.1 or the second of October in Excel: a word stands before it.
function rowCells(row: WorkRow, task: string): readonly string[] | undefined {
  switch (row.kind) {
    case 'step':
      return [
        `Step ${row.number}`,
        'Step',
        task,
        lineText(row.action),
        flowText(row.body),
        String(row.tier),
        row.planned,
        String(row.minutes ?? ''),
        row.wait,
        flowText(row.expected),
        row.state,
        row.by,
        row.value,
        flowText(row.seen),
        row.id,
      ];
    case 'gate':
      return [
        `Gate ${row.number}`,
        'Gate',
        task,
        row.title,
        row.criteria
          .map(({ line, met }) => `${met === undefined ? '' : met ? '[x] ' : '[ ] '}${lineText(line)}`)
          .join('\n'),
        String(row.tier),
        row.planned,
        String(row.minutes),
        '',
        '',
        row.decision,
        row.by,
        '',
        flowText(row.seen),
        row.id,
      ];
    case 'task':
    case 'passage':
      return undefined;
  }
}

/** Writes the steps and gates of a paper, one a row, ways back included. A planned time always has its day. */
export function toCsv(paper: Paper): string {
  const lines = [head];
  for (const part of paper.parts) {
    if (part.kind !== 'work') continue;
    let task = '';
    let day = '';
    for (const row of part.rows) {
      if (row.kind === 'task') task = `${row.number} ${row.title}`;
      if ('planned' in row) day = /^\d{4}-\d\d-\d\d /.exec(row.planned)?.[0] ?? day;
      const isTime = 'planned' in row && /^\d\d:\d\d$/.test(row.planned);
      const cells = rowCells(isTime ? { ...row, planned: day + row.planned } : row, task);
      if (cells) lines.push([...cells]);
    }
  }
  return `\uFEFF${lines.map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`;
}
