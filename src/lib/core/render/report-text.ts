/** A calculator's report as plain text, for the command line and for pasting. */
import type { Report, ReportPart } from './report.ts';

/** Columns as wide as their widest cell, two spaces between them. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, index) => Math.max(widest[index] ?? 0, cell.length)),
    [],
  );
  return rows
    .map((row) =>
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function partText(part: ReportPart): string {
  switch (part.kind) {
    case 'sentence':
      return part.text;
    case 'warning':
      return `Caution: ${part.text}`;
    case 'note':
      return `Note: ${part.text}`;
    case 'facts':
      return `${part.caption}\n${aligned(part.rows.map(({ label, value }) => [`  ${label}`, value]))}`;
    case 'table':
      return `${part.caption}\n${aligned([part.head, ...part.rows].map((row) => row.map((cell, index) => (index ? cell : `  ${cell}`))))}`;
    case 'path':
      return `${part.label}: ${part.steps.join(' > ')}`;
    case 'command': {
      const { title, where, text, why } = part.command;
      return `${title}${where ? ` (${where})` : ''}\n${text.replace(/^/gm, '  ')}\n  ${why}`;
    }
  }
}

/** @example reportText([{ kind: 'warning', text: 'Wait.' }]) //=> 'Caution: Wait.' */
export const reportText = (report: Report): string => report.map(partText).join('\n\n');
