/**
 * The places where the same built folder must work, as Playwright fixtures.
 *
 * @example
 * import { expect, inEveryPlace, test } from '../support/places.ts';
 *
 * inEveryPlace(() => {
 *   test('shows its title', async ({ page, place }) => {
 *     await page.goto(place.url('runbooks/production-gpo-wsus.html'));
 *   });
 * });
 */
import { test as base } from '@playwright/test';
import { existsSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { intranetHost } from './browser.ts';
import { serveFolder } from './static-server.ts';

export { expect } from '@playwright/test';

/**
 * `site root`: http on loopback, which browsers trust as they trust https. `unknown sub-folder`: plain http under an
 * intranet host name and a path nobody told the build about, so without clipboard API and `crypto.subtle`.
 * `file`: the folder opened from a disk.
 */
export const placeNames = ['site root', 'unknown sub-folder', 'file'] as const;
export type PlaceName = (typeof placeNames)[number];

export interface Place {
  readonly name: PlaceName;
  /** Address of a page, from its path in the built folder: `url('runbooks/a.html')`. */
  readonly url: (path: string) => string;
  /** Whether an address lies in this place; any other is a request to somewhere else. `data:` and `blob:` do. */
  readonly owns: (address: string) => boolean;
}

interface PlaceOptions {
  placeName: PlaceName;
}
interface PlaceFixtures {
  place: Place;
}
interface ServedPlaces {
  baseUrls: Readonly<Record<PlaceName, string>>;
}

const builtFolder = resolve(dirname(fileURLToPath(import.meta.url)), '../../dist');

/** Playwright's `test` with `place`: `site root` unless `test.use({ placeName })` or `inEveryPlace` says otherwise. */
export const test = base.extend<PlaceOptions & PlaceFixtures, ServedPlaces>({
  placeName: ['site root', { option: true }],

  baseUrls: [
    // Playwright reads the fixtures a fixture needs from this pattern, and insists on one when there are none.
    async ({}, use) => {
      if (!existsSync(builtFolder)) throw new Error('There is no dist folder. Run `npm run build` first.');
      const atRoot = await serveFolder(builtFolder);
      const inSubFolder = await serveFolder(builtFolder, { prefix: '/some/deep/place/', host: intranetHost });
      await use({
        'site root': atRoot.url,
        'unknown sub-folder': inSubFolder.url,
        file: pathToFileURL(builtFolder + sep).href,
      });
      await Promise.all([atRoot.close(), inSubFolder.close()]);
    },
    { scope: 'worker' },
  ],

  place: async ({ placeName, baseUrls }, use) => {
    const baseUrl = baseUrls[placeName];
    await use({
      name: placeName,
      url: (path) => new URL(path, baseUrl).href,
      owns: (address) => address.startsWith(baseUrl) || /^(data|blob):/.test(address),
    });
  },
});

/** Declares the tests of `body` once for each place, in a group of the place's name. */
export const inEveryPlace = (body: () => void): void => inPlaces(placeNames, body);

/** The same for the places without a secure context, where least is allowed. */
export const inHardPlaces = (body: () => void): void => inPlaces(['unknown sub-folder', 'file'], body);

function inPlaces(names: readonly PlaceName[], body: () => void): void {
  for (const placeName of names) {
    test.describe(placeName, () => {
      test.use({ placeName });
      body();
    });
  }
}
