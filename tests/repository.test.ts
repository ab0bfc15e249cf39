/**
 * Facts about the repository that nothing else would notice before a user does.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const projectFolder = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const read = (path: string) => readFileSync(join(projectFolder, path), 'utf8');

interface Manifest {
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly engines: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}
interface Lock {
  readonly packages: Readonly<
    Record<string, { version?: string; resolved?: string; integrity?: string; link?: boolean }>
  >;
}
const manifest = JSON.parse(read('package.json')) as Manifest;
const lock = JSON.parse(read('package-lock.json')) as Lock;

describe('package.json', () => {
  test('every package has an exact version, so that two installations are the same', () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
    const ranges = Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$/.test(version));

    expect(ranges).toEqual([]);
  });

  test('start and test set the project up before anything else', () => {
    expect(manifest.scripts['start']).toMatch(/^node scripts\/setup\.mjs /);
    expect(manifest.scripts['test']).toMatch(/^node scripts\/setup\.mjs /);
  });

  test('every npm script that another one names exists', () => {
    const named = Object.values(manifest.scripts).flatMap((script) => [
      ...script.matchAll(/npm run (?:--silent )?([\w:-]+)|setup\.mjs ([\w:-]+)/g),
    ]);
    const missing = named
      .map(([, run, afterSetUp]) => run ?? afterSetUp ?? '')
      .filter((name) => !(name in manifest.scripts));

    expect(missing).toEqual([]);
  });

  test('the packaged Node is new enough for what the project asks of Node', () => {
    const packaged = Object.entries(manifest.optionalDependencies).filter(([name]) => name.startsWith('node-'));

    expect(packaged.length).toBeGreaterThan(0);
    for (const [, version] of packaged) expect(Number(version.split('.')[0])).toBeGreaterThanOrEqual(24);
    expect(manifest.engines['node']).toBe('>=22.12');
  });
});

describe('package-lock.json', () => {
  // To mend: delete the `resolved` lines; .npmrc keeps npm from writing them again.
  test('it names no registry', () => {
    const elsewhere = Object.entries(lock.packages).filter(([, { resolved }]) => resolved !== undefined);

    expect(elsewhere).toEqual([]);
  });

  test('every package has a fingerprint, so that nobody can swap it', () => {
    const without = Object.entries(lock.packages).filter(
      ([path, { integrity, link }]) => path !== '' && link !== true && integrity === undefined,
    );

    expect(without.map(([path]) => path)).toEqual([]);
  });

  test('it holds the versions that package.json asks for', () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
    const locked = Object.keys(all).map((name) => [name, lock.packages[`node_modules/${name}`]?.version]);

    expect(Object.fromEntries(locked)).toEqual(all);
  });
});

describe('documents', () => {
  test('the README says how to start and how to test', () => {
    expect(read('README.md')).toContain('npm start');
    expect(read('README.md')).toContain('npm test');
  });

  test('every npm script that a document names exists', () => {
    const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'].filter((path) =>
      existsSync(join(projectFolder, path)),
    );
    const unknown = documents.flatMap((path) =>
      [...read(path).matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)]
        .map(([, name]) => name ?? '')
        .filter((name) => !(name in manifest.scripts))
        .map((name) => `${path}: npm run ${name}`),
    );

    expect(unknown).toEqual([]);
  });

  test('the CHANGELOG has a heading for this version', () => {
    expect(read('CHANGELOG.md')).toMatch(new RegExp(`^## .*${manifest.version.replaceAll('.', '\\.')}`, 'm'));
  });
});

// Windows keeps no such mark on files.
test.skipIf(process.platform === 'win32')('.ci/run can be executed', () => {
  expect(statSync(join(projectFolder, '.ci/run')).mode & 0o111).not.toBe(0);
});
