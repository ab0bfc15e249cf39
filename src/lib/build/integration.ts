/** Ringbook's part in Astro's build: the two client scripts, and the last pass over every page. */
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { Plugin, UserConfig } from 'vite';
import { bundleClientScript, clientScripts, isClientScript } from './client-scripts.ts';
import { relativeLinks, withContentSecurity } from './pages.ts';
import './temporal.ts';

const scriptNames = Object.keys(clientScripts).filter(isClientScript);

/** In `astro dev` the same two files, made on request, so that development runs what is shipped. */
const devScripts = (srcDir: URL): Plugin => ({
  name: 'ringbook-dev-scripts',
  configureServer(server) {
    server.middlewares.use((request, response, next) => {
      const name = /^\/assets\/([^/?]+)/.exec(request.url ?? '')?.[1] ?? '';
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
            plugins: command === 'dev' ? [devScripts(srcDir)] : [],
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
        const versions = new Map<string, string>();
        for (const name of scriptNames) {
          const code = await bundleClientScript(name, srcDir, true);
          writeFileSync(join(root, 'assets', name), code);
          versions.set(`assets/${name}`, createHash('sha256').update(code).digest('hex').slice(0, 8));
        }
        const pages = globSync('**/*.html', { cwd: root });
        for (const page of pages) {
          const path = page.replaceAll('\\', '/');
          const file = join(root, page);
          writeFileSync(file, withContentSecurity(relativeLinks(readFileSync(file, 'utf8'), path, versions)));
        }
        logger.info(`${pages.length} pages made relative`);
      },
    },
  };
}
