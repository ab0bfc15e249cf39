/** The forms of a policy as HTML, for the policy's own page. */
import { shells } from '../commands/command.ts';
import type { FileForm } from '../policy/forms.ts';
import type { PlanItem, PlanSection } from '../policy/policy-plan.ts';
import { clickPath, commandFrame, fileFrame, textFrame } from './frames.ts';
import { html, type Html } from './html.ts';

/** The files of a plan, in the order in which the page numbers them. */
export const filesOf = (sections: readonly PlanSection[]): readonly FileForm[] =>
  sections.flatMap(({ items }) => items.flatMap((item) => ('bytes' in item ? [item] : [])));

/**
 * @param waitingWords Says what a form waits for.
 */
export function planHtml(
  sections: readonly PlanSection[],
  waitingWords: (waitsFor: readonly string[]) => string,
): Html {
  const files = filesOf(sections);
  const itemHtml = (item: PlanItem): Html => {
    const title = html`<p><b>${item.title}</b></p>`;
    if ('waitsFor' in item)
      return html`<div class="rb-flow">${title}<p class="rb-callout">${waitingWords(item.waitsFor)}</p></div>`;
    if ('refusal' in item) {
      return html`<div class="rb-flow">${title}<p class="rb-callout rb-callout--caution"><b class="rb-callout__kind">Not in this form</b> ${item.refusal}</p></div>`;
    }
    const why = html`<p class="rb-label">${item.why}</p>`;
    if ('bytes' in item) {
      const frame = fileFrame(files.indexOf(item), item.fileName, item.bytes.length, item.text);
      return html`<div class="rb-flow">${title}<p class="rb-label">For ${item.where}.</p>${frame}${why}</div>`;
    }
    if (item.form === 'clicks') {
      const [path = '', sentence = ''] = item.text.split('\n');
      return html`<div class="rb-flow"><p class="rb-label">${item.title}</p><p>${clickPath(path.split(' > '))}</p><p>${sentence}</p></div>`;
    }
    const shell = shells.find((known) => known === item.shell);
    return html`<div class="rb-flow">${title}${shell ? commandFrame(shell, item.where, item.text) : textFrame(item.where, item.text)}${why}</div>`;
  };
  return html`${sections.map(
    ({ id, title, items }) =>
      html`<section class="rb-flow" aria-labelledby="form-${id}"><h2 id="form-${id}">${title}</h2>${id === 'hand' && html`<p>Take the path that the console shows. It follows the templates; what is written is the same.</p>`}${items.map(itemHtml)}</section>`,
  )}`;
}
