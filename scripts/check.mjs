/**
 * Runs everything that is checked without running the product, two at a time, and shows what the failing ones say.
 * Each also runs alone: `npm run check:spelling`.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';

// The longest first, so that the short ones fill the other place.
const checks = ['check:types', 'check:lint', 'check:spelling', 'check:unused', 'check:format'];

const waiting = [...checks];
const results = [];
await Promise.all([work(), work()]);

const failed = results.filter(({ hasPassed }) => !hasPassed).map(({ name }) => name);
mkdirSync('.cache', { recursive: true });
writeFileSync('.cache/check.json', JSON.stringify({ passed: results.length - failed.length, failed: failed.length }));
if (failed.length > 0) {
  console.log(`\nTo see one alone: ${failed.map((name) => `npm run ${name}`).join(', ')}`);
  process.exitCode = 1;
}

async function work() {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const started = performance.now();
    const { hasPassed, output } = await run(name);
    results.push({ name, hasPassed });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${hasPassed ? 'passed' : 'FAILED'}  ${name} (${seconds} s)`);
    if (!hasPassed) console.log(output.trimEnd().replace(/^/gm, '        '));
  }
}

function run(name) {
  return new Promise((done) => {
    const child = spawn(`npm run --silent ${name}`, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.on('close', (code) => done({ hasPassed: code === 0, output }));
  });
}
