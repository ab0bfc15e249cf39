import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSite, type Site } from './site.ts';

/** The site that `npm run build` left in `dist/`. */
export const builtSite = (): Site => readSite(resolve(dirname(fileURLToPath(import.meta.url)), '../../../dist'));
