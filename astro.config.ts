import { satteri } from '@astrojs/markdown-satteri';
import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';
import { ringbook } from './src/lib/build/integration.ts';

export default defineConfig({
  build: { format: 'file', assets: 'assets', inlineStylesheets: 'never' },
  devToolbar: { enabled: false },
  // Prose is copied into consoles: a dash must stay the dash that was typed.
  markdown: { processor: satteri({ features: { smartPunctuation: false } }), syntaxHighlight: false },
  integrations: [mdx(), ringbook()],
  compressHTML: 'jsx',
});
