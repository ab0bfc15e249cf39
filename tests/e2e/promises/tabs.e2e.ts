/** Five tabs at work on one run: they end in the same state, and nothing is missing. */
import { chromium, type Page } from '@playwright/test';
import { readEvent, type Event } from '../../../src/lib/core/run/event.ts';
import { fold, isDone } from '../../../src/lib/core/run/fold.ts';
import { findBrowser } from '../../support/browser.ts';
import { placeNames } from '../../support/places.ts';
import { expect, itemsFor, runbookPath, test } from '../support/ringbook.ts';
import { site } from '../support/site.ts';

const TABS = 5;
const ACTS = 2000;

const steps = itemsFor(site, { work: true })
  .filter(({ kind, when }) => kind === 'step' && when.length === 0)
  .map(({ id }) => id)
  .slice(0, 12);

/** Ticks and unticks at random, yielding to other tabs now and then. @returns How often a box changed. */
const act = (page: Page, count: number, seed: number): Promise<number> =>
  page.evaluate(
    async ({ ids, many, from }) => {
      let state = from;
      const random = (): number => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
      let changes = 0;
      for (let turn = 0; turn < many; turn++) {
        const id = ids[Math.floor(random() * ids.length)] ?? '';
        const box = document.querySelector<HTMLInputElement>(`[id="${id}"] .rb-step__row > .rb-box`);
        const before = box?.checked;
        box?.click();
        changes += Number(box?.checked !== before);
        if (random() < 0.2) await new Promise((resume) => setTimeout(resume, random() * 4));
      }
      return changes;
    },
    { ids: steps, many: count, from: seed },
  );

const tickedOn = (page: Page): Promise<string[]> =>
  page.evaluate(
    (ids) =>
      ids.filter((id) => document.querySelector<HTMLInputElement>(`[id="${id}"] .rb-step__row > .rb-box`)?.checked),
    steps,
  );

const eventsOn = async (page: Page): Promise<Event[]> =>
  (await page.evaluate(() => Object.entries(localStorage)))
    .filter(([key]) => /^rb1:[0-9a-z]{12}:/.test(key))
    .flatMap(([, text]) => {
      const answer = readEvent(String(text));
      return answer.state === 'read' ? [answer.event] : [];
    });

for (const name of placeNames) {
  test(`promise 3, ${name}: ${TABS} tabs and ${ACTS} random acts, one tab frozen and one in the back/forward cache, end in one state`, async ({
    baseUrls,
  }) => {
    test.setTimeout(60_000);
    // Playwright turns the back/forward cache off; this test is about it.
    const browser = await chromium.launch({
      ...findBrowser(),
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    });
    try {
      const context = await browser.newContext();
      const address = new URL(runbookPath, baseUrls[name]).href;
      const tabs: Page[] = [];
      for (let place = 0; place < TABS; place++) {
        const page = await context.newPage();
        await page.goto(address);
        await expect(page.locator('html')).toHaveClass(/is-live/);
        if (place === 0) {
          const form = page.getByRole('form', { name: 'Start the run' });
          await form.getByLabel('Your name').fill('Ann Berg');
          await form.getByLabel('Tier 3').check();
          await form.getByRole('button', { name: 'Start' }).click();
          await expect(form).toHaveCount(0);
        }
        tabs.push(page);
      }
      const round = async (pages: readonly Page[], seed: number): Promise<number> => {
        const share = ACTS / 4 / pages.length;
        const changes = await Promise.all(pages.map((page, place) => act(page, share, seed + place * 7919)));
        return changes.reduce((sum, count) => sum + count, 0);
      };
      const [, , , frozen, away] = tabs;
      if (!frozen || !away) throw new Error('There are too few tabs.');

      let made = await round(tabs, 1);
      // One tab sleeps and another one is left, while the others go on.
      const session = await context.newCDPSession(frozen);
      await session.send('Page.setWebLifecycleState', { state: 'frozen' });
      await away.evaluate(() => Reflect.set(window, 'wasHere', true));
      await away.goto(new URL('index.html', baseUrls[name]).href);
      made += await round(tabs.slice(0, 3), 2);
      await session.send('Page.setWebLifecycleState', { state: 'active' });
      await away.goBack();
      await expect(away.locator('html')).toHaveClass(/is-live/);
      made += await round(tabs, 3);
      made += await round(tabs, 4);

      await expect
        .poll(async () => new Set(await Promise.all(tabs.map(async (page) => (await tickedOn(page)).join()))).size)
        .toBe(1);
      const state = fold(await eventsOn(tabs[0] ?? frozen));
      const done = steps.filter((id) => isDone(state, id));
      for (const page of tabs) {
        expect(await tickedOn(page)).toEqual(done);
        await expect(page.getByRole('alert')).toBeHidden();
      }
      // Each change on a screen has an entry of its own; nothing was written over.
      const entries = await eventsOn(tabs[0] ?? frozen);
      expect(made).toBeGreaterThan(ACTS / 2);
      expect(entries.filter(({ kind }) => kind === 'tick' || kind === 'untick').length).toBeGreaterThanOrEqual(made);
      await tabs[0]?.reload();
      await expect.poll(() => tickedOn(tabs[0] ?? frozen)).toEqual(done);
      test.info().annotations.push({
        type: 'back/forward cache',
        description: (await away.evaluate(() => Reflect.has(window, 'wasHere'))) ? 'was used' : 'was not used',
      });
    } finally {
      await browser.close();
    }
  });
}
