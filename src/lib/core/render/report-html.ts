/** A calculator's report as HTML: the build uses it for the worked example, the browser for the reader's own values. */
import { clickPath, commandFrame } from './frames.ts';
import { html, type Html } from './html.ts';
import type { Report, ReportPart } from './report.ts';

function partHtml(part: ReportPart): Html {
  switch (part.kind) {
    case 'sentence':
      return html`<p>${part.text}</p>`;
    case 'warning':
    case 'note': {
      const [name, word] = part.kind === 'note' ? ['note', 'Note'] : ['caution', 'Caution'];
      return html`<p class="rb-callout rb-callout--${name}"><b class="rb-callout__kind">${word}</b> ${part.text}</p>`;
    }
    case 'facts':
      return html`<table class="rb-facts"><caption>${part.caption}</caption><tbody>${part.rows.map(
        ({ label, value }) => html`<tr><th scope="row">${label}</th><td>${value}</td></tr>`,
      )}</tbody></table>`;
    case 'table':
      return html`<table><caption>${part.caption}</caption><thead><tr>${part.head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead><tbody>${part.rows.map(
        (row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`,
      )}</tbody></table>`;
    case 'path':
      return html`<p>${part.label}: ${clickPath(part.steps)}</p>`;
    case 'command': {
      const { shell, title, text, why, where } = part.command;
      return html`<div class="rb-flow"><p><b>${title}</b></p>${commandFrame(shell, where, text)}<p class="rb-label">${why}</p></div>`;
    }
  }
}

export const reportHtml = (report: Report): Html => html`${report.map(partHtml)}`;
