/** The record of a run that was made in the browser, with all that can happen in one: told on the page, on paper and in files. */
import type { Page } from '@playwright/test';
import { dot } from './support/files.ts';
import { print, squeeze } from './support/paper.ts';
import { expect, inEveryPlace, itemsFor, runbook, runbookPath, test, type RunbookPage } from './support/ringbook.ts';
import { site } from './support/site.ts';

const work = itemsFor(site, { work: true });
const at = (place: number): (typeof work)[number] => {
  const item = work[place];
  if (!item) throw new Error('The runbook has too few steps.');
  return item;
};
const [first, second, third] = [at(0), at(1), at(2)];
const gate = at(work.findIndex(({ kind }) => kind === 'gate'));

const paper = (page: Page) => page.locator('[data-paper]');
const choose = (page: Page, name: RegExp) => page.getByRole('radio', { name }).check();

/** Goes to the papers of the run that the page shows. */
async function toRecord(book: RunbookPage): Promise<void> {
  await book.page
    .locator('.rb-footer')
    .getByRole('link', { name: /^Papers/ })
    .click();
  await choose(book.page, /^Record/);
  await expect(paper(book.page).locator('.kind')).toHaveText('Record');
}

/** A run with notes, evidence, a picture, a deviation, a no-go, an escalation and a hand-over, and most steps open. */
async function carryOut(book: RunbookPage): Promise<void> {
  const { page } = book;
  await book.openWith(site);
  await book.sayWho('Ann Berg', 3);
  const panel = await book.more(first.id, 'Note');
  await panel.getByRole('textbox', { name: 'Note', exact: true }).fill('The console was slow <b>at first</b>.');
  await panel.getByRole('button', { name: 'Keep note' }).click();
  await book.more(first.id, 'Evidence');
  await panel.getByRole('textbox', { name: 'Evidence', exact: true }).fill('Name : WSUS2\nVersion : 10.0');
  await panel
    .getByLabel('Picture as evidence')
    .setInputFiles({ name: 'console.png', mimeType: 'image/png', buffer: dot });
  await panel.getByRole('button', { name: 'Keep evidence' }).click();
  await expect(book.told).toContainText('kept at step');
  await book.more(first.id, 'Value seen');
  await panel.getByRole('textbox', { name: 'Value seen' }).fill('10.0.20348');
  await panel.getByRole('textbox', { name: 'Value seen' }).press('Enter');
  await expect(panel).toContainText('10.0.20348');
  await page.keyboard.press('Escape');
  await book.box(first.id).click();

  const other = await book.more(second.id, 'Does not apply');
  await other.getByRole('textbox', { name: 'Why this step does not apply' }).fill('Patched last week, CHG0031001.');
  await other.getByRole('textbox', { name: 'Why this step does not apply' }).press('Enter');
  await expect(book.marks(second.id)).toContainText('CHG0031001');
  await page.keyboard.press('Escape');

  const escalated = await book.more(third.id, 'Escalate');
  await escalated.getByLabel('The time for this step is over').check();
  await escalated.getByLabel('Seen instead').fill('Error 0x80072ee2');
  await escalated.getByRole('button', { name: 'Copy the text and record it' }).click();
  await expect(book.told).toContainText('Escalated to tier');
  await page.keyboard.press('Escape');

  await book.item(gate.id).getByRole('button', { name: 'No-go' }).click();
  await expect(book.decision(gate.id)).toContainText('No-go, by Ann Berg');

  const run = await book.run('Hand over');
  await run.getByLabel('To whom').fill('Jonas Nox');
  await run.getByRole('button', { name: 'Hand over' }).last().click();
  await expect(book.told).toContainText('Handed over to Jonas Nox.');
  await page.keyboard.press('Escape');
}

test('the record tells everything that happened, says on its first sheet what is open, and prints whole', async ({
  book,
  page,
}) => {
  await carryOut(book);
  const words = await book.progress.innerText();
  await toRecord(book);
  await expect(paper(page).locator('img')).toBeVisible();

  const printed = await print(page);
  const front = printed.sheets[0]?.squeezed ?? '';
  const open = work.length - 3;
  for (const text of [
    `${open} of ${work.length} steps are open: ${third.number}, `,
    `No-go at gate ${gate.number}`,
    'The run has not been closed.',
    // The same words as the bar of the run.
    words,
    'Ann Berg',
  ]) {
    expect(front, text).toContain(squeeze(text));
  }
  for (const text of [
    'The console was slow <b>at first</b>.',
    'Version : 10.0',
    '10.0.20348',
    'console.png',
    'Does not apply: Patched last week, CHG0031001.',
    'Escalations',
    'Error 0x80072ee2',
    'Hand-overs',
    'Jonas Nox',
    'Before and after',
  ]) {
    expect(printed.squeezed, text).toContain(squeeze(text));
  }
  expect(front).toContain('fingerprint');
  expect(printed.sheets.map(({ foot }) => foot)).toEqual(
    printed.sheets.map((_, index) => `Page ${index + 1} of ${printed.sheets.length}`),
  );
});

inEveryPlace(() => {
  test('a tick in one tab is in the record of the other at once', async ({ book, page, context, place }) => {
    await book.openWith(site);
    await book.sayWho('Ann Berg', 3);
    await book.box(first.id).click();
    await expect(book.box(first.id)).toBeChecked();
    await toRecord(book);
    await expect(paper(page)).toContainText(`1 of ${work.length} steps`);

    const other = await context.newPage();
    await other.goto(place.url(runbookPath));
    await other.locator(`[id="${third.id}"] .rb-step__row > .rb-box`).click();

    await expect(paper(page)).toContainText(`2 of ${work.length} steps`);
    await other.locator(`[id="${first.id}"] .rb-step__row > .rb-box`).click();
    await expect(paper(page)).toContainText(`1 of ${work.length} steps`);
  });

  test('a run that begins in another tab is taken up with what was typed into the plan, and is in its save file', async ({
    book,
    page,
    context,
    place,
  }) => {
    await page.goto(place.url(`papers/${runbook.id}.html`));
    await page.locator('[data-plan-fields] summary').click();
    await page.getByLabel('Change number').fill('CHG0031337');
    await page.getByLabel('Change number').blur();
    await expect(paper(page)).toContainText('CHG0031337');

    const other = await context.newPage();
    await other.goto(place.url(runbookPath));
    await other.locator(`[id="${first.id}"] .rb-step__row > .rb-box`).click();
    const form = other.getByRole('form', { name: 'Start the run' });
    await form.getByLabel('Your name').fill('Ann Berg');
    await form.getByLabel('Tier 3').check();
    await form.getByRole('button', { name: 'Start' }).click();
    await expect(form).toHaveCount(0);

    await expect(page.getByLabel('Run', { exact: true })).not.toHaveValue('');
    await expect(paper(page)).toContainText('CHG0031337');
    await expect(page.getByLabel('Change number')).toHaveValue('CHG0031337');
    const run = await page.getByLabel('Run', { exact: true }).inputValue();
    const entries = Object.entries(await book.stored()).filter(([key]) => key.startsWith(`rb1:${run}:`));
    expect(entries.filter(([, text]) => text.includes('"input":"planChangeNumber"'))).toHaveLength(1);
  });
});

test('what is typed is on the paper after the next frame, and neither focus nor caret moves', async ({
  page,
  place,
}) => {
  await page.goto(place.url(`papers/${runbook.id}.html`));
  await page.locator('[data-plan-fields] summary').click();
  const title = page.getByRole('textbox', { name: 'Title' });
  await title.fill('Production');
  await title.press('Home');
  const draws = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let count = 0;
        const target = document.querySelector('[data-paper]');
        if (target) new MutationObserver(() => count++).observe(target, { childList: true });
        addEventListener('told', () => resolve(count));
      }),
  );
  // Ten keystrokes within one frame are one drawing.
  await title.evaluate((element: HTMLInputElement) => {
    for (let key = 0; key < 10; key++) {
      element.setRangeText('x', key, key, 'end');
      element.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
  });
  await expect(paper(page).locator('h1')).toHaveText('xxxxxxxxxxProduction');
  await page.evaluate(() => dispatchEvent(new Event('told')));

  expect(await draws).toBe(1);
  await expect(title).toBeFocused();
  expect(await title.evaluate((element: HTMLInputElement) => element.selectionStart)).toBe(10);
});

test('a lost entry of a plan is put back from the second copy', async ({ page, place }) => {
  const key = `rb1:draft:${runbook.id}:planTitle`;
  await page.goto(place.url(`papers/${runbook.id}.html`));
  await page.locator('[data-plan-fields] summary').click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Kept twice');
  await page.getByRole('textbox', { name: 'Title' }).blur();
  await expect(paper(page).locator('h1')).toHaveText('Kept twice');
  // As after a browser that was ended before storage reached the disk. A page of ours would put it back at once, so this
  // is done from a file without scripts.
  await page.goto(place.url('assets/ringbook.css'));
  const isMirrored = (): Promise<boolean> =>
    page.evaluate(
      (name) =>
        new Promise<boolean>((resolve) => {
          const opening = indexedDB.open('ringbook', 1);
          opening.onsuccess = () => {
            const asking = opening.result.transaction('entries').objectStore('entries').get(name);
            asking.onsuccess = () => {
              opening.result.close();
              resolve(asking.result === 'Kept twice');
            };
          };
        }),
      key,
    );
  await expect.poll(isMirrored).toBe(true);
  await page.evaluate((name) => localStorage.removeItem(name), key);
  await page.goto(place.url(`papers/${runbook.id}.html`));
  await expect(paper(page).locator('h1')).toHaveText('Kept twice');
});
