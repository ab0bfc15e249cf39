/** The site without its host: kept by one visit, and replaced by a new version only when somebody says so. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { writeWorker } from '../../src/lib/build/offline.ts';
import { findBrowser } from '../support/browser.ts';
import { serveFolder, type StaticServer } from '../support/static-server.ts';
import { expect, itemsFor, runbook, runbookPage, runbookPath, test as base, watch } from './support/ringbook.ts';
import { site } from './support/site.ts';

const srcDir = new URL('../../src/', import.meta.url);
const [first] = itemsFor(site);
if (!first) throw new Error('The runbook has no step.');

interface Hosted {
  readonly server: StaticServer;
  readonly context: BrowserContext;
  readonly url: (path: string) => string;
  /** Builds another version: the same files, with another word in one page. */
  readonly publish: (path: string, before: string, after: string) => Promise<void>;
  /** Has the site treated as a large one, of which not everything is kept by itself. */
  readonly makeLarge: () => Promise<void>;
}

const test = base.extend<{ hosted: Hosted }>({
  hosted: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'ringbook-hosted-'));
    cpSync('dist', folder, { recursive: true });
    // A folder may be called as scripts are.
    const prefix = '/a/ringbook-folder/nobody/told/';
    const server = await serveFolder(folder, { prefix });
    const profile = mkdtempSync(join(tmpdir(), 'ringbook-profile-'));
    const context = await chromium.launchPersistentContext(profile, { ...findBrowser(), serviceWorkers: 'allow' });
    const url = (path: string): string => server.url + path;
    await use({
      server,
      context,
      url,
      publish: async (path, before, after) => {
        const text = readFileSync(join(folder, path), 'utf8');
        expect(text).toContain(before);
        writeFileSync(join(folder, path), text.replaceAll(before, after));
        await writeWorker(folder, srcDir);
      },
      makeLarge: () => writeWorker(folder, srcDir, { mostBytes: 0 }),
    });
    await context.close();
    await server.close();
    for (const path of [folder, profile]) rmSync(path, { recursive: true, force: true });
  },
});

/** Opens a page and waits until the site is kept. */
async function visit(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  await page.evaluate(() => navigator.serviceWorker.ready);
  return page;
}

/** As a browser does by itself when the site is opened after some time. */
const lookForNews = (page: Page): Promise<unknown> =>
  page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());

test('after one visit the whole site is there without its host: pages, ticks, values, calculators', async ({
  hosted,
}) => {
  const { context, server, url } = hosted;
  const place = { name: 'site root' as const, url, owns: (address: string) => address.startsWith(server.url) };
  const visited = await visit(context, url('index.html'));
  await visited.close();
  await server.close();

  const complaints = watch(context, place);
  const book = runbookPage(await context.newPage(), place);
  await book.start();
  await book.box(first.id).click();
  await expect(book.box(first.id)).toBeChecked();
  await book.enter({ sampleClient: 'pc-0117' });
  await expect(book.item('find-computer')).toContainText('pc-0117');
  await book.page.reload();
  await expect(book.box(first.id)).toBeChecked();

  await book.page.goto(url('calculators/sync-times.html#firstSync=17:00&syncsPerDay=1&timeZone=Europe/Berlin'));
  await expect(book.page.locator('html')).toHaveClass(/is-live/);
  await book.page.goto(url(''));
  await expect(book.page.getByRole('heading', { level: 1 })).toHaveText('Runbooks');
  expect(complaints).toEqual([]);
});

test('of a large site every runbook is there without its host, and papers and search say what is not', async ({
  hosted,
}) => {
  const { context, makeLarge, server, url } = hosted;
  await makeLarge();
  const page = await visit(context, url('index.html'));
  // The first page was opened before the worker answered for anything.
  await page.goto(url('papers/readiness.html'));
  await expect(page.locator('html')).toHaveClass(/is-live/);
  await server.close();

  await page.goto(url(runbookPath));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(runbook.title);
  await page.goto(url('papers/readiness.html'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Get ready to roll out Defender updates safely');

  await page.goto(url('papers/weekly-health.html'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not kept yet');
  await page.goto(url('search.html#q=gpupdate'));
  await expect(page.locator('[data-search]').getByRole('status')).toContainText(
    /^\d+ places; \d+ of them cannot be shown while the site cannot be reached$/,
  );
});

test('keeping the site for later asks for nothing before the page is there', async ({ hosted }) => {
  const { context, url } = hosted;
  const page = await context.newPage();
  const asked: string[] = [];
  // What the worker asks for comes from the worker, not from a page.
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) asked.push(request.url());
  });
  await page.goto(url(runbookPath));
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForLoadState('networkidle');
  expect(asked.length, asked.join('\n')).toBeLessThanOrEqual(4);
  const registered = await page.evaluate(
    () => performance.getEntriesByType('navigation')[0]?.toJSON() as { loadEventStart: number },
  );
  expect(registered.loadEventStart).toBeGreaterThan(0);
});

test('a new version says that it is there, and changes nothing under an open run', async ({ hosted }) => {
  const { context, publish, server, url } = hosted;
  const place = { name: 'site root' as const, url, owns: (address: string) => address.startsWith(server.url) };
  const before = await visit(context, url(runbookPath));
  await before.evaluate(() => caches.open('of another tool'));
  const book = runbookPage(before, place);
  await book.sayWho();
  await book.box(first.id).click();

  await publish(runbookPath, runbook.title, 'A runbook of the next version');
  await before.reload();
  await lookForNews(before);
  const news = before.locator('.rb-news');
  await expect(news).toContainText('A new version of this site is ready. It will be used when you next open it.');
  await expect(before.getByRole('heading', { level: 1 })).toHaveText(runbook.title);
  await before.reload();
  await expect(before.getByRole('heading', { level: 1 })).toHaveText(runbook.title);
  await expect(news).toBeVisible();

  // Another window of the site has a run open, too.
  const other = await context.newPage();
  await other.goto(url('index.html'));
  await news.getByRole('button', { name: 'Use it now' }).click();
  await expect(news).toContainText('Another window of this site is open. Close it first');
  await expect(before.getByRole('heading', { level: 1 })).toHaveText(runbook.title);
  await other.close();

  await news.getByRole('button', { name: 'Use it now' }).click();
  await expect(before.getByRole('heading', { level: 1 })).toHaveText('A runbook of the next version');
  await expect(book.box(first.id)).toBeChecked();
  await expect(news).toHaveCount(0);
  const kept = await before.evaluate(() => caches.keys());
  expect(kept.filter((name) => name.startsWith('ringbook '))).toHaveLength(1);
  expect(kept).toContain('of another tool');
});

test('a new version is used when the site is next opened', async ({ hosted }) => {
  const { context, publish, url } = hosted;
  const before = await visit(context, url('index.html'));
  await publish('index.html', '<h1>Runbooks</h1>', '<h1>Runbooks of the next version</h1>');
  await lookForNews(before);
  await expect
    .poll(() => before.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting)))
    .toBe(true);
  // A window of a browser always stays; one elsewhere is none of this site.
  const elsewhere = await context.newPage();
  await before.close();
  await expect
    .poll(async () => {
      await elsewhere.goto('about:blank');
      await elsewhere.goto(url('index.html'));
      return elsewhere.getByRole('heading', { level: 1 }).textContent();
    })
    .toBe('Runbooks of the next version');
});
