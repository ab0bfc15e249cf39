/** Paints the answers of live calculators: the report for the reader's own values, or what it still waits for. */
import type { LiveCalculator } from '../../lib/core/calculators/calculator.ts';
import type { Sheet } from '../../lib/core/sheet/sheet.ts';
import { html } from '../../lib/core/render/html.ts';
import { reportHtml } from '../../lib/core/render/report-html.ts';
import { find, findAll } from './dom.ts';
import { waitingWords, type SheetPainter } from './sheet-view.ts';

/** @param calculators By id, as the places on the page name them. */
export function createCalculatorView(
  root: HTMLElement,
  calculators: Readonly<Record<string, LiveCalculator>>,
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
            : html`<p class="rb-callout">${answer.why ?? waitingWords('worked out', sheet, fields, answer.waitsFor, [])}</p>`.toString();
        // The worked example stays until there is something of the reader's own to say.
        if (markup === shown || (answer.state === 'waiting' && shown === '' && isUntouched(sheet))) return;
        shown = markup;
        // eslint-disable-next-line no-restricted-properties -- made by `html`, which escapes every value
        out.innerHTML = markup;
      },
    ];
  });
}

const isUntouched = (sheet: Sheet): boolean => Object.values(sheet).every(({ state }) => state === 'missing');
