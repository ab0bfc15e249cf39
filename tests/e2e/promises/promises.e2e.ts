/**
 * The twelve promises about data, each with a test of its name, in every place where Ringbook may stand. Promise 2 is kept
 * under fire in `killed.e2e.ts`, and promise 3 in `tabs.e2e.ts`; promise 12 is that all of them hold everywhere.
 */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { writeEvent } from '../../../src/lib/core/run/event.ts';
import { eventsIn, expect, inEveryPlace, itemsFor, test, type RunbookPage } from '../support/ringbook.ts';
import { site } from '../support/site.ts';

const [first, second, third] = itemsFor(site);
if (!first || !second || !third) throw new Error('The runbook has fewer than three steps.');

const golden = readFileSync(new URL('../../lib/core/run/golden-files/version-1.saved', import.meta.url), 'utf8');

const drop = (page: Page, text: string): Promise<void> =>
  page.evaluate((content) => {
    const data = new DataTransfer();
    data.items.add(new File([content], 'run.json', { type: 'application/json' }));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  }, text);

async function saved(book: RunbookPage): Promise<string> {
  const panel = await book.run();
  const [download] = await Promise.all([
    book.page.waitForEvent('download'),
    panel.getByRole('button', { name: 'Save to a file' }).first().click(),
  ]);
  return readFileSync(await download.path(), 'utf8');
}

/** Everything that the browser holds for this place, but not what it notes about files. */
const wipe = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    localStorage.clear();
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open('ringbook');
      opening.onerror = () => reject(new Error('The database does not open.'));
      opening.onsuccess = () => {
        const names = [...opening.result.objectStoreNames];
        const transaction = opening.result.transaction(names, 'readwrite');
        for (const name of names) transaction.objectStore(name).clear();
        transaction.oncomplete = () => resolve();
      };
    });
  });

/** The run's entries, without notes about this browser. */
const entriesIn = (stored: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(stored).filter(([key]) => /^rb1:[0-9a-z]{12}:/.test(key)));

const runOf = (stored: Record<string, string>): string => Object.keys(entriesIn(stored))[0]?.split(':')[1] ?? '';

inEveryPlace(() => {
  test('promise 1: a tick on screen is in storage already, or a red bar says that it is not', async ({
    book,
    page,
  }) => {
    await book.start();
    const inStorage = await page.evaluate((id) => {
      const box = document.querySelector<HTMLInputElement>(`[id="${id}"] .rb-step__row > .rb-box`);
      box?.click();
      return (
        box?.checked === true && Object.values(localStorage).some((text) => String(text).includes(`"step":"${id}"`))
      );
    }, first.id);
    expect(inStorage).toBe(true);
    await page.evaluate(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    });
    await book.box(second.id).click();
    await expect(book.box(second.id)).toBeChecked();
    await expect(book.alarm).toContainText('Not saved');
  });

  test('promise 2: closing loses at most the keystroke in hand', async ({ book, page, context, place }) => {
    await book.start();
    await book.box(first.id).click();
    await book.enter({ sampleClient: 'pc-01' });
    await book.control('sampleClient').press('End');
    await book.control('sampleClient').pressSequentially('17');
    const stored = await book.stored();
    await page.close({ runBeforeUnload: false });
    const again = await context.newPage();
    await again.goto(place.url('runbooks/production-gpo-wsus.html'));
    await expect(again.locator(`[id="${first.id}"] .rb-step__row > .rb-box`)).toBeChecked();
    await expect(again.locator('[name=sampleClient]')).toHaveValue('pc-0117');
    expect(Object.keys(stored).some((key) => key.includes(':sampleClient'))).toBe(true);
  });

  test('promise 4: a run from any earlier release opens in this one', async ({ book, page }) => {
    await book.open();
    await drop(page, golden);
    await page.getByRole('button', { name: 'Open this run' }).click();
    await expect
      .poll(async () => Object.keys(entriesIn(await book.stored().catch((): Record<string, string> => ({})))).length)
      .toBe(25);
    // The page opens the run; its scripts are not cut short by the end of the test.
    await expect(page.locator('html')).toHaveClass(/is-live/);
    await page.waitForLoadState('networkidle');
    await expect(book.alarm).toBeHidden();
    await expect(book.notice).toBeHidden();
  });

  test('promise 5: a run from a newer release is shown read-only and never written', async ({ book, page }) => {
    await book.start();
    await book.box(first.id).click();
    await expect(book.box(first.id)).toBeChecked();
    const run = runOf(await book.stored());
    await page.evaluate((key) => localStorage.setItem(key, '{"v":2,"kind":"tick"}'), `rb1:${run}:0mi000000aa-newerone`);
    await page.reload();
    await expect(book.notice).toContainText('It is shown here and cannot be changed.');
    const before = await book.stored();
    await book.box(second.id).click();
    await expect(book.box(second.id)).not.toBeChecked();
    await drop(page, '{"format":"ringbook-run","version":2}');
    await expect(page.getByText('saved by a newer release').first()).toBeVisible();
    expect(await book.stored()).toEqual(before);
  });

  test('promise 6: damaged data is set aside, never replaced', async ({ book, page }) => {
    await book.start();
    await book.box(first.id).click();
    const stored = await book.stored();
    const run = runOf(stored);
    const [tick = ''] = Object.values(stored).filter((text) => text.includes('"kind":"tick"'));
    const damaged = Object.fromEntries(
      Array.from({ length: tick.length }, (_, length) => [
        `rb1:${run}:0mi${String(length).padStart(8, '0')}-truncate`,
        tick.slice(0, length),
      ]),
    );
    await page.evaluate(
      (entries) => Object.entries(entries).forEach(([key, text]) => localStorage.setItem(key, text)),
      damaged,
    );
    await page.reload();
    await expect(book.notice).toContainText(`Saved entries of this run that cannot be read: ${tick.length}.`);
    await expect(book.box(first.id)).toBeChecked();
    await book.box(second.id).click();
    await expect(book.box(second.id)).toBeChecked();
    expect(await book.stored()).toMatchObject(damaged);
  });

  test('promise 7: save, wipe, load gives the same bytes', async ({ book, page }) => {
    await book.start();
    await book.box(first.id).click();
    await book.enter({ sampleClient: 'pc-0117' });
    const before = await saved(book);
    await page.goto('about:blank');
    await book.open();
    await wipe(page);
    await book.open();
    await expect(book.box(first.id)).not.toBeChecked();
    await drop(page, before);
    await page.getByRole('button', { name: 'Open this run' }).click();
    await expect(book.box(first.id)).toBeChecked();
    expect(await saved(book)).toBe(before);
  });

  test('promise 8: a bad import changes nothing, and no markup runs', async ({ book, page }) => {
    await book.start();
    await book.box(first.id).click();
    const good = await saved(book);
    const before = entriesIn(await book.stored());
    const markup = '<img src=x onerror="window.wasRun=true"><script>window.wasRun=true</script>';
    const bad = [
      '',
      markup,
      good.slice(0, -20),
      good.replace('Ann Berg', markup.replaceAll('"', '\\"')),
      `${'['.repeat(100_000)}`,
      '{"__proto__":{"format":"ringbook-run"}}',
    ];
    for (const text of bad) {
      await drop(page, text);
      await expect(page.getByText(/Nothing was changed\.|It was not opened\./).first()).toBeVisible();
      await page.getByRole('button', { name: 'Close' }).first().click();
    }
    expect(entriesIn(await book.stored())).toEqual(before);
    expect(await page.evaluate(() => Reflect.has(window, 'wasRun'))).toBe(false);
    await drop(page, golden);
    await page.getByRole('button', { name: 'Open this run' }).click();
    await expect
      .poll(async () => Object.keys(entriesIn(await book.stored().catch((): Record<string, string> => ({})))).length)
      .toBeGreaterThan(20);
    expect(await page.evaluate(() => Reflect.has(window, 'wasRun'))).toBe(false);
    expect(await book.stored()).toMatchObject(before);
  });

  test('promise 9: editing the document never deletes a record', async ({ book, page }) => {
    await book.start();
    const run = runOf(await book.stored());
    const gone = writeEvent({
      kind: 'tick',
      id: '0mi000000aa-goneaway',
      step: 'a-step-of-last-year',
      stepHash: '0123abcd',
      by: 'Ann Berg',
      tier: 3,
      at: '2026-10-01T10:00:00.000+02:00',
    });
    await page.evaluate(([key, text]) => localStorage.setItem(key, text), [
      `rb1:${run}:0mi000000aa-goneaway`,
      gone,
    ] as const);
    await page.reload();
    expect(await saved(book)).toContain('a-step-of-last-year');
  });

  test('promise 10: reset can be taken back, also after a reload', async ({ book, page }) => {
    await book.start();
    await book.box(first.id).click();
    await book.box(second.id).click();
    await expect(book.box(second.id)).toBeChecked();
    await book.run('Reset, archive, delete');
    await page.getByRole('button', { name: 'Reset', exact: true }).click();
    await expect(book.box(first.id)).not.toBeChecked();
    await page.reload();
    await expect(book.box(second.id)).not.toBeChecked();
    expect(eventsIn(await book.stored(), 'reset')).toHaveLength(1);
    const history = await book.run('History');
    await history.getByRole('button', { name: /^Undo: Run reset/ }).click();
    await expect(book.box(first.id)).toBeChecked();
    await expect(book.box(second.id)).toBeChecked();
  });

  test('promise 11: we touch only our own keys', async ({ book, page }) => {
    const foreign = { theme: 'theirs', 'rb2:a:b': 'theirs', rb1: 'theirs', 'other:rb1:draft': '{"a":1}' };
    await book.open();
    await page.evaluate(
      (entries) => Object.entries(entries).forEach(([key, text]) => localStorage.setItem(key, text)),
      foreign,
    );
    await book.start();
    await book.box(third.id).click();
    await expect(book.box(third.id)).toBeChecked();
    expect(await book.stored()).toMatchObject(foreign);
    const ours = Object.keys(await book.stored()).filter((key) => !(key in foreign));
    expect(ours.filter((key) => !/^rb1:([0-9a-z]{12}:|(draft|who|words|file|deleted):)/.test(key))).toEqual([]);
  });
});
