/** Ringbook's part in Astro's build: what pages import, scripts while developing, and the last pass over the built folder. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { Plugin, UserConfig } from 'vite';
import { buildDay, buildDayModule } from './build-day.ts';
import { bundleClientScript, isClientScript } from './client-scripts.ts';
import { finishFolder, paperSheet } from './last-pass.ts';
import { compileForPages, handOver, libraryModule } from './library-module.ts';
import { workerForDevelopment, workerName } from './offline.ts';
import { paperStyle } from '../core/papers/paper-style.ts';
import './temporal.ts';

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
        const count = await finishFolder(fileURLToPath(dir), srcDir);
        logger.info(`${count} pages made relative`);
      },
    },
  };
}
