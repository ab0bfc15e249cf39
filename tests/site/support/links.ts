/**
 * Links and other addresses of a built site: each relative, each leading to a file and an id that exist, so that the
 * site works at a root, in any sub-folder and from a disk.
 */
import { elementsOf, loadedAddresses, pagePaths, resolveInSite, textOf, type PageElement, type Site } from './site.ts';

/** @returns One sentence for each address that does not lead where it says; none when all do. */
export function linkProblems(site: Site): string[] {
  const pages = new Map(pagePaths(site).map((path) => [path, elementsOf(textOf(site, path))]));
  const known: Known = {
    idsOf: new Map([...pages].map(([path, elements]) => [path, new Set(elements.flatMap(idsIn))])),
    fieldsOf: new Map([...pages].map(([path, elements]) => [path, new Set(elements.flatMap(fieldsIn))])),
  };

  const problems = [...pages].flatMap(([path, elements]) => {
    const loaded = new Set(loadedAddresses(elements));
    const all = new Set([...elements.flatMap(linkedAddresses), ...loaded]);
    return [...all].flatMap((address) => {
      const problem = addressProblem(site, known, path, address, loaded.has(address));
      return problem === undefined ? [] : [`${path}: ${problem}`];
    });
  });
  const styles = [...site.keys()].filter((path) => path.endsWith('.css'));
  return [...problems, ...styles.flatMap((path) => styleProblems(site, known, path))];
}

/** What pages have, by their paths: ids, and names of fields. */
interface Known {
  readonly idsOf: ReadonlyMap<string, ReadonlySet<string>>;
  readonly fieldsOf: ReadonlyMap<string, ReadonlySet<string>>;
}

const fieldsIn = ({ name, attributes }: PageElement): string[] =>
  /^(input|select|textarea)$/.test(name) && attributes['name'] !== undefined ? [attributes['name']] : [];

function idsIn(element: PageElement): string[] {
  const { id, name } = element.attributes;
  return [id, element.name === 'a' ? name : undefined].filter((found) => found !== undefined);
}

function linkedAddresses({ name, attributes }: PageElement): string[] {
  const addresses =
    name === 'form' || name === 'button' || name === 'input'
      ? [attributes['action'], attributes['formaction']]
      : name === 'link'
        ? []
        : [attributes['href'], attributes['cite']];
  return addresses.filter((address) => address !== undefined);
}

function addressProblem(
  site: Site,
  { idsOf, fieldsOf }: Known,
  from: string,
  address: string,
  isLoaded: boolean,
): string | undefined {
  if (/^\s|\s$/.test(address)) return `the address “${address}” has spaces around it.`;
  if (address.startsWith('/')) return `${address} begins with a slash; write it from this page’s own folder.`;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address)?.[1]?.toLowerCase();
  if (scheme === 'data' && isLoaded) return undefined;
  if (isLoaded && scheme !== undefined) return `loads ${address}; a page loads its own files only.`;
  if (scheme === 'https' || scheme === 'http' || scheme === 'mailto') return undefined;
  if (scheme !== undefined) return `${address} uses “${scheme}:”; links may use https:, http: and mailto:.`;

  const { path, fragment } = resolveInSite(from, address);
  if (path === '' || path.endsWith('/')) {
    return `${address} names a folder, which opens nothing from a disk; name the file, for example index.html.`;
  }
  if (!site.has(path)) return `${address} leads to ${path}, which is not in the site.`;
  if (fragment === '') return undefined;
  // The fields of a calculator or a policy, as its page writes them into its own address.
  if (fragment.includes('=')) {
    const unknown = [...new URLSearchParams(fragment).keys()].filter((name) => !fieldsOf.get(path)?.has(name));
    return unknown.length ? `${address} fills ${unknown.join(', ')}, which ${path} does not ask for.` : undefined;
  }
  if (idsOf.get(path)?.has(fragment) !== true) return `${address} leads to #${fragment}, which is not in ${path}.`;
  return undefined;
}

function styleProblems(site: Site, known: Known, path: string): string[] {
  const source = textOf(site, path).replace(/\/\*[\s\S]*?\*\//g, '');
  const imports = /@import\b/.test(source) ? [`${path}: holds @import; one style sheet holds everything.`] : [];
  const addresses = [...source.matchAll(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"']*))\s*\)/g)].map(
    ([, double, single, bare]) => (double ?? single ?? bare ?? '').trim(),
  );
  const wrong = addresses.flatMap((address) => {
    const problem = address.startsWith('#') ? undefined : addressProblem(site, known, path, address, true);
    return problem === undefined ? [] : [`${path}: ${problem}`];
  });
  return [...imports, ...wrong];
}
