/** The search, in every place, by its own page and under `/` on every other. */
import { type Locator, type Page } from '@playwright/test';
import { expect, inEveryPlace, runbookPath, test, type Place } from './support/ringbook.ts';

const box = (page: Page): Locator => page.getByRole('searchbox', { name: 'Search runbooks' });
const hits = (page: Page): Locator => page.locator('.rb-hit');

async function openSearch(page: Page, place: Place): Promise<void> {
  await page.goto(place.url('search.html'));
  await expect(box(page)).toBeFocused();
}

inEveryPlace(() => {
  for (const question of ['gpupdate', 'FallbackOrder', '8530', 'freeze', 'gpupdate /force']) {
    test(`it finds ${question}, shows where, and leads there`, async ({ page, place }) => {
      await openSearch(page, place);
      await box(page).fill(question);
      await expect(page.getByRole('status').filter({ hasText: /^\d+ places?$/ })).toBeVisible();
      const [word = ''] = question.split(' ');
      const hit = hits(page)
        .filter({ has: page.locator('a[href*="runbooks/"]') })
        .first();
      await expect(hit.locator('mark').first()).toHaveText(new RegExp(word, 'i'));

      await hit.getByRole('link').click();
      const { hash, pathname } = new URL(page.url());
      expect(pathname).toMatch(/\/runbooks\/[a-z-]+\.html$/);
      await expect(page.locator(`[id="${hash.slice(1) || 'main'}"]`)).toBeInViewport();
    });
  }

  test('the head of every page leads to it, and its address holds the question', async ({ page, place }) => {
    await page.goto(place.url(runbookPath));
    await page.getByRole('navigation', { name: 'Site' }).getByRole('link', { name: 'Search' }).click();
    await box(page).fill('freeze');
    await expect(hits(page).first()).toBeVisible();
    expect(page.url()).toBe(place.url('search.html#q=freeze'));
    const first = await hits(page).first().innerText();

    await page.goto(place.url('index.html'));
    await page.goto(place.url('search.html#q=freeze'));
    await expect(box(page)).toHaveValue('freeze');
    expect(await hits(page).first().innerText()).toBe(first);
  });
});

test('under / it opens over a runbook, leads to its steps, and leaves the run as it is', async ({ book, page }) => {
  await book.start();
  await book.enter({ sampleClient: 'pc-0117' });
  await page.locator('h1').click();
  const before = await book.stored();
  const address = page.url();

  await page.keyboard.press('/');
  await expect(box(page)).toBeFocused();
  await page.keyboard.type('gpupdate');
  await expect(hits(page).first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(hits(page).first().getByRole('link')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(hits(page).nth(1).getByRole('link')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(box(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(page.url()).toBe(address);

  await page.keyboard.press('/');
  await expect(box(page)).toBeFocused();
  await page.keyboard.type('choose upstream');
  const wanted = hits(page).locator(`a[href$="${runbookPath}#choose-upstream"]`);
  await expect(wanted).toBeVisible();
  await wanted.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(page.url()).toBe(`${address}#choose-upstream`);
  expect(await book.stored()).toEqual(before);
});

test('Enter in the box opens the first place', async ({ page, place }) => {
  await openSearch(page, place);
  await box(page).fill('freeze');
  const first = await hits(page).first().getByRole('link').getAttribute('href');
  await box(page).press('Enter');
  await expect(page).toHaveURL(first ?? '');
});

test('/ is a letter like any other in a field', async ({ book, page }) => {
  await book.open();
  await book.control('sampleClient').fill('');
  await book.control('sampleClient').press('/');
  await expect(book.control('sampleClient')).toHaveValue('/');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('it says what it found, that it found nothing, and what it waits for', async ({ page, place }) => {
  await openSearch(page, place);
  const status = page.getByRole('main').getByRole('status');
  await box(page).fill('a');
  await expect(status).toHaveText('Enter 2 characters or more of a word');
  await box(page).fill('xyzzyx');
  await expect(status).toHaveText(/^Nothing holds these words\./);
  await box(page).fill('freeze xyzzyx');
  await expect(status).toHaveText(/^\d+ places with some of these words; nothing holds all of them$/);
  await box(page).fill('');
  await expect(status).toHaveText('');
  await expect(hits(page)).toHaveCount(0);
});

test('more is shown when asked for, and the keyboard stays where it was', async ({ page, place }) => {
  await openSearch(page, place);
  await box(page).fill('the');
  await expect(hits(page)).toHaveCount(20);
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect(hits(page)).toHaveCount(40);
  await expect(hits(page).nth(20).getByRole('link')).toBeFocused();
});

test.describe('without its index', () => {
  test('it says so', async ({ page, place, complaints }) => {
    await page.route('**/assets/search/**', (route) => route.abort());
    await openSearch(page, place);
    await box(page).fill('freeze');
    await expect(page.getByRole('main').getByRole('status')).toHaveText(/^The search could not be loaded/);
    complaints.length = 0;
  });
});

test('the index is asked for when somebody searches, and no more of it than the question needs', async ({
  page,
  place,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await openSearch(page, place);
  expect(asked.filter((path) => path.includes('/search/'))).toEqual([]);
  await box(page).fill('xyzzyx');
  await expect(page.getByRole('main').getByRole('status')).toHaveText(/^Nothing/);
  expect(asked.filter((path) => path.includes('/entries-'))).toEqual([]);
});
