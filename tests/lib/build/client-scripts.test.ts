import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { bundleClientScript, fixedScripts, isClientScript } from '../../../src/lib/build/client-scripts.ts';
import { calculators, liveScript } from '../../../src/lib/core/calculators/index.ts';

const srcDir = new URL('../../../src/', import.meta.url);
const pageScripts = Object.values(calculators).map(({ id }) => liveScript([id]) ?? '');

describe('a client script', () => {
  test.each([...fixedScripts, ...pageScripts])('%s is one classic script without zod', async (name) => {
    const code = await bundleClientScript(name, srcDir, true);

    expect(code).not.toMatch(/^\s*(import|export)\b/m);
    // Zod marks its own; 8 kB of it once came in unseen.
    expect(code).not.toContain('_zod');
    // It parses as a classic script: module syntax would throw here.
    expect(() => runInNewContext(`() => { ${code} }`, {}, { filename: fileURLToPath(srcDir) })).not.toThrow();
  });

  test('of live calculators holds those that it names, and no others', async () => {
    const one = await bundleClientScript('ringbook-live--sync-times.js', srcDir, true);
    const two = await bundleClientScript('ringbook-live--ring-size--sync-times.js', srcDir, true);

    expect(one).toContain('What WSUS keeps');
    expect(one).not.toContain('ring-size');
    expect(two).toContain('What WSUS keeps');
    expect(two).toContain('ring-size');
  });

  test('of live calculators takes what the page has already from there', async () => {
    const code = await bundleClientScript('ringbook-live--sync-times.js', srcDir, true);
    const sheet = await bundleClientScript('ringbook-sheet.js', srcDir, true);
    // The words of a field's rule, and of a command's.
    for (const words of ['must be in the IANA time zone database', 'cannot stand in']) {
      if (sheet.includes(words)) expect(code).not.toContain(words);
    }
    expect(code).toMatch(/ringbook\.core\[\d+\]/);
    expect(code).not.toContain('core[-1]');
  });

  test.each([
    'ringbook-live--.js',
    'ringbook-sheet--ring-size.js',
    'ringbook-else.js',
    'ringbook-live--a/b.js',
    'run.js',
    'ringbook-run.js.map',
  ])('is not called %s', (name) => {
    expect(isClientScript(name)).toBe(false);
  });

  /** Bytes after gzip. What shows answers is in each script of live calculators, whatever it holds. */
  const weightOf = async (name: string): Promise<number> =>
    gzipSync(await bundleClientScript(name, srcDir, true), { level: 9 }).length;

  test('that shows answers weighs no more than 1.2 kB', async () => {
    expect(await weightOf('ringbook-live.js')).toBeLessThanOrEqual(1200);
  });

  /** Those that are heavier than the 6 kB of the others, with what shows answers, and how heavy they may be. */
  const heavier: Readonly<Record<string, number>> = {
    'ringbook-live--order-of-sources.js': 6400,
    'ringbook-live--update-channels.js': 6500,
    'ringbook-live--update-check.js': 6800,
    'ringbook-live--wsus-client-policy.js': 6900,
    'ringbook-live--ring-timeline.js': 7100,
  };

  test.each(pageScripts)('%s weighs no more than 6 kB with what shows answers, or what is said of it', async (name) => {
    expect(await weightOf(name)).toBeLessThanOrEqual(heavier[name] ?? 6000);
  });
});
