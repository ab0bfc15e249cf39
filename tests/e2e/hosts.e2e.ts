/** The built folder behind real web servers, with the settings that the guide prints. */
import { chromium, type Page } from '@playwright/test';
import { globSync } from 'node:fs';
import { findBrowser, intranetHost } from '../support/browser.ts';
import { type Missing } from '../support/debian.ts';
import { hostNames, openHost, type Host } from '../support/hosts.ts';
import { eventsIn, expect, itemsFor, runbookPage, runbookPath, test as base, watch } from './support/ringbook.ts';
import { site } from './support/site.ts';

const [first] = itemsFor(site);
if (!first) throw new Error('The runbook has no step.');

for (const name of hostNames) {
  const test = base.extend<{ host: Host }, { opened: Host | Missing }>({
    opened: [
      async ({}, use) => {
        const host = await openHost(name);
        await use(host);
        if ('close' in host) await host.close();
      },
      // A first run may have to download the server.
      { scope: 'worker', timeout: 120_000 },
    ],
    host: async ({ opened }, use) => {
      base.skip('missing' in opened, 'missing' in opened ? opened.missing : '');
      if ('close' in opened) await use(opened);
    },
  });

  test.describe(name, () => {
    test.describe.configure({ mode: 'default' });

    test('every file has its type, its caching and the headers that protect it', async ({ host }) => {
      const types: Readonly<Record<string, string>> = {
        html: 'text/html; charset=utf-8',
        js: 'text/javascript; charset=utf-8',
        css: 'text/css; charset=utf-8',
      };
      const paths = globSync('**/*.{html,js,css}', { cwd: 'dist' }).map((path) => path.replaceAll('\\', '/'));
      const seen = await Promise.all(
        paths.map(async (path) => {
          const response = await fetch(host.http + path, { method: 'HEAD' });
          const header = (key: string): string | null => response.headers.get(key);
          return {
            path,
            status: response.status,
            type: header('content-type')?.toLowerCase(),
            caching: header('cache-control'),
            guess: header('x-content-type-options'),
            referrer: header('referrer-policy'),
            frames: /frame-ancestors 'self'/.test(header('content-security-policy') ?? ''),
            canBeAskedAgain: header('etag') !== null,
          };
        }),
      );
      expect(paths).toContain('ringbook-worker.js');
      expect(seen).toEqual(
        paths.map((path) => ({
          path,
          status: 200,
          type: types[path.split('.').at(-1) ?? ''],
          caching: path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
          guess: 'nosniff',
          referrer: 'no-referrer',
          frames: true,
          canBeAskedAgain: true,
        })),
      );
    });

    test('a page that has not changed is not sent twice, and a folder opens its start page', async ({ host }) => {
      const response = await fetch(`${host.http}${runbookPath}`);
      const again = await fetch(`${host.http}${runbookPath}`, {
        headers: { 'If-None-Match': response.headers.get('etag') ?? '' },
      });
      expect(again.status).toBe(304);
      expect(await (await fetch(host.http)).text()).toContain('<h1>Runbooks</h1>');
      expect((await fetch(`${host.http}nothing.html`)).status).toBe(404);
    });

    for (const scheme of ['http', 'https'] as const) {
      test(`on ${scheme} the road from start page to tick has no complaint of the browser`, async ({ host }) => {
        // A plain-http site of an intranet is nothing that a browser trusts, as loopback is.
        const root = scheme === 'http' ? host.http.replace('127.0.0.1', intranetHost) : host.https;
        const { args, ...launch } = findBrowser();
        // The certificate is made for this test, and a worker needs one that the browser takes.
        const browser = await chromium.launch({ ...launch, args: [...args, '--ignore-certificate-errors'] });
        const context = await browser.newContext({ serviceWorkers: 'allow' });
        const place = {
          name: 'site root' as const,
          url: (path: string) => root + path,
          owns: (address: string) => address.startsWith(root) || address.startsWith('data:'),
        };
        const complaints = watch(context, place);
        const page: Page = await context.newPage();
        await page.goto(root);
        await page.locator('.rb-book a').first().click();
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        const book = runbookPage(page, place);
        await book.start();
        await book.enter({ sampleClient: 'pc-0117' });
        await book.box(first.id).click();
        await page.reload();
        await expect(book.box(first.id)).toBeChecked();
        expect(eventsIn(await book.stored(), 'tick')).toHaveLength(1);
        await page.goto(place.url('search.html#q=gpupdate'));
        await expect(page.locator('.rb-hit').first()).toBeVisible();

        const worker = await page.evaluate(async () =>
          'serviceWorker' in navigator ? (await navigator.serviceWorker.ready).scope : undefined,
        );
        expect(worker).toBe(scheme === 'https' ? root : undefined);
        expect(complaints).toEqual([]);
        await browser.close();
      });
    }
  });
}
