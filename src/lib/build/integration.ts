/** Ringbook's part in Astro's build: the two client scripts, and the last pass over every page. */
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { Plugin, UserConfig } from 'vite';
import { buildDay, buildDayModule } from './build-day.ts';
import { carriedPage } from './carry.ts';
import { bundleClientScript, carriedScripts, fixedScripts, isClientScript } from './client-scripts.ts';
import { compact } from './compact.ts';
import { compileForPages, handOver, libraryModule } from './library-module.ts';
import { workerForDevelopment, workerName, writeWorker } from './offline.ts';
import { paperStyle } from '../core/papers/paper-style.ts';
import { relativeLinks, withContentSecurity } from './pages.ts';
import './temporal.ts';

/** The style of papers, which stands in files of their own as well, and so is made from core. */
const paperSheet = 'ringbook-paper.css';

/** In `astro dev` the same files, made on request, so that development runs what is shipped. */
const devScripts = (srcDir: URL): Plugin => ({
  name: 'ringbook-dev-scripts',
  configureServer(server) {
    server.middlewares.use((request, response, next) => {
      if (request.url === `/${workerName}`) {
        response.setHeader('Content-Type', 'text/javascript; charset=utf-8');
        return void response.end(workerForDevelopment);
      }
      const name = /^\/assets\/([^/?]+)/.exec(request.url ?? '')?.[1] ?? '';
      if (name === paperSheet) {
        response.setHeader('Content-Type', 'text/css; charset=utf-8');
        return void response.end(paperStyle);
      }
      if (!isClientScript(name)) return next();
      bundleClientScript(name, srcDir, false).then(
        (code) => {
          response.setHeader('Content-Type', 'text/javascript; charset=utf-8');
          response.end(code);
        },
        (error: unknown) => next(error),
      );
    });
  },
});

/**
 * Pages read the content from the file in which Astro keeps it. Astro itself would bundle all of it as a module, which
 * costs a tenth of a build; where it calls that module something else, or has no such file, it does so again.
 */
const contentFromFile = (cacheDir: URL): Plugin => ({
  name: 'ringbook-content-from-file',
  apply: 'build',
  load: {
    order: 'pre',
    filter: { id: /^\0astro:data-layer-content$/ },
    handler() {
      const file = fileURLToPath(new URL('data-store.json', cacheDir));
      if (!existsSync(file)) return null;
      return `import { readFileSync } from 'node:fs';\nexport default JSON.parse(readFileSync(${JSON.stringify(file)}, 'utf8'));`;
    },
  },
});

/** Every MDX module carries a directive that Rolldown drops: 11 lines of warning each, about nothing. */
type OnLog = NonNullable<NonNullable<NonNullable<UserConfig['build']>['rolldownOptions']>['onLog']>;
const withoutDirectives: OnLog = (level, log, handle) => {
  if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
};

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** The script with live calculators that a page names. */
const liveOf = (markup: string): string[] => [...markup.matchAll(/ data-live="([^"]+)"/g)].map(([, name = '']) => name);

export function ringbook(): AstroIntegration {
  let srcDir: URL;
  let root: URL;
  return {
    name: 'ringbook',
    hooks: {
      'astro:config:setup': ({ config, command, updateConfig }) => {
        ({ srcDir, root } = config);
        updateConfig({
          vite: {
            plugins: [
              buildDayModule(buildDay(process.env, Date.now())),
              libraryModule(config, command === 'dev'),
              command === 'dev' ? devScripts(srcDir) : contentFromFile(config.cacheDir),
            ],
            build: {
              rolldownOptions: {
                onLog: withoutDirectives,
              },
            },
          },
        });
      },
      'astro:build:start': () => handOver(compileForPages({ root, srcDir })),
      'astro:build:done': async ({ dir, logger }) => {
        const root = fileURLToPath(dir);
        mkdirSync(join(root, 'assets'), { recursive: true });
        const pages = globSync('**/*.html', { cwd: root }).map((page) => ({
          path: page.replaceAll('\\', '/'),
          file: join(root, page),
          markup: readFileSync(join(root, page), 'utf8'),
        }));
        const asked = pages.flatMap(({ markup }) => liveOf(markup));
        const scripts = new Map<string, string>();
        for (const name of new Set([...fixedScripts, ...asked.filter(isClientScript)])) {
          scripts.set(name, await bundleClientScript(name, srcDir, true));
        }
        // Pages ask for further scripts under the version of the first one: it must change with each of them, or a cache that
        // keeps addresses with a version for good would hand out an old one.
        const parts = globSync('assets/**/*.js', { cwd: root })
          .sort()
          .map((path) => readFileSync(join(root, path), 'utf8'));
        const linked = new Set(
          pages.flatMap(({ markup }) =>
            [...markup.matchAll(/ src="\/assets\/([^"/]+)"/g)].map(([, name = '']) => name),
          ),
        );
        const onDemand = [...[...scripts].flatMap(([name, code]) => (linked.has(name) ? [] : [code])), ...parts];
        scripts.set('ringbook-run.js', `${scripts.get('ringbook-run.js')}//${digest(onDemand.join())}\n`);
        const versions = new Map<string, string>();
        for (const [name, code] of scripts) {
          writeFileSync(join(root, 'assets', name), code);
          versions.set(`assets/${name}`, digest(code));
        }
        writeFileSync(join(root, 'assets', paperSheet), paperStyle);
        versions.set(`assets/${paperSheet}`, digest(paperStyle));
        for (const { path, file, markup } of pages) {
          const whole = withContentSecurity(relativeLinks(markup, path, versions));
          // A paper's page is kept and passed on by itself; what others do with its markup is not ours to make harder.
          writeFileSync(file, path.startsWith('papers/') ? whole : compact(whole));
        }
        const runbooks = pages.filter(({ path }) => path.startsWith('runbooks/'));
        if (runbooks.length > 0) mkdirSync(join(root, 'carry'), { recursive: true });
        for (const { path, markup } of runbooks) {
          const style = readFileSync(join(root, / href="(\/assets\/[^"]+\.css)"/.exec(markup)?.[1] ?? ''), 'utf8');
          const whole = carriedPage(markup, { style, scripts, onDemand: [...carriedScripts, ...liveOf(markup)] });
          writeFileSync(join(root, 'carry', basename(path)), withContentSecurity(whole, true));
        }
        await writeWorker(root, srcDir);
        logger.info(`${pages.length} pages made relative`);
      },
    },
  };
}
