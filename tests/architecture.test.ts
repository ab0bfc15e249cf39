/**
 * The law of the house: imports run towards `core`, and `core` touches nothing. One test for each source file.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { computedSpecifier, findImpurities, readImports } from './support/imports.ts';

/**
 * What a room may import. A path that begins with `src/` is a file, or a folder when it ends in `/`; anything else is
 * a package or a module of one, and a `*` at its end stands for any further letters.
 */
interface Room {
  readonly name: string;
  /** Files and folders, as above. A file belongs to the first room that holds it. */
  readonly holds: readonly string[];
  readonly mayImport: readonly string[];
  /** What `<script>` in a component may import; nothing where this is left out. */
  readonly scriptsMayImport?: readonly string[];
  /** Whether the room must do without clock, chance, DOM and Node. */
  readonly isPure?: boolean;
}

const core = 'src/lib/core/';
const browser = 'src/lib/browser/';
const components = 'src/components/';
const client = 'src/components/client/';

const law: readonly Room[] = [
  { name: 'lib/core', holds: [core], mayImport: [core, 'zod/mini', '@noble/hashes/*'], isPure: true },
  {
    name: 'lib/build',
    holds: ['src/lib/build/'],
    mayImport: [
      core,
      'src/lib/build/',
      'astro',
      'astro/*',
      '@astrojs/*',
      'satteri',
      'yaml',
      'rolldown',
      'vite',
      'temporal-polyfill',
      'node:*',
    ],
  },
  {
    name: 'lib/browser',
    holds: [browser],
    mayImport: [core, browser],
  },
  {
    name: 'components/client',
    holds: [client],
    mayImport: [core, browser, client, 'temporal-polyfill', 'ringbook:calculators'],
  },
  {
    name: 'components',
    holds: [components],
    mayImport: [core, components, 'astro', 'astro/*'],
    scriptsMayImport: [core, browser, client],
  },
  {
    name: 'content.config.ts',
    holds: ['src/content.config.ts'],
    mayImport: [core, 'astro:content', 'astro/loaders'],
  },
  {
    name: 'pages',
    holds: ['src/pages/'],
    mayImport: [core, components, 'astro', 'astro:content', 'ringbook:build-day', 'ringbook:library'],
  },
  { name: 'cli', holds: ['src/cli/'], mayImport: [core, 'src/lib/build/', 'src/cli/', 'node:*'] },
  { name: 'content', holds: ['src/content/'], mayImport: [] },
];

/** Built-time components may not reach into the browser's rooms, though these lie inside `components`. */
const forbiddenIn: Readonly<Record<string, readonly string[]>> = { components: [client], pages: [client] };

const roomOf = (path: string): Room | undefined => law.find(({ holds }) => holds.some((held) => covers(held, path)));

/** @param allowed A file, a folder ending in `/`, or a package with or without `*` at its end. */
function covers(allowed: string, target: string): boolean {
  if (allowed.endsWith('*')) return target.startsWith(allowed.slice(0, -1));
  return allowed.endsWith('/') ? target.startsWith(allowed) : target === allowed;
}

/** @returns One sentence for each breach of the law in this file; none when it keeps to it. */
function findBreaches(path: string, source: string): string[] {
  const room = roomOf(path);
  if (room === undefined) return [`${path} belongs to no room. Move it into one, or give the law a room for it.`];
  const { main, script } = readImports(path, source);

  const judge = (
    specifiers: readonly string[],
    mayImport: readonly string[],
    forbidden: readonly string[],
    who: string,
  ) =>
    specifiers.flatMap((specifier) => {
      const target = targetOf(path, specifier);
      const isAllowed = mayImport.some((allowed) => covers(allowed, target));
      const isForbidden = forbidden.some((held) => covers(held, target));
      return isAllowed && !isForbidden
        ? []
        : [`${who} may not import ${target === computedSpecifier ? 'by a computed name' : target}.`];
    });
  return [
    ...judge(main, room.mayImport, forbiddenIn[room.name] ?? [], room.name),
    ...judge(script, room.scriptsMayImport ?? [], [], `a script in ${room.name}`),
    ...(room.isPure === true
      ? findImpurities(source).map((impurity) => `${room.name} is pure; line ${impurity}.`)
      : []),
  ];
}

/** @returns A file of this project as a path from its root; a package as it is, without a query such as `?raw`. */
function targetOf(path: string, specifier: string): string {
  const bare = specifier.replace(/\?.*$/, '');
  return bare.startsWith('.') ? posix.join(posix.dirname(path), bare) : bare;
}

const projectFolder = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const sourceFiles = readdirSync(join(projectFolder, 'src'), { recursive: true, encoding: 'utf8' })
  .map((path) => `src/${path.replaceAll('\\', '/')}`)
  .filter((path) => /\.(ts|astro|mdx|js|mjs|tsx|jsx)$/.test(path))
  .sort();

describe('every source file keeps to the law of its room', () => {
  test.each(sourceFiles)('%s', (path) => {
    expect(findBreaches(path, readFileSync(join(projectFolder, path), 'utf8'))).toEqual([]);
  });
});

describe('the law finds what breaks it', () => {
  test.each([
    ['src/lib/core/a.ts', `import { b } from './sheet/b.ts'; import * as z from 'zod/mini';`],
    ['src/lib/core/a.ts', `import { sha256 } from '@noble/hashes/sha2.js';`],
    ['src/lib/core/a.ts', `// import 'node:fs' and Date.now() are words in a comment\nexport const a = "window";`],
    ['src/lib/build/a.ts', `import { readFile } from 'node:fs/promises'; import source from '../core/a.ts?raw';`],
    [
      'src/components/A.astro',
      `---\nimport B from './B.astro';\n---\n<B /><script>import '../lib/browser/a.ts';</script>`,
    ],
    ['src/pages/index.astro', `---\nimport { getCollection } from 'astro:content';\n---\n<p>{1}</p>`],
    ['src/content/runbooks/a.mdx', '---\ntitle: t\n---\n\n`import a from "b"` is code.\n'],
  ])('%s may hold %s', (path, source) => {
    expect(findBreaches(path, source)).toEqual([]);
  });

  test.each([
    ['src/lib/core/a.ts', `import 'node:fs';`, 'lib/core may not import node:fs.'],
    ['src/lib/core/a.ts', `import * as z from 'zod';`, 'lib/core may not import zod.'],
    ['src/lib/core/a.ts', `import { b } from '../browser/b.ts';`, 'lib/core may not import src/lib/browser/b.ts.'],
    ['src/lib/core/a.ts', `export * from '../build/b.ts';`, 'lib/core may not import src/lib/build/b.ts.'],
    ['src/lib/core/a.ts', `type A = import('astro').A;`, 'lib/core may not import astro.'],
    ['src/lib/core/a.ts', `const a = await import('yaml');`, 'lib/core may not import yaml.'],
    ['src/lib/core/a.ts', 'const n = "a"; const a = await import(n);', 'lib/core may not import by a computed name.'],
    ['src/lib/core/a.ts', `/// <reference types="node" />`, 'lib/core may not import node.'],
    [
      'src/lib/browser/a.ts',
      `import a from '../../components/client/a.ts';`,
      'lib/browser may not import src/components/client/a.ts.',
    ],
    ['src/components/client/a.ts', `import { parse } from 'yaml';`, 'components/client may not import yaml.'],
    [
      'src/components/A.astro',
      `---\nimport { a } from '../lib/browser/a.ts';\n---\n<p />`,
      'components may not import src/lib/browser/a.ts.',
    ],
    [
      'src/components/A.astro',
      `---\nimport './client/a.ts';\n---\n<p />`,
      'components may not import src/components/client/a.ts.',
    ],
    ['src/components/A.astro', `<p>{(await import('node:fs')).x}</p>`, 'components may not import node:fs.'],
    [
      'src/components/A.astro',
      `<script>import fs from 'node:fs';</script>`,
      'a script in components may not import node:fs.',
    ],
    [
      'src/pages/a.astro',
      `<script>import '../lib/core/a.ts';</script>`,
      'a script in pages may not import src/lib/core/a.ts.',
    ],
    [
      'src/pages/a.astro',
      `---\nimport { a } from '../lib/build/a.ts';\n---\n<p />`,
      'pages may not import src/lib/build/a.ts.',
    ],
    ['src/content.config.ts', `import * as z from 'astro/zod';`, 'content.config.ts may not import astro/zod.'],
    [
      'src/content/runbooks/a.mdx',
      `import A from '../A.astro';\n\n<A />\n`,
      'content may not import src/content/A.astro.',
    ],
    ['src/utils/a.ts', '', 'src/utils/a.ts belongs to no room. Move it into one, or give the law a room for it.'],
  ])('%s may not hold %s', (path, source, breach) => {
    expect(findBreaches(path, source)).toEqual([breach]);
  });
});

describe('core is pure', () => {
  test.each([
    'export const at = new Date(0).toISOString();',
    'export const a = Date.parse("2026-11-01T00:00:00Z") + Date.UTC(2026, 10 /* Nov */, 1);',
    'export const a = Math.max(1, 2);',
    'export function f(at: Temporal.Instant, zone: string) { return at.toZonedDateTimeISO(zone); }',
    'export const f = (document: { title: string }) => document.title;',
    'export const f = (event: { window: string }) => ({ window: event.window });',
    'export const a = new Intl.DateTimeFormat("en", { timeZone: "UTC" });',
    'export const hasTemporal = typeof Temporal !== "undefined";',
    'export interface A extends Omit<Window, "a"> { b: 1 }',
    'type A = HTMLElement; export type B = A | Window;',
    'export const a = ["b", "a"].sort((a, b) => a.localeCompare(b, "en"));',
    'export const isDate = (a: unknown) => a instanceof Date;',
    'for (const a of [1]) { console: for (;;) break console; }',
  ])('it may hold %s', (source) => {
    expect(findImpurities(source)).toEqual([]);
  });

  test.each([
    ['Date.now();', '1: Date.now reads the clock'],
    ['\n\nDate["now"]();', '3: Date.now reads the clock'],
    ['new Date();', '1: new Date takes one argument: none reads the clock, more use the local zone'],
    ['new Date;', '1: new Date takes one argument: none reads the clock, more use the local zone'],
    ['new Date(2026, 10, 1);', '1: new Date takes one argument: none reads the clock, more use the local zone'],
    ['Date();', '1: Date is used other than by a member'],
    ['const D = Date; new D();', '1: Date is used other than by a member'],
    ['const { random } = Math;', '1: Math is used other than by a member'],
    ['Math.random();', '1: Math.random is chance'],
    ['Temporal.Now.instant();', '1: Temporal.Now reads the clock'],
    ['window.alert(1);', '1: window is neither declared here nor part of the language'],
    ['typeof document;', '1: document is neither declared here nor part of the language'],
    ['class A extends HTMLElement {}', '1: HTMLElement is neither declared here nor part of the language'],
    ['const a = { process };', '1: process is neither declared here nor part of the language'],
    ['globalThis["localStorage"];', '1: globalThis is neither declared here nor part of the language'],
    ['eval("1");', '1: eval is neither declared here nor part of the language'],
    ['console.log(1);', '1: console is neither declared here nor part of the language'],
    ['const f = (a: Date) => a.getHours();', '1: getHours depends on this computer'],
    ['"b".localeCompare("a");', '1: localeCompare without a language depends on this computer'],
    ['const f = "".localeCompare;', '1: localeCompare without a language depends on this computer'],
    ['new Intl.DateTimeFormat("en");', '1: Intl.DateTimeFormat needs a timeZone'],
    ['new Intl.NumberFormat();', '1: Intl.NumberFormat needs a language'],
    ['import.meta.url;', '1: import.meta is the place of this file'],
  ])('it may not hold %s', (source, impurity) => {
    expect(findImpurities(`${source}\nexport {};`)).toEqual([impurity]);
  });
});
