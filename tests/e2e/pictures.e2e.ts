/** Pictures as evidence: chosen, pasted and dropped at a step, kept in the browser, and given away in the save file. */
import type { Locator, Page } from '@playwright/test';
import { most } from '../../src/lib/core/run/event.ts';
import { colleague, dot, pick, saved } from './support/files.ts';
import { eventsIn, expect, inHardPlaces, itemsFor, test } from './support/ringbook.ts';
import { site } from './support/site.ts';

const [first] = itemsFor(site);
if (!first) throw new Error('The runbook has no steps.');

/** Hands a file to an element by paste or by drop. */
const hand = (
  element: Locator,
  how: 'paste' | 'drop',
  file: { readonly name: string; readonly type: string; readonly base64: string; readonly text?: string },
): Promise<void> =>
  element.evaluate(
    (target, { how, name, type, base64, text }) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))], name, { type }));
      if (text) data.setData('text/plain', text);
      const options = { bubbles: true, cancelable: true };
      target.dispatchEvent(
        how === 'drop'
          ? new DragEvent('drop', { dataTransfer: data, ...options })
          : new ClipboardEvent('paste', { clipboardData: data, ...options }),
      );
    },
    { how, ...file },
  );

const png = { name: 'console.png', type: 'image/png', base64: dot.toString('base64') };

/** Whether the picture with this name is drawn, and not only named. */
const isDrawn = (picture: Locator): Promise<boolean> =>
  picture.evaluate((image) => image instanceof HTMLImageElement && image.complete && image.naturalWidth === 1);

const evidence = (panel: Locator): Locator => panel.getByRole('textbox', { name: 'Evidence', exact: true });

async function keep(panel: Locator): Promise<void> {
  await panel.getByRole('button', { name: 'Keep evidence' }).click();
}

/** How many pictures are in the browser's database. */
const keptPictures = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('ringbook', 1);
        opening.onerror = () => reject(new Error('refused'));
        opening.onsuccess = () => {
          const counting = opening.result.transaction('pictures').objectStore('pictures').count();
          counting.onsuccess = () => {
            opening.result.close();
            resolve(counting.result);
          };
        };
      }),
  );

inHardPlaces(() => {
  for (const [how, give, name] of [
    [
      'chosen',
      (panel: Locator) =>
        panel
          .getByLabel('Picture as evidence')
          .setInputFiles({ name: 'console.png', mimeType: 'image/png', buffer: dot }),
      'console.png',
    ],
    ['pasted', (panel: Locator) => hand(evidence(panel), 'paste', png), 'console.png'],
    ['dropped', (panel: Locator) => hand(evidence(panel), 'drop', png), 'console.png'],
  ] as const) {
    test(`a picture that is ${how} is shown at its step, stays, and is in the save file`, async ({
      book,
      browser,
      page,
      place,
    }) => {
      await book.start();
      const panel = await book.more(first.id, 'Evidence');
      await give(panel);
      await expect(panel).toContainText(`Picture: ${name}, 1 kB.`);
      expect(eventsIn(await book.stored(), 'evidence')).toEqual([]);
      await keep(panel);
      await expect(book.told).toContainText(`Picture kept at step ${first.number}.`);
      const picture = panel.getByRole('img', { name });
      await expect.poll(() => isDrawn(picture)).toBe(true);
      await expect(book.marks(first.id)).toContainText(name);

      await page.reload();
      await book.more(first.id);
      await expect.poll(() => isDrawn(picture)).toBe(true);
      const { text } = await saved(book);
      expect(text).toContain(dot.toString('base64').replaceAll('=', ''));

      const other = await colleague(browser, place);
      await other.open();
      await pick(await other.run(), text);
      await other.page.getByRole('button', { name: 'Open this run' }).click();
      await expect(other.marks(first.id)).toContainText(name);
      const theirs = await other.more(first.id);
      await expect.poll(() => isDrawn(theirs.getByRole('img', { name }))).toBe(true);
      await other.page.context().close();
    });
  }

  test('what is too large or no picture is refused in words, and nothing is kept of it', async ({ book, page }) => {
    await book.start();
    const panel = await book.more(first.id, 'Evidence');
    await evidence(panel).fill('The console, as it is.');
    await panel.getByLabel('Picture as evidence').setInputFiles({
      name: 'wall.png',
      mimeType: 'image/png',
      buffer: Buffer.concat([dot, Buffer.alloc(most.pictureBytes)]),
    });
    await keep(panel);
    await expect(panel.getByText('The picture must be 10 MB or smaller')).toBeVisible();

    const sentence = panel.getByText('The picture must be a PNG, JPEG, GIF or WebP file');
    const script = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>').toString('base64');
    for (const [how, file] of [
      ['paste', { name: 'console.png', type: 'image/png', base64: script }],
      ['drop', { name: 'console.svg', type: 'image/svg+xml', base64: script }],
      ['paste', { name: 'log.pdf', type: 'application/pdf', base64: btoa('%PDF-1.7') }],
      ['drop', { name: 'log.txt', type: 'text/plain', base64: btoa('no picture') }],
    ] as const) {
      await evidence(panel).press('End');
      await panel.getByRole('button', { name: 'Take it out' }).click();
      await expect(panel).not.toContainText('Picture: ');
      await hand(evidence(panel), how, file);
      await expect(panel).toContainText(`Picture: ${file.name}`);
      // The sentence about the one before is gone with the first letter.
      await evidence(panel).pressSequentially('.');
      await expect(sentence).toBeHidden();
      await keep(panel);
      await expect(sentence).toBeVisible();
    }
    await expect(evidence(panel)).toHaveValue('The console, as it is.....');
    expect(eventsIn(await book.stored(), 'evidence')).toEqual([]);
    expect(await keptPictures(page)).toBe(0);

    // Without the picture the words go in.
    await panel.getByRole('button', { name: 'Take it out' }).click();
    await keep(panel);
    await expect(book.marks(first.id)).toContainText('The console, as it is.');
  });

  test('cells that are copied with their picture are pasted as text, and a dropped save file is offered', async ({
    book,
  }) => {
    await book.start();
    const { text } = await saved(book);
    const panel = await book.more(first.id, 'Evidence');
    await hand(evidence(panel), 'paste', { ...png, text: 'Name\tVersion' });
    await expect(panel).not.toContainText('Picture: ');
    await hand(evidence(panel), 'drop', { name: 'run.json', type: 'application/json', base64: btoa(text) });
    await expect(book.page.getByRole('region', { name: 'This run' })).toContainText('Nothing in it is new here.');
    await expect(panel).not.toContainText('Picture: ');
  });

  test('a picture that the browser cannot keep is no evidence, and what was typed stays', async ({ book, page }) => {
    await book.start();
    const panel = await book.more(first.id, 'Evidence');
    await evidence(panel).fill('See the picture.');
    await panel
      .getByLabel('Picture as evidence')
      .setInputFiles({ name: 'console.png', mimeType: 'image/png', buffer: dot });
    await page.evaluate(() => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('Full.', 'QuotaExceededError');
      };
    });
    await keep(panel);
    await expect(
      panel.getByText('The picture was not saved: the browser has no room left for this site.'),
    ).toBeVisible();
    await expect(evidence(panel)).toHaveValue('See the picture.');
    expect(eventsIn(await book.stored(), 'evidence')).toEqual([]);
  });
});
