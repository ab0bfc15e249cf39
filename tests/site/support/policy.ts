/**
 * The content security policy of a built page, and what on the page it would refuse.
 *
 * Inside the site only: `'self'`, `'none'`, `data:`, `blob:` and hashes. A browser obeys the policy, so a page that passes
 * cannot send anything to another host, whatever its scripts do.
 */
import { createHash } from 'node:crypto';
import { elementsOf, holdsCode, type PageElement } from './site.ts';

type Directives = ReadonlyMap<string, readonly string[]>;

/** @returns One sentence for each weakness of the policy and each thing on the page that it refuses. */
export function policyProblems(html: string): string[] {
  const elements = elementsOf(html);
  const metas = elements.filter(
    ({ name, attributes }) => name === 'meta' && attributes['httpequiv']?.toLowerCase() === 'content-security-policy',
  );
  const [meta] = metas;
  if (meta === undefined) return ['has no content security policy.'];
  if (metas.length > 1) return ['has more than one content security policy; write one.'];
  const directives = readPolicy(meta.attributes['content'] ?? '');
  return [
    ...placeProblems(elements, meta),
    ...directiveProblems(directives),
    ...refusedScripts(elements, directives),
    ...refusedStyles(elements, directives),
    ...elements.flatMap(({ name, attributes }) =>
      Object.keys(attributes)
        .filter((attribute) => attribute.startsWith('on'))
        .map((attribute) => `<${name}> has the attribute ${attribute}, which the policy refuses.`),
    ),
  ];
}

/** @example readPolicy("default-src 'none'; img-src 'self' data:").get('img-src') //=> ["'self'", 'data:'] */
export function readPolicy(content: string): Directives {
  const directives = new Map<string, readonly string[]>();
  for (const part of content.split(';')) {
    const [name, ...sources] = part.trim().split(/\s+/);
    // A browser ignores the second of two directives with one name.
    if (name !== undefined && name !== '' && !directives.has(name.toLowerCase())) {
      directives.set(name.toLowerCase(), sources);
    }
  }
  return directives;
}

function placeProblems(elements: readonly PageElement[], meta: PageElement): string[] {
  const firstGoverned = elements.findIndex(({ name }) => name === 'script' || name === 'style' || name === 'link');
  const isLate = firstGoverned !== -1 && firstGoverned < elements.indexOf(meta);
  return [
    ...(meta.isInHead ? [] : ['the policy stands outside the head, where browsers ignore it.']),
    ...(isLate ? ['the policy stands after a script, style or link that it should govern.'] : []),
  ];
}

function directiveProblems(directives: Directives): string[] {
  const problems: string[] = [];
  for (const name of ['default-src', 'base-uri', 'form-action']) {
    const found = directives.get(name)?.join(' ');
    if (found !== "'none'") problems.push(`${name} is ${found ?? 'missing'}; it must be 'none'.`);
  }
  for (const [name, sources] of directives) {
    for (const source of sources) {
      const isHash = /^'sha(256|384|512)-[A-Za-z0-9+/]+=*'$/.test(source);
      const isInside = ["'self'", "'none'", 'data:', 'blob:'].includes(source);
      if (!isHash && !isInside)
        problems.push(`${name} allows ${source}; only the site itself and hashes may be allowed.`);
      const isCodeFromText = name.startsWith('script-src') && (source === 'data:' || source === 'blob:');
      if (isCodeFromText) problems.push(`${name} allows ${source}, which lets text become code.`);
    }
  }
  return problems;
}

function refusedScripts(elements: readonly PageElement[], directives: Directives): string[] {
  const sources = directives.get('script-src-elem') ?? directives.get('script-src') ?? [];
  return elements.filter(holdsCode).flatMap((script) => {
    if (script.attributes['src'] !== undefined) {
      return sources.includes("'self'") ? [] : [`the policy refuses the script file ${script.attributes['src']}.`];
    }
    return sources.includes(hashSource(script.text))
      ? []
      : [`the policy has no hash for the inline script that begins “${script.text.trim().slice(0, 40)}”.`];
  });
}

function refusedStyles(elements: readonly PageElement[], directives: Directives): string[] {
  const sources = directives.get('style-src-elem') ?? directives.get('style-src') ?? [];
  return elements.flatMap((element) => {
    const problems: string[] = [];
    if (element.attributes['style'] !== undefined) {
      problems.push(`<${element.name}> has a style attribute, which the policy refuses.`);
    }
    if (element.name === 'style' && !sources.includes(hashSource(element.text))) {
      problems.push(`the policy has no hash for the inline style that begins “${element.text.trim().slice(0, 40)}”.`);
    }
    const isStyleFile = element.name === 'link' && /\bstylesheet\b/i.test(element.attributes['rel'] ?? '');
    if (isStyleFile && !sources.includes("'self'")) {
      problems.push(`the policy refuses the style file ${element.attributes['href'] ?? ''}.`);
    }
    return problems;
  });
}

const hashSource = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
