/** Copying a command: the whole of it or nothing, in every place, and in words where the browser does not copy. */
import { type BrowserContext } from '@playwright/test';
import { commandOf, expect, inEveryPlace, itemsFor, test, type RunbookPage } from './support/ringbook.ts';

const values = { productionGpo: 'MDAV_Settings_Production', productionOu: 'OU=Clients,DC=contoso,DC=com' };
const command = commandOf('find-gpo', values);

const figureOf = (book: RunbookPage) => book.command('find-gpo');
const buttonOf = (book: RunbookPage) => figureOf(book).locator('.rb-copy');

/** What the clipboard holds, found as a person finds it: by pasting into an empty field. */
async function pasted(context: BrowserContext): Promise<string> {
  const scratch = await context.newPage();
  await scratch.setContent('<textarea aria-label="Scratch"></textarea>');
  await scratch.getByLabel('Scratch').focus();
  await scratch.keyboard.press('ControlOrMeta+v');
  const text = await scratch.getByLabel('Scratch').inputValue();
  await scratch.close();
  return text;
}

inEveryPlace(() => {
  test('a command is copied once it has its values, and whole', async ({ book, context }) => {
    await book.open();
    await book.enter({ sampleClient: 'pc-0117' });
    // Forced, because a person may well press a button that is marked as not ready.
    await buttonOf(book).click({ force: true });
    await expect(book.live).toHaveText('Cannot be copied until this is given: Production GPO, Production OU.');
    await expect(figureOf(book)).toContainText('Cannot be copied until this is given: Production GPO, Production OU.');
    await expect(buttonOf(book)).toHaveText('Copy');

    await book.enter({ productionOu: values.productionOu });
    await expect(figureOf(book)).toContainText('Cannot be copied until this is given: Production GPO.');

    await book.enter(values);
    await expect(figureOf(book).locator('.rb-command__waits')).toBeHidden();
    await buttonOf(book).click();
    await expect(buttonOf(book)).toHaveText('Copied');
    await expect(book.live).toHaveText('Copied');
    await expect(buttonOf(book)).toBeFocused();
    expect(await pasted(context)).toBe(command);
  });
});

test('what was on the clipboard stays there when a command cannot be copied', async ({ book, context, page }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await book.open();
  await page.evaluate(() => navigator.clipboard.writeText('what was there'));

  await buttonOf(book).click({ force: true });
  await expect(book.live).toHaveText(/^Cannot be copied/);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('what was there');

  await book.enter(values);
  await buttonOf(book).click();
  await expect(buttonOf(book)).toHaveText('Copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(command);
});

test('a browser that refuses the clipboard still copies the older way', async ({ book, context, page }) => {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('No.', 'NotAllowedError'));
  });
  await book.open();
  await book.enter(values);
  await buttonOf(book).click();

  await expect(buttonOf(book)).toHaveText('Copied');
  expect(await pasted(context)).toBe(command);
});

test('where copying is impossible, the command is selected and the page says so', async ({ book, page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    document.execCommand = () => false;
  });
  await book.open();
  await book.enter(values);
  await buttonOf(book).click();

  await expect(buttonOf(book)).toHaveText('Selected: press Ctrl+C');
  await expect(book.live).toHaveText('Selected: press Ctrl+C');
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(command);
});

/** Every slice of work ends after one part of the page, and no frame lets another one begin. */
function holdSlicesBack(): void {
  const now = performance.now.bind(performance);
  let later = 0;
  performance.now = () => now() + (later += 1000);
  globalThis.requestAnimationFrame = () => 0;
}

test('a command that is not filled in yet is filled in before it is copied', async ({ book, context, page }) => {
  await book.openWith(values);
  await page.addInitScript(holdSlicesBack);
  await book.open();
  await expect(figureOf(book)).toContainText('-Name Production GPO');

  await buttonOf(book).click();
  await expect(buttonOf(book)).toHaveText('Copied');
  expect(await pasted(context)).toBe(command);
});

test('what is printed is filled in before, and counted and ticked as it is kept', async ({ book, page }) => {
  const kept = itemsFor(values, { work: true });
  const first = kept.find(({ kind }) => kind === 'step')?.id ?? '';
  await book.openWith(values);
  await book.start();
  await book.box(first).click();
  await expect(book.box(first)).toBeChecked();
  await page.addInitScript(holdSlicesBack);
  await book.open();
  await expect(book.progress).toHaveText(/ steps in /);

  await page.pdf();
  await expect(figureOf(book).locator('code')).toHaveText(command);
  await expect(book.progress).toHaveText(new RegExp(`^1 of ${kept.length} steps`));
  await expect(book.item(first)).toHaveClass(/is-done/);
});
