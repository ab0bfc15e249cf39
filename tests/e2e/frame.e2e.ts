/** What every page has, whatever it is about: help under `?`, search under `/`, and the switches for theme and size. */
import { type Page } from '@playwright/test';
import { expect, inEveryPlace, inHardPlaces, pageKinds, runbookPath, test } from './support/ringbook.ts';

const open = async (page: Page, address: string): Promise<void> => {
  await page.goto(address);
  await expect(page.locator('html')).toHaveClass(/is-live/);
  await page.locator('h1').first().click();
};

inHardPlaces(() => {
  for (const path of pageKinds) {
    test(`${path} has help under ? and in its head, and search under /`, async ({ page, place }) => {
      await open(page, place.url(path));
      const help = page.getByRole('dialog', { name: 'Keys' });
      await page.keyboard.press('?');
      await expect(help).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(help).toBeHidden();
      const opener = page.getByRole('button', { name: 'Keys' });
      await opener.press('Enter');
      await expect(help).toBeVisible();
      await help.getByRole('button', { name: 'Close' }).press('Enter');
      await expect(opener).toBeFocused();

      // One that is carried has no site to search, and its help says nothing of it.
      const isWhole = path.startsWith('carry/');
      await expect(page.locator('.rb-keys dt', { hasText: '/' })).toHaveCount(isWhole ? 0 : 1);
      if (isWhole) return;
      await page.keyboard.press('/');
      await expect(page.getByRole('searchbox', { name: /^Search runbooks/ })).toBeFocused();
    });
  }
});

const letterSize = (page: Page): Promise<number> =>
  page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));

inEveryPlace(() => {
  test('the size goes from usual to large and back, is said, and stays over pages and a reload', async ({
    page,
    place,
  }) => {
    await open(page, place.url('index.html'));
    const size = page.getByRole('button', { name: /^Size/ });
    const box = page.locator('.rb-step .rb-box').first();
    await expect(size).toHaveText('Size: usual');
    expect(await letterSize(page)).toBe(16);
    await size.click();
    await expect(size).toHaveText('Size: large');
    await expect(size).toBeFocused();
    await expect(page.locator('#rb-live')).toHaveText('Size: large');

    await page.goto(place.url(runbookPath));
    await expect(size).toHaveText('Size: large');
    expect(await letterSize(page)).toBeCloseTo(22.4);
    expect((await box.boundingBox())?.width).toBeCloseTo(28 * 1.4, 0);
    await page.reload();
    await expect(size).toHaveText('Size: large');

    // What a paper looks like is no matter of the screen.
    await page.emulateMedia({ media: 'print' });
    expect(await letterSize(page)).toBeCloseTo((9.5 * 4) / 3);
    await page.emulateMedia({ media: 'screen' });
    await size.click();
    await expect(size).toHaveText('Size: usual');
    expect(await letterSize(page)).toBe(16);
  });
});

test('a runbook that is carried has both switches, and keeps what they say', async ({ page, place }) => {
  await open(page, place.url(pageKinds.find((path) => path.startsWith('carry/')) ?? ''));
  await page.getByRole('button', { name: /^Size/ }).click();
  await page.getByRole('button', { name: /^Theme/ }).click();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-size', 'large');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(page.getByRole('button', { name: /^Size/ })).toHaveText('Size: large');
});

test('a chosen theme and size are there before any script of the site has run', async ({ page, place }) => {
  await page.addInitScript(() => {
    localStorage.setItem('rb1:pref:theme', 'dark');
    localStorage.setItem('rb1:pref:size', 'large');
  });
  await page.route('**/ringbook-*.js*', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(place.url(runbookPath));

  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('html')).not.toHaveClass(/is-live/);
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
  expect(await letterSize(page)).toBeCloseTo(22.4);
});

test('a size in the browser’s own settings is followed, and large is larger still', async ({ page, place }) => {
  await open(page, place.url(runbookPath));
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
  await expect.poll(() => letterSize(page)).toBe(32);
  await page.getByRole('button', { name: /^Size/ }).click();
  await expect.poll(() => letterSize(page)).toBeCloseTo(32 * 1.4);
});
