/**
 * A run that is kept in one file, which several people open in turn. The handles are the browser's own, of files that it
 * keeps for the page; only the dialog that chooses one answers by itself, and what lies in the file goes from one person's
 * browser to the other's as a share would bring it.
 */
import type { Page } from '@playwright/test';
import { colleague, pick } from './support/files.ts';
import { eventsIn, expect, itemsFor, runbookPage, runIn, test, type RunbookPage } from './support/ringbook.ts';
import { site } from './support/site.ts';

const [first, second, third] = itemsFor(site);
if (!first || !second || !third) throw new Error('The runbook has fewer than three steps.');

const fileName = 'CHG0031.json';

/** Has the browser choose the shared file whenever a page asks for one. */
async function chooseItself(page: Page): Promise<void> {
  await page.addInitScript((name) => {
    const choose = async (): Promise<FileSystemFileHandle> =>
      (await navigator.storage.getDirectory()).getFileHandle(name, { create: true });
    Object.assign(window, { showSaveFilePicker: choose, showOpenFilePicker: async () => [await choose()] });
  }, fileName);
}

const inFile = (page: Page): Promise<string> =>
  page.evaluate(async (name) => {
    const handle = await (await navigator.storage.getDirectory()).getFileHandle(name, { create: true });
    return (await handle.getFile()).text();
  }, fileName);

/** What another program, or a share, puts into the file. */
const putIntoFile = (page: Page, text: string): Promise<void> =>
  page.evaluate(
    async ([name, written]) => {
      const handle = await (await navigator.storage.getDirectory()).getFileHandle(name, { create: true });
      const writable = await handle.createWritable();
      await writable.write(written);
      await writable.close();
    },
    [fileName, text] as const,
  );

/** Has somebody else write the file once, after the page read it and before it closes what it writes. */
const writeInBetween = (page: Page, text: string): Promise<void> =>
  page.evaluate((written) => {
    const own = FileSystemFileHandle.prototype.createWritable;
    FileSystemFileHandle.prototype.createWritable = async function (options) {
      FileSystemFileHandle.prototype.createWritable = own;
      const ours = await own.call(this, options);
      const theirs = await own.call(this);
      await theirs.write(written);
      await theirs.close();
      return ours;
    };
  }, text);

async function save(book: RunbookPage, button: string | RegExp): Promise<void> {
  const panel = await book.run('Shared file');
  await panel.getByRole('button', { name: button }).click();
}
const kept = (book: RunbookPage, came: string): Promise<void> =>
  expect(book.told).toHaveText(new RegExp(`^Kept in ${fileName}\\. ${came}`));

async function tick(book: RunbookPage, id: string): Promise<void> {
  await book.page.keyboard.press('Escape');
  await book.box(id).click();
  await expect(book.box(id)).toBeChecked();
}

test.beforeEach(({ page }) => chooseItself(page));

test('two people save in turn into one file, and each has all entries of both', async ({ book, browser, place }) => {
  await book.start('Ann Berg', 3);
  await tick(book, first.id);
  await save(book, 'Make a new file');
  await kept(book, 'Nothing new was in it.');
  await expect(book.page.getByRole('region', { name: 'This run' })).toContainText(`Saved to ${fileName} on `);

  const other = await colleague(browser, place);
  await chooseItself(other.page);
  await other.open();
  await putIntoFile(other.page, await inFile(book.page));
  await pick(await other.run(), await inFile(other.page));
  await other.page.getByRole('button', { name: 'Open this run' }).click();
  await expect(other.page).toHaveURL(/\?run=/);
  await expect(other.box(first.id)).toBeChecked();
  await other.sayWho('Jonas Nox', 2);
  await tick(other, second.id);
  await save(other, 'Use a file that is there');
  await kept(other, 'Nothing new was in it.');

  // Meanwhile the first one went on.
  await tick(book, third.id);
  await putIntoFile(book.page, await inFile(other.page));
  await save(book, `Save into ${fileName}`);
  await kept(book, '\\d+ (entry|entries) of others came from it.');
  await expect(book.box(second.id)).toBeChecked();

  await putIntoFile(other.page, await inFile(book.page));
  await other.page.reload();
  await save(other, `Save into ${fileName}`);
  await kept(other, '\\d+ (entry|entries) of others came from it.');
  for (const { id } of [first, second, third]) await expect(other.box(id)).toBeChecked();
  const [ours, theirs] = [await book.stored(), await other.stored()];
  expect(eventsIn(theirs, 'tick')).toEqual(eventsIn(ours, 'tick'));
  expect(eventsIn(theirs, 'tick').map(({ by }) => by)).toEqual(['Ann Berg', 'Jonas Nox', 'Ann Berg']);
  expect(await inFile(other.page)).toBe(await inFile(book.page));
  await other.page.context().close();
});

test('what somebody else wrote in between is taken in, and not written over', async ({ book, browser, place }) => {
  await book.start('Ann Berg', 3);
  await save(book, 'Make a new file');
  await kept(book, 'Nothing new was in it.');

  const other = await colleague(browser, place);
  await chooseItself(other.page);
  await other.open();
  await pick(await other.run(), await inFile(book.page));
  await other.page.getByRole('button', { name: 'Open this run' }).click();
  await expect(other.page).toHaveURL(/\?run=/);
  await other.sayWho('Jonas Nox', 2);
  await tick(other, second.id);
  await save(other, 'Make a new file');
  await kept(other, 'Nothing new was in it.');

  await tick(book, first.id);
  await writeInBetween(book.page, await inFile(other.page));
  await save(book, `Save into ${fileName}`);
  await kept(book, '\\d+ (entry|entries) of others came from it.');
  await expect(book.box(second.id)).toBeChecked();
  const text = await inFile(book.page);
  for (const { id } of [...eventsIn(await book.stored(), 'tick'), ...eventsIn(await other.stored(), 'tick')])
    expect(text).toContain(`"${id}"`);
  expect(eventsIn(await book.stored(), 'tick').map(({ by }) => by)).toEqual(['Jonas Nox', 'Ann Berg']);
  await other.page.context().close();
});

test('two windows that save into the file at the same moment both find all entries in it', async ({
  book,
  context,
  place,
}) => {
  await book.start('Ann Berg', 3);
  await save(book, 'Make a new file');
  await kept(book, 'Nothing new was in it.');
  const window = await context.newPage();
  await chooseItself(window);
  const other = runbookPage(window, place);
  await other.open();
  await tick(book, first.id);
  await tick(other, second.id);
  await Promise.all([save(book, `Save into ${fileName}`), save(other, `Save into ${fileName}`)]);
  await Promise.all([kept(book, ''), kept(other, '')]);
  const text = await inFile(book.page);
  const ticks = eventsIn(await book.stored(), 'tick');
  expect(ticks).toHaveLength(2);
  for (const { id } of ticks) expect(text).toContain(`"${id}"`);
});

test('a file that is none of this run is refused in words and stays as it is', async ({ book }) => {
  await book.start('Ann Berg', 3);
  await save(book, 'Make a new file');
  await kept(book, 'Nothing new was in it.');
  const run = runIn(await book.stored());
  const text = await inFile(book.page);
  const told = book.told;
  for (const [foreign, why] of [
    ['{"not":"ours"}', 'The file was not written.'],
    ['Change CHG0031: minutes of the meeting', 'The file was not written.'],
    // Cut off while it was being copied.
    [text.slice(0, -20), 'The file was not written.'],
  ] as const) {
    await putIntoFile(book.page, foreign);
    await tick(book, first.id);
    await save(book, 'Use a file that is there');
    await expect(told).toContainText(why);
    expect(await inFile(book.page)).toBe(foreign);
    await book.page.keyboard.press('Escape');
    await book.box(first.id).click();
    await expect(book.box(first.id)).not.toBeChecked();
  }

  // The file of another run: that which is here now, after a second one was begun.
  await putIntoFile(book.page, text);
  await (await book.run('Runs')).getByRole('link', { name: 'New run' }).click();
  await expect(book.whoForm).toBeVisible();
  await book.sayWho('Ann Berg', 3);
  for (const button of ['Use a file that is there', 'Make a new file']) {
    await save(book, button);
    await expect(told).toContainText('This file holds another run. It was not written.');
    expect(await inFile(book.page)).toBe(text);
  }
  expect(text).toContain(run);
});

test('a file that may not be written is said, and the run stays in the browser', async ({ book, page }) => {
  await book.start('Ann Berg', 3);
  await tick(book, first.id);
  await page.evaluate(() => {
    FileSystemFileHandle.prototype.createWritable = () =>
      Promise.reject(new DOMException('Denied.', 'NotAllowedError'));
  });
  await save(book, 'Make a new file');
  await expect(book.told).toContainText('The browser does not let this page write the file.');
  await expect(page.getByRole('region', { name: 'This run' })).toContainText('Not saved to a file yet.');
  await page.reload();
  await expect(book.box(first.id)).toBeChecked();
});
