/**
 * Makes the project ready to run, then runs one of its scripts: `node scripts/setup.mjs [script] [arguments…]`.
 *
 * It installs what package-lock.json names, when that is not what stands in node_modules. The installation brings a
 * newer Node than the computer may have, and npm uses it for every script: so this file alone must run on Node 20,
 * without any package.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..');
const packagedNode = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

const [script, ...scriptArguments] = process.argv.slice(2);

await setUp();
if (script !== undefined) {
  const code = await runNpm([
    'run',
    '--silent',
    script,
    ...(scriptArguments.length > 0 ? ['--', ...scriptArguments] : []),
  ]);
  process.exit(code);
}

async function setUp() {
  const wanted = readJson('package-lock.json')?.packages;
  if (wanted === undefined)
    stop('package-lock.json is missing or damaged. Put it back: git checkout package-lock.json');
  refuseOldNode(wanted);
  if (isInstalled(wanted, readJson('node_modules/.package-lock.json')?.packages)) return;

  if (process.platform === 'win32' && process.execPath.startsWith(join(projectFolder, 'node_modules') + sep)) {
    stop('The packages have changed, and Windows cannot replace the Node that is running. Run: npm ci');
  }
  console.log('Installing packages; this takes a minute or two …');
  const code = await runNpm(['ci', '--loglevel=error', '--no-audit', '--no-fund']);
  if (code !== 0) {
    stop(
      'Installing the packages failed, for the reason above. Mend it (is the npm registry reachable?), then run this again.',
    );
  }
}

/**
 * Compares the lock with the record that npm itself keeps of an installation.
 * Optional packages may be missing, since each platform has its own; the packaged Node of this platform may not.
 */
function isInstalled(wanted, installed) {
  if (installed === undefined) return false;
  const isSame = (path) =>
    installed[path]?.version === wanted[path].version && installed[path]?.integrity === wanted[path].integrity;
  const isDispensable = (path) => wanted[path].optional === true && path !== `node_modules/${packagedNode}`;
  return (
    Object.keys(wanted).every((path) => path === '' || isSame(path) || (isDispensable(path) && !(path in installed))) &&
    Object.keys(installed).every((path) => path in wanted)
  );
}

function refuseOldNode(wanted) {
  const least = wanted['']?.engines?.node?.replace('>=', '') ?? '0.0';
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [leastMajor, leastMinor] = least.split('.').map(Number);
  const isOld = major < leastMajor || (major === leastMajor && minor < leastMinor);
  if (isOld && !(`node_modules/${packagedNode}` in wanted)) {
    stop(
      `Ringbook needs Node ${least} or later; this is Node ${process.versions.node}. Install a newer Node, then run this again.`,
    );
  }
}

/** @returns The exit code. npm is started by the Node that runs npm, since `npm` itself is no program on Windows. */
function runNpm(npmArguments) {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  const environment = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' };
  const options = { cwd: projectFolder, env: environment, stdio: 'inherit' };
  const child =
    npm !== undefined && node !== undefined && existsSync(npm)
      ? spawn(node, [npm, ...npmArguments], options)
      : spawn('npm', npmArguments, { ...options, shell: process.platform === 'win32' });
  // Ctrl+C reaches the child as well; whoever started us waits until the child has gone.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((done) => {
    child.on('error', (error) => stop(`npm did not start: ${error.message}`));
    child.on('exit', (code, signal) => done(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(join(projectFolder, path), 'utf8'));
  } catch {
    return undefined;
  }
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
