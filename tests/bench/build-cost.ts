/** What a runbook of 60 steps costs to build, against plain Astro with MDX on the same words. */
import { makeUpRunbook } from './generate-runbook.ts';
import { makePlainSite, makeRingbookSite, type BuildCost } from './sites.ts';
import { figure, inTurn, median, ratio, table } from './statistics.ts';

/** Builds of the two sites with so many runbooks, made in turn. */
interface Compared {
  readonly count: number;
  readonly ours: readonly BuildCost[];
  readonly plain: readonly BuildCost[];
}

/**
 * Builds both sites with each number of runbooks, in turn, so that a busy computer is as unkind to one as to the other.
 *
 * @param plan How many runbooks, and how often; the first is one runbook, which stands for what every build costs.
 * @param tell Hears what is being done.
 */
export async function measureBuilds(
  plan: readonly { readonly count: number; readonly repeats: number }[],
  tell: (words: string) => void,
): Promise<Compared[]> {
  const sites = { ours: makeRingbookSite('ours'), plain: makePlainSite('plain') };
  const compared: Compared[] = [];
  for (const { count, repeats } of plan) {
    const runbooks = Array.from({ length: count }, (_, index) => makeUpRunbook(index + 1, 60));
    sites.ours.fill(runbooks);
    sites.plain.fill(runbooks);
    const costs: Record<keyof typeof sites, BuildCost[]> = { ours: [], plain: [] };
    for (let repeat = 1; repeat <= repeats; repeat++) {
      for (const name of inTurn(['ours', 'plain'] as const, repeat)) {
        tell(`${name === 'ours' ? 'Ringbook' : 'Plain Astro'}, ${count} runbooks, ${repeat} of ${repeats}`);
        costs[name].push(await sites[name].build());
      }
    }
    compared.push({ count, ...costs });
  }
  return compared;
}

const measures = [
  { name: 'processor', unit: 'ms', of: ({ cpuSeconds }: BuildCost) => cpuSeconds * 1000 },
  { name: 'clock', unit: 'ms', of: ({ wallSeconds }: BuildCost) => wallSeconds * 1000 },
] as const;
type Measure = (typeof measures)[number];

const counted = (count: number): string =>
  `${count.toLocaleString('en')} ${count === 1 ? 'runbook, which is what every build costs' : 'runbooks'}`;

export function describeBuilds(compared: readonly Compared[]): string {
  const total = (costs: readonly BuildCost[], { of }: Measure): number => median(costs.map(of));
  const perRunbook = compared.flatMap(({ count, ours, plain }) =>
    measures.map((measure) => {
      const [our, their] = [total(ours, measure) / count, total(plain, measure) / count];
      return [`${counted(count)}: ${measure.name}, ${measure.unit}`, figure(our), figure(their), ratio(our, their)];
    }),
  );
  const memory = compared.slice(-1).map(({ count, ours, plain }) => {
    const [our, their] = [ours, plain].map((costs) => median(costs.map(({ peakBytes }) => peakBytes / 1e9)));
    return [
      `${counted(count)}: memory in all, GB`,
      figure(our ?? NaN),
      figure(their ?? NaN),
      ratio(our ?? NaN, their ?? NaN),
    ];
  });
  return [
    `Build: each runbook of 60 steps, from nothing, medians of ${compared.map(({ ours }) => ours.length).join(', ')} builds in turn`,
    table(['', 'Ringbook', 'plain Astro + MDX', 'ratio'], [...perRunbook, ...memory]),
    ...describeGrowth(compared, (costs) => total(costs, measures[0])),
  ].join('\n');
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
