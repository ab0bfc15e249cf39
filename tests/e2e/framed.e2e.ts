/** A page that another page shows in a frame. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { intranetHost } from '../support/browser.ts';
import { serveFolder } from '../support/static-server.ts';
import { expect, runbookPath, test } from './support/ringbook.ts';

const apart = /^A page of another site shows this one in a frame\. Your browser may keep .* or not at all\.$/;

test('in a frame of another site it says where the run is kept, and offers a tab of its own', async ({
  complaints,
  page,
  place,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'ringbook-portal-'));
  const frame = `<iframe src="${place.url(runbookPath)}" width="900" height="600" title="runbook"></iframe>`;
  writeFileSync(
    join(folder, 'portal.html'),
    `<!doctype html><title>Portal</title><link rel="icon" href="data:,">${frame}`,
  );
  const portal = await serveFolder(folder, { host: intranetHost });
  await page.goto(`${portal.url}portal.html`);
  const framed = page.frameLocator('iframe');
  await expect(framed.locator('.rb-framed p')).toHaveText(apart);

  const [tab] = await Promise.all([
    page.waitForEvent('popup'),
    framed.getByRole('link', { name: 'Open it in a tab of its own' }).click(),
  ]);
  await expect(tab.getByRole('heading', { level: 1 })).toBeVisible();
  expect(tab.url()).toBe(place.url(runbookPath));
  await expect(tab.locator('html')).toHaveClass(/is-live/);
  await expect(tab.locator('.rb-framed')).toHaveCount(0);
  await portal.close();
  rmSync(folder, { recursive: true });
  // The portal is another site, and asking for it is no fault here.
  complaints.splice(0, complaints.length, ...complaints.filter((words) => !words.includes(portal.url)));
});

test('in a frame of its own site it says that the run is kept as ever', async ({ page, place }) => {
  await page.route('**/portal.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<iframe src="${place.url(runbookPath)}" title="runbook"></iframe>`,
    }),
  );
  await page.goto(place.url('portal.html'));
  await expect(page.frameLocator('iframe').locator('.rb-framed p')).toHaveText(
    /^Another page of this site .* as in a window of its own\.$/,
  );
});
