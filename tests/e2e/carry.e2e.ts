/** A runbook as one file, taken away from the site and opened from a disk. */
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type Page } from '@playwright/test';
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
import { pick, saved } from './support/files.ts';
import { print, squeeze } from './support/paper.ts';
import { site } from './support/site.ts';

const [first, second] = itemsFor(site);
if (!first || !second) throw new Error('The runbook has fewer than two steps.');

/** A copy of the carried runbook in a folder of its own, opened in a browser of its own. */
async function onStick(
  browser: Browser,
  change: (markup: string) => string = (markup) => markup,
  path = basename(runbookPath),
): Promise<{ readonly book: RunbookPage; readonly close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'ringbook-stick-'));
  const file = join(folder, path);
  writeFileSync(file, change(readFileSync(`dist/carry/${path}`, 'utf8')));
  const address = pathToFileURL(file).href;
  const context = await browser.newContext({ acceptDownloads: true });
  const place = {
    name: 'file' as const,
    url: () => address,
    owns: (asked: string) => asked.startsWith(address) || /^(data|blob):/.test(asked),
  };
  const complaints = watch(context, place);
  return {
    book: runbookPage(await context.newPage(), place),
    close: async () => {
      await context.close();
      rmSync(folder, { recursive: true });
      expect(complaints, 'complaints of the browser').toEqual([]);
    },
  };
}

/** Takes a save file in, on the page of its runbook. */
async function open(book: RunbookPage, text: string, words = 'Open this run'): Promise<void> {
  const panel = await book.run();
  await pick(panel, text);
  await panel.getByRole('button', { name: words }).click();
}

/** Every value that a page shows, in its order. */
const valuesOn = (page: Page): Promise<string[]> =>
  page.locator('[data-of]').evaluateAll((spans) => spans.map((span) => `${span.dataset['of']}: ${span.textContent}`));

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

test('it gives its run to a file that the site opens, and takes the run back with what was done there', async ({
  browser,
  book,
}) => {
  const stick = await onStick(browser);
  await stick.book.start('Ann Berg');
  await stick.book.box(first.id).click();
  const carried = await saved(stick.book);

  await book.open();
  await open(book, carried.text);
  await expect(book.box(first.id)).toBeChecked();
  await book.page.goto(book.page.url().split('?')[0] ?? '');
  await book.box(second.id).click();
  await book.sayWho('Bo Dahl', 2);
  await expect(book.box(second.id)).toBeChecked();
  const back = await saved(book);

  await open(stick.book, back.text, 'Take in what is new');
  await expect(stick.book.box(second.id)).toBeChecked();
  await expect(stick.book.progress).toHaveText(/^2 of /);
  await stick.close();
});

test('two copies in two browsers go on apart, and come together with nothing lost', async ({ browser }) => {
  const ann = await onStick(browser);
  await ann.book.start('Ann Berg');
  await ann.book.box(first.id).click();
  const bo = await onStick(browser);
  await bo.book.open();
  await open(bo.book, (await saved(ann.book)).text);
  await bo.book.box(second.id).click();
  await bo.book.sayWho('Bo Dahl', 2);
  await expect(bo.book.box(second.id)).toBeChecked();
  await ann.book.box(first.id).click();

  await open(ann.book, (await saved(bo.book)).text, 'Take in what is new');
  await open(bo.book, (await saved(ann.book)).text, 'Take in what is new');
  for (const { book } of [ann, bo]) {
    await expect(book.box(first.id)).not.toBeChecked();
    await expect(book.box(second.id)).toBeChecked();
  }
  await ann.close();
  await bo.close();
});

test('an older copy that meets a newer run says that the two differ, and loses nothing of the run', async ({
  browser,
  book,
}) => {
  await book.start();
  await book.box(first.id).click();
  await book.box(second.id).click();
  const { text } = await saved(book);
  // Another revision: its first step reads otherwise, and its second has another id.
  const older = await onStick(browser, (markup) =>
    markup
      .replace(`data-revision="${runbook.revision}"`, 'data-revision="0123abcd"')
      .replace(`id="${first.id}" data-hash="${first.hash}"`, `id="${first.id}" data-hash="00000000"`)
      .replace(`id="${second.id}" data-hash="${second.hash}"`, `id="another-step" data-hash="${second.hash}"`),
  );
  await older.book.open();
  await open(older.book, text);
  await expect(older.book.page.getByText('This file holds another revision of the runbook than the run')).toBeVisible();
  await expect(older.book.item(first.id)).toContainText(/look again/i);
  await expect(older.book.item('another-step')).toContainText('Not in the revision that this run began with');
  const panel = await older.book.run('What changed');
  await expect(panel).toContainText('Not in this file');
  const ticks = (file: string): number => file.split('"kind":"tick"').length - 1;
  expect(ticks((await saved(older.book)).text)).toBe(ticks(text));
  await older.close();
});

test('it works out every value as the page of the site does', async ({ browser, book }) => {
  const stick = await onStick(browser);
  for (const { page } of [stick.book, book]) await page.clock.setFixedTime('2026-11-20T09:00:00Z');
  for (const each of [stick.book, book]) {
    await each.start();
    await each.enter(site);
    await expect(each.page.getByRole('region', { name: 'When this server synchronizes' })).toContainText('16:00');
  }
  const values = await valuesOn(book.page);
  expect(values.length).toBeGreaterThan(50);
  expect(await valuesOn(stick.book.page)).toEqual(values);
  await stick.close();
});

test('its live calculators answer', async ({ browser }) => {
  const stick = await onStick(browser, undefined, 'choose-a-method.html');
  await stick.book.open();
  const calculator = stick.book.page.locator('[data-calculator="ring-size"]');
  await expect(calculator).toContainText('Worked example');
  await stick.book.enter({ ringDevices: '3000', ringPilot: '60' });
  await expect(calculator).toContainText('2940');
  await expect(calculator).not.toContainText('Worked example');
  await stick.close();
});

test('on paper it is the runbook with what was done, without words about the file', async ({ carried }) => {
  await carried.start('Ann Berg');
  await carried.box(first.id).click();
  const { squeezed } = await print(carried.page);
  for (const { title } of runbook.tasks) expect(squeezed).toContain(squeeze(title));
  expect(squeezed).toContain(squeeze('Ann Berg'));
  expect(squeezed).not.toContain(squeeze('One file to carry'));
});

test('it says where record and search are, offers neither, and its keys complain of nothing', async ({ carried }) => {
  await carried.start();
  await expect(carried.page.getByText('search, papers and other pages are there')).toBeVisible();
  const panel = await carried.run();
  await expect(panel).toContainText('Plan and record are made on the site');
  await expect(panel.getByRole('link', { name: 'Papers' })).toHaveCount(0);
  await carried.page.keyboard.press('Escape');
  await carried.page.keyboard.press('/');
  await carried.page.keyboard.press('?');
  await expect(carried.page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await expect(carried.page.getByRole('dialog', { name: 'Keys' })).not.toContainText('Search');
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
  const files = readdirSync('dist/carry').sort();
  expect(files).toEqual(readdirSync('dist/runbooks').sort());
  // The guide says what one weighs.
  for (const file of files) expect(statSync(`dist/carry/${file}`).size, file).toBeLessThan(400_000);
});
