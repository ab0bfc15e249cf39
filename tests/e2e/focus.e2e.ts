/**
 * Focus is never lost: after each act, carried out with the keyboard, something sensible has it, and the live region has said
 * what happened.
 */
import { type Locator, type Page } from '@playwright/test';
import { expect, itemsFor, runbookPath, test, type Place, type RunbookPage } from './support/ringbook.ts';
import { pick, saved } from './support/files.ts';
import { site } from './support/site.ts';

/** The name of what has the focus, if it can be seen: as a screen reader would call it, roughly. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return 'nothing';
    if (!element.checkVisibility()) return `hidden ${element.tagName}`;
    const label =
      'labels' in element && element.labels instanceof NodeList ? element.labels[0]?.textContent : undefined;
    return (element.getAttribute('aria-label') ?? label ?? element.textContent).replace(/\s+/g, ' ').trim();
  });

const press = (of: Locator, key = 'Enter'): Promise<void> => of.press(key);

interface Act {
  readonly act: string;
  /** Comes to the act, and carries it out with a key. */
  readonly go: (book: RunbookPage, place: Place) => Promise<void>;
  readonly focus: RegExp;
  /** What the live region says; left out where what has the focus says it itself. */
  readonly says?: RegExp;
}

const [first, second, third] = itemsFor(site);
if (!first || !second || !third) throw new Error('The runbook has fewer than three steps.');
const step = new RegExp(`^${first.number}\\D`);

const keepNote = async (book: RunbookPage): Promise<void> => {
  const panel = await book.more(first.id, 'Note');
  await panel.getByRole('textbox', { name: 'Note' }).fill('Seen on the console.');
  await press(panel.getByRole('button', { name: 'Keep note' }));
  await expect(book.told).toContainText('Note kept');
};
const named = (book: RunbookPage, name: string): Locator => book.told.getByRole('button', { name });

const onRunbook: readonly Act[] = [
  { act: 'ticking', go: (book) => press(book.box(first.id), 'Space'), focus: step, says: /^Step 1\.1, done\. 1 of / },
  {
    act: 'unticking',
    go: async (book) => {
      await press(book.box(first.id), 'Space');
      await expect(book.box(first.id)).toBeChecked();
      await press(book.box(first.id), 'Space');
    },
    focus: step,
    says: /^Step 1\.1, not done\. 0 of /,
  },
  {
    act: 'undoing with U',
    go: async (book) => {
      await press(book.box(first.id), 'Space');
      await expect(book.box(first.id)).toBeChecked();
      await book.page.keyboard.press('u');
    },
    focus: step,
    says: /^Undone: /,
  },
  {
    act: 'a no-go',
    go: (book) => press(book.item('pilot-healthy').getByRole('button', { name: 'No-go' })),
    focus: /^No-go$/,
    says: /^No-go\.$/,
  },
  {
    act: 'a go without its criteria',
    go: (book) => press(book.item('pilot-healthy').getByRole('button', { name: 'Go', exact: true })),
    focus: /^Go$/,
    says: /^Tick every criterion before you decide go: \d+ of \d+ are open\.$/,
  },
  {
    act: 'opening more about a step',
    go: async (book) => {
      await book.box(first.id).focus();
      await book.page.keyboard.press('m');
    },
    focus: /^Note$/,
  },
  {
    act: 'closing it with Esc',
    go: async (book) => {
      await book.more(first.id, 'Note');
      await book.page.keyboard.press('Escape');
    },
    focus: /^More$/,
  },
  { act: 'keeping a note', go: keepNote, focus: /^Keep note$/, says: /^Note kept at step 1\.1\.$/ },
  {
    act: 'undoing in the line that tells of it',
    go: async (book) => {
      await keepNote(book);
      await press(named(book, 'Undo'));
    },
    focus: /^Redo$/,
    says: /^Undone: /,
  },
  {
    act: 'doing it again there',
    go: async (book) => {
      await keepNote(book);
      await press(named(book, 'Undo'));
      await press(named(book, 'Redo'));
    },
    focus: /^Undo$/,
    says: /^Done again: /,
  },
  {
    act: 'closing that line',
    go: async (book) => {
      await keepNote(book);
      await named(book, 'Close').focus();
      await book.page.keyboard.press('Enter');
    },
    focus: /^Keep note$/,
  },
  {
    act: 'an empty note',
    go: async (book) => {
      const panel = await book.more(first.id, 'Note');
      await press(panel.getByRole('button', { name: 'Keep note' }));
    },
    focus: /^Note$/,
    says: /^Enter /,
  },
  {
    act: 'undoing in the history of a step',
    go: async (book) => {
      await keepNote(book);
      await press(book.panel(first.id).getByRole('button', { name: /^Undo: .*note/i }));
    },
    focus: /^Redo: .*note/i,
    says: /^Undone: /,
  },
  {
    act: 'undoing in the history of the run',
    go: async (book) => {
      await press(book.box(first.id), 'Space');
      await expect(book.box(first.id)).toBeChecked();
      const panel = await book.run('History');
      await press(panel.getByRole('button', { name: /^Undo: .*1\.1/ }).first());
    },
    focus: /^Redo: .*1\.1/,
    says: /^Undone: /,
  },
  {
    act: 'closing the run with Esc',
    go: async (book) => {
      await book.run('History');
      await book.page.keyboard.press('Escape');
    },
    focus: /^Run$/,
  },
  {
    act: 'showing only open steps',
    go: async (book) => press((await book.run('Show')).getByRole('button', { name: 'Open', exact: true })),
    focus: /^Open$/,
    says: /^Only open steps are shown: \d+\.$/,
  },
  {
    act: 'showing all again',
    go: async (book) => {
      await press((await book.run('Show')).getByRole('button', { name: 'Open', exact: true }));
      await press(book.page.getByRole('button', { name: 'Show all' }));
    },
    focus: /^Next open step$/,
    says: /^All steps are shown\.$/,
  },
  {
    act: 'finishing',
    go: async (book) => {
      const panel = await book.run('Finish');
      await panel.getByRole('radio', { name: 'Successful', exact: true }).press('Space');
      await press(panel.getByRole('form', { name: 'Finish the run' }).getByRole('button', { name: 'Finish' }));
    },
    focus: /^Save to a file$/,
    says: /^The run is finished\. Save it to a file: that is the record\.$/,
  },
  {
    act: 'saving to a file',
    go: async (book) => {
      const panel = await book.run();
      await press(panel.getByRole('button', { name: 'Save to a file' }).first());
      await expect(book.told).toContainText('Saved as ');
    },
    focus: /^Save to a file$/,
    says: /^Saved as /,
  },
  {
    act: 'closing what a file would change',
    go: async (book) => {
      const { text } = await saved(book);
      const panel = await book.run();
      await panel.getByRole('button', { name: 'Open a save file' }).focus();
      await pick(panel, text);
      await press(panel.locator('.rb-offer').getByRole('button', { name: 'Close' }));
    },
    focus: /^Open a save file$/,
  },
  {
    act: 'changing the person',
    go: async (book) => {
      await press((await book.run()).getByRole('button', { name: 'Change person' }));
      await book.whoForm.getByLabel('Your name').fill('Jonas Nox');
      await book.whoForm.getByLabel('Tier 1').check();
      await press(book.whoForm.getByLabel('Your name'));
    },
    focus: /^Change person$/,
    says: /^You are Jonas Nox, tier 1\.$/,
  },
  {
    act: 'resetting',
    go: async (book) => {
      await press(book.box(first.id), 'Space');
      await expect(book.box(first.id)).toBeChecked();
      await press((await book.run('Reset, archive, delete')).getByRole('button', { name: 'Reset', exact: true }));
    },
    focus: /^Reset$/,
    says: /^The run is reset\.$/,
  },
  {
    act: 'deleting the run',
    go: async (book) =>
      press((await book.run('Reset, archive, delete')).getByRole('button', { name: 'Delete', exact: true })),
    focus: /^(Delete|Save to a file)$/,
    says: /deleted|set aside/i,
  },
  {
    act: 'a branch that takes the step away',
    go: async (book) => {
      await book.enter({ useProxy: 'yes' });
      const away = book.page.locator('.rb-step[data-when*="useProxy"]:not(.is-away) .rb-box').first();
      await away.focus();
      // As another tab would: the field is answered while the focus is elsewhere.
      await book
        .field('useProxy')
        .locator('input[value=no]')
        .evaluate((radio) => {
          if (!(radio instanceof HTMLInputElement)) return;
          radio.checked = true;
          radio.dispatchEvent(new Event('input', { bubbles: true }));
        });
    },
    focus: /^Next open step$/,
  },
  {
    act: 'a value that is wrong',
    go: async (book) => {
      await book.control('wsusPort').fill('80a');
      await book.control('wsusPort').press('Tab');
    },
    focus: /^(Yes|No)$/,
    says: /^Port of this WSUS server must be written in digits/,
  },
  {
    act: 'closing the search',
    go: async (book) => {
      await book.box(second.id).focus();
      await book.page.keyboard.press('/');
      await expect(book.page.getByRole('searchbox')).toBeFocused();
      await book.page.keyboard.press('Escape');
    },
    focus: new RegExp(`^${second.number}\\D`),
  },
  {
    act: 'choosing a place of this page in the search',
    go: async (book) => {
      await book.page.keyboard.press('/');
      await book.page.getByRole('searchbox').fill('NotAfter');
      await expect(book.page.locator('.rb-hit a[href*="production-gpo-wsus.html#"]').first()).toBeVisible();
      await press(book.page.locator('.rb-hit a[href*="production-gpo-wsus.html#"]').first());
    },
    focus: /^\d+\.\d+\D/,
  },
  {
    act: 'the theme',
    go: (book) => press(book.page.getByRole('button', { name: /^Theme/ })),
    focus: /^Theme: light$/,
    says: /^Theme: light$/,
  },
  {
    act: 'the size',
    go: (book) => press(book.page.getByRole('button', { name: /^Size/ })),
    focus: /^Size: large$/,
    says: /^Size: large$/,
  },
  {
    act: 'saving at last after it failed',
    go: async (book) => {
      await book.page.evaluate(() => {
        const write = Reflect.get(Storage.prototype, 'setItem');
        Storage.prototype.setItem = () => {
          throw new DOMException('Full.', 'QuotaExceededError');
        };
        Reflect.set(globalThis, 'mend', () => (Storage.prototype.setItem = write));
      });
      await press(book.box(first.id), 'Space');
      await expect(book.alarm).toBeVisible();
      await book.page.evaluate(() => Reflect.get(globalThis, 'mend')());
      await press(book.alarm.getByRole('button', { name: 'Try again' }));
      await expect(book.alarm).toBeHidden();
    },
    focus: /^Next open step$/,
    says: /^Saved\.$/,
  },
];

for (const { act, go, focus, says } of onRunbook) {
  test(`${act} leaves the focus where work goes on`, async ({ book, page, place }) => {
    await book.openWith({ ...site, useProxy: 'no' });
    await book.sayWho();
    await go(book, place);
    if (says) await expect(book.live).toHaveText(says);
    await expect.poll(() => focused(page)).toMatch(focus);
  });
}

test('starting a run from its form leads to the next open step', async ({ book, page }) => {
  await book.open();
  await book.whoForm.getByLabel('Your name').fill('Ann Berg');
  await book.whoForm.getByLabel('Tier 3').press('Space');
  await press(book.whoForm.getByLabel('Your name'));
  await expect(book.live).toHaveText('The run has begun. You are Ann Berg, tier 3.');
  expect(await focused(page)).toBe('Next open step');
});

const onStart: readonly Act[] = [
  {
    act: 'deleting a run',
    go: ({ page }) => press(page.getByRole('button', { name: /^Delete: / })),
    focus: /^Undo$/,
    says: /deleted|set aside/i,
  },
  {
    act: 'taking that back',
    go: async ({ page, told }) => {
      await press(page.getByRole('button', { name: /^Delete: / }));
      await press(told.getByRole('button', { name: 'Undo' }));
    },
    focus: /^Close$/,
    says: /^Put back: /,
  },
  {
    act: 'closing the line that tells of it',
    go: async ({ page, told }) => {
      await press(page.getByRole('button', { name: /^Delete: / }));
      await press(told.getByRole('button', { name: 'Undo' }));
      await press(told.getByRole('button', { name: 'Close' }));
    },
    focus: /^[A-Z]/,
  },
  {
    act: 'putting a deleted run back from its list',
    go: async ({ page }) => {
      await press(page.getByRole('button', { name: /^Delete: / }));
      await press(page.getByText('Deleted: 1'));
      await press(page.getByRole('button', { name: 'Put back' }));
    },
    focus: /^Close$/,
    says: /^Put back\.$/,
  },
  {
    act: 'archiving',
    go: ({ page }) => press(page.getByRole('button', { name: /^Archive: / })),
    focus: /^Undo$/,
    says: /^Archived: /,
  },
  {
    act: 'saving',
    go: async ({ page, told }) => {
      await press(page.getByRole('button', { name: /^Save to a file: / }));
      await expect(told).toContainText('Saved as');
    },
    focus: /^Save to a file: /,
    says: /^Saved as /,
  },
  {
    act: 'a file that is no run',
    go: async ({ page }) => {
      await page.getByRole('button', { name: 'Open a save file' }).focus();
      await pick(page.locator('[data-runs]'), 'no run at all');
      await press(page.locator('.rb-offer').getByRole('button', { name: 'Close' }));
    },
    focus: /^Open a save file$/,
    says: /file/,
  },
];

for (const { act, go, focus, says } of onStart) {
  test(`on the start page, ${act} leaves the focus where work goes on`, async ({ book, page, place }) => {
    await book.start();
    await page.goto(place.url('index.html'));
    await expect(page.getByRole('link', { name: /^Resume/ })).toBeVisible();
    await go(book, place);
    if (says) await expect(book.live).toHaveText(says);
    await expect.poll(() => focused(page)).toMatch(focus);
  });
}

test('on papers, a field, another paper and a calendar that cannot be made keep the focus', async ({
  book,
  page,
  place,
}) => {
  await page.goto(place.url(runbookPath.replace('runbooks/', 'papers/')));
  await press(page.getByRole('button', { name: 'Calendar' }));
  await expect(book.live).not.toBeEmpty();
  expect(await focused(page)).toBe('Calendar');
  const start = page.locator('[data-plan-field="planStartDate"] input');
  await start.fill('30.11.2026');
  await start.press('Tab');
  expect(await focused(page)).not.toMatch(/^(nothing|hidden)/);
  const record = page.getByRole('radio', { name: 'Record' });
  await record.press('Space');
  await expect(record).toBeFocused();
});
