/**
 * The page's scripts: two classic files a page, so that they run from `file://`, where module imports are blocked.
 *
 * `ringbook-run.js` holds what the first tick needs. The second one follows and takes the run from it through the one global
 * that the two share: `ringbook-sheet.js` on a runbook's page, `ringbook-calculator--<id>.js` on a calculator's own. A page
 * that holds live calculators names them in the file name, `ringbook-sheet--<id>--<id>.js`, and gets those and no others.
 */
import { fileURLToPath } from 'node:url';
import { rolldown, type Plugin } from 'rolldown';

const entries = {
  run: 'components/client/run.ts',
  sheet: 'components/client/sheet.ts',
  calculator: 'components/client/calculator.ts',
  papers: 'components/client/papers.ts',
  // Asked for only by browsers that lack Temporal, from beside the script that asks.
  temporal: 'components/client/temporal.ts',
} as const;

const form = /^ringbook-(run|sheet|calculator|papers|temporal)((?:--[a-z]+(?:-[a-z]+)*)*)\.js$/;

/** Whether a file name is one of a client script. */
export const isClientScript = (name: string): boolean => form.test(name);

/** The scripts that every site has, whatever its pages hold. */
export const fixedScripts = ['ringbook-run.js', 'ringbook-sheet.js', 'ringbook-temporal.js'] as const;

/** Answers `ringbook:calculators` with the calculators of one page. */
function calculatorsOf(ids: readonly string[], srcDir: URL): Plugin {
  const name = 'ringbook:calculators';
  const file = (path: string): string => JSON.stringify(fileURLToPath(new URL(path, srcDir)));
  const code =
    ids.length === 0
      ? 'export const openCalculators = () => [];'
      : [
          `import { createCalculatorView } from ${file('components/client/calculator-view.ts')};`,
          ...ids.map(
            (id, index) => `import { calculator as c${index} } from ${file(`lib/core/calculators/live/${id}.ts`)};`,
          ),
          `const own = { ${ids.map((id, index) => `${JSON.stringify(id)}: c${index}`).join(', ')} };`,
          'export const openCalculators = (root) => createCalculatorView(root, own);',
        ].join('\n');
  return {
    name,
    resolveId: (source) => (source === name ? `\0${name}` : null),
    load: (id) => (id === `\0${name}` ? code : null),
  };
}

/**
 * @param name A file name for which `isClientScript` holds.
 * @returns The text of one classic script, minified for the build, readable for `astro dev`.
 */
export async function bundleClientScript(name: string, srcDir: URL, minify: boolean): Promise<string> {
  const [, entry, ids = ''] = form.exec(name) ?? [];
  const path = Object.entries(entries).find(([key]) => key === entry)?.[1];
  if (path === undefined) throw new Error(`${name} is not the name of a client script.`);
  const bundle = await rolldown({
    input: fileURLToPath(new URL(path, srcDir)),
    platform: 'browser',
    plugins: [calculatorsOf(ids.split('--').filter(Boolean), srcDir)],
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    onLog: () => undefined,
  });
  const { output } = await bundle.generate({ format: 'iife', minify, comments: !minify });
  await bundle.close();
  if (output.length !== 1) throw new Error(`${name} must be one file, but it became ${output.length}.`);
  return output[0].code;
}
