/**
 * Live calculators in a runbook: a page waits for what they need, loads their code once it is there, and follows every
 * change. The runbook is made for this test, in a site of its own.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test as base, type Page } from '@playwright/test';
import { calculators } from '../../src/lib/core/calculators/index.ts';
import { serveFolder } from '../support/static-server.ts';
import { makeRingbookSite } from '../bench/sites.ts';

/** All that the two ask for. */
const inputs = ['SoakCheck', 'RingSize'].flatMap((word) => {
  const { needs = [], also = [] } = calculators[word]?.live ?? {};
  return [...needs, ...also];
});

const runbook = `---
changes:
  - date: 2026-11-01
    what: First edition.
title: See how long an update has been in the pilot
summary: A page that holds two calculators, for a test in a browser.
ring: any
tools: [wsus]
tier: 2
minutes: 20
owner: Endpoint engineering
reviewed: 2026-11-01
inputs: [${inputs.join(', ')}]
sources: []
---

<Task id="look" title="Look at the soak time">

<Step id="read-soak" tier={2} minutes={1}>
Read how long an update has been in the pilot.

<SoakCheck />

<Expect>It is long enough.</Expect>
</Step>

<Step id="read-size" tier={2} minutes={1}>
Read how large each ring is.

<RingSize />

<Expect>No ring is too small.</Expect>
</Step>

</Task>
`;

const test = base.extend<object, { folder: string; addresses: Readonly<Record<'http' | 'file', string>> }>({
  folder: [
    async ({}, use, { workerIndex }) => {
      const site = makeRingbookSite(`live-${workerIndex}`);
      site.fill([]);
      const content = join(dirname(site.dist), 'src/content/runbooks');
      mkdirSync(content, { recursive: true });
      writeFileSync(join(content, 'live.mdx'), runbook);
      await site.build();
      await use(site.dist);
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  addresses: [
    async ({ folder }, use) => {
      const served = await serveFolder(folder, { prefix: '/some/place/' });
      await use({ http: served.url, file: pathToFileURL(join(folder, '/')).href });
      await served.close();
    },
    { scope: 'worker' },
  ],
});

// One site for all of them.
test.describe.configure({ mode: 'serial' });

const schedules = {
  pilotFirstSync: '05:00',
  pilotSyncsPerDay: '1',
  pilotTimeZone: 'America/New_York',
  firstSync: '17:00',
  syncsPerDay: '1',
  timeZone: 'America/New_York',
};

const enter = async (page: Page, values: Readonly<Record<string, string>>): Promise<void> => {
  for (const [input, value] of Object.entries(values)) {
    const control = page.locator(`[data-field="${input}"] input`).first();
    await control.fill(value);
    await control.blur();
  }
};
const soak = (page: Page) => page.locator('[data-calculator=soak-check]');
const size = (page: Page) => page.locator('[data-calculator=ring-size]');
const scriptsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...document.scripts].flatMap(({ src }) => /ringbook-[^?]*/.exec(src)?.[0] ?? []));

for (const place of ['http', 'file'] as const) {
  test(`are worked out once everything is given, and follow every change (${place})`, async ({ page, addresses }) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));

    await page.goto(`${addresses[place]}runbooks/live.html`);
    await expect(page.locator('html')).toHaveClass(/is-live/);
    expect(await scriptsOf(page)).toEqual(['ringbook-run.js', 'ringbook-sheet.js']);
    await expect(soak(page)).toContainText('Worked out for your site once these are given: ');
    await expect(soak(page)).toContainText('Worked example, not your site');

    const { timeZone, ...others } = schedules;
    await enter(page, others);
    expect((await scriptsOf(page)).filter((name) => name.includes('live'))).toEqual([]);
    await enter(page, { timeZone });
    await expect(soak(page)).not.toContainText('Worked example');
    expect(await scriptsOf(page)).toEqual([
      'ringbook-run.js',
      'ringbook-sheet.js',
      'ringbook-times.js',
      'ringbook-live--ring-size--soak-check.js',
    ]);
    const first = await soak(page).innerText();

    // The other one still waits, for what is its own.
    await expect(size(page)).toContainText('Worked example, not your site');
    await enter(page, { ringDevices: '3000', ringPilot: '50' });
    await expect(size(page)).not.toContainText('Worked example');

    await enter(page, { firstSync: '20:00' });
    await expect.poll(() => soak(page).innerText()).not.toBe(first);

    // Wrong input takes the answer away, and says why.
    await enter(page, { firstSync: '25:00' });
    await expect(soak(page)).toContainText('must be from 00:00 to 23:59');
    await expect(soak(page).locator('table')).toHaveCount(0);
    // The tests keep workers away, and Playwright says so.
    expect(complaints.filter((words) => !words.includes('blocked by Playwright'))).toEqual([]);
  });
}

test('print the reader’s own answer once it is there', async ({ page, addresses }) => {
  await page.goto(`${addresses.http}runbooks/live.html`);
  await enter(page, schedules);
  await expect(soak(page)).not.toContainText('Worked example');
  await page.emulateMedia({ media: 'print' });

  await expect(soak(page).locator('.rb-calculator__out')).toBeVisible();
  await expect(soak(page)).not.toContainText('Worked example');
});

test('say what they wait for while their code is not there', async ({ page, addresses }) => {
  await page.route('**/ringbook-live--*', (route) => route.abort());
  await page.goto(`${addresses.http}runbooks/live.html`);
  await enter(page, schedules);

  await expect(soak(page)).toContainText('Worked out for your site once these are given: ');
  await expect(soak(page)).toContainText('Worked example, not your site');
});
