/** A page whose scripts are late, or never come: it shows no tick that nobody keeps, and says so when they stay away. */
import type { Page } from '@playwright/test';
import { expect, items, itemsFor, runbookPath, test } from './support/ringbook.ts';
import { site } from './support/site.ts';

const step = items.find(({ kind }) => kind === 'step');
if (!step) throw new Error('The runbook has no step.');

/** Holds back a script until it is let go. */
async function hold(page: Page, name: string): Promise<() => void> {
  let release = (): void => undefined;
  const isReleased = new Promise<void>((done) => (release = done));
  await page.route(`**/${name}*`, async (route) => {
    await isReleased;
    await route.continue();
  });
  return release;
}

test('a press on a box before anybody keeps it ticks nothing', async ({ book, page, place }) => {
  const release = await hold(page, 'ringbook-run.js');
  await page.goto(place.url(runbookPath), { waitUntil: 'commit' });
  await page.waitForFunction(() => document.readyState === 'interactive');
  await book.box(step.id).scrollIntoViewIfNeeded();
  const { x = 0, y = 0 } = (await book.box(step.id).boundingBox()) ?? {};
  await page.mouse.click(x + 5, y + 5);
  expect(await book.ticked()).toEqual([]);
  release();
  await expect(page.locator('html')).toHaveClass(/is-live/);
  await book.box(step.id).click();
  await expect(book.whoForm).toBeVisible();
});

test('where its scripts do not come, the page says that nothing is kept', async ({ page, place, complaints }) => {
  const words = page.getByText('The scripts of this page have not come');
  await page.goto(place.url(runbookPath));
  await expect(page.locator('html')).toHaveClass(/is-live/);
  await expect(words).toBeHidden();
  await page.route('**/ringbook-run.js*', (route) => route.abort());
  await page.reload();
  await expect(page.locator('html')).toHaveClass(/is-scripted/);
  await page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
  await expect(words).toBeVisible();
  complaints.length = 0;
});

test('letters of a question that is asked before the search is there are no acts', async ({ book, page }) => {
  await book.start();
  await book.box(step.id).click();
  await expect(book.box(step.id)).toBeChecked();
  const release = await hold(page, 'ringbook-search.js');
  await page.locator('h1').click();
  for (const letter of ['/', '/', 'u', 'x', 'm']) await page.keyboard.press(letter);
  release();
  await expect(page.getByRole('searchbox')).toBeFocused();
  await expect(book.box(step.id)).toBeChecked();
  await page.keyboard.press('Escape');
  await page.keyboard.press('u');
  await expect(book.box(step.id)).not.toBeChecked();
});

test('what was chosen holds where nothing may be kept, also after a press on both switches at once', async ({
  page,
  place,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('Denied', 'SecurityError');
      },
    });
  });
  const release = await hold(page, 'ringbook-looks.js');
  await page.goto(place.url('guide/where-progress-is-kept.html'));
  await expect(page.locator('html')).toHaveClass(/is-live/);
  await page.getByRole('button', { name: /^Theme/ }).click();
  await page.getByRole('button', { name: /^Size/ }).click();
  release();
  await expect(page.getByRole('button', { name: /^Size/ })).toHaveText('Size: large');
  await expect(page.getByRole('button', { name: /^Theme/ })).toHaveText('Theme: light');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
});

test('whoever goes on before a page is read to its end is led by all of it', async ({ book, page }) => {
  // A page that is never done within its slices.
  await page.addInitScript(() => {
    let clock = 0;
    performance.now = () => (clock += 20);
  });
  await book.openWith(site);
  const applies = itemsFor(site, { work: true });
  await expect(page.locator('.rb-more')).toHaveCount(0);
  await page.keyboard.press('n');
  await expect(book.progress).toContainText(`0 of ${applies.length} steps`);
  await expect(book.box(applies[0]?.id ?? '')).toBeFocused();
});

test('ticks that the browser would bring back by itself are not shown', async ({ book, page, place }) => {
  await book.start();
  await book.box(step.id).click();
  await expect(book.box(step.id)).toBeChecked();
  // A page that is kept whole would not be read again.
  await page.evaluate(() => addEventListener('unload', () => undefined));
  await page.goto(place.url('calculators.html'));
  // The run goes away meanwhile, in both copies.
  await page.evaluate(() => {
    localStorage.clear();
    indexedDB.deleteDatabase('ringbook');
  });
  await page.goBack();
  await expect(page.locator('html')).toHaveClass(/is-live/);
  await expect(page.locator('[data-sheet-count]')).toHaveText(/entered/);
  expect(await book.ticked()).toEqual([]);
});
