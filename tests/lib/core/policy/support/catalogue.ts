/** The catalogue as files, for tests of the code that reads it. */
import { readdirSync, readFileSync } from 'node:fs';
import { Policy } from '../../../../../src/lib/core/policy/policy.ts';

const folder = new URL('../../../../../src/content/policies/', import.meta.url);

/** File names with their parsed content, unchecked. */
export const catalogueFiles: readonly (readonly [name: string, content: unknown])[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => [name, JSON.parse(readFileSync(new URL(name, folder), 'utf8'))]);

export const catalogue: readonly Policy[] = catalogueFiles.map(([, content]) => Policy.parse(content));

export function policyNamed(id: string): Policy {
  const policy = catalogue.find((candidate) => candidate.id === id);
  if (!policy) throw new Error(`The catalogue has no ${id}.`);
  return policy;
}
