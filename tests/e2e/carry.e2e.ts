/** A runbook as one file, taken away from the site and opened from a disk. */
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Page } from '@playwright/test';
import {
  eventsIn,
  expect,
  itemsFor,
  runbook,
  runbookPage,
  runbookPath,
  test as base,
  watch,
  type RunbookPage,
} from './support/ringbook.ts';
import { site } from './support/site.ts';

const [first, second] = itemsFor(site);
if (!first || !second) throw new Error('The runbook has fewer than two steps.');

const test = base.extend<{ carried: RunbookPage; address: string }>({
  address: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'ringbook-stick-'));
    const file = join(folder, 'a runbook.html');
    copyFileSync(`dist/carry/${basename(runbookPath)}`, file);
    await use(pathToFileURL(file).href);
    rmSync(folder, { recursive: true });
  },
  carried: async ({ browser, address }, use) => {
    const context = await browser.newContext();
    const place = {
      name: 'file' as const,
      url: () => address,
      owns: (asked: string) => asked === address || asked.startsWith('data:'),
    };
    const complaints = watch(context, place);
    await use(runbookPage(await context.newPage(), place));
    await context.close();
    expect(complaints, 'complaints of the browser').toEqual([]);
  },
});

const requestsOf = (page: Page): string[] => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) asked.push(request.url());
  });
  return asked;
};

test('it opens alone, with its style, and asks for nothing else', async ({ carried, address }) => {
  const asked = requestsOf(carried.page);
  await carried.open();
  await expect(carried.page.getByRole('heading', { level: 1 })).toHaveText(runbook.title);
  await expect(carried.page.locator('.rb-header')).toHaveCSS('display', 'flex');
  expect(asked).toEqual([address]);
});

test('ticks, values, branches and commands work in it, and are there after a reload', async ({ carried }) => {
  await carried.start();
  await carried.enter(site);
  await carried.box(first.id).click();
  await carried.box(second.id).click();
  await carried.page.reload();
  await expect(carried.box(second.id)).toBeChecked();
  await expect(carried.progress).toHaveText(/^2 of /);
  await expect(carried.item('find-computer')).toContainText('pc-0117');
  expect(eventsIn(await carried.stored(), 'tick')).toHaveLength(2);
  await carried.page.locator('.rb-command:visible .rb-copy').first().click();
  await expect(carried.live).toHaveText(/^(Copied|Selected: press Ctrl\+C)$/);
});

test('keys and the theme work in it', async ({ carried }) => {
  await carried.open();
  await carried.page.keyboard.press('?');
  await expect(carried.page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await carried.page.keyboard.press('Escape');
  await carried.page.getByRole('button', { name: 'Theme: system' }).click();
  await expect(carried.page.locator('html')).toHaveAttribute('data-theme', 'light');
});

test('in a browser without Temporal it brings what works out the times', async ({ carried, address }) => {
  const asked = requestsOf(carried.page);
  await carried.page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Temporal'));
  await carried.page.clock.setFixedTime('2026-11-20T09:00:00Z');
  await carried.openWith(site);
  await expect(carried.page.getByRole('region', { name: 'When this server synchronizes' })).toContainText('16:00');
  expect(new Set(asked)).toEqual(new Set([address]));
});

test('it says where its ticks are kept and leads to no page that is not carried', async ({ carried }) => {
  await carried.open();
  await expect(carried.page.getByText('keeps ticks and values apart from the site')).toBeVisible();
  const inside = await carried.page
    .locator('a[href]')
    .evaluateAll((links) =>
      links.map((link) => link.getAttribute('href')).filter((to) => !/^(#|https:)/.test(to ?? '')),
    );
  expect(inside).toEqual([]);
});

test('the page of the runbook offers it for download', async ({ page, place }) => {
  await page.goto(place.url(runbookPath));
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'One file to carry' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(basename(runbookPath));
});

test('there is one for every runbook', () => {
  expect(readdirSync('dist/carry').sort()).toEqual(readdirSync('dist/runbooks').sort());
});
