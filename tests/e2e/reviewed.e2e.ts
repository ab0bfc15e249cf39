/** A page is read long after it was built: that its review is old is said from the day on which it is. */
import { isReviewOld } from '../../src/lib/core/runbook/review.ts';
import { expect, inEveryPlace, runbook, test } from './support/ringbook.ts';

const [year = 0, month = 0, day = 0] = runbook.reviewed.split('-').map(Number);
const sign = 'more than a year ago';

inEveryPlace(() => {
  for (const [when, later, isOld] of [
    ['the anniversary of its review', 0, false],
    ['the day after', 1, true],
  ] as const) {
    test(`on ${when} a runbook ${isOld ? 'says' : 'does not say'} that its review is old`, async ({ book, page }) => {
      // Just before midnight by the clock of whoever reads it.
      const now = new Date(year + 1, month - 1, day + later, 23, 50);
      const local = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0'));
      expect(isReviewOld(runbook.reviewed, local.join('-'))).toBe(isOld);
      await page.clock.install({ time: now });
      await book.open();
      await expect(page.locator('[data-sheet-count]')).toHaveText(/entered/);
      await expect(page.locator('[data-reviewed]').getByText(sign)).toBeVisible({ visible: isOld });
    });
  }
});
