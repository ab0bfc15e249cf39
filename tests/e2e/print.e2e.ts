/** The runbook on paper, as the browser prints it: complete, in order, and nothing on it that only a screen can use. */
import { type Page } from '@playwright/test';
import { inputs } from '../../src/lib/core/sheet/inputs.ts';
import { expect, items, itemsFor, runbook, test } from './support/ringbook.ts';
import { print, squeeze, type Paper } from './support/paper.ts';
import { proxy, site } from './support/site.ts';

/** Numbers of steps and gates as they stand in their column on paper. */
const numbersOn = (paper: Paper): { number: string; sheet: number; x: number; y: number }[] => {
  const known = new Set(items.map(({ number }) => number));
  return paper.sheets.flatMap(({ texts }, sheet) =>
    texts
      .filter(({ text, x }) => known.has(text.trim()) && x < 100)
      .map(({ text, x, y }) => ({ number: text.trim(), sheet, x, y })),
  );
};

/** Every text of the page that belongs on paper: the innermost blocks, and commands apart. */
async function textsForPaper(page: Page): Promise<{ blocks: string[]; commands: string[] }> {
  await page.emulateMedia({ media: 'print' });
  const found = await page.evaluate(() => {
    const textOf = (selector: string): string[] =>
      [...document.querySelectorAll<HTMLElement>(selector)]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }))
        .map((element) => element.innerText)
        .filter((text) => text.trim() !== '');
    const inner = [
      'p',
      'td',
      'th',
      'dt',
      'caption',
      'h1',
      'h2',
      'h3',
      'figcaption > span',
      '.rb-step__action',
      '.rb-criterion label > span',
    ];
    return {
      blocks: textOf(inner.map((selector) => `#main ${selector}:not(:has(a[href^=http]))`).join(', ')),
      commands: textOf('#main pre'),
    };
  });
  await page.emulateMedia({ media: null });
  return { blocks: found.blocks.map(squeeze), commands: found.commands.map(squeeze) };
}

const countOf = (text: string, part: string): number => text.split(part).length - 1;

/** Buttons, links and labels that are of no use on paper. */
const forScreens = [
  'Copy',
  'Copied',
  'Skip to the text',
  'Runbooks',
  'Next open step',
  'Your name',
  'Start',
  'Tasks',
  'No-go',
];

/** What every print of this runbook holds, whatever has been entered. */
async function expectWhole(page: Page, paper: Paper, numbers: readonly string[]): Promise<void> {
  const { blocks, commands } = await textsForPaper(page);
  expect(numbersOn(paper).map(({ number }) => number)).toEqual(numbers);
  expect(blocks.filter((text) => !paper.squeezed.includes(text))).toEqual([]);

  // A command on two sheets is a command typed wrong: each stands whole on one.
  expect(commands.length).toBeGreaterThan(10);
  const split = commands.filter(
    (text) =>
      paper.sheets.reduce((sum, { squeezed }) => sum + countOf(squeezed, text), 0) <
      commands.filter((other) => other === text).length,
  );
  expect(split).toEqual([]);

  expect(paper.sheets.map(({ foot }) => foot)).toEqual(
    paper.sheets.map((_, index) => `Page ${index + 1} of ${paper.sheets.length}`),
  );
  const texts = new Set(paper.sheets.flatMap((sheet) => sheet.texts.map(({ text }) => text.trim())));
  expect(forScreens.filter((word) => texts.has(word))).toEqual([]);
  expect(paper.squeezed).not.toMatch(/Theme:|Cannotbecopied|Savedentries/);
  for (const { texts: placed, width } of paper.sheets) {
    expect(placed.filter(({ x }) => x < 0 || x > width)).toEqual([]);
  }
}

for (const [format, width, height] of [
  ['A4', 595, 842],
  ['Letter', 612, 792],
] as const) {
  test(`blank, on ${format}: every step with its number and an empty box, and a named line for every value`, async ({
    book,
    page,
  }) => {
    await book.open();
    const paper = await print(page, format);

    for (const sheet of paper.sheets) {
      // Chromium rounds to whole pixels of the screen.
      expect(Math.abs(sheet.width - width)).toBeLessThan(1);
      expect(Math.abs(sheet.height - height)).toBeLessThan(1);
    }
    await expectWhole(
      page,
      paper,
      items.map(({ number }) => number),
    );
    expect(paper.squeezed).toContain(squeeze(runbook.title));
    expect(paper.squeezed).toContain('Get-GPO-NameProductionGPO');
    const front = paper.sheets
      .slice(0, 2)
      .map(({ squeezed }) => squeezed)
      .join('');
    for (const id of runbook.inputs) expect(front).toContain(squeeze(inputs[id]?.label ?? id));
    expect(paper.squeezed).toContain(squeeze('Only if Proxy: Yes'));
    expect(paper.squeezed).not.toContain('✓');
  });
}

test('partly filled and partly done: the values stand in place, and ticks can be told from empty boxes', async ({
  book,
  page,
}) => {
  await book.openWith(site);
  await book.sayWho('Ann Berg', 3);
  const [first, second, third] = itemsFor(site);
  if (!first || !second || !third) throw new Error('The runbook has fewer than three steps.');
  for (const { id } of [first, third]) {
    await book.box(id).click();
    await expect(book.box(id)).toBeChecked();
  }
  await expect(book.progress).toHaveText(/^2 of /);
  const paper = await print(page);

  await expectWhole(
    page,
    paper,
    itemsFor(site).map(({ number }) => number),
  );
  expect(paper.squeezed).toContain("Get-GPO-Name'MDAV_Settings_Production'");
  expect(paper.squeezed).not.toContain('Get-GPO-NameProductionGPO');
  expect(paper.sheets[0]?.squeezed).toContain('ProductionGPOMDAV_Settings_Production');
  const away = items.find(({ id }) => id === 'enter-proxy')?.number;
  expect(paper.squeezed).toContain(squeeze(`${away} does not apply here: only if Proxy: Yes.`));
  // There is no proxy, so there is no line for its name.
  expect(paper.sheets[0]?.squeezed).not.toContain('Proxyserver');
  expect(paper.squeezed).toMatch(/^2of\d+steps/);
  expect(countOf(paper.squeezed, 'AnnBerg')).toBeGreaterThanOrEqual(2);

  const inkInBox = async (id: string): Promise<number> => {
    const place = numbersOn(paper).find(({ number }) => number === items.find((item) => item.id === id)?.number);
    if (!place) throw new Error(`${id} is not on paper.`);
    // The box is left of the number and about as high as a line; what is measured lies well inside its edge.
    return paper.ink(place.sheet, place.x - 18, place.y - 1, 9, 9);
  };
  expect(await inkInBox(first.id)).toBeGreaterThan(0.05);
  expect(await inkInBox(second.id)).toBe(0);
  expect(await inkInBox(third.id)).toBeGreaterThan(0.05);
});

test('another site has another paper: what does not apply is left out, and the gap is explained', async ({
  book,
  page,
}) => {
  const other = { ...site, ...proxy, upstreamSource: 'microsoft-update', syncMode: 'manual' };
  await book.openWith(other);
  await expectWhole(
    page,
    await print(page),
    itemsFor(other).map(({ number }) => number),
  );
});

test('the sheet is on paper also when it is folded on the screen', async ({ book, page }) => {
  await page.setViewportSize({ width: 800, height: 600 });
  await book.openWith(site);
  await expect(book.control('productionGpo')).toBeHidden();
  const paper = await print(page);

  const [front] = paper.sheets;
  expect(front?.squeezed).toContain('ProductionGPOMDAV_Settings_Production');
  expect(front?.squeezed).toContain('Upstreamserverwsus1.contoso.com');
});

test('the gate has boxes and lines for a pen', async ({ book, page }) => {
  await book.open();
  const paper = await print(page);
  const gates = items.filter(({ kind }) => kind === 'gate').length;
  expect(gates).toBeGreaterThan(0);
  expect(countOf(paper.squeezed, 'GONO-GONameTime')).toBe(gates);
});

for (const path of ['index.html', 'guide/write-a-runbook.html']) {
  test(`${path} prints, too`, async ({ page, place }) => {
    await page.goto(place.url(path));
    const title = await page.getByRole('heading', { level: 1 }).innerText();
    const paper = await print(page);
    expect(paper.squeezed).toContain(squeeze(title));
    expect(paper.squeezed).not.toMatch(/Theme:|Skiptothetext/);
  });
}
