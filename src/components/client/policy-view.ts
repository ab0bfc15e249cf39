/** Paints the forms of a policy's own page, and saves their files. */
import { downloadFile } from '../../lib/browser/file-download.ts';
import type { FormPolicy } from '../../lib/core/policy/forms.ts';
import { policyPlan } from '../../lib/core/policy/policy-plan.ts';
import { html } from '../../lib/core/render/html.ts';
import { filesOf, planHtml } from '../../lib/core/render/policy-html.ts';
import { waitingWords, type SheetPainter } from './sheet-view.ts';

/** @param out Where the forms stand. */
export function createPolicyView(
  out: HTMLElement,
  policy: FormPolicy,
  announce: (words: string) => void,
): SheetPainter {
  let files: ReturnType<typeof filesOf> = [];
  let shown = '';

  out.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-save]') : null;
    const file = button && files[Number(button.dataset['save'])];
    if (!file) return;
    downloadFile(file.fileName, file.bytes);
    announce(`${file.fileName} saved`);
  });

  return (sheet, fields) => {
    const words = (waitsFor: readonly string[]): string => waitingWords('worked out', sheet, fields, waitsFor, []);
    const plan = policyPlan(policy, sheet);
    const markup =
      plan.state === 'ready'
        ? planHtml(plan.sections, words)
        : html`<p class="rb-callout">${plan.state === 'waiting' ? words(plan.waitsFor) : plan.why}</p>`;
    files = plan.state === 'ready' ? filesOf(plan.sections) : [];
    if (markup.toString() === shown) return;
    shown = markup.toString();
    // eslint-disable-next-line no-restricted-properties -- made by `html`, which escapes every value
    out.innerHTML = shown;
  };
}
