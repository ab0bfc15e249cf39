/**
 * The page of one made-up runbook of 60 steps beside its neighbours: the same page without its scripts, the same words as plain
 * Astro with MDX, and as Starlight. What each weighs, when it is first painted, and how long a tick takes to show.
 */
import { chromium, type Browser, type Page } from '@playwright/test';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { findBrowser } from '../support/browser.ts';
import { serveFolder, type StaticServer } from '../support/static-server.ts';
import { makeUpRunbook } from './generate-runbook.ts';
import { slowedDown } from './page-cost.ts';
import { makePlainSite, makeRingbookSite } from './sites.ts';
import { makeStarlightSite, starlightName } from './starlight-site.ts';
import { figure, inTurn, median, quantile, ratio, table } from './statistics.ts';
import { notedTicks, timeTicks } from './tick-clock.ts';

const kinds = ['ours', 'bare', 'plain', 'starlight'] as const;
type Kind = (typeof kinds)[number];
const names = {
  ours: 'Ringbook',
  bare: 'without script',
  plain: 'plain Astro + MDX',
  starlight: starlightName,
} as const satisfies Record<Kind, string>;

const types = ['document', 'stylesheet', 'script'] as const;
type FileType = (typeof types)[number];

interface Visit {
  /** What the page loaded by itself. */
  readonly files: readonly { readonly type: FileType; readonly body: Buffer }[];
  /** Milliseconds from the request until the first words are painted. */
  readonly firstPaint: number;
  /** Milliseconds from a click until the frame that shows it. */
  readonly ticks: readonly number[];
}

export type Visits = Readonly<Record<Kind, readonly Visit[]>>;

/**
 * Builds the sites and visits their pages in turn.
 *
 * @param rounds How often each is visited.
 * @param hasStarlight Whether it is installed.
 */
export async function measureNeighbours(
  rounds: number,
  hasStarlight: boolean,
  tell: (words: string) => void,
): Promise<Visits> {
  const runbooks = Array.from({ length: 10 }, (_, index) => makeUpRunbook(index + 1, 60));
  const id = runbooks[0]?.id ?? '';
  const sites = {
    ours: makeRingbookSite('neighbour-ours'),
    plain: makePlainSite('neighbour-plain'),
    ...(hasStarlight && { starlight: makeStarlightSite('neighbour') }),
  };
  const pages = new Map<Kind, string>();
  const servers: StaticServer[] = [];
  for (const [name, site] of Object.entries(sites) as [keyof typeof sites, typeof sites.ours][]) {
    tell(`${names[name]}, ten pages`);
    site.fill(runbooks);
    await site.build();
    if (name === 'ours') writeBare(site.dist, id);
    const server = await serveFolder(site.dist);
    servers.push(server);
    pages.set(name, `${server.url}runbooks/${id}${name === 'starlight' ? '/' : '.html'}`);
    if (name === 'ours') pages.set('bare', `${server.url}bare/${id}.html`);
  }

  const visits: Record<Kind, Visit[]> = { ours: [], bare: [], plain: [], starlight: [] };
  const browser = await chromium.launch(findBrowser());
  for (let round = 1; round <= rounds; round++) {
    tell(`Neighbours, round ${round} of ${rounds}`);
    for (const [kind, url] of inTurn([...pages], round)) visits[kind].push(await visit(browser, url));
  }
  await browser.close();
  for (const server of servers) await server.close();
  return visits;
}

/** The same markup and styles, and no script at all. */
function writeBare(dist: string, id: string): void {
  cpSync(join(dist, 'runbooks'), join(dist, 'bare'), { recursive: true });
  const file = join(dist, 'bare', `${id}.html`);
  writeFileSync(file, readFileSync(file, 'utf8').replace(/<script\b[^>]*>[^]*?<\/script>/g, ''));
}

const ticksEach = 10;

async function visit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowedDown });
  const bodies: Promise<{ type: FileType; body: Buffer }>[] = [];
  page.on('response', (response) => {
    const type = types.find((one) => one === response.request().resourceType());
    if (type && response.url().startsWith('http')) bodies.push(response.body().then((body) => ({ type, body })));
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  const files = await Promise.all(bodies);
  const firstPaint = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
  );
  const ticks = await measureTicks(page);
  await context.close();
  return { files, firstPaint, ticks };
}

/** Clicks boxes all over the page, each brought into view first. */
async function measureTicks(page: Page): Promise<number[]> {
  if (await page.locator('.rb-who').first().isVisible()) {
    await page.fill('#rb-who-name', 'Sam Field').catch(() => undefined);
    await page.check('.rb-who input[value="3"]').catch(() => undefined);
    await page.click('.rb-who button').catch(() => undefined);
  }
  // Task lists of Markdown cannot be ticked; here they can.
  const count = await page.evaluate(() => {
    const boxes = [...document.querySelectorAll<HTMLInputElement>('main input[type=checkbox]')];
    for (const box of boxes) box.disabled = false;
    Object.assign(globalThis, { boxes });
    return boxes.length;
  });
  await page.evaluate(timeTicks);
  for (let index = 0; index < ticksEach; index++) {
    const place = await page.evaluate(
      async (at) => {
        const box = (Reflect.get(globalThis, 'boxes') as HTMLInputElement[])[at];
        box?.scrollIntoView({ block: 'center' });
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        box?.scrollIntoView({ block: 'center' });
        await new Promise((done) => requestIdleCallback(done, { timeout: 2000 }));
        const { left = 0, top = 0, width = 0, height = 0 } = box?.getBoundingClientRect() ?? {};
        return { x: left + width / 2, y: top + height / 2 };
      },
      Math.floor((count * index) / ticksEach),
    );
    await page.mouse.click(place.x, place.y);
    await page
      .waitForFunction((most) => (Reflect.get(globalThis, 'ticks') as number[]).length > most, index, { timeout: 5000 })
      .catch(() => undefined);
  }
  return notedTicks(page);
}

/** A row of each neighbour's figure and ours over it. */
const row = (name: string, visits: Visits, of: (visits: readonly Visit[]) => number): string[] => {
  const our = of(visits.ours);
  return [
    name,
    figure(our),
    ...kinds.slice(1).flatMap((kind) => {
      const their = visits[kind].length ? of(visits[kind]) : NaN;
      return [figure(their), their ? ratio(our, their) : '–'];
    }),
  ];
};
const head = ['', names.ours, ...kinds.slice(1).flatMap((kind) => [names[kind], 'ratio'])];

export function describeWeight(visits: Visits): string {
  const squeezed = { gzip: (body: Buffer) => gzipSync(body), brotli: (body: Buffer) => brotliCompressSync(body) };
  const typeNames = { document: 'HTML', stylesheet: 'CSS', script: 'JavaScript' } as const;
  const rows = types.flatMap((type) =>
    Object.entries(squeezed).map(([form, squeeze]) =>
      row(`${typeNames[type]}, ${form}`, visits, ([first]) =>
        (first?.files ?? []).reduce(
          (sum, file) => sum + (file.type === type ? squeeze(file.body).length / 1000 : 0),
          0,
        ),
      ),
    ),
  );
  return ['Weight of a page of 60 steps: kB, with all that it loads by itself', table(head, rows)].join('\n');
}

export function describePaint(visits: Visits): string {
  return [
    `Paint of a page of 60 steps: milliseconds, medians of ${visits.ours.length} visits in turn, processor slowed down ${slowedDown} times`,
    table(head, [
      row('first contentful paint', visits, (all) => median(all.map(({ firstPaint }) => firstPaint))),
      row('tick to next paint, median', visits, (all) => median(all.flatMap(({ ticks }) => ticks))),
      row('tick to next paint, 95th percentile', visits, (all) =>
        quantile(
          all.flatMap(({ ticks }) => ticks),
          0.95,
        ),
      ),
    ]),
    'Only Ringbook keeps what is ticked. Boxes of Markdown are locked as they come; they were unlocked for this.',
  ].join('\n');
}
