/** What IIS is told. IIS itself runs on Windows only, so the file is held to what its schema allows and the site needs. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const text = readFileSync('public/web.config', 'utf8');

interface Element {
  /** Names from the root on: `configuration/system.webServer/staticContent`. */
  readonly path: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const token =
  /<\?xml version="1\.0" encoding="utf-8"\?>|<!--(?:(?!--)[\s\S])*-->|<(\/?)([A-Za-z][\w.]*)((?:\s+[A-Za-z]+="[^"<&]*")*)\s*(\/?)>|\s+/y;

/** @throws Error where the text is not well-formed XML of the kind that is used here: no text, no entities, no namespaces. */
function elementsOf(xml: string): Element[] {
  const elements: Element[] = [];
  const open: string[] = [];
  let roots = 0;
  for (let at = 0; at < xml.length; at = token.lastIndex) {
    token.lastIndex = at;
    const found = token.exec(xml);
    if (!found) throw new Error(`This is no XML: ${xml.slice(at, at + 60)}`);
    const [, slash, name, pairs = '', isEmpty] = found;
    if (name === undefined) continue;
    if (slash) {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing.`);
      continue;
    }
    if (open.length === 0 && ++roots > 1) throw new Error('There are two roots.');
    const all = [...pairs.matchAll(/([A-Za-z]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value] as const);
    const attributes = Object.fromEntries(all);
    if (Object.keys(attributes).length < all.length) throw new Error(`<${name}> says something twice.`);
    elements.push({ path: [...open, name].join('/'), name, attributes });
    if (!isEmpty) open.push(name);
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)}> is not closed.`);
  return elements;
}

const elements = elementsOf(text);
const named = (name: string): Element[] => elements.filter((element) => element.name === name);

/**
 * The part of IIS's schema that is used: which attributes an element may have, and which it must. From the reference of
 * `system.webServer` at https://learn.microsoft.com/iis/configuration/: `defaultDocument`, `staticContent` with `mimeMap`
 * and `clientCache`, and `httpProtocol/customHeaders`. Whatever is not named here stops the whole site with 500.19.
 */
const schema: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  'system.webServer': {},
  'system.webServer/defaultDocument': { enabled: /^true$/ },
  'system.webServer/defaultDocument/files': {},
  'system.webServer/defaultDocument/files/clear': {},
  'system.webServer/defaultDocument/files/add': { value: /^[a-z.]+$/ },
  'system.webServer/staticContent': {},
  'system.webServer/staticContent/remove': { fileExtension: /^\.[a-z]+$/ },
  'system.webServer/staticContent/mimeMap': {
    fileExtension: /^\.[a-z]+$/,
    mimeType: /^[a-z]+\/[a-z+]+(; charset=utf-8)?$/,
  },
  'system.webServer/staticContent/clientCache': {
    cacheControlMode: /^(NoControl|DisableCache|UseMaxAge|UseExpires)$/,
    cacheControlMaxAge: /^(|\d+\.\d\d:\d\d:\d\d)$/,
    cacheControlCustom: /^[a-z, ]*$/,
  },
  'system.webServer/httpProtocol': {},
  'system.webServer/httpProtocol/customHeaders': {},
  'system.webServer/httpProtocol/customHeaders/remove': { name: /^[A-Za-z-]+$/ },
  'system.webServer/httpProtocol/customHeaders/add': { name: /^[A-Za-z-]+$/, value: /^[^\r\n]+$/ },
};
const optional = ['cacheControlMaxAge', 'cacheControlCustom'];

test('it is well-formed, and what is not well-formed is seen', () => {
  expect(elements[0]?.path).toBe('configuration');
  for (const broken of [
    text.replace('</staticContent>', ''),
    text.replace('<clear />', '<clear>'),
    text.replace('value="index.html"', 'value="index.html" value="b"'),
    text.replace('value="nosniff"', 'value=nosniff'),
    text.replace('nosniff', 'a & b'),
    text.replace('<!-- Each', '<!-- Each -- of these'),
    `${text}<configuration />`,
  ]) {
    expect(broken).not.toBe(text);
    expect(() => elementsOf(broken)).toThrow();
  }
});

test('it holds nothing that the schema of IIS lacks, and so no rewriting and no module beyond the usual ones', () => {
  for (const { path, attributes } of elements) {
    const place = path.replace(/^configuration\/?(location\/?)?/, '');
    if (place === '') {
      expect(Object.keys(attributes)).toEqual(path === 'configuration' ? [] : ['path']);
      continue;
    }
    const known = schema[place];
    expect(known, place).toBeDefined();
    for (const [name, value] of Object.entries(attributes))
      expect(value, `${place} ${name}`).toMatch(known?.[name] ?? /^$/);
    const needed = Object.keys(known ?? {}).filter((name) => !optional.includes(name));
    expect(Object.keys(attributes), place).toEqual(expect.arrayContaining(needed));
  }
});

test('it names no type and no header twice, and each only after it has taken back what the server may have', () => {
  for (const [adds, key] of [
    ['mimeMap', 'fileExtension'],
    ['add', 'name'],
  ] as const) {
    const names = named(adds).flatMap(({ attributes }) => attributes[key] ?? []);
    expect(names.length).toBeGreaterThan(2);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      const [removed, added] = ['remove', adds].map((element) =>
        elements.findIndex((one) => one.name === element && one.attributes[key] === name),
      );
      expect(removed, name).toBeGreaterThan(-1);
      expect(removed, name).toBeLessThan(added ?? -1);
    }
  }
});

test('it names the type of every kind of file that the site may hold, and takes it back first', () => {
  const types = named('mimeMap').map(
    ({ attributes }) => [attributes['fileExtension'] ?? '', attributes['mimeType'] ?? ''] as const,
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
  expect(assets).toContain(
    '<clientCache cacheControlMode="UseMaxAge" cacheControlMaxAge="365.00:00:00" cacheControlCustom="public, immutable" />',
  );
});

test('it sends the same headers as the other hosts of the guide', () => {
  const guide = readFileSync('src/content/guide/hosting.mdx', 'utf8');
  const headers = named('add').flatMap(({ attributes: { name, value = '' } }) =>
    name ? [[name, value] as const] : [],
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
