/** Access by axe: WCAG 2.2 AA and best practice, on every page and in every state of the runbook, in light, dark and print. */
import AxeBuilder from '@axe-core/playwright';
import { type Page } from '@playwright/test';
import { expect, itemsFor, pagePaths, runbookPath, test } from './support/ringbook.ts';
import { proxy, site } from './support/site.ts';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

test.slow();

/** How each look is judged. What a look does not change is judged once. */
const looks = [
  { look: 'light', media: { media: 'screen', colorScheme: 'light' }, options: { runOnly: tags } },
  {
    look: 'dark',
    media: { media: 'screen', colorScheme: 'dark' },
    options: { runOnly: { type: 'rule', values: ['color-contrast'] } },
  },
  {
    look: 'print',
    media: { media: 'print', colorScheme: 'dark' },
    // Nobody presses a link on paper, so it needs no size there: https://www.w3.org/TR/WCAG22/#target-size-minimum
    options: { runOnly: tags, rules: { 'target-size': { enabled: false } } },
  },
] as const satisfies readonly {
  look: string;
  media: Parameters<Page['emulateMedia']>[0];
  options: Parameters<AxeBuilder['options']>[0];
}[];

/**
 * One line for each fault, with its first place.
 *
 * @param part Where to look, when the rest of the page is as in another test.
 */
async function faultsOf(page: Page, part?: string): Promise<string[]> {
  // Axe sees no colours in what the browser leaves unpainted until it comes into view.
  await page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>('.rb-task'))
      element.style.contentVisibility = 'visible';
  });
  const faults: string[] = [];
  for (const { look, media, options } of looks) {
    await page.emulateMedia(media);
    // In one go: the other way opens a page of its own for frames, of which there are none.
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ ...options, resultTypes: ['violations'] });
    const { violations } = await (part === undefined ? axe : axe.include(part)).analyze();
    for (const { id, help, nodes } of violations) {
      faults.push(
        `${look}: ${help} (${id}), ${nodes.length} times, first at ${nodes[0]?.target.join(' ')}: ${nodes[0]?.failureSummary}`,
      );
    }
  }
  await page.emulateMedia({ media: null, colorScheme: null });
  return faults;
}

for (const path of pagePaths) {
  test(`${path} has no fault that axe finds, in light, dark and print`, async ({ page, place }) => {
    await page.goto(place.url(path));
    await expect(page.locator('html')).toHaveClass(/is-live/);
    expect(await faultsOf(page)).toEqual([]);
  });
}

test.describe(runbookPath, () => {
  test('filled in, started, partly done, decided and changed, it has no fault that axe finds', async ({
    book,
    page,
  }) => {
    await book.openWith({ ...site, ...proxy });
    await book.sayWho();
    const [first, second] = itemsFor(site);
    for (const item of [first, second]) await book.box(item?.id ?? '').click();
    await book.item('pilot-healthy').getByRole('button', { name: 'No-go' }).click();
    await expect(book.decision('pilot-healthy')).toHaveText(/^No-go/);
    await page.evaluate((id) => {
      const key =
        Object.keys(localStorage).find((name) => localStorage.getItem(name)?.includes(`"step":"${id}"`)) ?? '';
      localStorage.setItem(
        key,
        (localStorage.getItem(key) ?? '').replace(/"stepHash":"[0-9a-f]+"/, '"stepHash":"0123abcd"'),
      );
    }, first?.id);
    await page.reload();
    await expect(book.item(first?.id ?? '')).toContainText('Changed since it was ticked');
    expect(await faultsOf(page)).toEqual([]);
  });

  test('with errors beside its fields, it has no fault that axe finds', async ({ book, page }) => {
    await book.openWith({
      ...site,
      wsusPort: '70000',
      syncsPerDay: 'three',
      productionOu: 'Clients',
      timeZone: 'Berlin',
    });
    await expect(book.error('wsusPort')).toBeVisible();
    expect(await faultsOf(page, '[data-sheet]')).toEqual([]);
    await book.whoForm.getByRole('button', { name: 'Start' }).click();
    await expect(book.whoForm).toContainText('Enter your name');
    expect(await faultsOf(page, '.rb-runbook__head')).toEqual([]);
    expect(await faultsOf(page, '#set-service')).toEqual([]);
  });

  test('with the red bar, a notice and the help open, it has no fault that axe finds', async ({ book, page }) => {
    await page.addInitScript(() => localStorage.setItem('rb1:strangerrun1:0mi000000ac-damaged3', 'not to be read'));
    await book.start();
    await page.evaluate(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('Full.', 'QuotaExceededError');
      };
    });
    await book.box(itemsFor({})[0]?.id ?? '').click();
    await expect(book.alarm).toBeVisible();
    await expect(book.notice).toBeVisible();
    expect(await faultsOf(page, '[data-alarm]')).toEqual([]);
    expect(await faultsOf(page, '[data-notice]')).toEqual([]);
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await faultsOf(page, 'dialog')).toEqual([]);
  });
});

test('panels, their forms and what they tell have no fault that axe finds', async ({ book, page, place }) => {
  await book.start();
  const [first] = itemsFor(site);
  for (const drawer of ['Note', 'Evidence', 'Does not apply', 'Escalate']) {
    await book.more(first?.id ?? '', drawer);
    expect(await faultsOf(page, '.rb-step .rb-desk'), drawer).toEqual([]);
  }
  await book.more(first?.id ?? '', 'Note');
  await book
    .panel(first?.id ?? '')
    .getByRole('textbox', { name: 'Note' })
    .fill('Seen on the console.');
  await book
    .panel(first?.id ?? '')
    .getByRole('button', { name: 'Keep note' })
    .click();
  await expect(book.told).toBeVisible();
  expect(await faultsOf(page, '.rb-told')).toEqual([]);
  expect(await faultsOf(page, '.rb-step')).toEqual([]);
  for (const drawer of ['Hand over', 'History', 'Show', 'Runs', 'Title, change, site', 'Finish']) {
    await book.run(drawer);
    expect(await faultsOf(page, '.rb-desk--run'), drawer).toEqual([]);
  }
  await page.goto(place.url('index.html'));
  await expect(page.getByRole('link', { name: /^Resume/ })).toBeVisible();
  expect(await faultsOf(page)).toEqual([]);
});

test('a theme that the reader chose has the colours of the system’s own', async ({ page, place }) => {
  await page.goto(place.url('index.html'));
  const colours = (): Promise<Record<string, string>> =>
    page.evaluate(() => {
      const style = getComputedStyle(document.documentElement);
      const names = [...document.styleSheets].flatMap((sheet) =>
        [...sheet.cssRules].flatMap((rule) =>
          rule instanceof CSSStyleRule && rule.selectorText === ':root' ? [...rule.style] : [],
        ),
      );
      return Object.fromEntries(['color-scheme', ...names].map((name) => [name, style.getPropertyValue(name)]));
    });
  const chosen = async (
    theme: 'light' | 'dark' | 'system',
    system: 'light' | 'dark',
  ): Promise<Record<string, string>> => {
    await page.emulateMedia({ colorScheme: system });
    await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme);
    return colours();
  };
  const systems = { light: await chosen('system', 'light'), dark: await chosen('system', 'dark') };
  expect(systems.light).not.toEqual(systems.dark);
  for (const theme of ['light', 'dark'] as const) {
    for (const system of ['light', 'dark'] as const) {
      expect(await chosen(theme, system)).toEqual({ ...systems[theme], 'color-scheme': theme });
    }
  }
});

test('the search with its answers has no fault, on its page and over a runbook', async ({ book, page, place }) => {
  await page.goto(place.url('search.html#q=freeze'));
  await expect(page.locator('.rb-hit').first()).toBeVisible();
  expect(await faultsOf(page)).toEqual([]);

  await book.open();
  await page.keyboard.press('/');
  await page.getByRole('searchbox').fill('freeze');
  await expect(page.locator('.rb-hit').first()).toBeVisible();
  expect(await faultsOf(page, '.rb-search')).toEqual([]);
});
