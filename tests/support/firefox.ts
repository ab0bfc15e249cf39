/**
 * Firefox by WebDriver BiDi, which it speaks itself: no driver, no package. Only what the tests of the main road need.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { intranetHost } from './browser.ts';
import { findProgram, type Missing } from './debian.ts';

export interface Firefox {
  readonly goto: (address: string) => Promise<void>;
  readonly reload: () => Promise<void>;
  /** @returns What an expression amounts to in the page; it must be plain data. */
  readonly evaluate: <Value>(expression: string) => Promise<Value>;
  /** Waits until an expression is true in the page. */
  readonly waitFor: (expression: string) => Promise<void>;
  /** Presses the mouse on the first visible element of a selector, where a person would; with words, on the first that says these. */
  readonly click: (selector: string, words?: string) => Promise<void>;
  /** Types with the keyboard into whatever has the focus. */
  readonly type: (text: string) => Promise<void>;
  /** Chooses a file in a file field. */
  readonly choose: (selector: string, file: string) => Promise<void>;
  /** Waits until the folder for downloads holds a whole file of this name. @returns Its path; the next may have the same name. */
  readonly downloaded: (name: RegExp) => Promise<string>;
  /** The page as a PDF. */
  readonly print: () => Promise<Uint8Array>;
  /** What the browser complained about, and addresses asked for. */
  readonly complaints: string[];
  readonly asked: string[];
  readonly close: () => Promise<void>;
}

/**
 * Nothing is looked up, reported or updated: the only traffic is the page's own. What Firefox sets by itself for automation is
 * left out, for it makes all files of a disk one place, where for a person each file is its own.
 */
const preferences: Readonly<Record<string, boolean | number | string>> = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.safebrowsing.update.enabled': false,
  // A test hands a file over by its path, which a page's process may not read.
  'dom.file.createInChild': true,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.update.enabled': false,
  'browser.download.folderList': 2,
  'browser.download.useDownloadDir': true,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.dns.localDomains': intranetHost,
  'remote.active-protocols': 1,
  'remote.prefs.recommended': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.enabled': false,
  'ui.prefersReducedMotion': 1,
};

const LONGEST_WAIT_MS = 10_000;
const later = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

interface Reply {
  readonly id?: number | null;
  readonly type: 'success' | 'error' | 'event';
  readonly result?: unknown;
  readonly message?: string;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

function listening(browser: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    let said = '';
    const limit = setTimeout(() => fail(new Error(`Firefox did not open its door within 30 s: ${said}`)), 30_000);
    browser.stderr?.on('data', (text: Buffer) => {
      said += text.toString();
      const address = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said)?.[1];
      if (address === undefined) return;
      clearTimeout(limit);
      done(address);
    });
    browser.once('exit', (code) => fail(new Error(`Firefox ended with ${code}: ${said}`)));
  });
}

export async function openFirefox(): Promise<Firefox | Missing> {
  const program = findProgram({ package: 'firefox-esr', path: 'usr/lib/firefox-esr/firefox-esr' });
  if ('missing' in program) return program;
  const profile = mkdtempSync(join(tmpdir(), 'ringbook-firefox-'));
  const downloads = join(profile, 'downloads');
  mkdirSync(downloads);
  writeFileSync(
    join(profile, 'user.js'),
    Object.entries({ ...preferences, 'browser.download.dir': downloads })
      .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`)
      .join('\n'),
  );
  const browser = spawn(
    program.path,
    ['--headless', '--no-remote', '--remote-debugging-port=0', '--profile', profile],
    {
      env: { ...program.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const socket = new WebSocket(`${await listening(browser)}/session`);
  await new Promise((done, fail) => {
    socket.addEventListener('open', done, { once: true });
    socket.addEventListener('error', fail, { once: true });
  });

  const waiting = new Map<number, (reply: Reply) => void>();
  const complaints: string[] = [];
  const asked: string[] = [];
  socket.addEventListener('message', ({ data }) => {
    // Written by the browser, in the shape of the protocol.
    const reply = JSON.parse(String(data)) as Reply;
    if (typeof reply.id === 'number') return waiting.get(reply.id)?.(reply);
    if (reply.method === 'log.entryAdded') {
      const { level, text } = reply.params as { level: string; text: string };
      if (level === 'error' || level === 'warn') complaints.push(text);
    }
    if (reply.method === 'network.beforeRequestSent') {
      asked.push((reply.params as { request: { url: string } }).request.url);
    }
  });
  let last = 0;
  const command = async (method: string, params: object): Promise<Readonly<Record<string, unknown>>> => {
    const id = (last += 1);
    const reply = await new Promise<Reply>((done) => {
      waiting.set(id, done);
      socket.send(JSON.stringify({ id, method, params }));
    });
    waiting.delete(id);
    if (reply.type === 'error') throw new Error(`${method}: ${reply.message ?? ''}`);
    return (reply.result ?? {}) as Readonly<Record<string, unknown>>;
  };

  await command('session.new', { capabilities: { alwaysMatch: { acceptInsecureCerts: true } } });
  await command('session.subscribe', { events: ['log.entryAdded', 'network.beforeRequestSent'] });
  const { context } = await command('browsingContext.create', { type: 'tab' });
  await command('browsingContext.setViewport', { context, viewport: { width: 1280, height: 800 } });
  const target = { context };

  const run = async (expression: string): Promise<Readonly<Record<string, unknown>>> => {
    const reply = await command('script.evaluate', { expression, target, awaitPromise: true });
    if (reply['type'] === 'exception') throw new Error(JSON.stringify(reply['exceptionDetails']));
    return reply['result'] as Readonly<Record<string, unknown>>;
  };
  const evaluate = async <Value>(expression: string): Promise<Value> => {
    const { value } = await run(`(async () => JSON.stringify(await (${expression})) ?? 'null')()`);
    return JSON.parse(String(value)) as Value;
  };
  const waitFor = async (expression: string): Promise<void> => {
    const end = Date.now() + LONGEST_WAIT_MS;
    while (!(await evaluate<boolean>(`(async () => Boolean(${expression}))()`))) {
      if (Date.now() > end) throw new Error(`In Firefox this did not become true: ${expression}`);
      await later(50);
    }
  };

  return {
    complaints,
    asked,
    evaluate,
    waitFor,
    goto: async (address) =>
      void (await command('browsingContext.navigate', { context, url: address, wait: 'complete' })),
    reload: async () => void (await command('browsingContext.reload', { context, wait: 'complete' })),
    async click(selector, words) {
      const found = `[...document.querySelectorAll(${JSON.stringify(selector)})].find((one) => one.checkVisibility() && [undefined, one.textContent].includes(${JSON.stringify(words)}))`;
      await waitFor(found);
      // Twice: what comes into view may only then be laid out, and move.
      const place = await evaluate<{ x: number; y: number }>(`(async () => {
        const one = ${found};
        for (let times = 0; times < 2; times += 1) {
          one.scrollIntoView({ block: 'center', behavior: 'instant' });
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        }
        // Of a link on two lines the first: between the lines there is nothing to click.
        const { x, y, width, height } = one.getClientRects()[0];
        return { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
      })()`);
      await command('input.performActions', {
        context,
        actions: [
          {
            type: 'pointer',
            id: 'mouse',
            actions: [
              { type: 'pointerMove', ...place },
              { type: 'pointerDown', button: 0 },
              { type: 'pointerUp', button: 0 },
            ],
          },
        ],
      });
    },
    async type(text) {
      const actions = [...text].flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ]);
      await command('input.performActions', { context, actions: [{ type: 'key', id: 'keys', actions }] });
    },
    async choose(selector, file) {
      const element = await run(`document.querySelector(${JSON.stringify(selector)})`);
      await command('input.setFiles', { context, element: { sharedId: element['sharedId'] }, files: [file] });
    },
    async downloaded(name) {
      const end = Date.now() + LONGEST_WAIT_MS;
      for (;;) {
        const files = readdirSync(downloads);
        const found = files.find((file) => name.test(file));
        // While a file comes in, its text is in another one beside it, or not there yet.
        const path = join(downloads, found ?? '');
        if (found !== undefined && !files.some((file) => file.endsWith('.part')) && statSync(path).size > 0) {
          const own = join(mkdtempSync(join(profile, 'saved-')), found);
          renameSync(path, own);
          return own;
        }
        if (Date.now() > end) throw new Error(`Firefox saved no ${String(name)}; there are: ${files.join(', ')}`);
        await later(50);
      }
    },
    async print() {
      const { data } = await command('browsingContext.print', { context, background: false });
      return new Uint8Array(Buffer.from(String(data), 'base64'));
    },
    async close() {
      const ended = new Promise((done) => browser.once('exit', done));
      socket.close();
      browser.kill('SIGTERM');
      await Promise.race([ended, later(5000).then(() => browser.kill('SIGKILL'))]);
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
