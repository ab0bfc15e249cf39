import { defineCollection } from 'astro:content';
import { file, glob } from 'astro/loaders';
import { CorrectedArticle } from './lib/core/corrections.ts';
import { GuideMeta } from './lib/core/guide-meta.ts';
import { Policy } from './lib/core/policy/policy.ts';
import { KnownSource } from './lib/core/sources.ts';

export const collections = {
  policies: defineCollection({ loader: glob({ pattern: '*.json', base: './src/content/policies' }), schema: Policy }),
  corrections: defineCollection({
    loader: glob({ pattern: '*.json', base: './src/content/corrections' }),
    schema: CorrectedArticle,
  }),
  sources: defineCollection({ loader: file('./src/content/sources.json'), schema: KnownSource }),
  guide: defineCollection({
    loader: glob({ pattern: '*.mdx', base: './src/content/guide' }),
    schema: GuideMeta,
  }),
};
