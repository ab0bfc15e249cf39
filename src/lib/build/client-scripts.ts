/**
 * The page's scripts: two classic files, so that they run from `file://`, where module imports are blocked.
 *
 * `ringbook-run.js` holds what the first tick needs; `ringbook-sheet.js`, which follows, takes the run from it
 * through the one global that the two share.
 */
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/** File name to entry below `src/`; the order is the order in which pages load them. */
export const clientScripts = {
  'ringbook-run.js': 'components/client/run.ts',
  'ringbook-sheet.js': 'components/client/sheet.ts',
  // Asked for only by browsers that lack Temporal, from beside the sheet's script.
  'ringbook-temporal.js': 'components/client/temporal.ts',
} as const;

export type ClientScript = keyof typeof clientScripts;
export const isClientScript = (name: string): name is ClientScript => Object.hasOwn(clientScripts, name);

/** @returns The text of one classic script, minified for the build, readable for `astro dev`. */
export async function bundleClientScript(name: ClientScript, srcDir: URL, minify: boolean): Promise<string> {
  const bundle = await rolldown({
    input: fileURLToPath(new URL(clientScripts[name], srcDir)),
    platform: 'browser',
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    onLog: () => undefined,
  });
  const { output } = await bundle.generate({ format: 'iife', minify });
  await bundle.close();
  if (output.length !== 1) throw new Error(`${name} must be one file, but it became ${output.length}.`);
  return output[0].code;
}
