/**
 * Serves one folder the way a plain web host does: files as they are, on loopback only, nothing cached.
 */
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';

export interface StaticServer {
  /** The loopback port the system chose. */
  readonly port: number;
  /** Address of the served folder, ending in `/`. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

export interface StaticServerOptions {
  /** The folder under which everything is served; begins and ends with `/`. Everything outside answers 404. */
  readonly prefix?: string;
  /** The host name in `url`. It must lead to 127.0.0.1 for whoever asks. */
  readonly host?: string;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.xml': 'application/xml; charset=utf-8',
};

/**
 * Starts serving `folder`.
 *
 * @example (await serveFolder('dist', { prefix: '/some/deep/place/' })).url //=> 'http://127.0.0.1:41234/some/deep/place/'
 */
export async function serveFolder(folder: string, options: StaticServerOptions = {}): Promise<StaticServer> {
  const { prefix = '/', host = '127.0.0.1' } = options;
  const root = resolve(folder);

  const server = createServer((request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    const refuse = (status: number, text: string) =>
      response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text);
    if (request.method !== 'GET' && request.method !== 'HEAD') return void refuse(405, 'Only GET and HEAD.');
    void readServed(root, prefix, request.url ?? '/').then((found) => {
      if (found === undefined) return refuse(404, 'Nothing here.');
      response.writeHead(200, {
        'Content-Type': contentTypes[extname(found.path).toLowerCase()] ?? 'application/octet-stream',
        'Content-Length': found.body.length,
        'X-Content-Type-Options': 'nosniff',
      });
      return response.end(request.method === 'HEAD' ? undefined : found.body);
    });
  });

  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', listening);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The static server has no port.');
  return {
    port: address.port,
    url: `http://${host}:${address.port}${prefix}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** @returns The file a request asks for, or undefined when there is none or it lies outside the folder. */
async function readServed(
  root: string,
  prefix: string,
  requested: string,
): Promise<{ path: string; body: Buffer } | undefined> {
  try {
    const pathname = decodeURIComponent(new URL(requested, 'http://served').pathname);
    if (!pathname.startsWith(prefix)) return undefined;
    const inFolder = pathname.slice(prefix.length);
    const path = join(root, inFolder === '' || inFolder.endsWith('/') ? `${inFolder}index.html` : inFolder);
    if (!path.startsWith(root + sep) || !(await stat(path)).isFile()) return undefined;
    return { path, body: await readFile(path) };
  } catch {
    return undefined;
  }
}
