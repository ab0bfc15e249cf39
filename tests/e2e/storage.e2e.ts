/** Storage that is full, denied, damaged or cleared: told in words, and nothing shown as saved is lost. */
import { writeEvent } from '../../src/lib/core/run/event.ts';
import {
  eventsIn,
  expect,
  inEveryPlace,
  itemsFor,
  pageKinds,
  runIn,
  runbookPage,
  runbookPath,
  test,
  type RunbookPage,
} from './support/ringbook.ts';
import { proxy, site } from './support/site.ts';

const [first, second, third] = itemsFor(site);
if (!first || !second || !third) throw new Error('The runbook has fewer than three steps.');

/** Keys of other programs on the same host, some of them close to ours. */
const foreign = { theme: 'theirs', 'rb2:run:event': 'theirs', rb1: 'theirs', 'other:rb1:draft': '{"a":1}' };

const foreignIn = (stored: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(stored).filter(([key]) => key in foreign));

/** The promise itself: what the page shows as ticked is in storage, or the red bar stands. */
async function expectHonesty(book: RunbookPage): Promise<void> {
  if (await book.alarm.isVisible()) return;
  const undone = new Set(eventsIn(await book.stored(), 'untick').flatMap(({ data }) => data?.undoes ?? []));
  const kept = eventsIn(await book.stored(), 'tick').filter(({ id }) => !undone.has(id));
  const keptSteps = new Set(kept.map(({ step }) => step));
  expect((await book.ticked()).filter((step) => !keptSteps.has(step))).toEqual([]);
}

/** Fills what is left of the storage to the last letter, under keys of somebody else. */
const fillStorage = (): void => {
  for (let size = 2 ** 22, count = 0; size >= 1;) {
    try {
      localStorage.setItem(`filler${count}`, 'x'.repeat(size));
      count++;
    } catch {
      size = Math.floor(size / 2);
    }
  }
};

inEveryPlace(() => {
  test('opening a page writes nothing, and a whole run touches only its own keys', async ({ place, book, page }) => {
    await page.goto(place.url('index.html'));
    await page.evaluate(
      (entries) => Object.entries(entries).forEach(([key, text]) => localStorage.setItem(key, text)),
      foreign,
    );
    for (const path of [...pageKinds, runbookPath]) {
      await page.goto(place.url(path));
      await expect(page.locator('html')).toHaveClass(/is-live/);
      await expect(page.getByRole('button', { name: /^Theme/ })).toBeVisible();
      expect(await book.stored()).toEqual(foreign);
    }
    expect(await page.evaluate(() => [sessionStorage.length, document.cookie])).toEqual([0, '']);

    await book.start();
    await book.enter(proxy);
    await book.box(first.id).click();
    await expect(book.box(first.id)).toBeChecked();
    await book.box(first.id).click();
    await expect(book.box(first.id)).not.toBeChecked();
    await page.getByRole('button', { name: /^Theme/ }).click();

    const stored = await book.stored();
    expect(foreignIn(stored)).toEqual(foreign);
    const ours = Object.keys(stored).filter((key) => !(key in foreign));
    expect(ours.filter((key) => !/^rb1:([0-9a-z]{12}:|draft:|who:[0-9a-z]{12}$|pref:theme$)/.test(key))).toEqual([]);
    await expectHonesty(book);
  });
});

test('no field takes the proxy password, and nothing named so is stored or shown', async ({ book, page }) => {
  await page.addInitScript(() => localStorage.setItem('rb1:draft:production-gpo-wsus:proxyPassword', 'hunter2'));
  await book.openWith({ ...site, ...proxy });
  await book.sayWho();

  await expect(book.field('proxyPassword')).toContainText('Ringbook has no field for it');
  await expect(book.field('proxyPassword').locator('input, select, textarea')).toHaveCount(0);
  await expect(page.locator('input[type=password], [name=proxyPassword]')).toHaveCount(0);
  await expect(page.locator('body')).not.toContainText('hunter2');
  await page.evaluate(() => localStorage.removeItem('rb1:draft:production-gpo-wsus:proxyPassword'));
  await book.box(first.id).click();
  expect(JSON.stringify(await book.stored())).not.toMatch(/proxyPassword|hunter2/);
});

test('storage that is full: the red bar says so, and what is kept in the window is saved when there is room', async ({
  book,
  page,
}) => {
  await book.start();
  await book.box(first.id).click();
  await expect(book.box(first.id)).toBeChecked();
  await expect(book.alarm).toBeHidden();
  await page.evaluate(fillStorage);
  const before = await book.stored();

  await book.box(second.id).click();
  await expect(book.alarm).toContainText(
    'Not saved: the browser has no room left for this site. 1 entry is only in this window. Keep it open; every new entry tries again.',
  );
  await expect(book.live).toHaveText(/^Not saved/);
  await expectHonesty(book);
  await book.box(third.id).click();
  await expect(book.alarm).toContainText('2 entries are only in this window.');
  // What is jumped to stops below the bar, which is higher now.
  const gap = await page.evaluate(() => {
    const task = document.querySelector('.rb-task:nth-of-type(2)');
    task?.scrollIntoView();
    return (
      (task?.getBoundingClientRect().top ?? NaN) -
      (document.querySelector('.rb-top')?.getBoundingClientRect().bottom ?? NaN)
    );
  });
  expect(gap).toBeGreaterThanOrEqual(0);
  expect(await book.stored()).toEqual(before);

  await page.evaluate(() => localStorage.removeItem('filler0'));
  await book.alarm.getByRole('button', { name: 'Try again' }).click();
  await expect(book.alarm).toBeHidden();
  await expect(book.live).toHaveText('Saved.');
  await expectHonesty(book);
  await page.reload();
  for (const { id } of [first, second, third]) await expect(book.box(id)).toBeChecked();
});

test('storage that was full makes room: the next tick saves the one before it, too', async ({ book, page }) => {
  await book.start();
  await page.evaluate(fillStorage);
  await book.box(first.id).click();
  await expect(book.alarm).toBeVisible();
  await page.evaluate(() => localStorage.removeItem('filler0'));
  await book.box(second.id).click();

  await expect(book.alarm).toBeHidden();
  await expectHonesty(book);
  expect(eventsIn(await book.stored(), 'tick').map(({ step }) => step)).toEqual([first.id, second.id]);
});

test.describe('storage that is denied', () => {
  test.beforeEach(async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('Access is denied for this document.', 'SecurityError');
        },
      });
    });
  });

  test('the red bar says so from the beginning, and the runbook can be followed all the same', async ({ book }) => {
    await book.open();
    await expect(book.alarm).toContainText(
      'Nothing will be saved: the browser does not let this page keep anything. What you enter is lost when this window closes.',
    );
    await book.enter({ sampleClient: 'pc-0117' });
    await expect(book.item('find-computer')).toContainText('pc-0117');
    await book.sayWho();
    await book.box(first.id).click();
    await expect(book.box(first.id)).toBeChecked();
    await expect(book.alarm).toContainText('Not saved: the browser does not let this page keep anything.');
    await expect(book.alarm).toContainText('only in this window');
  });

  test('start page, guide and theme work without a word of complaint', async ({ page, place }) => {
    for (const path of pageKinds.filter((path) => !/^(runbooks|carry)\//.test(path))) {
      await page.goto(place.url(path));
      // A page of papers has the paper's own below that of the page.
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
      await page.getByRole('button', { name: /^Theme/ }).click();
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    }
  });
});

test('damaged entries are told of, left as they are, and everything else is shown', async ({ book, page }) => {
  await book.start();
  await book.box(first.id).click();
  await expect(book.box(first.id)).toBeChecked();
  const run = runIn(await book.stored());
  const damaged = {
    [`rb1:${run}:0mi000000aa-damaged1`]: '{"kind":"tick","st',
    [`rb1:${run}:0mi000000ab-damaged2`]: 'null',
    [`rb1:strangerrun1:0mi000000ac-damaged3`]: 'not ours to read',
  };
  await page.evaluate(
    (entries) => Object.entries(entries).forEach(([key, text]) => localStorage.setItem(key, text)),
    damaged,
  );
  await page.reload();

  await expect(book.notice).toContainText(
    'Saved entries of this run that cannot be read: 2. They are left in storage as they are; all else is shown.',
  );
  await expect(book.notice).toContainText('Saved entries of runs that cannot be shown');
  await expect(book.box(first.id)).toBeChecked();
  await book.box(second.id).click();
  await expect(book.box(second.id)).toBeChecked();
  expect(await book.stored()).toMatchObject(damaged);
  await expectHonesty(book);
});

test('a run with entries of a newer release is shown and never written', async ({ book, page }) => {
  await book.start();
  await book.box(first.id).click();
  await expect(book.box(first.id)).toBeChecked();
  const run = runIn(await book.stored());
  await page.evaluate(([key]) => localStorage.setItem(key, '{"v":2,"kind":"tick","something":"new"}'), [
    `rb1:${run}:0mi000000aa-newerone`,
  ] as const);
  await page.reload();
  const before = await book.stored();

  await expect(book.notice).toContainText('It is shown here and cannot be changed.');
  await expect(book.box(first.id)).toBeChecked();
  await book.box(second.id).click();
  await expect(book.live).toContainText('This run holds entries of a newer release');
  await expect(book.box(second.id)).not.toBeChecked();
  expect(await book.stored()).toEqual(before);
});

test('entries that another page clears are put back, and the page says so', async ({ book, context, place }) => {
  await book.start();
  await book.enter({ sampleClient: 'pc-0117' });
  await book.box(first.id).click();
  await expect(book.box(first.id)).toBeChecked();
  const before = await book.stored();

  const other = await context.newPage();
  await other.goto(place.url('index.html'));
  await other.evaluate(() => localStorage.clear());

  await expect(book.notice).toContainText(
    'Saved entries were missing in the browser, or had been changed there. They have been put back.',
  );
  await expect.poll(() => book.stored()).toEqual(before);
  await expect(book.box(first.id)).toBeChecked();
  await expectHonesty(book);
});

test('two tabs that begin at once carry on one run', async ({ book, context, place }) => {
  const other = runbookPage(await context.newPage(), place);
  await Promise.all([book.open(), other.open()]);
  const starts: (() => Promise<void>)[] = [];
  for (const { whoForm } of [book, other]) {
    await whoForm.getByLabel('Your name').fill('Ann Berg');
    await whoForm.getByLabel('Tier 3').check();
    const form = await whoForm.elementHandle();
    // The tab that comes second may have lost its form to the run of the first by then.
    starts.push(async () =>
      form?.evaluate((element: HTMLFormElement) => void (element.isConnected && element.requestSubmit())),
    );
  }
  await Promise.all(starts.map((start) => start()));
  for (const { whoForm } of [book, other]) await expect(whoForm).toHaveCount(0);
  await book.box(first.id).click();
  await other.box(second.id).click();

  for (const tab of [book, other]) {
    await expect(tab.box(first.id)).toBeChecked();
    await expect(tab.box(second.id)).toBeChecked();
    await expectHonesty(tab);
  }
});

test('a tick of a step that has changed since says so until it is confirmed', async ({ book, page }) => {
  const words = 'Changed since it was ticked';
  await book.start();
  const run = runIn(await book.stored());
  const tick = (step: string, stepHash: string, id: string) =>
    [
      `rb1:${run}:${id}`,
      writeEvent({ kind: 'tick', id, step, stepHash, by: 'Ann Berg', tier: 3, at: '2026-10-01T10:00:00.000+02:00' }),
    ] as const;
  await page.evaluate(
    (entries) => entries.forEach(([key, text]) => localStorage.setItem(key, text)),
    [tick(first.id, '0123abcd', '0mi000000aa-changed1'), tick(second.id, second.hash, '0mi000000ab-asitwas1')],
  );
  await page.reload();

  await expect(book.box(first.id)).toBeChecked();
  await expect(book.item(first.id)).toContainText(words);
  await expect(book.box(second.id)).toBeChecked();
  await expect(book.item(second.id)).not.toContainText(words);

  await book.box(first.id).click();
  await expect(book.item(first.id)).not.toContainText(words);
  await book.box(first.id).click();
  await expect(book.box(first.id)).toBeChecked();
  await expect(book.item(first.id)).not.toContainText(words);
  await page.reload();
  await expect(book.box(first.id)).toBeChecked();
  await expect(book.item(first.id)).not.toContainText(words);
});

test('ticks of steps that are gone from the runbook stay in storage', async ({ book, page }) => {
  await book.start();
  const run = runIn(await book.stored());
  const id = '0mi000000aa-goneaway';
  const gone = {
    [`rb1:${run}:${id}`]: writeEvent({
      kind: 'tick',
      id,
      step: 'a-step-of-last-year',
      stepHash: '0123abcd',
      by: 'Ann Berg',
      tier: 3,
      at: '2026-10-01T10:00:00.000+02:00',
    }),
  };
  await page.evaluate(
    (entries) => Object.entries(entries).forEach(([key, text]) => localStorage.setItem(key, text)),
    gone,
  );
  await page.reload();
  await expect(book.progress).toHaveText(/^0 of /);
  await book.box(first.id).click();
  await expect(book.progress).toHaveText(/^1 of /);
  expect(await book.stored()).toMatchObject(gone);
});
