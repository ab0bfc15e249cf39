/** Ringbook's part in Astro's build: the two client scripts, and the last pass over every page. */
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { Plugin, UserConfig } from 'vite';
import { bundleClientScript, fixedScripts, isClientScript } from './client-scripts.ts';
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
  return {
    name: 'ringbook',
    hooks: {
      'astro:config:setup': ({ config, command, updateConfig }) => {
        srcDir = config.srcDir;
        updateConfig({
          vite: {
            plugins: [command === 'dev' ? devScripts(srcDir) : contentFromFile(config.cacheDir)],
            build: {
              rolldownOptions: {
                onLog: withoutDirectives,
              },
            },
          },
        });
      },
      'astro:build:done': async ({ dir, logger }) => {
        const root = fileURLToPath(dir);
        mkdirSync(join(root, 'assets'), { recursive: true });
        const pages = globSync('**/*.html', { cwd: root }).map((page) => ({
          path: page.replaceAll('\\', '/'),
          file: join(root, page),
          markup: readFileSync(join(root, page), 'utf8'),
        }));
        const asked = pages.flatMap(({ markup }) =>
          [...markup.matchAll(/ src="\/assets\/([^"/]+)"/g)].map(([, name = '']) => name),
        );
        const versions = new Map<string, string>();
        for (const name of new Set([...fixedScripts, ...asked.filter(isClientScript)])) {
          const code = await bundleClientScript(name, srcDir, true);
          writeFileSync(join(root, 'assets', name), code);
          versions.set(`assets/${name}`, createHash('sha256').update(code).digest('hex').slice(0, 8));
        }
        writeFileSync(join(root, 'assets', paperSheet), paperStyle);
        versions.set(`assets/${paperSheet}`, createHash('sha256').update(paperStyle).digest('hex').slice(0, 8));
        for (const { path, file, markup } of pages) {
          writeFileSync(file, withContentSecurity(relativeLinks(markup, path, versions)));
        }
        logger.info(`${pages.length} pages made relative`);
      },
    },
  };
}
