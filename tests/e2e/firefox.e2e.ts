/**
 * The main road in a second engine: follow, tick, reload, derive, copy, search, print page and papers, save to a file and
 * open it again, on plain http and from a disk; the file to carry; and going without the host.
 */
import { mkdtempSync, copyFileSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test as base } from '@playwright/test';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { intranetHost } from '../support/browser.ts';
import { type Missing } from '../support/debian.ts';
import { openFirefox, type Firefox } from '../support/firefox.ts';
import { serveFolder, type StaticServer } from '../support/static-server.ts';
import { itemsFor, runbook, runbookPath } from './support/ringbook.ts';
import { squeeze } from './support/paper.ts';
import { site } from './support/site.ts';

const [first] = itemsFor(site);
if (!first) throw new Error('The runbook has no step.');

interface Workers {
  opened: Firefox | Missing;
  server: StaticServer;
}
const test = base.extend<{ firefox: Firefox }, Workers>({
  opened: [
    async ({}, use) => {
      const firefox = await openFirefox();
      await use(firefox);
      if ('close' in firefox) await firefox.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  server: [
    async ({}, use) => {
      const server = await serveFolder('dist', { prefix: '/some/deep/place/', host: intranetHost });
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
  firefox: async ({ opened }, use) => {
    base.skip('missing' in opened, 'missing' in opened ? opened.missing : '');
    if ('missing' in opened) return;
    opened.complaints.length = 0;
    opened.asked.length = 0;
    await use(opened);
    expect(opened.complaints, 'complaints of the browser').toEqual([]);
  },
});
// One browser, started once: it takes most of the time.
test.describe.configure({ mode: 'default' });

const box = `[id="${first.id}"] .rb-step__row > .rb-box`;
const isTicked = `Boolean(document.querySelector(${JSON.stringify(box)})?.checked)`;
const holds = (selector: string, text: string): string =>
  `document.querySelector(${JSON.stringify(selector)})?.textContent.includes(${JSON.stringify(text)})`;

/** Says once who does this, where the page asks for it. */
async function sayWho(firefox: Firefox): Promise<void> {
  await firefox.click('.rb-who [name=by]');
  await firefox.type('Ann Berg');
  await firefox.click('.rb-who [name=tier][value="3"]');
  await firefox.click('.rb-who button[type=submit]');
}

/** Begins a run: one step done, and one value. */
async function begin(firefox: Firefox): Promise<void> {
  await firefox.click(box);
  await sayWho(firefox);
  await firefox.waitFor(isTicked);
  await firefox.click('[data-sheet] [name=sampleClient]');
  await firefox.type('pc-0117');
}

/** Opens the runbook with a run that has one step done and one value; begins it where there is none. */
async function openBegun(firefox: Firefox, address: string): Promise<void> {
  await firefox.goto(address);
  await firefox.waitFor(`document.documentElement.classList.contains('is-live')`);
  if (!(await firefox.evaluate<boolean>(isTicked))) await begin(firefox);
  await firefox.waitFor(holds('[id="find-computer"]', 'pc-0117'));
}

/** As on another computer: nothing is kept, in neither of the two copies. */
async function forget(firefox: Firefox): Promise<void> {
  await firefox.evaluate(`indexedDB.deleteDatabase('ringbook'), localStorage.clear()`);
  await firefox.reload();
  await firefox.waitFor(`document.documentElement.classList.contains('is-live')`);
}

async function printed(firefox: Firefox): Promise<{ readonly pages: number; readonly text: string }> {
  const paper = await getDocument({ data: await firefox.print(), verbosity: 0 }).promise;
  const texts = await Promise.all(
    Array.from({ length: paper.numPages }, async (_, index) => {
      const { items } = await (await paper.getPage(index + 1)).getTextContent();
      return items.map((item) => ('str' in item ? item.str : '')).join('');
    }),
  );
  return { pages: paper.numPages, text: squeeze(texts.join('')) };
}

/** Saves the run of the page, forgets it, and opens the file on the page again. @returns The file's text. */
async function saveAndOpen(firefox: Firefox): Promise<string> {
  await firefox.click('.rb-progress > [aria-expanded]');
  await firefox.click('.rb-desk--run button', 'Save to a file');
  await firefox.waitFor(holds('.rb-told', 'Saved as '));
  const file = await firefox.downloaded(new RegExp(`^${runbook.id}.*[.]json$`));
  await forget(firefox);
  expect(await firefox.evaluate(isTicked)).toBe(false);
  await firefox.click('.rb-progress > [aria-expanded]');
  await firefox.waitFor(`document.querySelector('.rb-desk--run input[type=file]')`);
  await firefox.choose('.rb-desk--run input[type=file]', file);
  await firefox.waitFor(holds('.rb-desk--run .rb-offer:not([hidden])', 'Ann Berg'));
  expect(await firefox.evaluate(isTicked)).toBe(false);
  await firefox.click('.rb-desk--run button', 'Open this run');
  await firefox.waitFor(isTicked);
  return readFileSync(file, 'utf8');
}

const places = ['plain http', 'file'] as const;
for (const place of places) {
  const urlOf = (server: StaticServer, path: string): string =>
    (place === 'file' ? pathToFileURL(resolve('dist') + sep).href : server.url) + path;

  test(`${place}: a person follows, ticks, enters, copies, and finds it all again`, async ({ firefox, server }) => {
    await firefox.goto(urlOf(server, 'index.html'));
    expect(await firefox.evaluate('isSecureContext')).toBe(place === 'file');
    await firefox.click(`.rb-book a[href$="${runbook.id}.html"]`);
    await firefox.waitFor(`document.readyState === 'complete' && location.href.endsWith('${runbookPath}')`);
    await begin(firefox);
    await firefox.waitFor(holds('[id="find-computer"]', 'pc-0117'));
    await firefox.click('.rb-command .rb-copy:not([aria-disabled=true])');
    await firefox.waitFor(holds('#rb-live', 'Copied'));

    await firefox.reload();
    await firefox.waitFor(isTicked);
    await firefox.waitFor(holds('[id="find-computer"]', 'pc-0117'));
    expect(await firefox.evaluate(`document.querySelector('[data-progress]').textContent`)).toMatch(/^1 of /);
    const root = urlOf(server, '');
    // What the page before had asked of its own server may be told of late.
    const isOwn = (address: string): boolean =>
      [root, server.url, 'data:', 'blob:'].some((own) => address.startsWith(own));
    expect(firefox.asked.filter((address) => !isOwn(address))).toEqual([]);
  });

  test(`${place}: a run is saved to a file, and opened from it where nothing is known of it`, async ({
    firefox,
    server,
  }) => {
    await openBegun(firefox, urlOf(server, runbookPath));
    expect(await saveAndOpen(firefox)).toContain('"by":"Ann Berg"');
    await firefox.waitFor(holds('[id="find-computer"]', 'pc-0117'));
    await firefox.reload();
    await firefox.waitFor(isTicked);
  });

  test(`${place}: where copying is impossible, the command is selected, and the page says so`, async ({
    firefox,
    server,
  }) => {
    await openBegun(firefox, urlOf(server, runbookPath));
    const ready = '.rb-command:has(.rb-copy:not([aria-disabled=true]))';
    await firefox.waitFor(`document.querySelector('${ready}')?.checkVisibility()`);
    const command = await firefox.evaluate(`document.querySelector('${ready} code').textContent`);
    expect(command).toMatch(/[a-z]/);
    await firefox.evaluate(
      `(document.execCommand = () => false, Object.defineProperty(navigator, 'clipboard', { value: undefined }), true)`,
    );
    await firefox.click(`${ready} .rb-copy`);
    await firefox.waitFor(holds('#rb-live', 'Selected: press Ctrl+C'));
    expect(await firefox.evaluate('String(getSelection())')).toBe(command);
  });

  test(`${place}: calculators work out the reader's own values`, async ({ firefox, server }) => {
    const fields = 'syncMode=automatic&firstSync=17:00&syncsPerDay=4&timeZone=Europe/Berlin';
    await firefox.goto(urlOf(server, `calculators/sync-times.html#${fields}`));
    await firefox.waitFor(holds('.rb-calculator', '23:00'));
  });

  test(`${place}: the search finds a step and leads there`, async ({ firefox, server }) => {
    await firefox.goto(urlOf(server, 'search.html#q=FallbackOrder'));
    await firefox.click('.rb-hit a[href*="runbooks/"]');
    await firefox.waitFor(`location.pathname.includes('/runbooks/') && document.querySelector(location.hash)`);
  });
}

test('over http other pages know of the run, and print its record', async ({ firefox, server }) => {
  await openBegun(firefox, server.url + runbookPath);
  await firefox.goto(`${server.url}index.html`);
  await firefox.waitFor(holds('[data-runs]', '1 of '));
  await firefox.goto(server.url + runbookPath);
  await firefox.click('a[data-papers]');
  await firefox.waitFor(`location.pathname.includes('/papers/') && document.querySelector('[data-run-choice]')?.value`);
  await firefox.click('input[name=paper][value=record]');
  await firefox.waitFor(holds('[data-paper]', 'Ann Berg'));
  const { text } = await printed(firefox);
  for (const words of [runbook.title, 'Ann Berg', 'pc-0117']) expect(text).toContain(squeeze(words));
});

test('as files, where Firefox keeps each page apart, the pages say so, and a save file brings the record', async ({
  firefox,
  server,
}) => {
  const folder = pathToFileURL(resolve('dist') + sep).href;
  await firefox.goto(`${folder}index.html`);
  await firefox.waitFor(holds('[data-runs]', 'runs are not listed here'));
  await openBegun(firefox, server.url + runbookPath);
  await firefox.click('.rb-progress > [aria-expanded]');
  await firefox.click('.rb-desk--run button', 'Save to a file');
  const file = await firefox.downloaded(new RegExp(`^${runbook.id}.*[.]json$`));

  await firefox.goto(`${folder}papers/${runbook.id}.html`);
  await firefox.waitFor(holds('.rb-papers__missing', 'each page with that page alone'));
  await firefox.choose('.rb-papers input[type=file]', file);
  await firefox.click('.rb-papers .rb-offer button', 'Open this run');
  await firefox.waitFor(
    `document.querySelector('[data-run-choice]')?.value && !document.querySelector('.rb-papers__missing')`,
  );
  await firefox.click('input[name=paper][value=record]');
  await firefox.waitFor(holds('[data-paper]', 'Ann Berg'));
});

test('the file to carry opens from a disk, is ticked, and gives its run to a file and takes it back', async ({
  firefox,
}) => {
  const stick = mkdtempSync(join(tmpdir(), 'ringbook-stick-'));
  const file = join(stick, 'a runbook.html');
  copyFileSync(`dist/carry/${basename(runbookPath)}`, file);
  await firefox.goto(pathToFileURL(file).href);
  await firefox.waitFor(`document.documentElement.classList.contains('is-live')`);
  await forget(firefox);
  await firefox.click(box);
  await sayWho(firefox);
  await firefox.waitFor(isTicked);
  await firefox.reload();
  await firefox.waitFor(isTicked);
  await saveAndOpen(firefox);
  const { text } = await printed(firefox);
  expect(text).toContain('AnnBerg');
  rmSync(stick, { recursive: true });
});

test('the printed page holds the runbook', async ({ firefox, server }) => {
  await firefox.goto(server.url + runbookPath);
  const { pages, text } = await printed(firefox);
  expect(pages).toBeGreaterThan(5);
  for (const { title } of runbook.tasks) expect(text).toContain(squeeze(title));
});

test('after one visit the site is there without its host', async ({ firefox }) => {
  const server = await serveFolder('dist', { prefix: '/kept/' });
  await firefox.goto(`${server.url}index.html`);
  await firefox.waitFor(`(await navigator.serviceWorker.ready).active.state === 'activated'`);
  await server.close();
  await firefox.goto(server.url + runbookPath);
  await firefox.waitFor(`document.documentElement.classList.contains('is-live')`);
  expect(await firefox.evaluate(`document.querySelector('h1').textContent`)).toBe(runbook.title);
});
