import { defineConfig } from '@playwright/test';
import { findBrowser } from './tests/support/browser.ts';

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: '.cache/playwright-results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: process.env['CI'] !== undefined,
  // A test that passes at the second try hides the fault that a reader meets at the first.
  retries: 0,
  reporter: [['list'], ['json', { outputFile: '.cache/playwright.json' }]],
  use: {
    browserName: 'chromium',
    launchOptions: findBrowser(),
    // One test is about it; in the others it would only keep every file of the site once more.
    serviceWorkers: 'block',
    trace: { mode: 'retain-on-failure', snapshots: false, screenshots: false },
  },
});
