/**
 * How pages bring their style and scripts, so that they run at any path and from a disk.
 */
import {
  elementsOf,
  holdsCode,
  loadedAddresses,
  pagePaths,
  resolveInSite,
  textOf,
  type PageElement,
  type Site,
} from './site.ts';

/**
 * @returns One sentence for each page that brings style or scripts in a way that fails from a disk, or in a way of its own;
 *   none when all pages share one style sheet and one set of classic scripts, and those to be carried load nothing.
 */
export function layoutProblems(site: Site): string[] {
  const all = pagePaths(site).map((path) => ({ path, elements: elementsOf(textOf(site, path)) }));
  const { true: carried = [], false: pages = [] } = Object.groupBy(all, ({ path }) => `${path.startsWith('carry/')}`);
  const styles = new Set(
    pages.flatMap(({ path, elements }) =>
      styleFiles(elements)
        .map((file) => inSite(path, file))
        .filter((file) => file !== paperSheet),
    ),
  );
  return [
    ...pages.flatMap(({ path, elements }) =>
      pageProblems(elements, path.startsWith('papers/') ? 2 : 1).map((problem) => `${path}: ${problem}`),
    ),
    ...carried.flatMap(({ path, elements }) =>
      loadedAddresses(elements)
        .filter((address) => !address.startsWith('data:'))
        .map((address) => `${path}: loads ${address}; a page made to be carried holds all that it needs.`),
    ),
    ...(styles.size > 1 ? [`The pages share no style sheet: ${[...styles].sort().join(', ')}.`] : []),
    ...[...site.keys()]
      .filter((path) => /\.(woff2?|ttf|otf|eot)$/i.test(path) || /@font-face/.test(cssOf(site, path)))
      .map((path) => `${path}: brings a font; the system's fonts are enough.`),
  ];
}

const cssOf = (site: Site, path: string) => (path.endsWith('.css') ? textOf(site, path) : '');
const inSite = (page: string, address: string) => resolveInSite(page, address).path;

const styleFiles = (elements: readonly PageElement[]): string[] =>
  elements
    .filter(({ name, attributes }) => name === 'link' && /\bstylesheet\b/i.test(attributes['rel'] ?? ''))
    .map(({ attributes }) => attributes['href'] ?? '');

/** Papers have a style of their own beside the site's: the one that stands in their files as well. */
const paperSheet = 'assets/ringbook-paper.css';

function pageProblems(elements: readonly PageElement[], sheets: number): string[] {
  const styles = styleFiles(elements);
  const problems =
    styles.length === sheets
      ? []
      : [`links ${styles.length} style sheets; a page has ${sheets === 1 ? 'exactly one' : sheets}.`];
  for (const element of elements) {
    const { name, attributes } = element;
    if (name !== 'script' && name !== 'link') continue;
    const address = attributes['src'] ?? attributes['href'] ?? '';
    for (const attribute of ['crossorigin', 'integrity']) {
      if (attributes[attribute] !== undefined) {
        problems.push(`${address} has the attribute ${attribute}, which stops it from loading from a disk.`);
      }
    }
    if (!holdsCode(element) || attributes['src'] === undefined) continue;
    const isModule = attributes['type']?.toLowerCase() === 'module';
    if (isModule)
      problems.push(`${address} is a module file, which browsers refuse from a disk; make it a classic script.`);
    if (!isModule && attributes['defer'] === undefined) {
      problems.push(`${address} has no \`defer\`, so the text below waits for it.`);
    }
  }
  return problems;
}
