/** Where everything that the site says comes from: one list of all sources, and what each is used for. */
import * as z from 'zod/mini';

/** What is known of an address that a runbook or a correction names. */
export const KnownSource = z.strictObject({
  /** The address itself. */
  id: z.url({ protocol: /^https$/ }),
  title: z.string().check(z.minLength(2)),
  /** The date of the copy that was read: a day, or a month. */
  read: z.optional(z.string().check(z.regex(/^\d{4}-\d{2}(-\d{2})?$/))),
});
export type KnownSource = z.infer<typeof KnownSource>;

/** Something of the site that names an address. `title` and `read` are as on its own page, where it gives them. */
export interface Mention {
  readonly url: string;
  readonly title?: string | undefined;
  readonly read?: string | undefined;
  /** Who names it, with the address of its page. */
  readonly by: { readonly name: string; readonly href: string };
}

/** One source, and everything that names it. */
export interface SourceEntry {
  readonly url: string;
  /** The title of the page; the address where none is known. */
  readonly title: string;
  /** The newest date of a copy that was read. */
  readonly read?: string | undefined;
  readonly usedBy: readonly Mention['by'][];
}

/**
 * The same for all addresses of one page: Microsoft’s sites have it with and without a language, and under an older name.
 *
 * @example pageOf('https://docs.microsoft.com/en-us/a/b/') //=> 'learn.microsoft.com/a/b'
 */
export const pageOf = (url: string): string =>
  url
    .replace(/^https:\/\//, '')
    .replace(/^docs\.microsoft\.com\//, 'learn.microsoft.com/')
    .replace(/^([a-z.]*microsoft\.com)\/en-us\//, '$1/')
    .replace(/\/$/, '');

/**
 * Brings all mentions of a page together.
 *
 * @param known Titles and dates for addresses that are mentioned without.
 * @returns The sources in the order of their titles; whoever uses one stands there once, in the order of names.
 */
export function collectSources(mentions: readonly Mention[], known: readonly KnownSource[]): SourceEntry[] {
  const titles = new Map(known.map((source) => [pageOf(source.id), source]));
  const compare = (a: string, b: string): number => a.localeCompare(b, 'en');
  return [...Map.groupBy(mentions, ({ url }) => pageOf(url))]
    .map(([page, same]) => {
      const own = titles.get(page);
      const dates = [own?.read, ...same.map(({ read }) => read)].filter((date) => date !== undefined && date !== '');
      const users = new Map(same.map(({ by }) => [by.href + by.name, by]));
      const url = same[0]?.url ?? '';
      return {
        url,
        title: own?.title ?? same.find(({ title }) => title)?.title ?? page,
        read: dates.sort().at(-1),
        usedBy: [...users.values()].sort((a, b) => compare(a.name, b.name)),
      };
    })
    .sort((a, b) => compare(a.title, b.title) || compare(a.url, b.url));
}
