/**
 * The compiled runbooks, which pages are given as `ringbook:library`.
 *
 * They go from the compiler to the pages in memory. A collection of Astro's would check every value a second time, write all of
 * them to a file and read them back, which cost as much as compiling them.
 */
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AstroError } from 'astro/errors';
import type { Plugin } from 'vite';
import { formatProblems } from '../core/runbook/problem.ts';
import { readCatalogue } from './catalogue.ts';
import { compileLibrary, guidePages, readLibrary, type Library } from './library.ts';

const name = 'ringbook:library';
/** Pages are bundled, and run in the process that builds them: they find here what the module may not hold as text. */
const place = 'ringbookLibrary';

interface Folders {
  readonly root: URL;
  readonly srcDir: URL;
}

const runbooksIn = ({ srcDir }: Folders): string => join(fileURLToPath(srcDir), 'content/runbooks');
const policiesIn = ({ srcDir }: Folders): string => join(fileURLToPath(srcDir), 'content/policies');
const guideIn = ({ srcDir }: Folders): string => join(fileURLToPath(srcDir), 'content/guide');

/** @throws AstroError that lists every problem of every runbook, with the place of the first. */
export function compileForPages(folders: Folders): Library['runbooks'] {
  const folder = runbooksIn(folders);
  const { runbooks, faults: found } = compileLibrary(
    readLibrary(folder),
    readCatalogue(policiesIn(folders)),
    guidePages(guideIn(folders)),
  );
  const faults = [...found].map(([id, problems]) => ({
    file: join(folder, `${id}.mdx`),
    text: formatProblems(problems),
    line: problems[0]?.line,
    column: problems[0]?.column,
  }));
  const [worst] = faults;
  if (worst) {
    const count = faults.length === 1 ? 'One runbook has' : `${faults.length} runbooks have`;
    const hint = faults.map(({ file, text }) => `${relative(fileURLToPath(folders.root), file)}\n${text}`).join('\n\n');
    // Astro prints `loc` as `file:line:column`; the class that it exports does not declare it.
    throw Object.assign(new AstroError(`${count} problems.`, hint), {
      loc: { file: worst.file, line: worst.line, column: worst.column },
    });
  }
  return runbooks;
}

const code = `export const runbooks = globalThis.${place};`;

/** Hands compiled runbooks to the pages of this process. */
export const handOver = (runbooks: Library['runbooks']): void => void Object.assign(globalThis, { [place]: runbooks });

/** In `astro dev` the runbooks are compiled again when one of them changes; the last good ones stay while its author mends it. */
export const libraryModule = (folders: Folders, isDev: boolean): Plugin => {
  const compileAgain = (): void => {
    try {
      handOver(compileForPages(folders));
    } catch (error) {
      if (!(error instanceof AstroError) || !(place in globalThis)) throw error;
      process.stderr.write(`${error.message}\n${error.hint ?? ''}\n`);
    }
  };
  return {
    name: 'ringbook-library',
    resolveId: { filter: { id: /^ringbook:library$/ }, handler: () => `\0${name}` },
    load: {
      filter: { id: /^\0ringbook:library$/ },
      handler: () => {
        if (isDev) compileAgain();
        return code;
      },
    },
    configureServer(server) {
      const sources = [runbooksIn(folders), policiesIn(folders)];
      server.watcher.add(sources);
      server.watcher.on('all', (_event, path) => {
        if (!sources.some((source) => path.startsWith(source))) return;
        for (const { moduleGraph } of Object.values(server.environments)) {
          const module = moduleGraph.getModuleById(`\0${name}`);
          if (module) moduleGraph.invalidateModule(module);
        }
        server.ws.send({ type: 'full-reload' });
      });
    },
  };
};
