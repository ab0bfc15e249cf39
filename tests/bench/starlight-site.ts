/**
 * The same made-up content as a site of Starlight, as it comes: with its navigation, its colours for code, and its search index.
 *
 * Its 270 packages are for this alone, so they are not among those of the project. The bench installs them the first time, into
 * `.cache/starlight`, from the registry that npm is set up with.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { writePlainPage, type MadeUpRunbook } from './generate-runbook.ts';
import { makeSite, projectFolder, run, type Site } from './sites.ts';

const VERSION = '0.42.4';
export const starlightName = `Starlight ${VERSION}`;

/** Not below the folder of the bench, which is emptied each time. */
const packages = join(projectFolder, '.cache/starlight');

const installedVersion = (): string | undefined => {
  try {
    const manifest = readFileSync(join(packages, 'node_modules/@astrojs/starlight/package.json'), 'utf8');
    return (JSON.parse(manifest) as { version: string }).version;
  } catch {
    return undefined;
  }
};

/** @returns Whether it is installed; a registry that cannot be reached is no reason to measure nothing. */
export async function installStarlight(tell: (words: string) => void): Promise<boolean> {
  if (installedVersion() === VERSION) return true;
  const versionOf = (name: string): string =>
    (createRequire(import.meta.url)(`${name}/package.json`) as { version: string }).version;
  mkdirSync(packages, { recursive: true });
  const manifest = {
    private: true,
    type: 'module',
    // The same Astro on both sides.
    dependencies: {
      astro: versionOf('astro'),
      '@astrojs/mdx': versionOf('@astrojs/mdx'),
      '@astrojs/starlight': VERSION,
    },
    overrides: { '@astrojs/compiler-rs': versionOf('@astrojs/compiler-rs') },
  };
  writeFileSync(join(packages, 'package.json'), JSON.stringify(manifest, null, 2));
  tell(`Installing Starlight ${VERSION} into .cache/starlight`);
  const npm = process.env['npm_execpath'];
  const options = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code, said } = await run(npm ? process.execPath : 'npm', npm ? [npm, ...options] : options, packages, {
    ...process.env,
  }).catch((error: unknown) => ({ code: 1, said: String(error) }));
  if (code === 0) return true;
  tell(
    `Starlight ${VERSION} could not be installed, so its columns stay empty. npm said: ${said.trim().split('\n')[0] ?? ''}`,
  );
  return false;
}

/** A site of Starlight; its pages stand in `runbooks/<id>/`. */
export function makeStarlightSite(name: string): Site {
  const folder = join(packages, 'sites', name);
  const write = (path: string, text: string): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  // Astro bundles what is named here, and leaves to Node what is not.
  write(
    'package.json',
    JSON.stringify({ type: 'module', private: true, dependencies: { '@astrojs/starlight': VERSION } }),
  );
  write(
    'astro.config.mjs',
    `import starlight from '@astrojs/starlight';
export default { integrations: [starlight({ title: 'Runbooks' })] };
`,
  );
  write(
    'src/content.config.mjs',
    `import { defineCollection } from 'astro:content';
import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';
export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };
`,
  );
  const page = (runbook: MadeUpRunbook): string => writePlainPage(runbook).replace(/^summary:/m, 'description:');
  return makeSite(folder, join(folder, 'src/content/docs/runbooks'), page, packages);
}
