import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveFolder, type StaticServer } from './static-server.ts';

const parent = mkdtempSync(join(tmpdir(), 'ringbook-served-'));
const folder = join(parent, 'site');
let server: StaticServer;

beforeAll(async () => {
  mkdirSync(join(folder, 'in'), { recursive: true });
  writeFileSync(join(parent, 'secret.txt'), 'outside');
  writeFileSync(join(folder, 'index.html'), '<p>start</p>');
  writeFileSync(join(folder, 'in/a b.js'), 'go()');
  server = await serveFolder(folder, { prefix: '/some/deep/place/' });
});
afterAll(async () => {
  await server.close();
  rmSync(parent, { recursive: true });
});

/** Asks for a path exactly as written: `fetch` would resolve the dots before it asks. */
const ask = (path: string, method = 'GET') =>
  new Promise<{ status: number | undefined; type: string | undefined; body: string }>((done, failed) => {
    request({ port: server.port, host: '127.0.0.1', path, method }, (response) => {
      let body = '';
      response.on('data', (text) => (body += String(text)));
      response.on('end', () => done({ status: response.statusCode, type: response.headers['content-type'], body }));
    })
      .on('error', failed)
      .end();
  });

describe('the static server', () => {
  test('serves files with their content type, and a folder by its index', async () => {
    const script = await ask('/some/deep/place/in/a%20b.js?version=1');

    expect(script).toEqual({ status: 200, type: 'text/javascript; charset=utf-8', body: 'go()' });
    expect((await ask('/some/deep/place/')).body).toBe('<p>start</p>');
    expect(server.url).toBe(`http://127.0.0.1:${server.port}/some/deep/place/`);
  });

  test.each([
    ['outside the prefix', '/index.html'],
    ['without a file', '/some/deep/place/gone.html'],
    ['above the folder', '/some/deep/place/../../../secret.txt'],
    ['above the folder in disguise', '/some/deep/place/..%2Fsecret.txt'],
    ['a folder without an index', '/some/deep/place/in/'],
    ['a damaged escape', '/some/deep/place/%E0%A4%A'],
  ])('answers 404 for a path %s', async (_, path) => {
    expect((await ask(path)).status).toBe(404);
  });

  test('answers HEAD without a body, and nothing but GET and HEAD', async () => {
    expect(await ask('/some/deep/place/', 'HEAD')).toMatchObject({ status: 200, body: '' });
    expect((await ask('/some/deep/place/', 'POST')).status).toBe(405);
  });
});
