/** States that are easily forgotten: nothing there yet, nothing to be had, nothing more to do. */
import { expect, items, runbookPath, runIn, test } from './support/ringbook.ts';

test('a first visit says on one screen what this is, how to start, and where progress is kept', async ({
  page,
  place,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(place.url('index.html'));
  for (const words of [
    'Ringbook turns procedures into checklists',
    'Open a runbook below',
    'Ticks, notes and values stay in this browser',
  ])
    await expect(page.getByText(words)).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('button', { name: 'Open a save file' })).toBeInViewport();
});

test('where the browser keeps nothing, the start page says so before anybody starts', async ({ page, place }) => {
  await page.addInitScript(() =>
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    }),
  );
  await page.goto(place.url('index.html'));
  await expect(page.locator('[data-runs] .rb-callout')).toHaveText(
    /^Nothing is kept\. This browser does not let this site keep anything/,
  );
});

test('a link to a run that is not in this browser says so, and what to do', async ({ page, place }) => {
  await page.goto(`${place.url('run.html')}?run=0mi000000000`);
  await expect(page.locator('[data-runs]')).toContainText(
    'This browser does not hold that run. Its save file does: open it here.',
  );
});

test('a finished run says so in its bar, also when it is opened later, until it is open again', async ({
  book,
  page,
  place,
}) => {
  await book.start();
  await book.box(items[0]?.id ?? '').click();
  const who = page.locator('[data-who]');
  await expect(who).toHaveText(/^Ann Berg, tier 3/);
  const panel = await book.run('Finish');
  await panel.getByRole('radio', { name: 'Successful', exact: true }).check();
  await panel.getByRole('form', { name: 'Finish the run' }).getByRole('button', { name: 'Finish' }).click();
  await expect(who).toHaveText(/^Finished · Ann Berg, tier 3/);
  // A fresh visit begins a run of its own; the finished one is opened by its address.
  await page.goto(`${place.url(runbookPath)}?run=${runIn(await book.stored())}`);
  await expect(who).toHaveText(/^Finished · Ann Berg, tier 3/);
  await (await book.run('Finish')).getByRole('button', { name: 'Open it again' }).click();
  await expect(who).toHaveText(/^Ann Berg, tier 3/);
});
