/** A paper as Markdown that pastes cleanly into tickets and wikis: ATX headings, pipe tables, fenced commands. */
import {
  lineText,
  NONE,
  paperNames,
  type Flow,
  type Line,
  type Paper,
  type PaperPart,
  type WorkMode,
  type WorkRow,
} from './paper.ts';

/** A line to write on. */
const PEN = '\\_\\_\\_\\_';

/** An address in a text, up to where its sentence goes on, or to a sign that is none of an address. */
const ADDRESS = /\bhttps?:\/\/[^\s<>|\\]*[^\s<>|\\.,;:!?)\]}'"]/g;

/**
 * Text that stays text: what Markdown would read as a mark is escaped, line breaks become spaces. An address stands between
 * angle brackets, where nothing is a mark: GitHub would take escapes for a part of it.
 *
 * @example markdownText('Read https://contoso.com/a_b, *now*') //=> 'Read <https://contoso.com/a_b>, \\*now\\*'
 */
export function markdownText(text: string): string {
  const flat = text.replace(/\s*\n\s*/g, ' ');
  const pieces: string[] = [];
  let from = 0;
  for (const { 0: address, index } of flat.matchAll(ADDRESS)) {
    pieces.push(escaped(flat.slice(from, index)), `<${address}>`);
    from = index + address.length;
  }
  return [...pieces, escaped(flat.slice(from))]
    .join('')
    .replace(/^(\s*)(?=[-+](?:\s|$))/, '$1\\')
    .replace(/^(\s*\d+)(?=[.)](?:\s|$))/, '$1\\');
}

const escaped = (text: string): string =>
  text.replace(/[\\`*_{}[\]#|~$]/g, '\\$&').replace(/[&<>]/g, (character) => entities[character] ?? character);

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A code span, with as many ticks around it as it needs (CommonMark 6.1). */
function codeSpan(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = '`'.repeat(longest + 1);
  const space = /^`|`$|^ .* $/.test(text) ? ' ' : '';
  return `${ticks}${space}${text.replace(/\s*\n\s*/g, ' ')}${space}${ticks}`;
}

export function markdownLine(line: Line): string {
  return line
    .map(({ text, style, href }) => {
      const address = href ? ` (<${href}>)` : '';
      // Marks must hug their words: spaces at the ends stand outside.
      const [, before = '', core = '', after = ''] = /^(\s*)([^]*?)(\s*)$/.exec(text) ?? [];
      if (core === '') return text.replace(/\s*\n\s*/g, ' ') + address;
      switch (style) {
        case 'code':
          return codeSpan(text) + address;
        case 'strong':
          return `${before}**${markdownText(core)}**${after}${address}`;
        case 'emphasis':
        case 'branch':
          return `${before}*${markdownText(core)}*${after}${address}`;
        case 'blank':
          return `${PEN} (${markdownText(core)})${address}`;
        case undefined:
          return `${before}${markdownText(core)}${after}${address}`;
      }
    })
    .join('');
}

/** A fence longer than any run of ticks inside it. */
function fence(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${language}\n${text.replace(/\r\n?/g, '\n')}\n${ticks}`;
}

const cell = (text: string): string => (text === '' ? ' ' : text.replace(/(?<!\\)\|/g, '\\|').replace(/\n/g, '<br>'));

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const width = Math.max(head.length, ...rows.map((row) => row.length));
  const row = (cells: readonly string[]): string =>
    `| ${Array.from({ length: width }, (_, index) => cell(cells[index] ?? '')).join(' | ')} |`;
  return [row(head), `|${' --- |'.repeat(width)}`, ...rows.map(row)].join('\n');
}

// Not with `^`, which stands after signs that Markdown does not take for the end of a line, too.
const indent = (text: string, by: string): string => text.replace(/(^|\n)(?=[^\n])/g, `$1${by}`);

function flowMarkdown(flow: readonly Flow[]): string {
  const pieces: string[] = [];
  let wasItem = false;
  for (const piece of flow) {
    const text = pieceMarkdown(piece);
    if (text === '') continue;
    const isItem = piece.kind === 'item';
    const last = pieces.length - 1;
    // Items of one list stand together; everything else has an empty line above.
    if (isItem && wasItem) pieces[last] = `${pieces[last] ?? ''}\n${text}`;
    else pieces.push(text);
    wasItem = isItem;
  }
  return pieces.join('\n\n');
}

function pieceMarkdown(piece: Flow): string {
  switch (piece.kind) {
    case 'line':
      return markdownLine(piece.line);
    case 'item':
      return `${'   '.repeat(piece.depth)}${piece.mark === '•' ? '-' : piece.mark} ${markdownLine(piece.line)}`;
    case 'command': {
      const where = piece.where ? `*${markdownText(piece.where)}:*\n\n` : '';
      return `${where}${fence(lineText(piece.text), piece.shell === 'cmd' ? 'bat' : piece.shell)}`;
    }
    case 'output':
      return fence(piece.text, 'text');
    case 'table': {
      const caption = piece.caption ? `*${markdownText(piece.caption)}*\n\n` : '';
      return `${caption}${table(
        piece.head.map(markdownLine),
        piece.rows.map((row) => row.map(markdownLine)),
      )}`;
    }
    case 'labelled': {
      const body = flowMarkdown(piece.body);
      if (piece.label === '') return body;
      return piece.body[0]?.kind === 'line'
        ? `**${markdownText(piece.label)}:** ${body}`
        : `**${markdownText(piece.label)}:**\n\n${body}`;
    }
  }
}

const box = (met: boolean | undefined): string => (met ? '[x]' : '[ ]');

/** Steps are list items with boxes, because tables cannot hold commands in Markdown. */
function workMarkdown(row: WorkRow, mode: WorkMode): string {
  switch (row.kind) {
    case 'task':
      return `### ${markdownText(`${row.number} ${row.title}`)}${row.branch ? `\n\n*${markdownText(row.branch)}*` : ''}`;
    case 'passage':
      return flowMarkdown(row.body);
    case 'gate': {
      const lines = [
        `#### ${markdownText(`Gate ${row.number}: ${row.title}`)}`,
        [`Tier ${row.tier}`, `${row.minutes} min`, ...(row.planned ? [`planned ${row.planned}`] : [])].join(' · '),
        row.criteria.map(({ line, met }) => `- ${box(met)} ${markdownLine(line)}`).join('\n'),
        flowMarkdown(row.body),
        row.decision
          ? `**${markdownText(row.decision)}**${row.by ? ` — ${markdownText(row.by)}` : ''}`
          : `${box(false)} GO ${box(false)} NO-GO · name ${PEN} · time ${PEN}`,
        flowMarkdown(row.seen),
      ];
      return lines.filter((line) => line !== '').join('\n\n');
    }
    case 'step': {
      const state = row.state === 'Done' ? '[x]' : '[ ]';
      const facts = [
        `tier ${row.tier}`,
        ...(row.minutes === undefined ? [] : [`${row.minutes} min`]),
        ...(row.planned ? [`planned ${row.planned}`] : []),
      ].join(' · ');
      const parts = [
        flowMarkdown(row.body),
        ...(row.expected.length > 0 ? [flowMarkdown([{ kind: 'labelled', label: 'Expect', body: row.expected }])] : []),
        ...(row.undo.length > 0 ? [flowMarkdown([{ kind: 'labelled', label: 'Undo', body: row.undo }])] : []),
        ...(row.evidence.length > 0 ? [flowMarkdown([{ kind: 'labelled', label: 'Record', body: row.evidence }])] : []),
        ...(row.value ? [`**Value seen:** ${markdownText(row.value)}`] : []),
        flowMarkdown(row.seen),
        mode === 'record'
          ? `*${markdownText(row.state)}${row.by ? ` — ${markdownText(row.by)}` : ''}*`
          : `Seen ${PEN} · initials and time ${PEN}`,
      ].filter((part) => part !== '');
      return `- ${state} **${row.number}** ${markdownLine(row.action)} *(${facts})*\n\n${indent(parts.join('\n\n'), '  ')}`;
    }
  }
}

function partMarkdown(part: PaperPart): string {
  switch (part.kind) {
    case 'heading':
      return `${'#'.repeat(part.level)} ${markdownText(part.text)}`;
    case 'flow':
      return flowMarkdown(part.body);
    case 'alarm':
      return `> **${markdownText(part.text)}**`;
    case 'fields':
      return table(
        [markdownText(part.caption), ''],
        part.rows.map(({ label, value }) => [markdownText(label), value ? markdownText(value) : PEN]),
      );
    case 'grid': {
      const empty = Array.from({ length: part.spare ?? 0 }, () => part.head.map(() => PEN));
      if (part.head.length === 0) return empty.length > 0 ? PEN : '';
      const caption = part.caption ? `*${markdownText(part.caption)}*\n\n` : '';
      const rows = [...part.rows.map((row) => row.map((text) => (text ? markdownText(text) : PEN))), ...empty];
      return `${caption}${table(part.head.map(markdownText), rows.length > 0 ? rows : [[NONE]])}`;
    }
    case 'prose':
      return `### ${markdownText(part.label)}\n\n${part.lines.length > 0 ? part.lines.map(markdownText).join('\n\n') : PEN}`;
    case 'choices':
      return `${markdownText(part.label)}: ${part.options.map((option) => `${box(option === part.chosen)} ${markdownText(option)}`).join(' · ')}`;
    case 'checks':
      return `*${markdownText(part.caption)}*\n\n${part.rows.map(({ text, met }) => `- ${box(met)} ${text ? markdownText(text) : PEN}`).join('\n')}`;
    case 'picture':
      return `*${markdownText(`A picture stands here on paper. ${part.words}`)}*`;
    case 'image':
      return `*${markdownText(`Picture in the save file: ${part.words}`)}*`;
    case 'work':
      return [`*${markdownText(part.caption)}*`, ...part.rows.map((row) => workMarkdown(row, part.mode))].join('\n\n');
  }
}

/**
 * Writes a paper as Markdown (CommonMark with tables and task lists). Text of readers and runbooks stays text: no value
 * can become a heading, markup, or a link with other words than its address.
 */
export function toMarkdown(paper: Paper): string {
  const { control } = paper;
  const footer = [
    `Runbook ${control.runbook}`,
    `revision ${control.revision}`,
    ...(control.fingerprint ? [`fingerprint ${control.fingerprint}`] : []),
    `printed ${control.printed}`,
  ].join(' · ');
  return `${[
    `# ${markdownText(`${paperNames[paper.kind]}: ${paper.title}`)}`,
    ...(paper.about ? [markdownText(paper.about)] : []),
    ...paper.parts.map(partMarkdown),
    '---',
    markdownText(footer),
  ]
    .filter((text) => text !== '')
    .join('\n\n')}\n`;
}
