/** Paints the answers of live calculators: the report for the reader's own values, or what it still waits for. */
import type { LiveCalculator } from '../../lib/core/calculators/calculator.ts';
import { html } from '../../lib/core/render/html.ts';
import { reportHtml } from '../../lib/core/render/report-html.ts';
import { find, findAll } from './dom.ts';
import type { SheetPainter, waitingWords } from './sheet-view.ts';

/**
 * @param calculators By id, as the places on the page name them.
 * @param wordsFor What one says that still waits.
 */
export function createCalculatorView(
  root: HTMLElement,
  calculators: Readonly<Record<string, LiveCalculator>>,
  wordsFor: typeof waitingWords,
): SheetPainter[] {
  return findAll(root, '[data-calculator]').flatMap((place) => {
    const calculator = calculators[place.dataset['calculator'] ?? ''];
    const out = find(place, '.rb-calculator__out');
    if (!calculator || !out) return [];
    let shown = '';
    return [
      (sheet, fields, today) => {
        const answer = calculator.answer(sheet, today);
        const markup =
          answer.state === 'ready'
            ? (answer.picture ?? '') + reportHtml(answer.report).toString()
            : html`<p class="rb-callout">${answer.why ?? wordsFor('worked out', sheet, fields, answer.waitsFor, [])}</p>`.toString();
        // The worked example stays until there is an answer of the reader's own.
        if (markup === shown || (answer.state === 'waiting' && shown === '')) return;
        shown = markup;
        // eslint-disable-next-line no-restricted-properties -- made by `html`, which escapes every value
        out.innerHTML = markup;
      },
    ];
  });
}
