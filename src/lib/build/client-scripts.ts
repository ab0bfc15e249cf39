/**
 * The page's scripts: two classic files a page, so that they run from `file://`, where module imports are blocked.
 *
 * `ringbook-run.js` holds what the first tick needs. The second one follows and takes the run from it through the one global
 * that they share: `ringbook-sheet.js` on a runbook's page, `ringbook-home.js` on the start page, `ringbook-calculator.js` on a
 * calculator's own, `ringbook-policy.js` on a policy's. `ringbook-desk.js` is asked for when somebody opens a panel. Live calculators
 * are in a script which a page asks for only when it can use one; its name says which it holds, `ringbook-live--<id>--<id>.js`,
 * and it holds no others; `ringbook-live.js` would only show answers.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown, type Plugin } from 'rolldown';

const entries = {
  run: 'components/client/run.ts',
  sheet: 'components/client/sheet.ts',
  calculator: 'components/client/calculator.ts',
  policy: 'components/client/policy.ts',
  home: 'components/client/home.ts',
  // Asked for by the first use of a panel: notes, evidence, hand-over, save files.
  desk: 'components/client/desk.ts',
  // Asked for once a reader enters a time.
  times: 'components/client/times.ts',
  papers: 'components/client/papers.ts',
  // Asked for only by browsers that lack Temporal, from beside the script that asks.
  temporal: 'components/client/temporal.ts',
  // Asked for where the page is shown in a frame, and where a new version of the site is ready.
  framed: 'components/client/framed.ts',
  news: 'components/client/news.ts',
  // Asked for by a switch, and where somebody has chosen a look.
  looks: 'components/client/looks.ts',
  // Asked for by `/`, and by the page of the search.
  search: 'components/client/search.ts',
  // Runs beside the pages, not in them; lib/build/offline writes it.
  worker: 'components/client/worker.ts',
} as const;
const live = 'components/client/live.ts';

const form = new RegExp(`^ringbook-(?:(${Object.keys(entries).join('|')})|(live)((?:--[a-z]+(?:-[a-z]+)*)*))\\.js$`);

/** Whether a file name is one of a client script. */
export const isClientScript = (name: string): boolean => form.test(name);

/** Those that a page made to be carried brings along, to be asked for: not what is for a whole site. */
export const carriedScripts: readonly string[] = ['desk', 'times', 'temporal', 'framed', 'looks'].map(
  (name) => `ringbook-${name}.js`,
);

/** The scripts that every site has, whatever its pages hold. */
export const fixedScripts: readonly string[] = Object.keys(entries).map((entry) => `ringbook-${entry}.js`);

/** Answers `ringbook:calculators` with the calculators of one page. */
function calculatorsOf(ids: readonly string[], srcDir: URL): Plugin {
  const name = 'ringbook:calculators';
  const file = (path: string): string => JSON.stringify(fileURLToPath(new URL(path, srcDir)));
  const code = [
    ...ids.map((id, index) => `import { calculator as c${index} } from ${file(`lib/core/calculators/live/${id}.ts`)};`),
    `export const calculators = { ${ids.map((id, index) => `${JSON.stringify(id)}: c${index}`).join(', ')} };`,
  ].join('\n');
  return {
    name,
    resolveId: (source) => (source === name ? `\0${name}` : null),
    load: (id) => (id === `\0${name}` ? code : null),
  };
}

const namesIn = (list: string): string[] => list.split(',').flatMap((name) => name.trim() || []);

/**
 * Puts what the page's other scripts share in the place of its modules. A name of theirs that is not shared fails the
 * build, and goes into `shared-core.ts` or `shared-times.ts`.
 */
function sharedCore(srcDir: URL): Plugin {
  const files = ['core', 'times'].map((name) => {
    const file = new URL(`components/client/shared-${name}.ts`, srcDir);
    return { file, text: readFileSync(file, 'utf8') };
  });
  const places = files.flatMap(({ text }) => namesIn(/ = \[([^\]]*)\]/.exec(text)?.[1] ?? ''));
  const modules = new Map(
    files.flatMap(({ file, text }) =>
      [...text.matchAll(/import \{([^}]*)\} from '([^']+)'/g)].map(
        ([, names = '', path = '']) =>
          [
            fileURLToPath(new URL(path, file)),
            namesIn(names).map((name) => `export const ${name} = globalThis.ringbook.core[${places.indexOf(name)}];`),
          ] as const,
      ),
    ),
  );
  return { name: 'ringbook-shared-core', load: (id) => modules.get(id)?.join('\n') ?? null };
}

/**
 * @param name A file name for which `isClientScript` holds.
 * @returns The text of one classic script, minified for the build, readable for `astro dev`.
 */
export async function bundleClientScript(name: string, srcDir: URL, minify: boolean): Promise<string> {
  const [, entry, isLive, ids = ''] = form.exec(name) ?? [];
  const path = isLive ? live : Object.entries(entries).find(([key]) => key === entry)?.[1];
  if (path === undefined) throw new Error(`${name} is not the name of a client script.`);
  const bundle = await rolldown({
    input: fileURLToPath(new URL(path, srcDir)),
    platform: 'browser',
    plugins: isLive ? [calculatorsOf(ids.split('--').filter(Boolean), srcDir), sharedCore(srcDir)] : [],
    // Places in the list of shared parts that nobody asks for.
    treeshake: { propertyReadSideEffects: false },
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    onLog: () => undefined,
  });
  const { output } = await bundle.generate({ format: 'iife', minify, comments: !minify });
  await bundle.close();
  if (output.length !== 1) throw new Error(`${name} must be one file, but it became ${output.length}.`);
  return output[0].code;
}
