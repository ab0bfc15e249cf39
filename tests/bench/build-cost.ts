/** What a runbook of 60 steps costs to build, against plain Astro with MDX, and against Starlight, on the same words. */
import { makeUpRunbook } from './generate-runbook.ts';
import { makePlainSite, makeRingbookSite, type BuildCost, type Site } from './sites.ts';
import { starlightName } from './starlight-site.ts';
import { figure, inTurn, median, ratio, table } from './statistics.ts';

/** Builds of the sites with so many runbooks, made in turn. */
interface Compared {
  readonly count: number;
  readonly ours: readonly BuildCost[];
  readonly plain: readonly BuildCost[];
  /** None where it could not be installed. */
  readonly starlight: readonly BuildCost[];
}

/**
 * Builds all sites with each number of runbooks, in turn, so that a busy computer is as unkind to one as to the other.
 *
 * @param plan How many runbooks, and how often; the first is one runbook, which stands for what every build costs.
 * @param starlight Its site, where it could be installed.
 * @param tell Hears what is being done.
 */
export async function measureBuilds(
  plan: readonly { readonly count: number; readonly repeats: number }[],
  starlight: Site | undefined,
  tell: (words: string) => void,
): Promise<Compared[]> {
  const sites = { ours: makeRingbookSite('ours'), plain: makePlainSite('plain'), starlight };
  const names = (['ours', 'plain', 'starlight'] as const).filter((name) => sites[name]);
  const compared: Compared[] = [];
  for (const { count, repeats } of plan) {
    const runbooks = Array.from({ length: count }, (_, index) => makeUpRunbook(index + 1, 60));
    for (const name of names) sites[name]?.fill(runbooks);
    const costs: Record<keyof typeof sites, BuildCost[]> = { ours: [], plain: [], starlight: [] };
    for (let repeat = 1; repeat <= repeats; repeat++) {
      for (const name of inTurn(names, repeat)) {
        tell(`${siteNames[name]}, ${count} runbooks, ${repeat} of ${repeats}`);
        const cost = await sites[name]?.build();
        if (cost) costs[name].push(cost);
      }
    }
    compared.push({ count, ...costs });
  }
  return compared;
}

const siteNames = { ours: 'Ringbook', plain: 'plain Astro + MDX', starlight: starlightName } as const;

const measures = [
  { name: 'processor', unit: 'ms', of: ({ cpuSeconds }: BuildCost) => cpuSeconds * 1000 },
  { name: 'clock', unit: 'ms', of: ({ wallSeconds }: BuildCost) => wallSeconds * 1000 },
] as const;
type Measure = (typeof measures)[number];

const counted = (count: number): string =>
  `${count.toLocaleString('en')} ${count === 1 ? 'runbook, which is what every build costs' : 'runbooks'}`;

export function describeBuilds(compared: readonly Compared[]): string {
  const total = (costs: readonly BuildCost[], { of }: Measure): number => median(costs.map(of));
  const row = (name: string, { ours, plain, starlight }: Compared, of: (costs: readonly BuildCost[]) => number) => {
    const [our, theirs, lit] = [of(ours), of(plain), of(starlight)];
    return [name, figure(our), figure(theirs), ratio(our, theirs), figure(lit), ratio(our, lit)];
  };
  const perRunbook = compared.flatMap((of) =>
    measures.map((measure) =>
      row(`${counted(of.count)}: ${measure.name}, ${measure.unit}`, of, (costs) => total(costs, measure) / of.count),
    ),
  );
  const memory = compared
    .slice(-1)
    .map((of) =>
      row(`${counted(of.count)}: memory in all, GB`, of, (costs) =>
        median(costs.map(({ peakBytes }) => peakBytes / 1e9)),
      ),
    );
  return [
    `Build: each runbook of 60 steps, from nothing, medians of ${compared.map(({ ours }) => ours.length).join(', ')} builds in turn`,
    table(
      ['', siteNames.ours, siteNames.plain, 'ratio', siteNames.starlight, 'ratio'],
      [...perRunbook, ...memory, ...describeFurther(compared, row)],
    ),
    'Starlight as it comes: with its search index, made by another process, whose processor time is not in these figures.',
    ...describeGrowth(compared, (costs) => total(costs, measures[0])),
  ].join('\n');
}

/** What one more runbook costs, without what every build costs. */
function describeFurther(
  compared: readonly Compared[],
  row: (name: string, of: Compared, total: (costs: readonly BuildCost[]) => number) => string[],
): string[][] {
  const [one, some] = compared;
  if (!one || !some) return [];
  const mean = (costs: readonly BuildCost[]): number => median(costs.map(measures[0].of));
  const key = (costs: readonly BuildCost[]) =>
    (['ours', 'plain', 'starlight'] as const).find((name) => some[name] === costs) ?? 'ours';
  return [
    row(
      `each further one up to ${some.count}: processor, ms`,
      some,
      (costs) => (mean(costs) - mean(one[key(costs)])) / (some.count - one.count),
    ),
  ];
}

function describeGrowth(compared: readonly Compared[], total: (costs: readonly BuildCost[]) => number): string[] {
  const [one, some, many] = compared;
  if (!one || !some || !many) return [];
  const growth = (name: 'ours' | 'plain'): { each: number; further: number } => {
    const [first, middle, last] = [total(one[name]), total(some[name]), total(many[name])];
    return {
      each: last / many.count / (middle / some.count),
      further: (last - middle) / (many.count - some.count) / ((middle - first) / (some.count - one.count)),
    };
  };
  const [ours, plain] = [growth('ours'), growth('plain')];
  const [from, to] = [some.count.toLocaleString('en'), many.count.toLocaleString('en')];
  return [
    '',
    'Growth: 1 is linear; processor time',
    table(
      ['', 'Ringbook', 'plain Astro + MDX'],
      [
        [`each runbook at ${to} over each at ${from}`, figure(ours.each), figure(plain.each)],
        [`each further one above ${from} over each below`, figure(ours.further), figure(plain.further)],
      ],
    ),
  ];
}
