/** The runbook without a mouse. */
import { type Page } from '@playwright/test';
import { print, squeeze } from './support/paper.ts';
import { expect, items, itemsFor, test } from './support/ringbook.ts';
import { site } from './support/site.ts';

/** Presses Tab until the focus is on what is asked for. */
async function tabTo(page: Page, selector: string, most = 120): Promise<number> {
  for (let pressed = 1; pressed <= most; pressed++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return pressed;
  }
  throw new Error(`${most} times Tab do not lead to ${selector}.`);
}

/** Id of the step or gate that holds the focus. */
const here = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.closest('.rb-step, .rb-gate')?.id ?? '');

test('the first Tab offers to skip to the text, and the next one is in it', async ({ book, page }) => {
  await book.open();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the text' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
});

test('the run is started, and a first box reached and ticked, with the keyboard alone', async ({ book, page }) => {
  await book.open();
  await tabTo(page, '#rb-who-name');
  await page.keyboard.type('Ann Berg');
  await tabTo(page, 'input[name=tier]');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(book.whoForm).toHaveCount(0);

  await tabTo(page, '.rb-box');
  expect(await here(page)).toBe(items[0]?.id);
  await page.keyboard.press('Space');
  await expect(book.box(items[0]?.id ?? '')).toBeChecked();
  await expect(book.box(items[0]?.id ?? '')).toBeFocused();
  await expect(book.item(items[0]?.id ?? '')).toContainText('Ann Berg');
});

test('where no step is open, N offers to finish, and a finished run leads to its record', async ({ page, place }) => {
  await page.goto(place.url('runbooks/weekly-health.html'));
  const next = page.locator('[data-next]');
  await expect(next).toHaveText('Next open step');
  await page.locator('.rb-step .rb-box').first().click();
  const start = page.getByRole('form', { name: 'Start the run' });
  await start.getByLabel('Your name').fill('Ann Berg');
  await start.getByLabel('Tier 1').check();
  await start.getByRole('button', { name: 'Start', exact: true }).click();
  for (const box of await page.locator('.rb-step:not(.is-away) .rb-box, .rb-criterion:not(.is-away) .rb-box').all()) {
    if ((await box.isVisible()) && !(await box.isChecked())) await box.click();
  }
  await page.getByRole('button', { name: 'Go', exact: true }).click();
  await expect(page.locator('[data-progress]')).toHaveText(/all done$/);
  await expect(next).toHaveText('Finish');

  await page.keyboard.press('n');
  const panel = page.getByRole('region', { name: 'This run' });
  await expect(panel.getByRole('radio', { name: 'Successful', exact: true })).toBeFocused();
  await page.keyboard.press('Space');
  await panel.getByRole('form', { name: 'Finish the run' }).getByRole('button', { name: 'Finish' }).click();
  await expect(panel.getByRole('link', { name: 'Papers' })).toHaveAttribute('href', /#record$/);
});

test('J and K go from step to step, N to the next open one, and X ticks', async ({ book, page }) => {
  await book.openWith(site);
  await book.sayWho();
  const ids = itemsFor(site).map(({ id }) => id);
  await page.evaluate(() => scrollTo(0, 0));
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());

  await page.keyboard.press('n');
  await expect.poll(() => here(page)).toBe(ids[0]);
  await page.keyboard.press('j');
  expect(await here(page)).toBe(ids[1]);
  await page.keyboard.press('j');
  expect(await here(page)).toBe(ids[2]);
  await page.keyboard.press('k');
  expect(await here(page)).toBe(ids[1]);

  await page.keyboard.press('x');
  await expect(book.box(ids[1] ?? '')).toBeChecked();
  await expect(book.box(ids[1] ?? '')).toBeFocused();
  await page.keyboard.press('X');
  await expect(book.box(ids[1] ?? '')).not.toBeChecked();

  await page.keyboard.press('k');
  await page.keyboard.press('x');
  await page.keyboard.press('n');
  expect(await here(page)).toBe(ids[1]);
  // Every step and gate that applies is reached in order, and none that does not.
  const reached = [await here(page)];
  for (let count = 2; count < ids.length; count++) {
    await page.keyboard.press('j');
    reached.push(await here(page));
  }
  expect(reached).toEqual(ids.slice(1));
});

test('J begins at the step in view when no step has the focus', async ({ book, page }) => {
  await book.open();
  const target = items[9]?.id ?? '';
  await book.item(target).evaluate((element) => element.scrollIntoView({ block: 'start' }));
  await page.keyboard.press('j');
  await expect.poll(() => here(page)).toBe(target);
});

test('X asks for name and tier before the first tick, and gives the focus back to the box', async ({ book, page }) => {
  await book.open();
  const [first] = items;
  await page.keyboard.press('n');
  await expect.poll(() => here(page)).toBe(first?.id);
  await page.keyboard.press('x');
  await expect(book.whoForm.getByLabel('Your name')).toBeFocused();
  await page.keyboard.type('Jonas Nox');
  await expect(book.whoForm.getByLabel('Your name')).toHaveValue('Jonas Nox');
  await tabTo(page, 'input[name=tier]');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(book.box(first?.id ?? '')).toBeChecked();
  await expect(book.box(first?.id ?? '')).toBeFocused();
});

test('C copies the command of the step, and says it', async ({ book, page }) => {
  await book.openWith(site);
  await page.locator('[id="find-gpo"] .rb-box').focus();
  await page.keyboard.press('c');
  await expect(book.live).toHaveText('Copied');
  await expect(book.command('find-gpo').locator('.rb-copy')).toHaveText('Copied');
  expect(await here(page)).toBe('find-gpo');
});

test('? opens the help and Esc closes it; the focus comes back', async ({ book, page }) => {
  await book.open();
  await book.box(items[0]?.id ?? '').focus();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  await expect(help).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await expect(book.box(items[0]?.id ?? '')).toBeFocused();

  await page.getByRole('button', { name: /^Keys/ }).press('Enter');
  await expect(help).toBeVisible();
  await help.getByRole('button', { name: 'Close' }).press('Enter');
  await expect(help).toBeHidden();
  await expect(page.getByRole('button', { name: /^Keys/ })).toBeFocused();
});

test('letters typed into a field are text and no commands', async ({ book, page }) => {
  await book.open();
  await book.control('sampleClient').focus();
  await page.keyboard.type('jknxc?');
  await expect(book.control('sampleClient')).toHaveValue('jknxc?');
  await expect(book.control('sampleClient')).toBeFocused();
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('a gate is decided with the keyboard, and keeps the focus', async ({ book, page }) => {
  await book.start();
  for (const box of await book.criteria('pilot-healthy').all()) {
    await box.press('Space');
    await expect(box).toBeChecked();
    await expect(box).toBeFocused();
  }
  const go = book.item('pilot-healthy').getByRole('button', { name: 'Go', exact: true });
  await go.press('Enter');
  await expect(go).toHaveAttribute('aria-pressed', 'true');
  await expect(go).toBeFocused();
  await expect(book.live).toHaveText('Go.');
  expect(await here(page)).toBe('pilot-healthy');
});

test('a tick is said to those who cannot see it', async ({ book }) => {
  await book.start();
  const [first] = items;
  const before = await book.live.innerText();
  await book.box(first?.id ?? '').click();
  await expect(book.live).toHaveText(new RegExp(`^Step ${first?.number}, done\\. 1 of \\d+ steps`));
  expect(await book.live.innerText()).not.toBe(before);
  await book.box(first?.id ?? '').click();
  await expect(book.live).toHaveText(new RegExp(`^Step ${first?.number}, not done\\. 0 of `));
});

for (const [name, size] of [
  ['a wide screen', { width: 1280, height: 720 }],
  ['a narrow screen', { width: 360, height: 640 }],
  ['a screen at 400 %', { width: 320, height: 256 }],
] as const) {
  test(`whatever has the focus shows it, and nothing covers it, on ${name}`, async ({ book, page }) => {
    await page.setViewportSize(size);
    await book.openWith(site);
    const faults: string[] = [];
    for (let count = 0; count < 90; count++) {
      await page.keyboard.press('Tab');
      const fault = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return '';
        const { left, top, width, height } = element.getBoundingClientRect();
        const middle = document.elementFromPoint(left + Math.min(width / 2, 20), top + height / 2);
        const style = getComputedStyle(element);
        const label = `${element.tagName} ${element.id || element.getAttribute('name') || element.textContent?.trim().slice(0, 30)}`;
        if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2)
          return `${label} does not show the focus`;
        const isSeen = middle !== null && (element.contains(middle) || middle.contains(element));
        return isSeen ? '' : `${label} is covered by ${middle?.className}`;
      });
      if (fault !== '') faults.push(fault);
    }
    for (let count = 0; count < 25; count++) {
      await page.keyboard.press('j');
      const covered = (): Promise<string> =>
        page.evaluate(() => {
          const box = document.activeElement?.getBoundingClientRect();
          const middle = box && document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
          return middle === document.activeElement ? '' : `${document.activeElement?.closest('li')?.id} is covered`;
        });
      // What comes into view is laid out in the next frame, and may push what has the focus a little.
      await expect.poll(covered).toBe('');
    }
    expect(faults).toEqual([]);
  });
}

test('tier 1 carries a runbook out from its first step to its printed record, with the keyboard alone', async ({
  page,
  place,
}) => {
  test.slow();
  await page.goto(place.url('index.html'));
  await tabTo(page, 'a[href="runbooks/weekly-health.html"]');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/weekly-health/);
  await expect(page.locator('html')).toHaveClass(/is-live/);
  await tabTo(page, '#rb-who-name');
  await page.keyboard.type('Ann Berg');
  await tabTo(page, 'input[name=tier]');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(page.locator('#rb-live')).toHaveText('The run has begun. You are Ann Berg, tier 1.');

  const next = page.locator('[data-next]');
  const progress = page.locator('[data-progress]');
  const isTicked = (): Promise<boolean> =>
    page.evaluate(() => document.activeElement instanceof HTMLInputElement && document.activeElement.checked);
  while ((await next.innerText()) !== 'Finish') {
    const before = await progress.innerText();
    await page.keyboard.press('n');
    const id = await here(page);
    if (await page.evaluate(() => document.activeElement?.closest('.rb-gate') === null)) await page.keyboard.press('x');
    else {
      // A gate: each criterion, and then the decision.
      for (const criterion of await page.locator(`[id="${id}"] .rb-criterion:not(.is-away)`).all()) {
        await expect(criterion.locator('.rb-box')).toBeFocused();
        await page.keyboard.press('Space');
        await expect.poll(isTicked).toBe(true);
        await page.keyboard.press('Tab');
      }
      await expect(page.locator(`[id="${id}"] [data-decide=go]`)).toBeFocused();
      await page.keyboard.press('Enter');
    }
    await expect(progress, id).not.toHaveText(before);
  }

  await page.keyboard.press('n');
  const panel = page.getByRole('region', { name: 'This run' });
  await expect(panel.getByRole('radio', { name: 'Successful', exact: true })).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('button', { name: 'Save to a file' }).first()).toBeFocused();
  const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  expect(file.suggestedFilename()).toMatch(/\.json$/);

  await tabTo(page, '.rb-desk a[href*="papers/"]');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('radio', { name: 'Record' })).toBeChecked();
  await tabTo(page, '[data-print]');
  // The browser tells a page that it is about to be printed.
  const printed = page.evaluate(
    () => new Promise<boolean>((done) => addEventListener('beforeprint', () => done(true), { once: true })),
  );
  await page.keyboard.press('Enter');
  expect(await printed).toBe(true);
  const paper = await print(page);
  expect(paper.squeezed).toContain(squeeze('Ann Berg, tier 1'));
  expect(paper.squeezed).toContain(squeeze('Successful'));
});
