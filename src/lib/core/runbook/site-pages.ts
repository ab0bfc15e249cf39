/**
 * The site's pages that runbooks link to beside each other: calculators, policies and the guide.
 */
import { calculators } from '../calculators/index.ts';
import type { PagePlace } from './model.ts';
import { nearest } from './nearest.ts';
import type { Notes } from './notes.ts';

const folders = { calculators: 'calculator', policies: 'policy', guide: 'guide' } as const;
const names = { calculator: 'calculator', policy: 'policy', guide: 'page of the guide' } as const;

/** Where a link leads, or what is wrong with it; nothing when it leads to no such page. */
export type PageLink = { readonly to: PagePlace } | { readonly message: string; readonly mend: string } | undefined;

/**
 * Reads the address of a link. A page of the guide is taken on trust where the reading does not know which there are.
 *
 * @example pageLink('/calculators/sync-times.html', notes) //=> { to: { page: 'calculator', id: 'sync-times' } }
 * @example pageLink('/policies/orders-of-sources.html', notes)
 *   //=> { message: 'The link leads to `orders-of-sources`, which is no policy.', mend: 'Did you mean `/policies/order-of-sources.html`?' }
 */
export function pageLink(url: string, { policies, guide }: Pick<Notes, 'policies' | 'guide'>): PageLink {
  const [, folder, id = '', rest = ''] = /^\/(calculators|policies|guide)\/([^.#?]*)(.*)$/.exec(url) ?? [];
  if (folder !== 'calculators' && folder !== 'policies' && folder !== 'guide') return undefined;
  const page = folders[folder];
  const known = {
    calculator: Object.values(calculators).map((calculator) => calculator.id),
    policy: [...policies.keys()],
    guide: guide && [...guide],
  }[page];
  const isThere = known?.includes(id) ?? /^[a-z][a-z0-9-]*$/.test(id);
  if (isThere && rest === '.html') return { to: { page, id } };
  if (isThere) {
    return {
      message: `The link \`${url}\` is not the address of a page.`,
      mend: `Write \`/${folder}/${id}.html\`, and nothing after it.`,
    };
  }
  const near = nearest(id, known ?? []);
  return {
    message: `The link leads to \`${id}\`, which is no ${names[page]}.`,
    mend: near ? `Did you mean \`/${folder}/${near}.html\`?` : `There are: ${known?.toSorted().join(', ') ?? ''}.`,
  };
}
