/**
 * A lint that knows the field: mistakes that stand in the published articles today and that people would paste.
 */
import { sourceTokens } from '../calculators/order-notes.ts';
import type { ProblemCode } from './problem.ts';

export interface FieldFault {
  /** Where it stands in the text, in UTF-16 units from 0. */
  readonly offset: number;
  readonly code: ProblemCode;
  readonly message: string;
  readonly mend: string;
}

/** Misspelt words of the field, and what they should be. With this exact case. */
const spellings: ReadonlyMap<string, string> = new Map([
  ['InternalDefinitionUpdateServder', 'InternalDefinitionUpdateServer'],
  ['DefinitionUpdateFileSharesSource', 'DefinitionUpdateFileSharesSources'],
  ['SignatureDefinitionUpdateFileSharesSource', 'SignatureDefinitionUpdateFileSharesSources'],
  ['equivelant', 'equivalent'],
  ['alreadyy', 'already'],
  ['Micrsoft', 'Microsoft'],
  // One article breaks the last letter off with asterisks, and the console's page has another name, anyway.
  ['Set Sync Schedul', 'Configure Sync Schedule'],
  ['compromises of', 'comprises'],
  ['Clients computers', 'Client computers'],
]);
const misspelt = new RegExp(`\\b(?:${[...spellings.keys()].join('|')})\\b`, 'g');

/**
 * What is wrong with a piece of text or code, in reading order.
 *
 * @example fieldFaults('Run gpupdate / force')[0]?.code //=> 'gpupdate-space'
 */
export function fieldFaults(text: string): FieldFault[] {
  return [...spacedSwitches(text), ...misspellings(text), ...strangeSources(text)].sort((a, b) => a.offset - b.offset);
}

const spacedSwitches = (text: string): FieldFault[] =>
  [...text.matchAll(/\bgpupdate(?:\.exe)?(?:[ \t]+\/\w[\w:]*)*[ \t]+\/[ \t]+\w+/gi)].map(({ 0: found, index }) => ({
    offset: index,
    code: 'gpupdate-space',
    message: `\`${found}\` has a space after the slash, which gpupdate does not take.`,
    mend: `Write \`${found.replace(/\/[ \t]+/g, '/')}\`.`,
  }));

const misspellings = (text: string): FieldFault[] =>
  [...text.matchAll(misspelt)].map(({ 0: found, index }) => ({
    offset: index,
    code: 'field-spelling',
    message: `\`${found}\` is misspelt.`,
    mend: `Write \`${spellings.get(found) ?? found}\`.`,
  }));

/** In a list of sources every token must be one, and `FileShare` without its last letter is none anywhere. */
function strangeSources(text: string): FieldFault[] {
  const known: readonly string[] = sourceTokens;
  const faults: FieldFault[] = [];
  if (!/\||FileShare/.test(text)) return faults;
  for (const { 0: list, index } of text.matchAll(/\b[A-Za-z]+(?:[ \t]*\|[ \t]*[A-Za-z]+)*\b/g)) {
    const tokens = [...list.matchAll(/[A-Za-z]+/g)];
    const isList = tokens.length > 1 && tokens.some(([token]) => known.includes(token));
    for (const { 0: token, index: at } of tokens) {
      if (token !== 'FileShare' && (!isList || known.includes(token))) continue;
      if (spellings.has(token)) continue;
      faults.push({
        offset: index + at,
        code: 'unknown-source',
        message: `\`${token}\` is not a source of updates.`,
        mend:
          token === 'FileShare'
            ? 'Write `FileShares`.'
            : `The sources are ${known.map((source) => `\`${source}\``).join(', ')}.`,
      });
    }
  }
  return faults;
}
