/** Real web servers with the settings that the guide prints, each serving the built folder below `/ringbook/`. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram, type Missing, type Program } from './debian.ts';

export const hostNames = ['nginx', 'Apache'] as const;
export type HostName = (typeof hostNames)[number];

export interface Host {
  /** Addresses of the folder, ending in `/`. `http` is plain http; `https` has a certificate that nobody vouches for. */
  readonly http: string;
  readonly https: string;
  readonly close: () => Promise<void>;
}

const wanted = {
  nginx: { package: 'nginx', path: 'usr/sbin/nginx' },
  Apache: {
    package: 'apache2-bin',
    path: 'usr/sbin/apache2',
    needs: 'usr/lib/apache2/modules/mod_headers.so',
  },
} as const;

/** The block of code of the guide's page in this language: what a reader copies is what is tested. */
function settingsOf(language: string): string {
  const guide = readFileSync('src/content/guide/hosting.mdx', 'utf8');
  const code = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(guide)?.[1];
  if (code === undefined) throw new Error(`The guide's page on hosting has no block in ${language}.`);
  return code;
}

/** Puts this test's own names and paths in the place of the guide's. */
function put(settings: string, places: Readonly<Record<string, string>>): string {
  return Object.entries(places).reduce((text, [before, after]) => {
    if (!text.includes(before)) throw new Error(`The guide's settings do not name ${before}.`);
    return text.replaceAll(before, after);
  }, settings);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

function makeCertificate(folder: string): { certificate: string; key: string } | Missing {
  const [certificate, key] = [join(folder, 'tools.pem'), join(folder, 'tools.key')];
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
  try {
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '2',
        '-subj',
        '/CN=localhost',
        '-addext',
        names,
      ].concat(['-keyout', key, '-out', certificate]),
      { stdio: 'ignore' },
    );
    return { certificate, key };
  } catch {
    return { missing: 'openssl is not installed, and https needs a certificate' };
  }
}

interface Setting {
  readonly program: Program;
  readonly folder: string;
  readonly site: string;
  readonly ports: readonly [http: number, https: number];
  readonly certificate: string;
  readonly key: string;
}

const isRoot = process.getuid?.() === 0;

function nginxArguments({ folder, site, ports: [http, https], certificate, key }: Setting): string[] {
  const settings = put(settingsOf('nginx'), {
    'listen 80;': `listen 127.0.0.1:${http};`,
    'listen 443 ssl;': `listen 127.0.0.1:${https} ssl;`,
    '/srv/ringbook': site,
    '/etc/ssl/certs/tools.pem': certificate,
    '/etc/ssl/private/tools.key': key,
  });
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  writeFileSync(
    join(folder, 'nginx.conf'),
    [
      isRoot ? 'user root;' : '',
      `daemon off; worker_processes 1; pid ${join(folder, 'pid')}; error_log ${join(folder, 'errors')};`,
      `events {} http { access_log off; ${temporary.join(' ')}`,
      settings,
      '}',
    ].join('\n'),
  );
  return ['-e', 'stderr', '-p', folder, '-c', join(folder, 'nginx.conf')];
}

function apacheArguments({ program, folder, site, ports: [http, https], certificate, key }: Setting): string[] {
  const modules = ['mpm_event', 'authz_core', 'alias', 'dir', 'headers', 'mime', 'ssl', 'socache_shmcb'];
  writeFileSync(
    join(folder, 'httpd.conf'),
    [
      ...modules.map(
        (name) => `LoadModule ${name}_module ${join(program.root, 'usr/lib/apache2/modules', `mod_${name}.so`)}`,
      ),
      `ServerRoot ${folder}`,
      `PidFile ${join(folder, 'pid')}`,
      `DefaultRuntimeDir ${folder}`,
      `ErrorLog ${join(folder, 'errors')}`,
      'ServerName localhost',
      'TypesConfig /dev/null',
      isRoot ? 'User nobody\nGroup nogroup' : '',
      `Listen 127.0.0.1:${http}`,
      `Listen 127.0.0.1:${https}`,
      put(settingsOf('apache'), { '/srv/ringbook': site }),
      `<VirtualHost *:${https}>`,
      `SSLEngine on\nSSLCertificateFile ${certificate}\nSSLCertificateKeyFile ${key}`,
      '</VirtualHost>',
    ].join('\n'),
  );
  return ['-f', join(folder, 'httpd.conf'), '-D', 'FOREGROUND'];
}

async function answers(address: string, process: ChildProcess): Promise<boolean> {
  for (let tries = 0; tries < 100 && process.exitCode === null; tries += 1) {
    const response = await fetch(address).catch(() => undefined);
    if (response) return true;
    await new Promise((later) => setTimeout(later, 50));
  }
  return false;
}

/**
 * Starts a web server with a copy of the built folder.
 *
 * @throws When the server does not take the guide's settings, with what it said.
 */
export async function openHost(name: HostName): Promise<Host | Missing> {
  if (!existsSync('dist')) throw new Error('There is no dist folder. Run `npm run build` first.');
  const program = findProgram(wanted[name]);
  if ('missing' in program) return program;
  const folder = mkdtempSync(join(tmpdir(), 'ringbook-host-'));
  const made = makeCertificate(folder);
  if ('missing' in made) return made;
  const site = join(folder, 'site');
  cpSync('dist', site, { recursive: true });
  // A server that root starts reads as somebody who may do little else.
  chmodSync(folder, 0o755);
  const ports = [await freePort(), await freePort()] as const;
  const setting = { program, folder, site, ports, ...made };
  const child = spawn(program.path, name === 'nginx' ? nginxArguments(setting) : apacheArguments(setting), {
    env: program.env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text) => (said += text));
  const http = `http://127.0.0.1:${ports[0]}/ringbook/`;
  if (!(await answers(http, child))) {
    const errors = join(folder, 'errors');
    const logged = existsSync(errors) ? readFileSync(errors, 'utf8') : '';
    throw new Error(`${name} does not take the guide's settings: ${said}${logged}`);
  }
  return {
    http,
    https: `https://127.0.0.1:${ports[1]}/ringbook/`,
    close: async () => {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
