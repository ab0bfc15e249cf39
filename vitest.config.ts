import { getViteConfig } from 'astro/config';

export default getViteConfig({
  cacheDir: '.cache/vitest',
  test: {
    include: ['tests/**/*.test.ts'],
    // What is in tests/site reads the built folder and has a configuration of its own.
    exclude: ['tests/e2e/**', 'tests/bench/**', 'tests/site/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
  },
} as Parameters<typeof getViteConfig>[0]);
