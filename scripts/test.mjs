/**
 * Runs every test there is, cheap ones first, and closes with one line: `N passed, N failed`.
 *
 * A stage that fails does not keep the next from running, except that nothing can be tested on a site that was not built.
 * Checks and the build count as one each; tests count as their runners report them.
 */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';

const stages = [
  { name: 'Checks', script: 'check', report: '.cache/check.json', count: (report) => report },
  { name: 'Unit tests', script: 'test:unit', report: '.cache/unit.json', count: countVitest },
  { name: 'Build', script: 'build' },
  { name: 'Built site', script: 'test:site', report: '.cache/site.json', count: countVitest, needsBuild: true },
  {
    name: 'Browser tests',
    script: 'test:e2e',
    report: '.cache/playwright.json',
    count: countPlaywright,
    needsBuild: true,
  },
];

const limitMinutes = Number(process.env.RINGBOOK_STAGE_MINUTES ?? 15);
const lines = [];
const total = { passed: 0, failed: 0 };
let isBuilt = true;

for (const stage of stages) {
  if (stage.needsBuild && !isBuilt) {
    lines.push(`${stage.name}: not run, because the build failed`);
    continue;
  }
  console.log(`\n— ${stage.name} (npm run ${stage.script})\n`);
  if (stage.report !== undefined) rmSync(stage.report, { force: true });
  const started = performance.now();
  const code = await run(stage.script);
  const seconds = Math.round((performance.now() - started) / 1000);
  const { passed, failed, skipped = 0, reasons = [] } = countStage(stage, code);
  if (stage.script === 'build') isBuilt = code === 0;
  total.passed += passed;
  total.failed += failed;
  const skippedPart = skipped > 0 ? `, ${skipped} skipped` : '';
  lines.push(`${stage.name}: ${passed} passed, ${failed} failed${skippedPart} (${seconds} s)`);
  lines.push(...reasons.map((reason) => `  SKIPPED: ${reason}`));
}

console.log(`\n${lines.join('\n')}\n\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** A runner that ends badly without a failed test, for example by a crash, counts as one failure. */
function countStage({ report, count }, code) {
  const ended = code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  if (report === undefined) return ended;
  let counted;
  try {
    counted = count(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return { passed: 0, failed: 1 };
  }
  return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
}

/** A file that cannot be loaded has no tests of its own; it counts as one failure. */
function countVitest({ testResults }) {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const unloaded = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  );
  const having = (status) => tests.filter((assertion) => assertion.status === status).length;
  const passed = having('passed');
  const failed = having('failed');
  return { passed, failed: failed + unloaded.length, skipped: tests.length - passed - failed };
}

function countPlaywright({ stats, errors, suites = [] }) {
  const failed = stats.unexpected + stats.flaky;
  const reasons = skipReasons(suites);
  return {
    passed: stats.expected,
    failed: Math.max(failed, errors.length > 0 ? 1 : 0),
    skipped: stats.skipped,
    reasons,
  };
}

/** Each reason once, with how many tests it kept from running: what was not tested must not look as if it were. */
function skipReasons(suites) {
  const testsOf = (suite) => [
    ...(suite.specs ?? []).flatMap(({ tests }) => tests),
    ...(suite.suites ?? []).flatMap(testsOf),
  ];
  const skipped = suites.flatMap(testsOf).filter(({ status }) => status === 'skipped');
  const counts = new Map();
  for (const { annotations = [] } of skipped) {
    const reason = annotations.find(({ type }) => type === 'skip')?.description ?? 'no reason was given';
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => `${count} ${count === 1 ? 'test' : 'tests'}: ${reason}`);
}

/** A test that never ends must not keep the closing line away; no stage takes a fourth of this. */
function run(script) {
  const isWindows = process.platform === 'win32';
  return new Promise((done) => {
    const child = spawn(`npm run --silent ${script}`, {
      shell: true,
      stdio: ['ignore', 'inherit', 'inherit'],
      // A group of its own, so that a runner's workers end with it.
      detached: !isWindows,
    });
    const end = () =>
      isWindows ? spawn('taskkill', ['/pid', String(child.pid), '/T', '/F']) : process.kill(-child.pid);
    const limit = setTimeout(() => {
      console.log(`\n${script} did not end within ${limitMinutes} minutes and was stopped.`);
      end();
    }, limitMinutes * 60_000);
    const leave = () => {
      end();
      process.exit(130);
    };
    process.once('SIGINT', leave).once('SIGTERM', leave);
    child.on('close', (code) => {
      clearTimeout(limit);
      process.off('SIGINT', leave).off('SIGTERM', leave);
      done(code ?? 1);
    });
  });
}
