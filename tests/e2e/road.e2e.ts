/** The road of a person with a runbook, from the start page to a kept tick, in every place a site can stand. */
import { chromium } from '@playwright/test';
import { rmSync } from 'node:fs';
import { nameOfRing, nameOfTool } from '../../src/lib/core/runbook/names.ts';
import { findBrowser } from '../support/browser.ts';
import {
  eventsIn,
  expect,
  inEveryPlace,
  items,
  itemsFor,
  runbook,
  runbookPage,
  runbookPath,
  test,
} from './support/ringbook.ts';
import { site } from './support/site.ts';

const [first, second, third] = itemsFor(site);
if (!first || !second || !third) throw new Error('The runbook has fewer than three steps.');

inEveryPlace(() => {
  test('the start page lists the runbook and opens it', async ({ page, place }) => {
    await page.goto(place.url('index.html'));

    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: runbook.title }) });
    await expect(card).toContainText(runbook.summary);
    for (const fact of [
      nameOfRing(runbook.ring),
      runbook.tools.map(nameOfTool).join(', '),
      `tier ${runbook.tier}`,
      `${runbook.minutes} minutes`,
      `${runbook.tasks.length} tasks, ${items.length} steps`,
    ]) {
      await expect(card.locator('dd', { hasText: fact })).toBeVisible();
    }

    await card.getByRole('link', { name: runbook.title }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(runbook.title);
    expect(page.url()).toBe(place.url(runbookPath));
  });

  test('the links at the head of a page lead to its other parts, and back', async ({ page, place }) => {
    await page.goto(place.url(runbookPath));
    const head = page.getByRole('navigation', { name: 'Site' });
    const names = await head.getByRole('link').allInnerTexts();
    expect(names.length).toBeGreaterThan(1);
    for (const name of names) {
      await head.getByRole('link', { name }).click();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(head.getByRole('link', { name })).toHaveAttribute('aria-current', 'true');
    }
    await page.getByRole('link', { name: 'Ringbook', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Runbooks');
  });

  test('the runbook opens with at most four requests', async ({ page, place }) => {
    const requests: string[] = [];
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url())) requests.push(request.url());
    });
    await page.goto(place.url(runbookPath));
    await page.waitForLoadState('networkidle');

    expect(requests.length, requests.join('\n')).toBeLessThanOrEqual(4);
  });

  test('values, commands and branches follow the sheet', async ({ page, book }) => {
    await page.clock.setFixedTime('2026-11-20T09:00:00Z');
    await book.open();
    const connection = book.item('start-connecting').locator('.rb-command').filter({ hasText: 'Test-NetConnection' });
    await expect(book.item('choose-upstream')).toContainText('Upstream server');
    await expect(book.item('choose-microsoft-update')).toBeVisible();

    await book.enter(site);

    await expect(book.item('choose-upstream')).toContainText(/wsus1\.contoso\.com[^]*8531/);
    await expect(connection).toContainText("Test-NetConnection -ComputerName 'wsus1.contoso.com' -Port 8531");
    await expect(book.item('choose-microsoft-update')).toBeHidden();
    await expect(book.item('enter-proxy')).toBeHidden();
    await expect(book.item('check-applied')).toContainText('http://wsus2.contoso.com:8530');
    // Four times a day from 17:00 in Berlin, which is 16:00 UTC in November.
    const times = page.getByRole('region', { name: 'When this server synchronizes' });
    await expect(times).toContainText('16:00');
    await expect(times).toContainText('05:00');
    await expect(page.locator('.rb-blank:not(.is-given):visible')).toHaveCount(0);

    await book.enter({ upstreamSource: 'microsoft-update', useProxy: 'yes' });
    await expect(book.item('choose-microsoft-update')).toBeVisible();
    await expect(book.item('choose-upstream')).toBeHidden();
    await expect(book.item('enter-proxy')).toBeVisible();
  });

  test('a browser without Temporal works out the times, too', async ({ page, book }) => {
    await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Temporal'));
    await page.clock.setFixedTime('2026-11-20T09:00:00Z');
    await book.openWith({ firstSync: '17:00', syncsPerDay: '4', timeZone: 'Europe/Berlin' });
    const times = page.getByRole('region', { name: 'When this server synchronizes' });
    await expect(times).toContainText('16:00');
  });

  test('name and tier are asked once, and ticks and values stay', async ({ page, place, book }) => {
    await book.open();
    await book.enter({ sampleClient: 'pc-0117' });
    await book.box(first.id).click();
    await expect(book.box(first.id)).not.toBeChecked();
    await expect(book.whoForm).toContainText('First say who does this');
    await book.sayWho('Ann Berg', 3);
    await expect(book.box(first.id)).toBeChecked();
    await expect(book.item(first.id)).toContainText('Ann Berg');

    await book.box(second.id).click();
    await expect(book.box(second.id)).toBeChecked();
    await expect(book.progress).toHaveText(
      new RegExp(`^2 of ${itemsFor({}, { work: true }).length} steps, task 1 of `),
    );

    await page.reload();
    await expect(book.box(first.id)).toBeChecked();
    await expect(book.box(second.id)).toBeChecked();
    await expect(book.box(third.id)).not.toBeChecked();
    await expect(book.control('sampleClient')).toHaveValue('pc-0117');
    await expect(book.item('find-computer')).toContainText('pc-0117');
    await expect(book.progress).toHaveText(/^2 of /);
    await expect(book.whoForm).toHaveCount(0);

    await book.box(third.id).click();
    await expect(book.box(third.id)).toBeChecked();
    expect(eventsIn(await book.stored(), 'tick').map(({ by }) => by)).toEqual(['Ann Berg', 'Ann Berg', 'Ann Berg']);
    await page.goto(place.url('index.html'));
    await expect(page.locator(`[data-run-of="${runbook.id}"]`)).toHaveText('One run of it in progress.');
    const runs = page.getByRole('region', { name: 'Runs in this browser' });
    await expect(runs).toContainText(`3 of ${itemsFor({}, { work: true }).length} steps, task 1 of `);
    await expect(runs).toContainText(`You were at step ${third.number}, less than a minute ago.`);
    await expect(runs).toContainText('Last touched by Ann Berg, tier 3');
  });

  test('ticks and values are there when the browser has been closed and started again', async ({ place }, testInfo) => {
    const profile = testInfo.outputPath('profile');
    const before = await chromium.launchPersistentContext(profile, findBrowser());
    const book = runbookPage(await before.newPage(), place);
    await book.start();
    await book.enter({ sampleClient: 'pc-0117' });
    await book.box(first.id).click();
    await expect(book.box(first.id)).toBeChecked();
    await before.close();

    const after = await chromium.launchPersistentContext(profile, findBrowser());
    const later = runbookPage(await after.newPage(), place);
    await later.open();
    await expect(later.box(first.id)).toBeChecked();
    await expect(later.control('sampleClient')).toHaveValue('pc-0117');
    await expect(later.progress).toHaveText(/^1 of /);
    await after.close();
    rmSync(profile, { recursive: true });
  });

  test('a second tab shows what is done in the first, and both come to the same', async ({ place, book, context }) => {
    await book.start();
    const other = runbookPage(await context.newPage(), place);
    await other.open();

    await book.box(first.id).click();
    await expect(other.box(first.id)).toBeChecked();
    await book.enter({ sampleClient: 'pc-0117' });
    await expect(other.control('sampleClient')).toHaveValue('pc-0117');
    await expect(other.item('find-computer')).toContainText('pc-0117');

    await Promise.all([book.box(second.id).click(), other.box(third.id).click()]);
    for (const tab of [book, other]) {
      await expect(tab.box(second.id)).toBeChecked();
      await expect(tab.box(third.id)).toBeChecked();
      await expect(tab.progress).toHaveText(/^3 of /);
    }

    await other.box(first.id).click();
    for (const tab of [book, other]) await expect(tab.box(first.id)).not.toBeChecked();
    expect(await book.ticked()).toEqual(await other.ticked());
  });

  test('a gate asks for its criteria, and a decision can be taken back', async ({ book, page }) => {
    await book.start('Bo Lind', 3);
    const gate = book.item('pilot-healthy');
    const go = gate.getByRole('button', { name: 'Go', exact: true });
    const noGo = gate.getByRole('button', { name: 'No-go' });
    const boxes = await book.criteria('pilot-healthy').all();
    expect(boxes.length).toBeGreaterThan(1);

    await go.click();
    await expect(book.decision('pilot-healthy')).toHaveText(
      `Tick every criterion before you decide go: ${boxes.length} of ${boxes.length} are open.`,
    );
    await expect(go).not.toHaveAttribute('aria-pressed', 'true');

    for (const box of boxes) await box.click();
    await go.click();
    await expect(go).toHaveAttribute('aria-pressed', 'true');
    await expect(book.decision('pilot-healthy')).toHaveText(/^Go, by Bo Lind, tier 3, /);
    await expect(book.progress).toHaveText(/^1 of /);

    await page.reload();
    await expect(book.decision('pilot-healthy')).toHaveText(/^Go, by Bo Lind/);

    await go.click();
    await expect(go).toHaveAttribute('aria-pressed', 'false');
    await expect(book.decision('pilot-healthy')).toHaveText('');
    await expect(book.progress).toHaveText(/^0 of /);

    await noGo.click();
    await expect(book.decision('pilot-healthy')).toHaveText(/^No-go, by Bo Lind/);
    await expect(book.progress).toHaveText(/^0 of /);
  });
});
