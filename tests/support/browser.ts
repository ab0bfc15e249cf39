/**
 * Finds a Chromium for the tests: the environment's choice, then one installed on this computer, then the one
 * inside `@sparticuz/chromium` (Linux x64, nothing is downloaded), then Playwright's own.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How to start the browser that was found; hand it to Playwright's `chromium.launch` or `use.launchOptions`. */
export interface BrowserLaunch {
  /** Left out for Playwright's own browser, whose place Playwright knows. */
  readonly executablePath?: string;
  readonly args: string[];
  /** Left out when the browser needs nothing beyond this process's environment. */
  readonly env?: Record<string, string>;
}

/** A host name that is neither `localhost` nor https: what the browser grants a plain-http intranet site, and no more. */
export const intranetHost = 'ringbook.intranet.test';

const projectFolder = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** No sandbox, because tests may run as root; no lookups and no traffic but loopback's. */
const launchArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  `--host-resolver-rules=MAP ${intranetHost} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost`,
];

/** Where Chromium, Chrome and Edge are usually found, per platform; on Linux the PATH is searched instead. */
export function usualBrowserPaths(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string[] {
  if (platform === 'darwin') {
    const inApplications = ['Chromium', 'Google Chrome', 'Microsoft Edge'].map(
      (name) => `Applications/${name}.app/Contents/MacOS/${name}`,
    );
    return ['/', environment['HOME']].flatMap((root) => (root ? inApplications.map((path) => join(root, path)) : []));
  }
  if (platform === 'win32') {
    const inPrograms = [
      'Google\\Chrome\\Application\\chrome.exe',
      'Chromium\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ];
    return ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((name) => {
      const folder = environment[name];
      return folder ? inPrograms.map((path) => join(folder, path)) : [];
    });
  }
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'microsoft-edge-stable',
  ];
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * Finds the browser and says how to start it. The packaged browser is unpacked once, into `.cache/` (about 1.5 s, 200 MB).
 *
 * @throws When `RINGBOOK_BROWSER` names a file that is not there: a choice is obeyed or refused, never replaced.
 */
export function findBrowser(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): BrowserLaunch {
  const chosen = environment['RINGBOOK_BROWSER'];
  if (chosen !== undefined && chosen !== '') {
    if (!existsSync(chosen)) {
      throw new Error(
        `RINGBOOK_BROWSER names ${chosen}, and there is no such file. Give the full path of Chromium, Chrome or Edge.`,
      );
    }
    return { executablePath: chosen, args: launchArgs };
  }
  const installed = usualBrowserPaths(platform, environment).find((path) => existsSync(path));
  if (installed !== undefined) return { executablePath: installed, args: launchArgs };
  if (platform === 'linux' && process.arch === 'x64') {
    const packaged = unpackPackagedBrowser();
    if (packaged !== undefined) return launchPackagedBrowser(packaged, environment);
  }
  return { args: launchArgs };
}

function launchPackagedBrowser(folder: string, environment: NodeJS.ProcessEnv): BrowserLaunch {
  const inherited = Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const libraries = [join(folder, 'al2023/lib'), environment['LD_LIBRARY_PATH']];
  return {
    executablePath: join(folder, 'chromium'),
    args: launchArgs,
    env: {
      ...Object.fromEntries(inherited),
      LD_LIBRARY_PATH: libraries.filter(Boolean).join(delimiter),
      FONTCONFIG_FILE: join(folder, 'ringbook-fonts.conf'),
    },
  };
}

/**
 * @returns The folder with the unpacked browser, or undefined where the optional package is not installed.
 */
function unpackPackagedBrowser(): string | undefined {
  const entry = resolvePackage('@sparticuz/chromium');
  if (entry === undefined) return undefined;
  const cache = join(projectFolder, '.cache');
  const folder = join(cache, `chromium-${versionOf(entry)}`);
  if (existsSync(folder)) return folder;

  mkdirSync(cache, { recursive: true });
  const unpacking = mkdtempSync(join(cache, 'chromium-unpacking-'));
  // The package unpacks into the temporary folder of its process, and adds its libraries only where it believes
  // itself on Amazon Linux. A process of its own keeps both settings away from ours.
  execFileSync(
    process.execPath,
    ['--input-type=module', '--eval', `import c from '@sparticuz/chromium'; await c.executablePath();`],
    {
      cwd: projectFolder,
      env: { ...process.env, TMPDIR: unpacking, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  writeFileSync(join(unpacking, 'ringbook-fonts.conf'), fontConfiguration(folder));
  try {
    renameSync(unpacking, folder);
  } catch (error) {
    // Another test process was first, and a folder with files in it cannot be replaced: theirs is as good.
    rmSync(unpacking, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/**
 * The computer's fonts and its rules for `monospace` and the like, where it has them; then the package's own fonts,
 * so that a computer without any still shows text.
 */
function fontConfiguration(folder: string): string {
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts', join(folder, 'fonts')];
  return [
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    `<fontconfig>${folders.map((path) => `<dir>${path}</dir>`).join('')}`,
    '<include ignore_missing="yes">/etc/fonts/conf.d</include>',
    `<cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>`,
    '',
  ].join('\n');
}

function resolvePackage(name: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    return undefined;
  }
}

/** @param entry A file of the package; its `package.json` is in one of the folders above. */
function versionOf(entry: string): string {
  for (let folder = dirname(entry); folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (!existsSync(file)) continue;
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version?: string };
    if (version !== undefined) return version;
  }
  throw new Error(`No package.json with a version above ${entry}.`);
}
