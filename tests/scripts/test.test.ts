import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

let folder: string;

interface Stage {
  readonly exitCode?: number | 'never';
  readonly report?: unknown;
}
const reports: Readonly<Record<string, string>> = {
  check: '.cache/check.json',
  'test:unit': '.cache/unit.json',
  build: '',
  'test:site': '.cache/site.json',
  'test:e2e': '.cache/playwright.json',
};

const vitest = (...statuses: string[]) => ({
  testResults: [{ status: 'passed', assertionResults: statuses.map((status) => ({ status })) }],
});
const playwright = (expected: number, unexpected: number) => ({
  stats: { expected, unexpected, flaky: 0, skipped: 0 },
  errors: [],
});
const allWell: Readonly<Record<string, Stage>> = {
  check: { report: { passed: 5, failed: 0 } },
  'test:unit': { report: vitest('passed', 'passed') },
  build: {},
  'test:site': { report: vitest('passed') },
  'test:e2e': { report: playwright(3, 0) },
};

/** Runs the real script over stages that only leave a report and end. */
function runTests(stages: Readonly<Record<string, Stage>>, limitMinutes = 15) {
  const run = { ...allWell, ...stages };
  writeFileSync(join(folder, 'stages.json'), JSON.stringify(run));
  writeFileSync(join(folder, 'reports.json'), JSON.stringify(reports));
  const { status, stdout } = spawnSync(process.execPath, ['scripts/test.mjs'], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      RINGBOOK_STAGE_MINUTES: String(limitMinutes),
      PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`,
    },
  });
  const lines = stdout.trimEnd().split('\n');
  return { status, last: lines.at(-1), lines };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringbook-test-'));
  mkdirSync(join(folder, 'scripts'));
  mkdirSync(join(folder, '.cache'));
  mkdirSync(join(folder, 'bin'));
  // Stands in for `npm run --silent <stage>`, five of which take a second.
  writeFileSync(join(folder, 'bin/npm'), `#!/bin/sh\nexec '${process.execPath}' stage.mjs "$3"\n`, { mode: 0o755 });
  cpSync(resolve('scripts/test.mjs'), join(folder, 'scripts/test.mjs'));
  writeFileSync(
    join(folder, 'stage.mjs'),
    `import { readFileSync, writeFileSync } from 'node:fs';
     const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
     const name = process.argv[2];
     const { report, exitCode = 0 } = read('stages.json')[name];
     if (report !== undefined) writeFileSync(read('reports.json')[name], JSON.stringify(report));
     if (exitCode === 'never') setInterval(() => {}, 1000); else process.exit(exitCode);`,
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

describe.skipIf(process.platform === 'win32')('the closing line of the tests', () => {
  test('sums checks, build and tests', () => {
    expect(runTests({})).toMatchObject({ status: 0, last: '12 passed, 0 failed' });
  });

  test('a failed test fails the whole, and the later stages still run', () => {
    expect(runTests({ 'test:unit': { exitCode: 1, report: vitest('passed', 'failed') } })).toMatchObject({
      status: 1,
      last: '11 passed, 1 failed',
    });
  });

  test('a runner that crashes counts as a failure, with and without a report', () => {
    expect(runTests({ 'test:unit': { exitCode: 1, report: vitest('passed', 'passed') } }).last).toBe(
      '12 passed, 1 failed',
    );
    expect(runTests({ 'test:e2e': { exitCode: 0 } }).last).toBe('9 passed, 1 failed');
  });

  test('a test file that cannot be loaded counts as a failure', () => {
    const report = { testResults: [{ status: 'failed', assertionResults: [] }] };

    expect(runTests({ 'test:site': { exitCode: 1, report } }).last).toBe('11 passed, 1 failed');
  });

  test('a stage that never ends is stopped and counts as a failure', () => {
    expect(runTests({ 'test:unit': { exitCode: 'never' } }, 0.05).last).toBe('10 passed, 1 failed');
  });

  test('what was skipped is named with its reason, and does not count as passed', () => {
    const skip = (description: string) => ({ status: 'skipped', annotations: [{ type: 'skip', description }] });
    const tests = [
      skip('nginx is not installed'),
      skip('nginx is not installed'),
      { status: 'expected', annotations: [] },
    ];
    const report = {
      stats: { expected: 1, unexpected: 0, flaky: 0, skipped: 2 },
      errors: [],
      suites: [{ specs: [], suites: [{ specs: [{ tests }] }] }],
    };
    const { last, lines } = runTests({ 'test:e2e': { report } });

    expect(last).toBe('10 passed, 0 failed');
    expect(lines).toContain('  SKIPPED: 2 tests: nginx is not installed');
  });

  test('without a built site nothing is tested on it, and the line still comes', () => {
    const { status, last, lines } = runTests({ build: { exitCode: 1 } });

    expect({ status, last }).toEqual({ status: 1, last: '7 passed, 1 failed' });
    expect(lines).toContain('Built site: not run, because the build failed');
  });
});
