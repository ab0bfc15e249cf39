/** Files between people: what somebody saves, picks, drops and gives to a colleague. */
import { readFileSync } from 'node:fs';
import { expect, type Browser, type Locator, type Page } from '@playwright/test';
import { runbookPage, type Place, type RunbookPage } from './ringbook.ts';

/** One dot: the smallest picture that is one. */
export const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Saves the run to a file, as a person does. */
export async function saved(book: RunbookPage): Promise<{ name: string; text: string }> {
  const panel = await book.run();
  const [download] = await Promise.all([
    book.page.waitForEvent('download'),
    panel.getByRole('button', { name: 'Save to a file' }).first().click(),
  ]);
  await expect(book.told).toContainText('Saved as ');
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

/** Picks a save file. */
export const pick = (place: Locator, text: string): Promise<void> =>
  place
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'run.json', mimeType: 'application/json', buffer: Buffer.from(text) });

/** Drops a save file on a page. */
export const drop = (page: Page, text: string): Promise<void> =>
  page.evaluate((content) => {
    const data = new DataTransfer();
    data.items.add(new File([content], 'run.json', { type: 'application/json' }));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  }, text);

/** A colleague: the same site in another browser. */
export async function colleague(browser: Browser, place: Place): Promise<RunbookPage> {
  const context = await browser.newContext();
  return runbookPage(await context.newPage(), place);
}
