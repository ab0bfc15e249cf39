/** What IIS is told. IIS itself runs on Windows only, so the file is held to what its schema allows and the site needs. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const text = readFileSync('public/web.config', 'utf8');
const attribute = (element: string, name: string): string =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(element)?.[1] ?? '';
const elements = [...text.replace(/<!--[\s\S]*?-->/g, '').matchAll(/<(\/?)([A-Za-z]+)([^<>]*?)(\/?)>/g)];

test('every element that is opened is closed, in order', () => {
  const open: string[] = [];
  for (const [, slash, name = '', , isEmpty] of elements) {
    if (slash) expect(open.pop()).toBe(name);
    else if (!isEmpty) open.push(name);
  }
  expect(open).toEqual([]);
});

test('it asks for no module that IIS lacks by default', () => {
  const sections = [
    'configuration',
    'system.webServer',
    'location',
    'defaultDocument',
    'files',
    'clear',
    'add',
    'remove',
  ];
  const known = new Set([
    ...sections,
    'staticContent',
    'mimeMap',
    'clientCache',
    'httpProtocol',
    'customHeaders',
    'system',
  ]);
  expect(elements.map(([, , name = '']) => name).filter((name) => !known.has(name))).toEqual([]);
});

test('it names the type of every kind of file that the site may hold, and takes it back first', () => {
  const types = elements.flatMap(([element, , name]) =>
    name === 'mimeMap' ? [[attribute(element, 'fileExtension'), attribute(element, 'mimeType')] as const] : [],
  );
  expect(Object.fromEntries(types)).toEqual({
    '.html': 'text/html; charset=utf-8',
    '.css': 'text/css; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.json': 'application/json; charset=utf-8',
    '.ics': 'text/calendar; charset=utf-8',
    '.svg': 'image/svg+xml',
    '.webmanifest': 'application/manifest+json',
  });
  for (const [ending] of types) {
    expect(text.indexOf(`<remove fileExtension="${ending}"`)).toBeLessThan(
      text.indexOf(`<mimeMap fileExtension="${ending}"`),
    );
    expect(text).toContain(`<remove fileExtension="${ending}"`);
  }
});

test('pages are asked for anew, and what is in assets is kept for a year', () => {
  const [pages = '', assets = ''] = text.split('<location path="assets">');
  expect(pages).toContain('<clientCache cacheControlMode="DisableCache" />');
  expect(assets).toContain('<clientCache cacheControlMode="UseMaxAge" cacheControlMaxAge="365.00:00:00" />');
});

test('it sends the same headers as the other hosts of the guide', () => {
  const guide = readFileSync('src/content/guide/hosting.mdx', 'utf8');
  const headers = elements.flatMap(([element, , name]) =>
    name === 'add' && attribute(element, 'name')
      ? [[attribute(element, 'name'), attribute(element, 'value')] as const]
      : [],
  );
  expect(headers.map(([name]) => name)).toEqual([
    'X-Content-Type-Options',
    'Referrer-Policy',
    'Content-Security-Policy',
  ]);
  for (const [name, value] of headers) {
    expect(guide).toMatch(new RegExp(`add_header ${name} +"${value}" always;`));
    expect(guide).toMatch(new RegExp(`Header always set ${name} +"${value}"`));
  }
});
