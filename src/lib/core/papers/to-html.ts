/** A paper as HTML: the body for a page of the site, or a whole file that needs nothing beside itself. */
import { html, Html } from '../render/html.ts';
import {
  flowText,
  NONE,
  paperNames,
  type DocumentControl,
  type FieldRow,
  type Flow,
  type Line,
  type Paper,
  type PaperPart,
  type Span,
  type StepRow,
  type WorkMode,
  type WorkRow,
} from './paper.ts';
import { paperStyle, sheetStyle } from './paper-style.ts';

/** Lists nest no deeper than this on paper. */
const DEEPEST = 3;

/** A table of no more rows than this is not split over two sheets. */
const SHORT_TABLE = 6;

/** A passage of fewer characters stays on the sheet of the step that follows it; a longer one may go on on the next. */
const SHORT_PASSAGE = 600;

/** Characters of a command that fit a line on A4 and on Letter, in the table of steps. */
const COMMAND_WIDTH = 92;

/** Words that are longer than this may break where they are joined: names of settings, paths, addresses. */
const LONG_WORD = 14;

/** Text with its line breaks, and with places to break inside long words, so that none is broken anywhere. */
const textHtml = (text: string): Html =>
  html`${text
    .split('\n')
    .map(
      (part, index) =>
        html`${index > 0 && html`<br>`}${part
          .split(/(\s+)/)
          .map((word) =>
            word.length > LONG_WORD
              ? word
                  .split(/(?<=[\\/,;|=&?_@:-])(?=.)|(?<=\p{Ll})(?=\p{Lu})/u)
                  .map((piece, at) => html`${at > 0 && html`<wbr>`}${piece}`)
              : word,
          )}`,
    )}`;

function spanHtml({ text, style, href }: Span): Html {
  const words =
    style === 'strong'
      ? html`<b>${textHtml(text)}</b>`
      : style === 'emphasis'
        ? html`<em>${textHtml(text)}</em>`
        : style === 'code'
          ? html`<code>${textHtml(text)}</code>`
          : style === 'blank' || style === 'branch'
            ? html`<span class="${style}">${text}</span>`
            : textHtml(text);
  return href ? html`${words} (${textHtml(href)})` : words;
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

/** Text with an arrow at each cut of a long line; the text of the markup is the text to the letter. */
const cutHtml = (text: string): readonly Html[] =>
  text
    .split('\n')
    .map(
      (row, index) =>
        html`${index > 0 && '\n'}${cutLine(row, COMMAND_WIDTH).map((piece, at, all) =>
          at < all.length - 1 ? html`<span class="cut">${piece}</span>` : html`${piece}`,
        )}`,
    );

const commandHtml = (line: Line): Html =>
  html`<pre><code>${cutHtml(line.map(({ text, style }) => (style === 'blank' ? `____(${text})` : text)).join(''))}</code></pre>`;

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
        return html`<pre><samp>${cutHtml(piece.text)}</samp></pre>`;
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

/** Columns of the table of steps, with their heads. Only a plan has planned times, and only a record is not for a pen. */
const columnsOf = {
  plan: {
    number: '#',
    action: 'Step (exact action)',
    tier: 'Tier',
    planned: 'Planned',
    minutes: 'Min',
    expected: 'Expected',
    seen: 'Done, value seen',
    by: 'Initials, time',
  },
  pen: {
    number: '#',
    action: 'Step (exact action)',
    tier: 'Tier',
    minutes: 'Min',
    expected: 'Expected',
    seen: 'Done, value seen',
    by: 'Initials, time',
  },
  record: {
    number: '#',
    action: 'Step (exact action)',
    tier: 'Tier',
    expected: 'Expected',
    seen: 'Value seen',
    by: 'State, by whom, when',
  },
} as const satisfies Record<WorkMode, Partial<Record<string, string>>>;

/** What needs the width of the sheet stands below the row and not in its narrow column. */
const isWide = ({ kind }: Flow): boolean => kind === 'table' || kind === 'command' || kind === 'output';

type Column = keyof (typeof columnsOf)['plan'];

function stepCell(column: Column, row: StepRow, mode: WorkMode): Html {
  const content = {
    number: () => row.number,
    action: () => lineHtml(row.action),
    tier: () => row.tier,
    planned: () => textHtml(row.planned.replace(' ', '\n')),
    minutes: () => row.minutes ?? '',
    expected: () => flowHtml(row.expected.filter((piece) => !isWide(piece))),
    seen: () => (mode === 'record' ? textHtml(row.value) : box(false)),
    by: () => (mode === 'record' ? html`<p><b>${row.state}</b></p>${row.by}` : ''),
  } as const satisfies Record<Column, () => unknown>;
  // The class tells what it is where the heads are not shown.
  return html`<td class="${column}">${content[column]()}</td>`;
}

function workHtml(row: WorkRow, mode: WorkMode): Html {
  const columns = Object.keys(columnsOf[mode]) as Column[]; // its own keys
  switch (row.kind) {
    case 'task':
      return html`<tbody class="task"><tr><td colspan="${columns.length}"><span>${row.number} ${row.title}</span>${row.branch && html` <span class="branch">(${row.branch})</span>`}</td></tr></tbody>`;
    case 'passage':
      return html`<tbody class="passage${flowText(row.body).length < SHORT_PASSAGE && ' passage--short'}"><tr><td colspan="${columns.length}">${flowHtml(row.body)}</td></tr></tbody>`;
    case 'gate':
      return html`<tbody class="gate"><tr><td colspan="${columns.length}"><p><span class="gate-word">Gate</span> <b>${row.number} ${row.title}</b></p><p>Tier ${row.tier} · ${row.minutes} min${row.planned && ` · planned ${row.planned}`}</p>${row.criteria.map(
        ({ line, met }) => html`<div class="item">${box(met)}<span>${lineHtml(line)}</span></div>`,
      )}${flowHtml(row.body)}${
        mode === 'record'
          ? html`<p><b>${row.decision}</b>${row.by && ` · ${row.by}`}</p>${flowHtml(row.seen)}`
          : html`<div class="decide"><span>${box(false)} GO</span><span>${box(false)} NO-GO</span><span>Name</span>${penLine}<span>Time</span>${penLine}</div>`
      }</td></tr></tbody>`;
    case 'step': {
      const wide = row.expected.filter(isWide);
      const more = [
        ...row.body,
        ...(wide.length > 0 ? [{ kind: 'labelled', label: 'Expected', body: wide } as const] : []),
        ...(row.undo.length > 0 ? [{ kind: 'labelled', label: 'Undo', body: row.undo } as const] : []),
        ...(row.evidence.length > 0 ? [{ kind: 'labelled', label: 'Record', body: row.evidence } as const] : []),
        ...row.seen,
      ];
      return html`<tbody class="step"><tr>${columns.map((column) => stepCell(column, row, mode))}</tr>${
        more.length > 0 &&
        html`<tr><td class="more"></td><td class="more" colspan="${columns.length - 1}">${flowHtml(more)}</td></tr>`
      }</tbody>`;
    }
  }
}

/** Columns of a grid as shares of its width. */
function colgroup(widths: readonly number[] | undefined): Html | false {
  if (!widths) return false;
  const whole = widths.reduce((sum, width) => sum + width, 0);
  // Classes and not styles: the page's policy allows no style attributes. 5 % is the step.
  return html`<colgroup>${widths.map((width) => html`<col class="w${Math.round((width / whole) * 20) * 5}">`)}</colgroup>`;
}

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
      return html`<table class="fields${part.columns === 2 && ' fields--pair'}${rows.length <= SHORT_TABLE && ' whole'}"><caption>${part.caption}</caption><tbody>${rows}</tbody></table>`;
    }
    case 'grid': {
      if (part.head.length === 0) {
        return html`<div class="whole">${Array.from({ length: part.spare ?? 0 }, () => penLine)}</div>`;
      }
      const spare = Array.from(
        { length: part.spare ?? 0 },
        () => html`<tr>${part.head.map(() => html`<td class="pen"></td>`)}</tr>`,
      );
      const isShort = part.rows.length + spare.length <= SHORT_TABLE;
      // A head with nothing below it leaves open whether something is missing.
      const none =
        part.rows.length + spare.length === 0 && html`<tr><td colspan="${part.head.length}">${NONE}</td></tr>`;
      return html`<div class="scroll${isShort && ' whole'}"><table${part.widths && html` class="grid${part.isSigned && ' grid--signed'}"`}>${part.caption && html`<caption>${part.caption}</caption>`}${colgroup(part.widths)}<thead><tr>${part.head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead><tbody>${part.rows.map(
        (row) =>
          html`<tr>${row.map((cell) => html`<td${cell === '' && html` class="pen"`}>${textHtml(cell)}</td>`)}</tr>`,
      )}${spare}${none}</tbody></table></div>`;
    }
    case 'prose':
      return html`<section class="prose"><h3>${part.label}</h3>${
        part.lines.length > 0 ? part.lines.map((text) => html`<p>${text}</p>`) : html`${penLine}${penLine}`
      }</section>`;
    case 'choices':
      return html`<p><b>${part.label}:</b> ${part.options.map((option) => html`${box(option === part.chosen)} ${option} \u2003`)}</p>`;
    case 'checks':
      return html`<section class="prose"><h3>${part.caption}</h3>${part.rows.map(
        ({ text, met }) => html`<div class="item">${box(met)}${text ? html`<span>${text}</span>` : penLine}</div>`,
      )}</section>`;
    case 'picture':
      return html`<figure>${Html.of(part.svg)}<figcaption class="where">${part.words}</figcaption></figure>`;
    case 'image':
      return html`<figure><img src="${part.source}" alt="${part.words}"><figcaption class="where">${part.words}</figcaption></figure>`;
    case 'work':
      return html`<p class="where">${part.caption}</p><div class="scroll"><table class="steps steps--${part.mode}"><colgroup>${Object.keys(columnsOf[part.mode]).map((name) => html`<col class="${name}">`)}</colgroup><thead><tr>${Object.values(columnsOf[part.mode]).map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>${part.rows.map((row) => workHtml(row, part.mode))}</table></div>`;
  }
}

/** What stands at the foot of every sheet. */
export const controlWords = ({ runbook, revision, fingerprint, printed }: DocumentControl): string =>
  [runbook, `revision ${revision}`, ...(fingerprint ? [`fingerprint ${fingerprint}`] : []), `printed ${printed}`].join(
    ' · ',
  );

/** The paper as markup for a page of the site. What is signed, and the foot, never stand alone on a sheet. */
export function paperHtml({ kind, title, about, parts, control }: Paper): Html {
  const last = parts.findLastIndex((part) => part.kind === 'heading' && part.last);
  const end = last < 0 ? parts.length - 1 : last;
  return html`<article class="pp"><p class="kind">${paperNames[kind]}</p><h1>${title}</h1>${about && html`<p>${about}</p>`}${parts.slice(0, end).map(partHtml)}<div class="whole">${parts.slice(end).map(partHtml)}<footer class="control">${controlWords(control)}</footer></div></article>`;
}

/** The paper as a file that stands alone: no script, nothing fetched, and a policy that says so. */
export const paperFile = (paper: Paper): string =>
  `<!doctype html>\n${html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"><title>${paperNames[paper.kind]}: ${paper.title}</title><style>${Html.of(`${paperStyle}${sheetStyle(controlWords(paper.control))}`)}</style></head><body>${paperHtml(paper)}</body></html>`.toString()}\n`;
