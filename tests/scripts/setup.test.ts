import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

let folder: string;

/** Stands in for npm: notes how it was called, and `ci` leaves the record that npm leaves. */
const fakeNpm = `
  import { appendFileSync, copyFileSync, existsSync, mkdirSync } from 'node:fs';
  const called = process.argv.slice(2);
  appendFileSync('npm-calls.txt', called.join(' ') + '\\n');
  if (called[0] === 'ci') {
    if (existsSync('no-registry')) process.exit(7);
    mkdirSync('node_modules', { recursive: true });
    copyFileSync('installed.json', 'node_modules/.package-lock.json');
  }
  if (called.includes('failing')) process.exit(3);
`;

const onePackage = (version: string) => ({ 'node_modules/one': { version, integrity: `sha512-${version}` } });
const packagedNode = `node_modules/node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
const otherPlatform = { 'node_modules/other': { version: '1.0.0', integrity: 'sha512-o', optional: true } };

function writeLock(packages: object, engine = '>=20.0') {
  const root = { '': { engines: { node: engine } } };
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: { ...root, ...packages } }));
  writeFileSync(join(folder, 'installed.json'), JSON.stringify({ packages }));
}

function setUp(...parameters: string[]) {
  const environment = { ...process.env, npm_execpath: join(folder, 'npm.mjs'), npm_node_execpath: process.execPath };
  const { status, stderr } = spawnSync(process.execPath, ['scripts/setup.mjs', ...parameters], {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
  });
  const calls = join(folder, 'npm-calls.txt');
  return { status, stderr, npm: existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [] };
}

const install = 'ci --loglevel=error --no-audit --no-fund';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringbook-setup-'));
  mkdirSync(join(folder, 'scripts'));
  cpSync('scripts/setup.mjs', join(folder, 'scripts/setup.mjs'));
  writeFileSync(join(folder, 'npm.mjs'), fakeNpm);
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('setting the project up', () => {
  test('installs once, then runs the script that was asked for, with its arguments', () => {
    writeLock(onePackage('1.0.0'));

    expect(setUp('serve')).toMatchObject({ status: 0, npm: [install, 'run --silent serve'] });
    expect(setUp('serve', '--port', '5000').npm.at(-1)).toBe('run --silent serve -- --port 5000');
    expect(setUp().npm.filter((call) => call === install)).toHaveLength(1);
  });

  test('installs again when the lock has changed', () => {
    writeLock(onePackage('1.0.0'));
    setUp();
    writeLock(onePackage('1.0.1'));

    expect(setUp().npm).toEqual([install, install]);
  });

  test('installs again when the lock no longer holds a package that is there', () => {
    writeLock({ ...onePackage('1.0.0'), 'node_modules/two': { version: '2.0.0', integrity: 'sha512-2' } });
    setUp();
    writeLock(onePackage('1.0.0'));

    expect(setUp().npm).toEqual([install, install]);
  });

  test('a package for another platform need not be there, the packaged Node of this one must', () => {
    const withNode = {
      ...onePackage('1.0.0'),
      [packagedNode]: { version: '24.0.0', integrity: 'sha512-n', optional: true },
    };
    writeLock({ ...withNode, ...otherPlatform });
    writeFileSync(join(folder, 'installed.json'), JSON.stringify({ packages: withNode }));
    setUp();
    expect(setUp().npm).toEqual([install]);

    writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: onePackage('1.0.0') }));
    expect(setUp().npm).toEqual([install, install]);
  });

  test('ends as the script ends', () => {
    writeLock(onePackage('1.0.0'));

    expect(setUp('failing').status).toBe(3);
  });

  test('a failed installation is told in one sentence, and nothing is run', () => {
    writeLock(onePackage('1.0.0'));
    writeFileSync(join(folder, 'no-registry'), '');

    expect(setUp('serve')).toEqual({
      status: 1,
      npm: [install],
      stderr:
        'Installing the packages failed, for the reason above. Mend it (is the npm registry reachable?), then run this again.\n',
    });
  });

  test('a Node that is too old is told before anything is installed, unless a newer one will be', () => {
    writeLock(onePackage('1.0.0'), '>=99.1');
    expect(setUp('serve')).toEqual({
      status: 1,
      npm: [],
      stderr: `Ringbook needs Node 99.1 or later; this is Node ${process.versions.node}. Install a newer Node, then run this again.\n`,
    });

    writeLock({ [packagedNode]: { version: '99.2.0', integrity: 'sha512-n', optional: true } }, '>=99.1');
    expect(setUp('serve').status).toBe(0);
  });

  test('a damaged lock is told with its mend', () => {
    writeFileSync(join(folder, 'package-lock.json'), '{');

    expect(setUp().stderr).toBe(
      'package-lock.json is missing or damaged. Put it back: git checkout package-lock.json\n',
    );
  });

  test('it is written in what Node 20 understands, without packages', () => {
    const source = readFileSync('scripts/setup.mjs', 'utf8');
    const imported = [...source.matchAll(/from '([^']+)'/g)].map(([, specifier]) => specifier);

    expect(imported.every((specifier) => specifier?.startsWith('node:'))).toBe(true);
    expect(() => execFileSync(process.execPath, ['--check', 'scripts/setup.mjs'])).not.toThrow();
  });
});
