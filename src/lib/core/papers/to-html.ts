/** A paper as HTML: the body for a page of the site, or a whole file that needs nothing beside itself. */
import { html, Html } from '../render/html.ts';
import {
  paperNames,
  type DocumentControl,
  type FieldRow,
  type Flow,
  type Line,
  type Paper,
  type PaperPart,
  type Span,
  type WorkRow,
} from './paper.ts';
import { paperStyle, sheetStyle } from './paper-style.ts';

/** Lists nest no deeper than this on paper. */
const DEEPEST = 3;

/** Characters of a command that fit a line on A4 and on Letter, in the table of steps. */
const COMMAND_WIDTH = 92;

const textHtml = (text: string): Html =>
  html`${text.split('\n').map((part, index) => html`${index > 0 && html`<br>`}${part}`)}`;

function spanHtml({ text, style, href }: Span): Html {
  const words =
    style === 'strong'
      ? html`<b>${textHtml(text)}</b>`
      : style === 'emphasis'
        ? html`<em>${textHtml(text)}</em>`
        : style === 'code'
          ? html`<code>${text}</code>`
          : style === 'blank' || style === 'branch'
            ? html`<span class="${style}">${text}</span>`
            : textHtml(text);
  return href ? html`${words} (${href})` : words;
}

export const lineHtml = (line: Line): Html => html`${line.map(spanHtml)}`;

/**
 * Where to cut a long line of a command: after a space or a comma near the end of the room, else at the end of it.
 *
 * @example cutLine('Get-GPO -Name A', 10) //=> ['Get-GPO ', '-Name A']
 */
export function cutLine(text: string, width: number): readonly string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const room = rest.slice(0, width);
    const gap = Math.max(room.lastIndexOf(' '), room.lastIndexOf(','), room.lastIndexOf('\\')) + 1;
    // Not between the halves of a character that takes two units.
    let at = gap > width / 2 ? gap : width;
    if (/[\uD800-\uDBFF]/.test(rest[at - 1] ?? '')) at -= 1;
    pieces.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return [...pieces, rest];
}

/** A command, each long line cut with an arrow at the cut; the text of the element is the command to the letter. */
function commandHtml(line: Line): Html {
  // Spans are laid over the cut lines by their place in the whole text.
  const whole = line.map(({ text, style }) => (style === 'blank' ? `____(${text})` : text)).join('');
  return html`<pre><code>${whole
    .split('\n')
    .map(
      (row, index) =>
        html`${index > 0 && '\n'}${cutLine(row, COMMAND_WIDTH).map((piece, at, all) =>
          at < all.length - 1 ? html`<span class="cut">${piece}</span>` : html`${piece}`,
        )}`,
    )}</code></pre>`;
}

export function flowHtml(flow: readonly Flow[]): Html {
  return html`${flow.map((piece): Html => {
    switch (piece.kind) {
      case 'line':
        return html`<p>${lineHtml(piece.line)}</p>`;
      case 'item':
        return html`<div class="item item--${Math.min(piece.depth, DEEPEST)}"><span>${piece.mark}</span><span>${lineHtml(piece.line)}</span></div>`;
      case 'command':
        return html`${piece.where ? html`<p class="where">${piece.where}</p>` : ''}${commandHtml(piece.text)}`;
      case 'output':
        return html`<pre><samp>${piece.text}</samp></pre>`;
      case 'table':
        return html`<table>${piece.caption && html`<caption>${piece.caption}</caption>`}${
          piece.head.length > 0 &&
          html`<thead><tr>${piece.head.map((cell) => html`<th scope="col">${lineHtml(cell)}</th>`)}</tr></thead>`
        }<tbody>${piece.rows.map((row) => html`<tr>${row.map((cell) => html`<td>${lineHtml(cell)}</td>`)}</tr>`)}</tbody></table>`;
      case 'labelled': {
        const [first, ...rest] = piece.body;
        // One line reads on beside its label; more stand below it.
        return first?.kind === 'line'
          ? html`<div class="labelled"><p><b>${piece.label}:</b> ${lineHtml(first.line)}</p>${flowHtml(rest)}</div>`
          : html`<div class="labelled"><b>${piece.label}:</b>${flowHtml(piece.body)}</div>`;
      }
    }
  })}`;
}

const box = (met: boolean | undefined): Html => html`<span class="box">${met ? '✓' : ''}</span>`;
const penLine = html`<span class="line"></span>`;
const COLUMNS = 8;

function workHtml(row: WorkRow, mode: 'pen' | 'record'): Html {
  switch (row.kind) {
    case 'task':
      return html`<tbody class="task"><tr><td colspan="${COLUMNS}"><span>${row.number} ${row.title}</span>${row.branch && html` <span class="branch">(${row.branch})</span>`}</td></tr></tbody>`;
    case 'passage':
      return html`<tbody class="passage"><tr><td colspan="${COLUMNS}">${flowHtml(row.body)}</td></tr></tbody>`;
    case 'gate':
      return html`<tbody class="gate"><tr><td colspan="${COLUMNS}"><p><span class="gate-word">Gate</span> <b>${row.number} ${row.title}</b></p><p>Tier ${row.tier} · ${row.minutes} min${row.planned && ` · planned ${row.planned}`}</p>${row.criteria.map(
        ({ line, met }) => html`<div class="item">${box(met)}<span>${lineHtml(line)}</span></div>`,
      )}${flowHtml(row.body)}${
        mode === 'record'
          ? html`<p><b>${row.decision}</b>${row.by && ` · ${row.by}`}</p>${flowHtml(row.seen)}`
          : html`<div class="decide"><span>${box(false)} GO</span><span>${box(false)} NO-GO</span><span>Name</span>${penLine}<span>Time</span>${penLine}</div>`
      }</td></tr></tbody>`;
    case 'step': {
      const more = [
        ...row.body,
        ...(row.undo.length > 0 ? [{ kind: 'labelled', label: 'Undo', body: row.undo } as const] : []),
        ...(row.evidence.length > 0 ? [{ kind: 'labelled', label: 'Record', body: row.evidence } as const] : []),
        ...(mode === 'record' && row.seen.length > 0
          ? [{ kind: 'labelled', label: 'Seen', body: row.seen } as const]
          : []),
      ];
      const hand =
        mode === 'record'
          ? html`<td><b>${row.state}</b></td><td>${row.by}</td>`
          : html`<td>${box(false)}</td><td></td>`;
      return html`<tbody class="step"><tr><td>${row.number}</td><td>${lineHtml(row.action)}</td><td>${row.tier}</td><td>${mode === 'record' ? '' : row.planned}</td><td>${row.minutes}</td>${html`<td>${flowHtml(row.expected)}</td>`}${hand}</tr>${
        more.length > 0 &&
        html`<tr><td class="more"></td><td class="more" colspan="${COLUMNS - 1}">${flowHtml(more)}</td></tr>`
      }</tbody>`;
    }
  }
}

const heads = {
  pen: ['#', 'Step (exact action)', 'Tier', 'Planned', 'Min', 'Expected', 'Done, value seen', 'Initials, time'],
  record: ['#', 'Step (exact action)', 'Tier', 'Planned', 'Min', 'Expected', 'State', 'By, when'],
} as const;
const columnClasses = ['number', 'action', 'tier', 'planned', 'minutes', 'expected', 'seen', 'by'] as const;

function partHtml(part: PaperPart): Html {
  switch (part.kind) {
    case 'heading':
      return part.level === 2
        ? html`<h2${part.sheet && html` class="sheet"`}>${part.text}</h2>`
        : html`<h3>${part.text}</h3>`;
    case 'flow':
      return flowHtml(part.body);
    case 'alarm':
      return html`<p class="alarm">${part.text}</p>`;
    case 'fields': {
      const cells = ({ label, value }: FieldRow): Html =>
        html`<th scope="row">${label}</th><td${value === '' && html` class="pen"`}>${textHtml(value)}</td>`;
      // Two side by side read down the left column first.
      const half = part.columns === 2 ? Math.ceil(part.rows.length / 2) : part.rows.length;
      const rows = part.rows.slice(0, half).map((row, index) => {
        const beside = part.rows[index + half];
        return html`<tr>${cells(row)}${beside ? cells(beside) : part.columns === 2 && html`<td></td><td></td>`}</tr>`;
      });
      return html`<table class="fields${part.columns === 2 && ' fields--pair'}"><caption>${part.caption}</caption><tbody>${rows}</tbody></table>`;
    }
    case 'grid': {
      if (part.head.length === 0) return html`${Array.from({ length: part.spare ?? 0 }, () => penLine)}`;
      const spare = Array.from(
        { length: part.spare ?? 0 },
        () => html`<tr>${part.head.map(() => html`<td class="pen"></td>`)}</tr>`,
      );
      return html`<div class="scroll"><table><caption>${part.caption}</caption><thead><tr>${part.head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead><tbody>${part.rows.map(
        (row) =>
          html`<tr>${row.map((cell) => html`<td${cell === '' && html` class="pen"`}>${textHtml(cell)}</td>`)}</tr>`,
      )}${spare}</tbody></table></div>`;
    }
    case 'choices':
      return html`<p><b>${part.label}:</b> ${part.options.map((option) => html`${box(option === part.chosen)} ${option} \u2003`)}</p>`;
    case 'checks':
      return html`<h3>${part.caption}</h3>${part.rows.map(
        ({ text, met }) => html`<div class="item">${box(met)}${text ? html`<span>${text}</span>` : penLine}</div>`,
      )}`;
    case 'picture':
      return html`<figure>${Html.of(part.svg)}<figcaption class="where">${part.words}</figcaption></figure>`;
    case 'image':
      return html`<figure><img src="${part.source}" alt="${part.words}"><figcaption class="where">${part.words}</figcaption></figure>`;
    case 'work':
      return html`<p class="where">${part.caption}</p><div class="scroll"><table class="steps"><colgroup>${columnClasses.map((name) => html`<col class="${name}">`)}</colgroup><thead><tr>${heads[part.mode].map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>${part.rows.map((row) => workHtml(row, part.mode))}</table></div>`;
  }
}

/** What stands at the foot of every sheet. */
export const controlWords = ({ runbook, revision, fingerprint, printed }: DocumentControl): string =>
  [runbook, `revision ${revision}`, ...(fingerprint ? [`fingerprint ${fingerprint}`] : []), `printed ${printed}`].join(
    ' · ',
  );

/** The paper as markup for a page of the site. */
export const paperHtml = (paper: Paper): Html =>
  html`<article class="pp"><p class="kind">${paperNames[paper.kind]}</p><h1>${paper.title}</h1>${paper.about && html`<p>${paper.about}</p>`}${paper.parts.map(partHtml)}<footer class="control">${controlWords(paper.control)}</footer></article>`;

/** The paper as a file that stands alone: no script, nothing fetched, and a policy that says so. */
export const paperFile = (paper: Paper): string =>
  `<!doctype html>\n${html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"><title>${paperNames[paper.kind]}: ${paper.title}</title><style>${Html.of(`${paperStyle}${sheetStyle(controlWords(paper.control))}`)}</style></head><body>${paperHtml(paper)}</body></html>`.toString()}\n`;
