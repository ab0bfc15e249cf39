/**
 * `npm run bench`: what a runbook costs to build, what its page weighs, what it costs the reader to open it and to
 * tick a box, and what a keystroke costs on a calculator's page.
 *
 * Every figure stands beside its neighbour's from the same run, in turn with it. The ratio between the two means something
 * on any computer; seconds and milliseconds are those of this one. Nothing is judged here: a figure passes no test.
 */
import { rmSync } from 'node:fs';
import { describeBuilds, measureBuilds } from './build-cost.ts';
import { describeCalculators, measureCalculators } from './calculator-cost.ts';
import { makeUpRunbook } from './generate-runbook.ts';
import { describePaint, describeWeight, measureNeighbours } from './neighbours.ts';
import { measureRun } from './run-cost.ts';
import { kinds, openPageBench, slowedDown, type Kind, type Visit } from './page-cost.ts';
import { benchFolder, makeRingbookSite } from './sites.ts';
import { installStarlight, makeStarlightSite } from './starlight-site.ts';
import { figure, inTurn, median, quantile, ratio, table } from './statistics.ts';

const isQuick = process.argv.includes('--quick');
const parts = ['build', 'weight', 'paint', 'pages', 'calculators', 'run'] as const;
/** `--only=build,weight`: for who works on one thing. */
const only =
  process.argv
    .find((word) => word.startsWith('--only='))
    ?.slice('--only='.length)
    .split(',') ?? parts;
const unknown = only.filter((part) => !(parts as readonly string[]).includes(part));
if (unknown.length > 0) {
  process.stderr.write(`There is no part ${unknown.join(', ')}. The parts are: ${parts.join(', ')}.\n`);
  process.exit(2);
}
const measures = (...some: (typeof parts)[number][]): boolean => some.some((part) => only.includes(part));
const tell = (words: string): void => void process.stderr.write(`… ${words}\n`);
const print = (words: string): void => void process.stdout.write(`\n${words}\n`);

const buildPlan = isQuick
  ? [
      { count: 1, repeats: 1 },
      { count: 100, repeats: 2 },
    ]
  : [
      { count: 1, repeats: 3 },
      { count: 100, repeats: 5 },
      { count: 1000, repeats: 2 },
    ];
const pagePlan = { lengths: [60, 2000], rounds: isQuick ? 3 : 9, ticks: isQuick ? 10 : 20 };

const cleanUp = (): void => rmSync(benchFolder, { recursive: true, force: true });
process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143));
process.on('exit', cleanUp);
cleanUp();

const pagesSite = makeRingbookSite('pages');
const hasStarlight = measures('build', 'weight', 'paint') && (await installStarlight(tell));
if (measures('build')) {
  print(describeBuilds(await measureBuilds(buildPlan, hasStarlight ? makeStarlightSite('build') : undefined, tell)));
}
if (measures('weight', 'paint')) {
  const visits = await measureNeighbours(measures('paint') ? (isQuick ? 3 : 9) : 1, hasStarlight, tell);
  if (measures('weight')) print(describeWeight(visits));
  if (measures('paint')) print(describePaint(visits));
}
if (measures('pages')) print(describePages(await measurePages()));
if (measures('calculators')) {
  if (!measures('pages')) await pagesSite.build();
  print(describeCalculators(await measureCalculators(pagesSite.dist, isQuick ? 20 : 100)));
}
if (measures('run')) print(describeRun());

/** A long night's run: what opening it and one tick in it cost in script time, without the page. */
function describeRun(): string {
  tell('A run of 2,000 steps and 20,000 entries');
  const { openMs, tickMs, characters } = measureRun(2000, 20_000, isQuick ? 2 : 7);
  return table(
    ['A run of 2,000 steps and 20,000 entries', 'measured'],
    [
      ['read, checked and judged when a page opens', `${figure(openMs)} ms`],
      ['one tick: checked, stored, read back, judged', `${figure(tickMs)} ms`],
      ['characters in storage, of 5,242,880', characters.toLocaleString('en')],
    ],
  );
}

/** Visits of each kind, by the number of steps. */
type Visits = ReadonlyMap<number, Readonly<Record<Kind, Visit[]>>>;

async function measurePages(): Promise<Visits> {
  tell(`Ringbook, pages of ${pagePlan.lengths.join(' and ')} steps`);
  const runbooks = pagePlan.lengths.map((length, index) => ({ length, runbook: makeUpRunbook(index + 1, length) }));
  pagesSite.fill(runbooks.map(({ runbook }) => runbook));
  await pagesSite.build();

  const visits = new Map(runbooks.map(({ length }) => [length, { ours: [] as Visit[], bare: [] as Visit[] }]));
  const bench = await openPageBench(
    pagesSite.dist,
    runbooks.map(({ runbook }) => runbook.id),
  );
  for (let round = 1; round <= pagePlan.rounds; round++) {
    tell(`Visits, round ${round} of ${pagePlan.rounds}`);
    for (const { length, runbook } of runbooks) {
      for (const kind of inTurn(kinds, round)) {
        visits.get(length)?.[kind].push(await bench.visit(runbook.id, kind, pagePlan.ticks));
      }
    }
  }
  await bench.close();
  return visits;
}

function describePages(visits: Visits): string {
  const rows = (of: (visits: readonly Visit[]) => number, name: string): string[][] =>
    [...visits].map(([length, { ours, bare }]) => {
      const [our, their] = [of(ours), of(bare)];
      return [`${length.toLocaleString('en')} steps: ${name}`, figure(our), figure(their), ratio(our, their)];
    });
  const ofTicks =
    (share: number) =>
    (all: readonly Visit[]): number =>
      quantile(
        all.flatMap(({ ticks }) => ticks),
        share,
      );
  const ofLoad =
    (key: keyof Visit['load']) =>
    (all: readonly Visit[]): number =>
      median(all.map(({ load }) => load[key]));
  const head = ['', 'Ringbook', 'bare page', 'ratio'];
  const slowed = `processor slowed down ${slowedDown} times`;
  return [
    `Tick to next paint: milliseconds over ${pagePlan.rounds * pagePlan.ticks} ticks in turn, ${slowed}`,
    table(head, [
      ...rows(ofTicks(0.5), 'median'),
      ...rows(ofTicks(0.95), '95th percentile'),
      ...rows((all) => median(all.map(({ workPerTick }) => workPerTick)), 'all work for a tick, after that paint, too'),
    ]),
    '',
    `First load: milliseconds, medians of ${pagePlan.rounds} visits in turn, ${slowed}`,
    table(head, [
      ...rows(ofLoad('scriptUntilReady'), 'script until the first tick is possible'),
      ...rows(ofLoad('script'), 'all script'),
      ...rows(ofLoad('ready'), 'from the request until the first tick is possible'),
      ...rows(ofLoad('largestPaint'), 'largest contentful paint'),
      ...rows(ofLoad('blocked'), 'total blocking time'),
    ]),
    '',
    'The bare page has the same markup and styles, and ten lines in which a box writes one key into storage.',
  ].join('\n');
}
