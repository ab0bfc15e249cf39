import { describe, expect, it } from 'vitest';
import { keepTheme, readTheme } from '../../../src/lib/browser/preferences.ts';
import { FakeBrowser, quotaError, securityError } from './fake-browser.ts';

const KEY = 'rb1:pref:theme';

const open = (stored?: string) => {
  const browser = new FakeBrowser();
  if (stored !== undefined) browser.disk.set(KEY, stored);
  const { storage } = browser.openTab();
  return { browser, door: () => storage };
};

const denied = () => {
  throw securityError();
};

describe('the theme', () => {
  it('is that of the system until one is chosen, and reading it writes nothing', () => {
    const { browser, door } = open();
    expect(readTheme(door)).toBe('system');
    expect(browser.disk.size).toBe(0);
  });

  it.each(['system', 'light', 'dark'] as const)('is kept when it is %s, under a key of its own', (theme) => {
    const { browser, door } = open();
    keepTheme(door, theme);
    expect([...browser.disk]).toEqual([[KEY, theme]]);
    expect(readTheme(door)).toBe(theme);
  });

  it.each(['sepia', '', 'constructor'])('is that of the system where %j is stored, and that stays', (word) => {
    const { browser, door } = open(word);
    expect(readTheme(door)).toBe('system');
    expect(browser.disk.get(KEY)).toBe(word);
  });

  it('never throws where storage is full or denied', () => {
    const { browser, door } = open('light');
    browser.failWrite = () => {
      throw quotaError();
    };
    keepTheme(door, 'dark');
    expect(readTheme(door)).toBe('light');
    keepTheme(denied, 'dark');
    expect(readTheme(denied)).toBe('system');
  });
});
