import { describe, expect, test } from 'vitest';
import { findBrowser, usualBrowserPaths } from './browser.ts';

describe('the browser of the tests', () => {
  test('the one that RINGBOOK_BROWSER names comes before all others', () => {
    const found = findBrowser({ RINGBOOK_BROWSER: process.execPath, PATH: process.env['PATH'] }, 'linux');

    expect(found.executablePath).toBe(process.execPath);
  });

  test('a RINGBOOK_BROWSER that is not there is refused, not replaced', () => {
    expect(() => findBrowser({ RINGBOOK_BROWSER: '/no/such/browser' }, 'linux')).toThrow(
      'RINGBOOK_BROWSER names /no/such/browser, and there is no such file. Give the full path of Chromium, Chrome or Edge.',
    );
  });

  test('where no browser is known, Playwright is left to find its own', () => {
    expect(findBrowser({}, 'freebsd').executablePath).toBeUndefined();
  });

  test('whichever it is, it asks no host but this computer', () => {
    const rules = findBrowser({}, 'freebsd').args.find((arg) => arg.startsWith('--host-resolver-rules='));

    expect(rules).toContain('MAP * ~NOTFOUND');
  });
});

describe('the usual places of browsers', () => {
  test('on Linux they are the folders of the PATH', () => {
    const paths = usualBrowserPaths('linux', { PATH: '/usr/bin:/opt/bin' });

    expect(paths.slice(0, 2)).toEqual(['/usr/bin/chromium', '/opt/bin/chromium']);
    expect(paths).toContain('/usr/bin/google-chrome-stable');
    expect(paths).toContain('/opt/bin/microsoft-edge');
  });

  test('on macOS they are the applications of the computer and of its user', () => {
    const paths = usualBrowserPaths('darwin', { HOME: '/Users/ann' });

    expect(paths).toContain('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
    expect(paths).toContain('/Users/ann/Applications/Chromium.app/Contents/MacOS/Chromium');
  });

  test('on Windows they are the program folders that exist there', () => {
    const paths = usualBrowserPaths('win32', { ProgramFiles: 'C:\\Program Files' });

    expect(paths).toHaveLength(3);
    expect(paths.every((path) => path.startsWith('C:\\Program Files'))).toBe(true);
  });
});
