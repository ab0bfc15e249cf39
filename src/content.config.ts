import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { runbookLoader } from './lib/build/runbook-loader.ts';
import { GuideMeta } from './lib/core/guide-meta.ts';
import { Policy } from './lib/core/policy/policy.ts';
import { Runbook } from './lib/core/runbook/model.ts';

export const collections = {
  runbooks: defineCollection({ loader: runbookLoader(), schema: Runbook }),
  policies: defineCollection({ loader: glob({ pattern: '*.json', base: './src/content/policies' }), schema: Policy }),
  guide: defineCollection({
    loader: glob({ pattern: '*.mdx', base: './src/content/guide' }),
    schema: GuideMeta,
  }),
};
