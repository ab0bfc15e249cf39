/**
 * Temporary projects with the same made-up content, below `.cache/bench`: this project with other runbooks, and
 * plain Astro with MDX. Each is built from nothing, in a process of its own. A third one is in `starlight-site.ts`.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { writePlainPage, writeRunbook, type MadeUpRunbook } from './generate-runbook.ts';

const here = dirname(fileURLToPath(import.meta.url));
export const projectFolder = resolve(here, '../..');

/** Inside the project, so that packages are found without a link to them. */
export const benchFolder = join(projectFolder, '.cache/bench');

export interface Site {
  /** Where the built pages stand; those of runbooks are in `runbooks`. */
  readonly dist: string;
  /** Puts other content in the place of what is there. */
  readonly fill: (runbooks: readonly MadeUpRunbook[]) => void;
  /** Builds from nothing. @throws Error with what the build said, when it fails. */
  readonly build: () => Promise<BuildCost>;
}

export interface BuildCost {
  readonly wallSeconds: number;
  /** Of all threads, in user and system. */
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

/** This project: its sources, settings and pages, with made-up runbooks in place of its own. */
export function makeRingbookSite(name: string): Site {
  const folder = newFolder(name);
  const runbooks = join(folder, 'src/content/runbooks');
  for (const path of ['src', 'public', 'astro.config.ts', 'package.json', 'tsconfig.json']) {
    cpSync(join(projectFolder, path), join(folder, path), { recursive: true });
  }
  return makeSite(folder, runbooks, writeRunbook);
}

/** Astro as it comes with MDX: a collection, one page for all, and a layout that is the bones of a page. */
export function makePlainSite(name: string): Site {
  const folder = newFolder(name);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('package.json', '{ "type": "module", "private": true }');
  // Code without colours, as in Ringbook: colouring would cost more than all the rest.
  write(
    'astro.config.mjs',
    `import mdx from '@astrojs/mdx';
export default { integrations: [mdx()], markdown: { syntaxHighlight: false }, build: { format: 'file' }, devToolbar: { enabled: false } };
`,
  );
  write(
    'src/content.config.mjs',
    `import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
export const collections = { runbooks: defineCollection({ loader: glob({ pattern: '*.mdx', base: './src/content/runbooks' }) }) };
`,
  );
  write(
    'src/layouts/Bare.astro',
    `---
const { title, description } = Astro.props;
---
<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><meta name="viewport" content="width=device-width" /><title>{title}</title><meta name="description" content={description} /></head>
  <body><main><h1>{title}</h1><slot /></main></body>
</html>
`,
  );
  write(
    'src/pages/runbooks/[id].astro',
    `---
import { getCollection, render } from 'astro:content';
import Bare from '../../layouts/Bare.astro';
export async function getStaticPaths() {
  const runbooks = await getCollection('runbooks');
  return runbooks.map((entry) => ({ params: { id: entry.id }, props: { entry } }));
}
const { entry } = Astro.props;
const { Content } = await render(entry);
---
<Bare title={entry.data.title} description={entry.data.summary}><Content /></Bare>
`,
  );
  return makeSite(folder, join(folder, 'src/content/runbooks'), writePlainPage);
}

function newFolder(name: string): string {
  const folder = join(benchFolder, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * @param content The folder of the made-up runbooks.
 * @param packages Where the packages of the site are found.
 */
export function makeSite(
  folder: string,
  content: string,
  write: (runbook: MadeUpRunbook) => string,
  packages = projectFolder,
): Site {
  return {
    dist: join(folder, 'dist'),
    fill: (runbooks) => {
      rmSync(content, { recursive: true, force: true });
      mkdirSync(content, { recursive: true });
      for (const runbook of runbooks) writeFileSync(join(content, `${runbook.id}.mdx`), write(runbook));
    },
    build: () => build(folder, packages),
  };
}

async function build(folder: string, packages: string): Promise<BuildCost> {
  // What a build keeps for the next one would make the next one cheaper.
  for (const kept of ['dist', '.astro', 'node_modules']) rmSync(join(folder, kept), { recursive: true, force: true });
  const usageFile = join(folder, 'usage.json');
  const started = performance.now();
  const { code, said } = await run(
    process.execPath,
    ['--import', pathToFileURL(join(here, 'report-usage.mjs')).href, astroProgram(packages), 'build', '--silent'],
    folder,
    { ...process.env, RINGBOOK_USAGE_FILE: usageFile, ASTRO_TELEMETRY_DISABLED: '1' },
  );
  const wallSeconds = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(`The build in ${folder} failed.\n${said}`);
  const used = JSON.parse(readFileSync(usageFile, 'utf8')) as Pick<BuildCost, 'cpuSeconds' | 'peakBytes'>;
  return { wallSeconds, ...used };
}

function astroProgram(packages: string): string {
  const manifest = createRequire(join(packages, 'package.json')).resolve('astro/package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { astro: string } };
  return join(dirname(manifest), bin.astro);
}

/** Runs a program to its end. */
export function run(
  program: string,
  programArguments: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<{ code: number | null; said: string }> {
  return new Promise((done, failed) => {
    const child = spawn(program, programArguments, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const hear = (text: Buffer): void => void (said += text.toString());
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', failed);
    child.on('close', (code) => done({ code, said }));
  });
}
