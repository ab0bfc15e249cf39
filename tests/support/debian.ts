/**
 * Programs that tests drive and the project does not bring: the one installed on this computer, or the one from Debian's
 * package, downloaded and unpacked into `.cache/` once, without any right beyond writing there.
 */
import { execFileSync, type ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Program {
  readonly path: string;
  /** The folder that stands for `/` where the program was unpacked; `/` for an installed one. */
  readonly root: string;
  /** The environment to start it in. */
  readonly env: Record<string, string>;
}

/** A program that cannot be had, and why, in words for whoever reads the test's result. */
export interface Missing {
  readonly missing: string;
}

export interface Wanted {
  /** Debian's package: `nginx`. */
  readonly package: string;
  /** Where the package has it: `usr/sbin/nginx`. */
  readonly path: string;
  /** A file of the package without which an installed program is of no use: `usr/lib/apache2/modules/mod_headers.so`. */
  readonly needs?: string;
}

const cache = join(resolve(dirname(fileURLToPath(import.meta.url)), '../..'), '.cache', 'debian');
const quiet: ExecFileSyncOptionsWithStringEncoding = { encoding: 'utf8', stdio: 'pipe', timeout: 60_000 };

const ownEnvironment = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));

function installed({ path, needs }: Wanted): Program | undefined {
  const isThere = existsSync(join('/', path)) && (needs === undefined || existsSync(join('/', needs)));
  return isThere ? { path: join('/', path), root: '/', env: ownEnvironment() } : undefined;
}

/**
 * @returns The program, ready to be started. With `RINGBOOK_OFFLINE=1` nothing is downloaded.
 * @example findProgram({ package: 'nginx', path: 'usr/sbin/nginx' })
 *   //=> { path: '…/.cache/debian/nginx/usr/sbin/nginx', root: '…/.cache/debian/nginx', env: { … } }
 */
export function findProgram(wanted: Wanted): Program | Missing {
  const found = installed(wanted);
  if (found) return found;
  const root = join(cache, wanted.package);
  if (!existsSync(join(root, wanted.path))) {
    if (process.platform !== 'linux') return { missing: `${wanted.package} is not installed, and this is not Debian` };
    if (process.env['RINGBOOK_OFFLINE'] === '1')
      return { missing: `${wanted.package} is not installed, and RINGBOOK_OFFLINE is set` };
    try {
      unpack(wanted.package, root);
    } catch (error) {
      const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
      return { missing: `${wanted.package} is not installed, and its Debian package could not be had: ${why}` };
    }
  }
  if (!existsSync(join(root, wanted.path))) return { missing: `Debian's ${wanted.package} has no ${wanted.path}` };
  const libraries = ['usr/lib', 'lib'].flatMap((folder) => librariesIn(join(root, folder)));
  const env = ownEnvironment();
  return {
    path: join(root, wanted.path),
    root,
    env: { ...env, LD_LIBRARY_PATH: [...libraries, env['LD_LIBRARY_PATH']].filter(Boolean).join(delimiter) },
  };
}

/** The folders of a platform, such as `usr/lib/x86_64-linux-gnu`. */
const librariesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('-linux-gnu'))
        .map((name) => join(folder, name))
    : [];

/** Downloads a package with everything it needs that this computer lacks, and unpacks all of it below `root`. */
function unpack(name: string, root: string): void {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, `${name}-unpacking-`));
  try {
    let options: string[] = [];
    try {
      download(name, folder, options);
    } catch {
      // Lists of packages of our own, where the computer has none or old ones.
      const lists = join(cache, 'lists');
      mkdirSync(join(lists, 'partial'), { recursive: true });
      options = [
        '-o',
        `Dir::State::lists=${lists}`,
        '-o',
        `Dir::Cache=${join(cache, 'apt')}`,
        '-o',
        'APT::Sandbox::User=',
      ];
      mkdirSync(join(cache, 'apt/archives/partial'), { recursive: true });
      execFileSync('apt-get', [...options, '-qq', 'update'], quiet);
      download(name, folder, options);
    }
    for (const file of readdirSync(folder).filter((entry) => entry.endsWith('.deb'))) {
      execFileSync('dpkg', ['--extract', join(folder, file), join(folder, 'root')], quiet);
    }
    renameSync(join(folder, 'root'), root);
  } catch (error) {
    // Another test process may have been first, and theirs is as good.
    if (!existsSync(root)) throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function download(name: string, folder: string, options: readonly string[]): void {
  const plan = execFileSync('apt-get', [...options, 'install', '--simulate', '--no-install-recommends', name], quiet);
  const packages = [...plan.matchAll(/^Inst (\S+)/gm)].map(([, one = '']) => one);
  execFileSync('apt-get', [...options, '-qq', 'download', ...new Set([name, ...packages])], { ...quiet, cwd: folder });
}
