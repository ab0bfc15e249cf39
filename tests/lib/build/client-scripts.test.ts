import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { bundleClientScript, fixedScripts, isClientScript } from '../../../src/lib/build/client-scripts.ts';
import { calculators } from '../../../src/lib/core/calculators/index.ts';

const srcDir = new URL('../../../src/', import.meta.url);
const pageScripts = Object.values(calculators).map(({ id }) => `ringbook-calculator--${id}.js`);

describe('a client script', () => {
  test.each([...fixedScripts, ...pageScripts])('%s is one classic script without zod', async (name) => {
    const code = await bundleClientScript(name, srcDir, true);

    expect(code).not.toMatch(/^\s*(import|export)\b/m);
    // Zod marks its own; 8 kB of it once came in unseen.
    expect(code).not.toContain('_zod');
    // It parses as a classic script: module syntax would throw here.
    expect(() => runInNewContext(`() => { ${code} }`, {}, { filename: fileURLToPath(srcDir) })).not.toThrow();
  });

  test('of a page holds the calculators that the page names, and no others', async () => {
    const plain = await bundleClientScript('ringbook-sheet.js', srcDir, true);
    const named = await bundleClientScript('ringbook-sheet--sync-times.js', srcDir, true);

    expect(named).toContain('What WSUS keeps');
    expect(plain).not.toContain('What WSUS keeps');
  });

  test.each(['ringbook-sheet--.js', 'ringbook-else.js', 'ringbook-sheet--a/b.js', 'run.js', 'ringbook-run.js.map'])(
    'is not called %s',
    (name) => {
      expect(isClientScript(name)).toBe(false);
    },
  );
});
