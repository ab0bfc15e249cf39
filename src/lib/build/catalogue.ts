/** Reads the policy catalogue from its folder. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Policy } from '../core/policy/policy.ts';

/**
 * @param folder The folder with one JSON file a policy.
 * @throws Error with the file's name when one of them does not fit the schema.
 */
export function readCatalogue(folder: string): ReadonlyMap<string, Policy> {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
  return new Map(
    files.map((name) => {
      const read = Policy.safeParse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
      if (!read.success) {
        const [issue] = read.error.issues;
        throw new Error(`${name}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
      }
      return [basename(name, '.json'), read.data];
    }),
  );
}
