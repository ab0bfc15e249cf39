/**
 * What a page costs the reader: from a click on a box until the change is painted, and until the first box can be
 * ticked after the page was asked for. Each against a bare page: the same markup and styles, with ten lines of script
 * in which a box writes one key into storage. In both the processor is slowed down four times.
 */
import { chromium, type Browser, type CDPSession, type Page } from '@playwright/test';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from '../support/browser.ts';
import { serveFolder } from '../support/static-server.ts';
import { notedTicks, timeTicks } from './tick-clock.ts';

export const slowedDown = 4;

/** The ten lines. */
const bareScript = `addEventListener('change', (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || box.type !== 'checkbox') return;
  const id = box.closest('[id]').id;
  localStorage.setItem('bare:' + id, box.checked ? 'done' : '');
});
for (const box of document.querySelectorAll('.rb-box')) {
  box.checked = localStorage.getItem('bare:' + box.closest('[id]').id) === 'done';
}
globalThis.ringbook = {};
`;

export const kinds = ['ours', 'bare'] as const;
export type Kind = (typeof kinds)[number];

/** What one visit to a page gave; all times in milliseconds. */
export interface Visit {
  /** From the click to the frame that shows its change, one for each tick. */
  readonly ticks: readonly number[];
  /** What the main thread worked for each tick, all told: script, style, layout and paint. */
  readonly workPerTick: number;
  readonly load: {
    /** Script that runs before the first box can be ticked. */
    readonly scriptUntilReady: number;
    /** All script that runs while the page loads. */
    readonly script: number;
    /** From the request until the first box can be ticked. */
    readonly ready: number;
    readonly largestPaint: number;
    /** How much longer than 50 ms each task was, all told. */
    readonly blocked: number;
  };
}

export interface PageBench {
  readonly visit: (runbook: string, kind: Kind, tickCount: number) => Promise<Visit>;
  readonly close: () => Promise<void>;
}

/**
 * Serves a built site and opens a browser.
 *
 * @param dist The built folder; the bare pages are put beside the others.
 * @param runbooks Ids of the runbooks that will be visited.
 */
export async function openPageBench(dist: string, runbooks: readonly string[]): Promise<PageBench> {
  writeFileSync(join(dist, 'assets/bare.js'), bareScript);
  cpSync(join(dist, 'runbooks'), join(dist, 'bare'), { recursive: true });
  for (const id of runbooks) {
    const file = join(dist, 'bare', `${id}.html`);
    const withoutScripts = readFileSync(file, 'utf8').replace(/<script\b[^>]*>[^]*?<\/script>/g, '');
    writeFileSync(file, withoutScripts.replace('</head>', '<script defer src="../assets/bare.js"></script></head>'));
  }
  const server = await serveFolder(dist);
  const browser = await chromium.launch(findBrowser());
  return {
    visit: (runbook, kind, tickCount) =>
      visit(browser, `${server.url}${kind === 'ours' ? 'runbooks' : 'bare'}/${runbook}.html`, kind, tickCount),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

async function visit(browser: Browser, url: string, kind: Kind, tickCount: number): Promise<Visit> {
  // A context of its own is a storage of its own.
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowedDown });
  await page.addInitScript(watchLoad);
  await page.addInitScript(timeTicks);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const load = await measureLoad(browser, page, url);
  if (kind === 'ours') await startRun(page);
  const ticked = await measureTicks(page, session, tickCount);
  await context.close();
  return { ...ticked, load };
}

// --- Loading ------------------------------------------------------------------------------------------------------

/** What the page notes about itself while it loads; runs in the page, before anything of its own. */
function watchLoad(): void {
  const noted = { ready: 0, largestPaint: 0, blocked: 0 };
  Object.assign(globalThis, { noted });
  // The scripts share this name, and set it when the first box can be ticked.
  let shared: unknown;
  Object.defineProperty(globalThis, 'ringbook', {
    get: () => shared,
    set: (value: unknown) => {
      shared = value;
      noted.ready = performance.now();
    },
  });
  new PerformanceObserver((list) => {
    noted.largestPaint = list.getEntries().at(-1)?.startTime ?? 0;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) noted.blocked += Math.max(0, duration - 50);
  }).observe({ type: 'longtask', buffered: true });
}

type Noted = { ready: number; largestPaint: number; blocked: number };
const noted = (page: Page): Promise<Noted> => page.evaluate(() => Reflect.get(globalThis, 'noted') as Noted);

interface TraceEvent {
  readonly name: string;
  readonly dur?: number;
  readonly args?: { readonly data?: { readonly url?: string } };
}

async function measureLoad(browser: Browser, page: Page, url: string): Promise<Visit['load']> {
  await browser.startTracing(page, { categories: ['devtools.timeline', 'v8'] });
  await page.goto(url, { waitUntil: 'load' });
  await settle(page);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const scriptOf = (isMeant: (file: string) => boolean): number =>
    traceEvents
      .filter(({ name, args }) => name === 'EvaluateScript' && isMeant(args?.data?.url ?? ''))
      .reduce((sum, { dur = 0 }) => sum + dur / 1000, 0);
  const { ready, largestPaint, blocked } = await noted(page);
  return {
    scriptUntilReady: scriptOf((file) => /\/(ringbook-run|bare)\.js/.test(file)),
    script: scriptOf((file) => file.includes('/assets/')),
    ready,
    largestPaint,
    blocked,
  };
}

/** Until nothing is left to do: two frames, and then a moment without work. */
const settle = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((done) => {
        requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(() => done(), { timeout: 2000 })));
      }),
  );

// --- Ticking ------------------------------------------------------------------------------------------------------

/** The run asks once who does it; that is not part of any tick. */
async function startRun(page: Page): Promise<void> {
  await page.fill('#rb-who-name', 'Sam Field');
  await page.check('.rb-who input[value="3"]');
  await page.click('.rb-who button');
}

/** Ticks before these are for warming up, and are not counted. */
const warmUpTicks = 5;

async function measureTicks(
  page: Page,
  session: CDPSession,
  tickCount: number,
): Promise<Pick<Visit, 'ticks' | 'workPerTick'>> {
  let work = 0;
  const all = tickCount + warmUpTicks;
  for (let index = 0; index < all; index++) {
    const place = await bringIntoView(page, index / all);
    await settle(page);
    await mouse(session, 'mouseMoved', place);
    // The focus moves with the press, and a finger takes its time before it lets go.
    await mouse(session, 'mousePressed', place);
    await settle(page);
    const before = await taskMilliseconds(session);
    await mouse(session, 'mouseReleased', place);
    await settle(page);
    if (index >= warmUpTicks) work += (await taskMilliseconds(session)) - before;
  }
  const ticks = await notedTicks(page);
  if (ticks.length !== all) throw new Error(`${all} boxes were clicked, and ${ticks.length} clicks arrived.`);
  return { ticks: ticks.slice(warmUpTicks), workPerTick: work / tickCount };
}

/** @param share Which box, from the first (0) to the last (1), so that the ticks are spread over the page. */
async function bringIntoView(page: Page, share: number): Promise<{ x: number; y: number }> {
  return page.evaluate((place) => {
    const boxes = [...document.querySelectorAll<HTMLInputElement>('.rb-step .rb-box')];
    const box = boxes[Math.floor(boxes.length * place)];
    // Twice: what was far away gets its real height only when it is near.
    box?.scrollIntoView({ block: 'center' });
    box?.scrollIntoView({ block: 'center' });
    const { left = 0, top = 0, width = 0, height = 0 } = box?.getBoundingClientRect() ?? {};
    return { x: left + width / 2, y: top + height / 2 };
  }, share);
}

const mouse = (
  session: CDPSession,
  type: 'mouseMoved' | 'mousePressed' | 'mouseReleased',
  place: { x: number; y: number },
): Promise<unknown> =>
  session.send('Input.dispatchMouseEvent', {
    type,
    ...place,
    ...(type !== 'mouseMoved' && { button: 'left' as const, clickCount: 1 }),
  });

/** Processor time that the page's main thread has spent in tasks. */
async function taskMilliseconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1000;
}
