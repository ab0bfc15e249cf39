/** The papers of a runbook: filled from its sheet, asked for what only people know, printed, and handed out as files. */
import { readFileSync } from 'node:fs';
import { type Locator, type Page } from '@playwright/test';
import { colleague, pick, saved } from './support/files.ts';
import { expect, inEveryPlace, itemsFor, runbook, runIn, test, type Place } from './support/ringbook.ts';
import { print, squeeze } from './support/paper.ts';
import { site } from './support/site.ts';

const papersPath = `papers/${runbook.id}.html`;
const window = {
  planStartDate: '2026-11-30',
  planStartTime: '22:00',
  planEndDate: '2026-12-01',
  planEndTime: '04:00',
  planZone: 'Europe/Berlin',
};

/** Opens the papers with the sheet filled in as a person left it on the runbook's page. */
async function open(page: Page, place: Place, values: Readonly<Record<string, string>> = site): Promise<void> {
  await page.goto(place.url(papersPath));
  // Not in a script at the start of each page: on a disk Chromium may hand one that asks so early an empty storage.
  await page.evaluate(
    ([prefix, texts]) => {
      for (const [input, text] of Object.entries(texts)) localStorage.setItem(prefix + input, text);
    },
    [`rb1:draft:${runbook.id}:`, values] as const,
  );
  await page.reload();
  await expect(page.locator('[data-paper] .control')).toContainText('printed 20');
}

const field = (page: Page, id: string) => page.locator(`[data-plan-field="${id}"]`);
async function fill(page: Page, id: string, value: string): Promise<void> {
  const panel = page.locator('[data-plan-fields]');
  if ((await panel.getAttribute('open')) === null) await panel.locator('summary').click();
  const control = field(page, id).locator('input, textarea');
  await control.fill(value);
  await control.blur();
}

test('a run that the address names and the browser does not have comes from its save file', async ({
  book,
  browser,
  place,
}) => {
  await book.start();
  await book.box(itemsFor(site)[0]?.id ?? '').click();
  const { text } = await saved(book);
  const { page } = await colleague(browser, place);
  await page.goto(place.url(`${papersPath}?run=${runIn(await book.stored())}`));
  const missing = page.locator('.rb-papers__missing');
  await expect(missing).toContainText('is not in this browser');
  await pick(missing, text.replace('}', ''));
  await expect(missing).toContainText('Nothing was changed');
  await pick(missing, text);
  await missing.getByRole('button', { name: 'Open this run' }).click();
  await expect(missing).toHaveCount(0);
  await page.getByLabel('Record').check();
  await expect(page.locator('[data-paper]')).toContainText('Ann Berg');
  await page.context().close();
});

for (const format of ['A4', 'Letter'] as const) {
  test.describe(`the change plan on ${format}`, () => {
    test('decides on its first sheet, holds every step whole, and keeps the way back apart', async ({
      page,
      place,
    }) => {
      await open(page, place, { ...site, ...window, planTitle: 'Production ring, November' });
      const paper = await print(page, format);
      const texts = paper.sheets.map(({ squeezed }) => squeezed);

      const first = texts[0] ?? '';
      for (const words of [
        'Production ring, November',
        'Window',
        '2026-11-30 22:00 to 2026-12-01 04:00',
        'Risk',
        'Approvals',
        'Change board',
      ]) {
        expect(first).toContain(squeeze(words));
      }
      const isTopHeading = ({ text, y }: { text: string; y: number }): boolean => text === 'Way back' && y > 650;
      expect(paper.sheets.findIndex((sheet) => sheet.texts.some(isTopHeading))).toBeGreaterThan(1);

      // Every step of this site is there once, in order, and nothing of branches that do not apply.
      const numbers = new Set(itemsFor(site).map(({ number }) => number));
      const printed = paper.sheets.flatMap((sheet) =>
        sheet.texts.filter(({ text, x }) => /^\d+\.\d+$/.test(text.trim()) && x < 60).map(({ text }) => text.trim()),
      );
      const gates = new Set(itemsFor(site).flatMap((item) => (item.kind === 'gate' ? [item.number] : [])));
      expect(printed.filter((number) => !gates.has(number))).toEqual(
        [...numbers].filter((number) => !gates.has(number)),
      );

      expect(paper.sheets.every(({ squeezed }) => squeezed.length > 60)).toBe(true);
      expect(paper.sheets.map(({ foot }) => foot)).toEqual(
        texts.map((_, index) => `Page ${index + 1} of ${texts.length}`),
      );
    });
  });
}

test('commands on paper are complete when the arrows at their cuts are taken away', async ({ page, place }) => {
  await open(page, place);
  const commands = await page.locator('[data-paper] pre').allTextContents();
  const paper = await print(page);
  const text = paper.squeezed.replaceAll('→', '');

  expect(commands.length).toBeGreaterThan(20);
  expect(paper.squeezed).toContain('→');
  // A long command may go on on the next sheet, after the head of the table; all others stand whole.
  const missing = commands.filter((command) => !text.includes(squeeze(command)));
  expect(missing.filter((command) => command.split('\n').length < 30)).toEqual([]);
});

test('the head of the table of steps stands on every sheet of it', async ({ page, place }) => {
  await open(page, place);
  const paper = await print(page);
  const steps = new Set(itemsFor(site).flatMap((item) => (item.kind === 'step' ? [item.number] : [])));
  const withSteps = paper.sheets.filter(({ texts }) => texts.some(({ text, x }) => steps.has(text.trim()) && x < 60));

  expect(withSteps.length).toBeGreaterThan(5);
  expect(withSteps.filter(({ squeezed }) => !squeezed.includes('Step(exactaction)'))).toEqual([]);
});

test('a blank is a line with its name on paper, and nothing but black and grey is on it', async ({ page, place }) => {
  await open(page, place, {});
  await page.getByRole('radio', { name: /Blank checklist/ }).check();
  const paper = await print(page);

  expect(paper.squeezed).toContain('Blankchecklist');
  expect(paper.squeezed).toContain('Upstreamserver');
  expect(paper.squeezed).not.toContain('undefined');
  for (const sheet of [0, 1, 2]) expect(await paper.colour(sheet)).toBe(0);
});

inEveryPlace(() => {
  test('what a person fills in is on the paper at once, and still there after a reload', async ({ page, place }) => {
    await open(page, place);
    await fill(page, 'planChangeNumber', 'CHG0031337');
    await fill(page, 'planRisks', 'A bad update, the help desk, freeze');
    await expect(page.locator('[data-paper]')).toContainText('CHG0031337');

    await page.reload();
    await expect(page.locator('[data-paper]')).toContainText('CHG0031337');
    for (const text of ['A bad update', 'the help desk', 'freeze']) {
      await expect(page.locator('[data-paper]').getByRole('cell', { name: text, exact: true })).toBeVisible();
    }
    await expect(page.locator('[data-plan-count]')).toHaveText('2 filled in');
  });

  test('the files hold what the page shows', async ({ page, place }) => {
    await open(page, place, { ...site, ...window });
    const texts: Record<string, string> = {};
    for (const [button, ending] of [
      ['Markdown', 'md'],
      ['CSV for Excel', 'csv'],
      ['HTML file', 'html'],
      ['Calendar', 'ics'],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: button }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(
        new RegExp(`^${runbook.id}-plan-20\\d\\d-\\d\\d-\\d\\d\\.${ending}$`),
      );
      texts[ending] = readFileSync(await download.path(), 'utf8');
    }

    expect(texts['md']).toMatch(/^# Change plan: /);
    expect(texts['md']).toContain(site['upstreamServer']);
    expect(texts['csv']).toMatch(/^\uFEFF"Number"/);
    expect(texts['html']).toContain("default-src 'none'");
    expect(texts['ics']).toMatch(/^BEGIN:VCALENDAR\r\n[^]*END:VCALENDAR\r\n$/);
  });
});

test('wrong input gets its sentence beside the field, stays as typed, and is not printed', async ({ page, place }) => {
  await open(page, place);
  await fill(page, 'planStartDate', '30.11.2026');

  await expect(field(page, 'planStartDate').locator('.rb-field__error')).toHaveText(
    'Planned day must be written year-month-day, for example 2026-11-30',
  );
  await expect(field(page, 'planStartDate').locator('input')).toHaveValue('30.11.2026');
  await expect(page.locator('[data-paper]')).not.toContainText('30.11.2026');
});

test('the foot of a run and its panel lead to the papers of that run, and the papers lead back to it', async ({
  book,
  page,
}) => {
  await book.openWith(site);
  await book.sayWho();
  await book.box(itemsFor(site)[0]?.id ?? '').click();
  const panel = await book.run();
  const foot = page.locator('.rb-footer').getByRole('link', { name: /^Papers/ });
  const link = panel.getByRole('link', { name: 'Papers' });
  await expect(foot).toHaveAttribute('href', /\?run=[0-9a-z]+$/);
  await expect(link).toHaveAttribute('href', (await foot.getAttribute('href')) ?? '');

  await link.click();
  await expect(page).toHaveURL(/\/papers\/.*\?run=/);
  const run = new URL(page.url()).searchParams.get('run') ?? '';
  await expect(page.getByLabel('Run', { exact: true })).toHaveValue(run);
  await expect(page.locator('[data-back]')).toHaveAttribute('href', new RegExp(`\\?run=${run}$`));
});

test('a calendar asks for the window that it needs, in words, and opens the fields', async ({ page, place }) => {
  await open(page, place);
  await page.getByRole('button', { name: 'Calendar' }).click();

  await expect(page.locator('[data-said]')).toHaveText(/^Enter planned day, planned start/);
  await expect(page.locator('[data-plan-fields]')).toHaveAttribute('open', '');
});

test('without scripts the blank plan stands there and prints', async ({ browser, place }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(place.url(papersPath));
  const paper = await print(page);
  await context.close();

  expect(paper.squeezed).toContain('Changeplan');
  expect(paper.squeezed).toContain('Signatures');
});

test('with the keyboard alone a paper is chosen, saved in each form, filled in and printed', async ({
  page,
  place,
}) => {
  await open(page, place);
  const focused = page.locator(':focus');
  const to = async (locator: Locator, key = 'Tab'): Promise<void> => {
    for (let presses = 0; presses < 40; presses++) {
      if (await locator.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press(key);
    }
    await expect(locator).toBeFocused();
  };

  await to(page.getByRole('radio', { name: /Change plan/ }));
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[data-paper] .kind')).toHaveText('Blank checklist');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[data-paper] .kind')).toHaveText('Record');
  for (const [name, ending] of [
    ['Markdown', 'md'],
    ['CSV for Excel', 'csv'],
    ['HTML file', 'html'],
  ] as const) {
    await to(page.getByRole('button', { name }));
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(download.suggestedFilename()).toMatch(new RegExp(`-record-.*\\.${ending}$`));
    await expect(focused).toHaveText(name);
  }

  await to(page.getByRole('radio', { name: /Record/ }), 'Shift+Tab');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[data-paper] .kind')).toHaveText('Change plan');
  await to(page.locator('[data-plan-fields] summary'));
  await page.keyboard.press('Enter');
  for (const [name, text] of Object.entries(window)) {
    await to(field(page, name).locator('input'));
    await page.keyboard.type(text);
  }
  await page.keyboard.press('Tab');
  await expect(page.locator('[data-paper]')).toContainText('2026-11-30 22:00 to 2026-12-01 04:00, Europe/Berlin');
  await to(page.getByRole('button', { name: 'Calendar' }), 'Shift+Tab');
  const [calendar] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Space')]);
  expect(calendar.suggestedFilename()).toMatch(/-plan-.*\.ics$/);

  const printed = page.evaluate(
    () => new Promise((resolve) => addEventListener('beforeprint', () => resolve('asked'))),
  );
  await to(page.getByRole('button', { name: 'Print or save as PDF' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  expect(await printed).toBe('asked');
});

test('the timeline of the rings is on the plan once the schedules are given, and only what is needed is asked', async ({
  page,
  place,
}) => {
  await open(page, place, { ...site, ...window });
  await page.locator('[data-plan-fields] summary').click();
  const paper = page.locator('[data-paper]');
  await expect(paper.locator('svg')).toHaveCount(0);
  for (const [id, text] of [
    ['pilotFirstSync', '05:00'],
    ['pilotSyncsPerDay', '4'],
    ['pilotTimeZone', 'Europe/Berlin'],
  ] as const) {
    await fill(page, id, text);
  }
  await expect(field(page, 'ring2FirstSync')).toBeHidden();
  await field(page, 'middleRings').locator('select').selectOption('1');
  await expect(field(page, 'ring2FirstSync')).toBeVisible();
  await field(page, 'middleRings').locator('select').selectOption('0');
  await expect(field(page, 'ring2FirstSync')).toBeHidden();
  await field(page, 'pilotApproval').locator('select').selectOption('rule');
  await field(page, 'approval').locator('select').selectOption('hand');
  await fill(page, 'approvalHours', '400');
  await expect(field(page, 'approvalHours').locator('.rb-field__error')).toHaveText(
    'Time for an approval by hand must be 336 hours or less',
  );
  await fill(page, 'approvalHours', '4');

  await expect(paper.locator('svg')).toBeVisible();
  await expect(paper).toContainText('first synchronization of 2026-11-30');
  await page.reload();
  await expect(paper.locator('svg')).toBeVisible();
  const printed = await print(page);
  const sheet = printed.sheets.findIndex(({ squeezed }) => squeezed.includes('theclocksofEurope/Berlin'));
  expect(await printed.colour(sheet)).toBe(0);
  expect(printed.squeezed).toContain(squeeze('Rings at a glance, each by the clocks of its own zone'));
});
