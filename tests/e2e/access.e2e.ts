/**
 * Access by axe: WCAG 2.2 AA and best practice. Every page as it is first seen, in light and dark; one of each kind in
 * print, in forced colours and large, too; and every state that a page can come into, in all of these.
 */
import AxeBuilder from '@axe-core/playwright';
import { type Page } from '@playwright/test';
import { expect, itemsFor, pageKinds, pagePaths, runbookPath, test } from './support/ringbook.ts';
import { pick } from './support/files.ts';
import { proxy, site } from './support/site.ts';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const only = (...values: string[]) => ({ runOnly: { type: 'rule' as const, values } });

test.slow();

/** How each look is judged. What a look does not change is judged once. */
const looks = {
  light: { media: { media: 'screen', colorScheme: 'light' }, options: { runOnly: tags } },
  dark: { media: { media: 'screen', colorScheme: 'dark' }, options: only('color-contrast') },
  forced: { media: { media: 'screen', forcedColors: 'active' }, options: only('color-contrast') },
  large: { media: { media: 'screen' }, options: only('target-size', 'scrollable-region-focusable') },
  print: {
    media: { media: 'print', colorScheme: 'dark' },
    // Nobody presses a link on paper, so it needs no size there: https://www.w3.org/TR/WCAG22/#target-size-minimum
    options: { runOnly: tags, rules: { 'target-size': { enabled: false } } },
  },
} as const satisfies Record<
  string,
  { media: Parameters<Page['emulateMedia']>[0]; options: Parameters<AxeBuilder['options']>[0] }
>;
type Look = keyof typeof looks;
// Written as the names of `looks`.
const everyLook = Object.keys(looks) as Look[];

/**
 * One line for each fault, with its first place.
 *
 * @param part Where to look, when the rest of the page is as in another test.
 */
async function faultsOf(page: Page, part?: string, wanted: readonly Look[] = everyLook): Promise<string[]> {
  // Axe sees no colours in what the browser leaves unpainted until it comes into view.
  await page.evaluate((looked) => {
    for (const element of document.querySelectorAll<HTMLElement>('.rb-task, .rb-book, .rb-tasks li'))
      if (!looked || element.matches(looked) || element.querySelector(looked))
        element.style.contentVisibility = 'visible';
  }, part);
  const faults: string[] = [];
  for (const look of wanted) {
    const { media, options } = looks[look];
    await page.emulateMedia(media);
    await page.evaluate((size) => (document.documentElement.dataset['size'] = size), look);
    // In one go: the other way opens a page of its own for frames, of which there are none.
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ ...options, resultTypes: ['violations'] });
    const { violations } = await (part === undefined ? axe : axe.include(part)).analyze();
    for (const { id, help, nodes } of violations) {
      faults.push(
        `${look}: ${help} (${id}), ${nodes.length} times, first at ${nodes[0]?.target.join(' ')}: ${nodes[0]?.failureSummary}`,
      );
    }
    await page.emulateMedia({ media: null, colorScheme: null, forcedColors: null });
  }
  await page.evaluate(() => delete document.documentElement.dataset['size']);
  return faults;
}

// Those that are carried are pages of runbooks, and one of them stands for what is added to them.
for (const path of pagePaths.filter((path) => !path.startsWith('carry/') || pageKinds.includes(path))) {
  const isFirst = pageKinds.includes(path);
  test(`${path} has no fault that axe finds, in ${isFirst ? 'every look' : 'light and dark'}`, async ({
    page,
    place,
  }) => {
    await page.goto(place.url(path));
    await expect(page.locator('html')).toHaveClass(/is-live/);
    expect(await faultsOf(page, undefined, isFirst ? everyLook : ['light', 'dark'])).toEqual([]);
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
    // Somebody else decided the other way at the same time.
    await page.evaluate(() => {
      const [key = '', text = ''] = Object.entries(localStorage).find(([, entry]) => entry.includes('"no-go"')) ?? [];
      const other = key.replace(/[^:]*$/, (id) => id.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a')));
      const [mine = '', theirs = ''] = [key, other].map((name) => name.split(':').at(-1) ?? '');
      localStorage.setItem(other, text.replace(mine, theirs).replace('"no-go"', '"go"'));
    });
    await page.reload();
    await expect(book.item(first?.id ?? '')).toContainText('Changed since it was ticked');
    await expect(book.decision('pilot-healthy')).toContainText('Agree on one');
    expect(await faultsOf(page, undefined, ['light', 'dark', 'print'])).toEqual([]);
    for (const part of [`[id="${first?.id}"]`, '#pilot-healthy', '[data-sheet]', '.rb-top'])
      expect(await faultsOf(page, part, ['forced', 'large']), part).toEqual([]);
  });

  test('finished, it has no fault that axe finds, and nor has its record', async ({ book, page, place }) => {
    await book.start();
    await book.box(itemsFor({})[0]?.id ?? '').click();
    const panel = await book.run('Finish');
    await panel.getByRole('radio', { name: 'Successful', exact: true }).check();
    await panel.getByRole('button', { name: 'Finish' }).last().click();
    await expect(book.told).toContainText('The run is finished');
    for (const part of ['.rb-top', '.rb-told', '.rb-step.is-done'])
      expect(await faultsOf(page, part), part).toEqual([]);
    const record = panel.getByRole('link', { name: 'Papers' });
    await page.goto((await record.getAttribute('href')) ?? place.url(runbookPath));
    await expect(page.getByRole('radio', { name: 'Record' })).toBeChecked();
    expect(await faultsOf(page, '[data-papers]', ['light', 'dark', 'forced', 'large'])).toEqual([]);
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

/** Panels are not printed, and their targets are measured in `desk.e2e.ts`. */
const onScreen = ['light', 'dark', 'forced'] as const;

test('panels, their forms and what they tell have no fault that axe finds', async ({ book, page, place }) => {
  await book.start();
  const [first] = itemsFor(site);
  for (const drawer of ['Note', 'Evidence', 'Does not apply', 'Escalate']) {
    await book.more(first?.id ?? '', drawer);
    expect(await faultsOf(page, '.rb-step .rb-desk', onScreen), drawer).toEqual([]);
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
  expect(await faultsOf(page, `[id="${first?.id}"]`)).toEqual([]);
  for (const drawer of ['Hand over', 'History', 'Show', 'Runs', 'Title, change, site', 'Finish']) {
    await book.run(drawer);
    expect(await faultsOf(page, '.rb-desk--run', onScreen), drawer).toEqual([]);
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

test('forms with errors have no fault: fields of a plan, of a policy, of a calculator', async ({ page, place }) => {
  await page.goto(place.url(runbookPath.replace('runbooks/', 'papers/')));
  await page.locator('[data-plan-fields] > summary').click();
  const start = page.locator('[data-plan-field="planStartDate"]');
  await start.locator('input').fill('30.11.2026');
  await start.locator('input').blur();
  await expect(start.locator('.rb-field__error')).toBeVisible();
  expect(await faultsOf(page, '.rb-papers__head')).toEqual([]);

  await page.goto(place.url('policies/order-of-sources.html#state=enabled&order=MMPC%7CFileShare'));
  await expect(page.locator('[data-field=order] .rb-field__error')).toBeVisible();
  expect(await faultsOf(page, '#main')).toEqual([]);

  await page.goto(place.url('calculators/ring-size.html#ringDevices=none'));
  await expect(page.locator('.rb-field__error').first()).toBeVisible();
  expect(await faultsOf(page, '#main')).toEqual([]);
});

test('answers have no fault: of a policy in every form, of a calculator', async ({ page, place }) => {
  await page.goto(place.url('policies/order-of-sources.html#state=enabled&order=MMPC&gpo=Ring'));
  await expect(page.locator('[data-forms]')).toContainText('Set-GPRegistryValue');
  expect(await faultsOf(page, '#main')).toEqual([]);

  await page.goto(place.url('calculators/sync-times.html#firstSync=17%3A00&syncsPerDay=4&timeZone=Europe%2FBerlin'));
  await expect(page.locator('.rb-calculator__out table').first()).toBeVisible();
  expect(await faultsOf(page, '#main')).toEqual([]);
});

test('the start page has no fault with a wrong save file, with runs, and with one that was deleted', async ({
  book,
  page,
  place,
}) => {
  await page.goto(place.url('index.html'));
  const runs = page.locator('[data-runs]');
  await pick(runs, '{"not":"a run"}');
  await expect(runs.locator('.rb-offer .rb-field__error')).toBeVisible();
  expect(await faultsOf(page, '[data-runs]')).toEqual([]);

  await book.start();
  await page.goto(place.url('index.html'));
  expect(await faultsOf(page, '[data-runs]')).toEqual([]);
  await runs.getByRole('button', { name: /^Delete/ }).click();
  await runs.getByText('Deleted: 1').click();
  await expect(runs.getByRole('button', { name: /^Put back/ })).toBeVisible();
  expect(await faultsOf(page, '[data-runs]')).toEqual([]);
  expect(await faultsOf(page, '.rb-told')).toEqual([]);
});
