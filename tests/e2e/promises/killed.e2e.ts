/**
 * The browser's process is ended at random moments: no act that was on the screen is lost.
 *
 * The browser is started here and not by Playwright, because it has to keep its profile, and its process has to be known.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { findBrowser, intranetHost } from '../../support/browser.ts';
import { placeNames, type PlaceName } from '../../support/places.ts';
import { expect, itemsFor, runbookPath, test } from '../support/ringbook.ts';
import { site } from '../support/site.ts';

const KILLS = 50;
const steps = itemsFor(site, { work: true }).filter(({ kind, when }) => kind === 'step' && when.length === 0);

/** The same moments in every run of the test, spread over what a person does in half a second. */
function* randomNumbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    yield state / 2 ** 31;
  }
}

async function start(profile: string): Promise<{ process: ChildProcess; page: Page; end: () => Promise<void> }> {
  const { executablePath = chromium.executablePath(), args, env } = findBrowser();
  const child = spawn(
    executablePath,
    [...args, '--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'],
    { stdio: ['ignore', 'ignore', 'pipe'], ...(env && { env }) },
  );
  const address = await new Promise<string>((resolve, reject) => {
    let words = '';
    child.stderr.on('data', (data: Buffer) => {
      words += data.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(words)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(`The browser did not start: ${words}`)));
  });
  const browser = await chromium.connectOverCDP(address);
  const context = browser.contexts()[0] ?? (await browser.newContext());
  // Not the page that is there already: it may still be opening.
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    process: child,
    page,
    end: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Ids of all events that storage holds. */
const idsIn = (page: Page): Promise<string[]> =>
  page.evaluate(() => Object.keys(localStorage).flatMap((key) => /^rb1:[0-9a-z]{12}:(.+)$/.exec(key)?.[1] ?? []));

/** Clicks a box and waits until the answer is on the screen. @returns Ids of the entries that are on the disk by then. */
const click = (page: Page, step: string): Promise<string[]> =>
  page.evaluate(async (id) => {
    document.querySelector<HTMLInputElement>(`[id="${id}"] .rb-step__row > .rb-box`)?.click();
    await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
    const answer = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const database = await answer(indexedDB.open('ringbook'));
    const keys = await answer(database.transaction('entries').objectStore('entries').getAllKeys());
    database.close();
    return keys.flatMap((key) => /^rb1:[0-9a-z]{12}:(.+)$/.exec(String(key))?.[1] ?? []);
  }, step);

/** Whether the browser began a new database for this place when it started, although there was one. */
function wasThrownAway(profile: string, name: PlaceName): boolean {
  const part = { 'site root': '127.0.0.1', 'unknown sub-folder': intranetHost, file: 'file__0' }[name];
  return globSync(join(profile, '**/IndexedDB/*/LOG')).some(
    (path) => path.includes(part) && readFileSync(path, 'utf8').includes('since it was missing'),
  );
}

test(`promise 2: the browser ended ${KILLS} times at random moments loses nothing that had reached the disk`, async ({
  baseUrls,
}) => {
  test.setTimeout(120_000);
  const profile = mkdtempSync(join(tmpdir(), 'ringbook-killed-'));
  const random = randomNumbers(20_261_120);
  const shown = new Map(placeNames.map((name) => [name, new Set<string>()]));
  let thrownAway = 0;
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      const name = placeNames[kill % placeNames.length] ?? 'file';
      const expected = shown.get(name) ?? new Set();
      const { page, end } = await start(profile);
      await page.goto(new URL(runbookPath, baseUrls[name]).href);
      await expect(page.locator('html')).toHaveClass(/is-live/);
      if (expected.size > 0 && wasThrownAway(profile, name)) {
        // Chromium writes a record in two pieces. Ended between the two, it takes its own database for damaged at a later
        // start and begins a new one; the page can only go on with what the other copy has.
        thrownAway++;
        expected.clear();
        for (const id of await idsIn(page)) expected.add(id);
      }
      await expect
        .poll(async () => {
          const here = new Set(await idsIn(page));
          return [...expected].filter((id) => !here.has(id));
        }, `entries lost at kill ${kill}, ${name}`)
        .toEqual([]);

      if (await page.getByRole('form', { name: 'Start the run' }).isVisible()) {
        const form = page.getByRole('form', { name: 'Start the run' });
        await form.getByLabel('Your name').fill('Ann Berg');
        await form.getByLabel('Tier 3').check();
        await form.getByRole('button', { name: 'Start' }).click();
        await expect(form).toHaveCount(0);
      }
      const killAt = performance.now() + 20 + random.next().value * 400;
      while (performance.now() < killAt) {
        const step = steps[Math.floor(random.next().value * steps.length)];
        const answer = await Promise.race([
          click(page, step?.id ?? '').catch(() => undefined),
          new Promise<undefined>((resolve) => setTimeout(resolve, Math.max(0, killAt - performance.now()))),
        ]);
        for (const id of answer ?? []) expected.add(id);
      }
      await end();
    }
    // Seen up to three times in fifty; far more would mean that the second copy is of no use.
    expect(thrownAway).toBeLessThanOrEqual(8);
    test.info().annotations.push({ type: 'databases that the browser threw away', description: String(thrownAway) });
    // Without acts that were there to be lost the test would prove nothing.
    expect([...shown.values()].reduce((sum, ids) => sum + ids.size, 0)).toBeGreaterThan(KILLS);
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});
