/** How the library stands on the start page: by what somebody comes for. */
import type { Runbook } from './model.ts';

interface Shelf {
  readonly title: string;
  /** When to look here, in one sentence. */
  readonly summary: string;
  readonly ids: readonly string[];
}

const shelves: readonly Shelf[] = [
  {
    title: 'Decide and prepare',
    summary: 'Which tool brings the updates, and what must stand before the first ring.',
    ids: ['choose-a-method', 'readiness'],
  },
  {
    title: 'Roll out in rings',
    summary: 'One for each way in which updates reach the computers; with WSUS the pilot ring comes first.',
    ids: [
      'pilot-gpo-wsus',
      'production-gpo-wsus',
      'gpo-microsoft-update',
      'gpo-network-share',
      'intune-microsoft-update',
      'configmgr-wsus',
    ],
  },
  {
    title: 'Operate',
    summary: 'What is done every week, and for devices that come and go.',
    ids: ['weekly-health', 'configmgr-onboard', 'configmgr-offboard'],
  },
  {
    title: 'If something is wrong',
    summary: 'An update does harm, or a ring must stand still.',
    ids: ['freeze-and-recover'],
  },
];

/**
 * Puts runbooks on their shelves, in the order of the shelf.
 *
 * @returns The shelves that hold something; what no shelf names stands on a last one, `More`.
 */
export function shelve<Book extends Pick<Runbook, 'id'>>(
  books: readonly Book[],
): { readonly title: string; readonly summary: string; readonly books: readonly Book[] }[] {
  const named = new Set(shelves.flatMap(({ ids }) => ids));
  return [
    ...shelves.map(({ title, summary, ids }) => ({
      title,
      summary,
      books: ids.flatMap((id) => books.filter((book) => book.id === id)),
    })),
    { title: 'More', summary: '', books: books.filter(({ id }) => !named.has(id)) },
  ].filter((shelf) => shelf.books.length > 0);
}
