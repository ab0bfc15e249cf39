/** The page without scripts: the whole checklist, readable, printable, and honest about what it cannot do. */
import { inputs } from '../../src/lib/core/sheet/inputs.ts';
import { expect, inEveryPlace, items, runbook, runbookPath, test } from './support/ringbook.ts';
import { print, squeeze } from './support/paper.ts';

test.use({ javaScriptEnabled: false });

inEveryPlace(() => {
  test('the checklist is complete: every number once, in order, each step with an empty box', async ({
    page,
    place,
    book,
  }) => {
    await page.goto(place.url(runbookPath));

    await expect(page.locator('.rb-step__number')).toHaveText(items.map(({ number }) => number));
    await expect(page.locator('.rb-step__number:visible')).toHaveCount(items.length);
    await expect(page.locator('.rb-step__row > .rb-box:visible')).toHaveCount(
      items.filter(({ kind }) => kind === 'step').length,
    );
    await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(0);
    await expect(page.locator('.rb-task__title')).toHaveText(
      runbook.tasks.map(({ number, title }) => new RegExp(`^${number} ${title}`)),
    );
    await expect(book.progress).toContainText(/^\d+ steps in \d+ tasks$/);
  });
});

test('every branch is there, and says when it applies', async ({ page, place }) => {
  await page.goto(place.url(runbookPath));
  const branches = page.locator('#main [data-when]');
  const count = await branches.count();
  expect(count).toBeGreaterThan(20);
  expect(await branches.evaluateAll((elements) => elements.filter((element) => element.checkVisibility()).length)).toBe(
    count,
  );
  const silent = await branches.evaluateAll((elements) =>
    elements
      .filter(
        (element) =>
          !element
            .querySelector('.rb-if__words')
            ?.textContent?.trim()
            .match(/^\(?Only if .+/),
      )
      .map((element) => element.outerHTML.slice(0, 120)),
  );
  expect(silent).toEqual([]);
});

test('nothing is offered that needs a script, and the page says what that means', async ({ page, place }) => {
  await page.goto(place.url(runbookPath));
  await expect(page.getByRole('button')).toHaveCount(0);
  const note = page.locator('noscript > p');
  await expect(note).toBeVisible();
  // Playwright's matching of text passes over what stands in `noscript`.
  expect(await note.evaluate((element) => element.textContent)).toContain('Scripts are off in this browser.');
  await expect(page.getByText('Progress stays in this browser')).toBeHidden();
  await expect(page.getByText('What you enter here fills in every text')).toBeHidden();
});

test('it prints: every number, with an empty sheet to write on', async ({ page, place }) => {
  await page.goto(place.url(runbookPath));
  const paper = await print(page);
  const known = new Set(items.map(({ number }) => number));
  const printed = paper.sheets.flatMap(({ texts }) =>
    texts.filter(({ text, x }) => known.has(text.trim()) && x < 100).map(({ text }) => text.trim()),
  );
  expect(printed).toEqual(items.map(({ number }) => number));
  for (const id of runbook.inputs) expect(paper.squeezed).toContain(squeeze(inputs[id]?.label ?? id));
  expect(paper.sheets.at(-1)?.foot).toBe(`Page ${paper.sheets.length} of ${paper.sheets.length}`);
});
