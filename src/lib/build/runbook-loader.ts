/**
 * The loader of the `runbooks` collection: every MDX file becomes a compiled `Runbook`.
 *
 * Pages are made from that value, so no MDX module is bundled: the cost of a runbook is its parse and its page.
 */
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AstroError } from 'astro/errors';
import type { Loader } from 'astro/loaders';
import { formatProblems } from '../core/runbook/problem.ts';
import { readCatalogue } from './catalogue.ts';
import { compileLibrary, guidePages, readLibrary } from './library.ts';

/** Folders below the project's `src/`. */
interface Folders {
  readonly runbooks: string;
  readonly policies: string;
  readonly guide: string;
}

export function runbookLoader(
  folders: Folders = { runbooks: 'content/runbooks', policies: 'content/policies', guide: 'content/guide' },
): Loader {
  return {
    name: 'ringbook-runbooks',
    async load({ store, parseData, config, watcher, logger }) {
      const source = fileURLToPath(config.srcDir);
      const folder = join(source, folders.runbooks);
      const policyFolder = join(source, folders.policies);

      const compileAll = async (): Promise<void> => {
        const { runbooks, faults: found } = compileLibrary(
          readLibrary(folder),
          readCatalogue(policyFolder),
          guidePages(join(source, folders.guide)),
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
          const hint = faults
            .map(({ file, text }) => `${relative(fileURLToPath(config.root), file)}\n${text}`)
            .join('\n\n');
          // Astro prints `loc` as `file:line:column`; the class that it exports does not declare it.
          throw Object.assign(new AstroError(`${count} problems.`, hint), {
            loc: { file: worst.file, line: worst.line, column: worst.column },
          });
        }
        store.clear();
        for (const data of runbooks) store.set({ id: data.id, data: await parseData({ id: data.id, data }) });
      };

      await compileAll();
      // In `astro dev` the last good runbooks stay while the author mends the file.
      watcher?.add([folder, policyFolder]);
      watcher?.on('all', (_event, path) => {
        if (!path.startsWith(folder) && !path.startsWith(policyFolder)) return;
        compileAll().catch((error: unknown) => {
          const hint = error instanceof AstroError ? error.hint : undefined;
          logger.error([error instanceof Error ? error.message : String(error), hint].filter(Boolean).join('\n'));
        });
      });
    },
  };
}
