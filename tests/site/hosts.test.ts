/** Names of files that every host of the guide serves as they are: IIS, GitHub Pages, a Windows share, and the others. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { builtSite } from './support/built-site.ts';

const paths = [...builtSite().keys()];
/** Settings of hosts: nobody asks for these. */
const settings = ['web.config', '.nojekyll'];
const served = paths.filter((path) => !settings.includes(path));

/**
 * What IIS's request filtering hides or denies at first, from `requestFiltering` in its applicationHost.config:
 * https://learn.microsoft.com/iis/configuration/system.webserver/security/requestfiltering/
 */
const hiddenSegments =
  'web.config bin app_code app_globalresources app_localresources app_webreferences app_data app_browsers'.split(' ');
const deniedExtensions =
  'asa asax ascx master skin browser sitemap config cs csproj vb vbproj webinfo licx resx resources mdb vjsproj java jsl ldb mdf ldf cd ad dd sd sdm exclude refresh compiled rules'.split(
    ' ',
  );
/** Names that Windows keeps for devices, with any ending. */
const devices = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/;

test('there are files, and the settings of the hosts that bring theirs along', () => {
  expect(served.length).toBeGreaterThan(50);
  expect(paths).toEqual(expect.arrayContaining(settings));
});

test.each([
  [
    'letters, digits, hyphens, underscores and full stops only: no plus sign, which IIS takes for double escaping',
    /^[\w./-]+$/,
  ],
  ['no part that begins with an underscore or a full stop, which GitHub Pages may leave out', /^(?!.*(^|\/)[_.])/],
  ['no part that ends with a full stop, which Windows drops', /^(?!.*\.(\/|$))/],
  ['at most 100 characters, so that a deep folder of a share still has room', /^.{1,100}$/],
])('their paths have %s', (_, rule) => {
  expect(served.filter((path) => !rule.test(path))).toEqual([]);
});

test('no part of a path is hidden, denied or kept for a device', () => {
  const parts = served.flatMap((path) =>
    path
      .toLowerCase()
      .split('/')
      .map((part) => [path, part] as const),
  );
  expect(
    parts.filter(
      ([, part]) =>
        hiddenSegments.includes(part) ||
        deniedExtensions.includes(part.split('.').slice(1).at(-1) ?? '') ||
        devices.test(part.split('.')[0] ?? ''),
    ),
  ).toEqual([]);
});

test('no two paths differ in capitals alone, which are one file on Windows', () => {
  expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length);
});

test('every ending has a type in the settings for IIS, nginx and Apache', () => {
  const config = readFileSync('public/web.config', 'utf8');
  const guide = readFileSync('src/content/guide/hosting.mdx', 'utf8');
  for (const ending of new Set(served.map((path) => path.split('.').at(-1) ?? ''))) {
    expect(config).toContain(`<mimeMap fileExtension=".${ending}"`);
    expect(guide).toMatch(new RegExp(`^ +[a-z/+]+ ${ending};$`, 'm'));
    expect(guide).toMatch(new RegExp(`^ +AddType [a-z/+]+ \\.${ending}$`, 'm'));
  }
});
