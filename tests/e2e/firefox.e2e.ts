/** The main road in a second engine: follow, tick, reload, derive, copy, search, print, and go without the host. */
import { resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test as base } from '@playwright/test';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
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
      const server = await serveFolder('dist', { prefix: '/some/deep/place/' });
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
const isTicked = `document.querySelector(${JSON.stringify(box)}).checked`;
const holds = (selector: string, text: string): string =>
  `document.querySelector(${JSON.stringify(selector)})?.textContent.includes(${JSON.stringify(text)})`;

for (const place of ['http', 'file'] as const) {
  const urlOf = (server: StaticServer, path: string): string =>
    (place === 'http' ? server.url : pathToFileURL(resolve('dist') + sep).href) + path;

  test(`${place}: a person follows, ticks, enters, copies, and finds it all again`, async ({ firefox, server }) => {
    await firefox.goto(urlOf(server, 'index.html'));
    await firefox.click(`.rb-book a[href$="${runbook.id}.html"]`);
    await firefox.waitFor(`document.readyState === 'complete' && location.href.endsWith('${runbookPath}')`);
    await firefox.click(box);
    await firefox.click('.rb-who [name=by]');
    await firefox.type('Ann Berg');
    await firefox.click('.rb-who [name=tier][value="3"]');
    await firefox.click('.rb-who button[type=submit]');
    await firefox.waitFor(isTicked);

    await firefox.click('[data-sheet] [name=sampleClient]');
    await firefox.type('pc-0117');
    await firefox.waitFor(holds('[id="find-computer"]', 'pc-0117'));
    await firefox.click('.rb-command .rb-copy:not([aria-disabled])');
    await firefox.waitFor(`/^(Copied|Selected)/.test(document.querySelector('#rb-live').textContent)`);

    await firefox.reload();
    await firefox.waitFor(isTicked);
    await firefox.waitFor(holds('[id="find-computer"]', 'pc-0117'));
    expect(await firefox.evaluate(`document.querySelector('[data-progress]').textContent`)).toMatch(/^1 of /);
    const root = urlOf(server, '');
    // What the page before had asked of its own server may be told of late.
    const isOwn = (address: string): boolean => [root, server.url, 'data:'].some((own) => address.startsWith(own));
    expect(firefox.asked.filter((address) => !isOwn(address))).toEqual([]);
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

test('the file to carry opens from a disk, and is ticked there', async ({ firefox }) => {
  await firefox.goto(pathToFileURL(resolve('dist/carry', `${runbook.id}.html`)).href);
  await firefox.waitFor(`document.documentElement.classList.contains('is-live')`);
  // Firefox gives all files of a disk one storage; the second copy of entries would bring them back.
  await firefox.evaluate(`indexedDB.deleteDatabase('ringbook'), localStorage.clear()`);
  await firefox.reload();
  await firefox.click(box);
  await firefox.click('.rb-who [name=by]');
  await firefox.type('Ann Berg');
  await firefox.click('.rb-who [name=tier][value="3"]');
  await firefox.click('.rb-who button[type=submit]');
  await firefox.waitFor(isTicked);
  await firefox.reload();
  await firefox.waitFor(isTicked);
});

test('the printed page holds the runbook', async ({ firefox, server }) => {
  await firefox.goto(server.url + runbookPath);
  const paper = await getDocument({ data: await firefox.print(), verbosity: 0 }).promise;
  const texts = await Promise.all(
    Array.from({ length: paper.numPages }, async (_, index) => {
      const { items } = await (await paper.getPage(index + 1)).getTextContent();
      return items.map((item) => ('str' in item ? item.str : '')).join('');
    }),
  );
  const text = squeeze(texts.join(''));
  expect(paper.numPages).toBeGreaterThan(5);
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
