import { defineConfig } from 'vitest/config';

/** Checks of the built site in `dist/`; `npm run build` comes first. */
export default defineConfig({
  cacheDir: '.cache/vitest-site',
  test: { include: ['tests/site/*.test.ts'] },
});
