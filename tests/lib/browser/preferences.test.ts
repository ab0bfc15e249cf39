import { describe, expect, it } from 'vitest';
import { keepLook, LOOKS, lookNames, readLook } from '../../../src/lib/browser/preferences.ts';
import { FakeBrowser, quotaError, securityError } from './fake-browser.ts';

const open = (stored: Readonly<Record<string, string>> = {}) => {
  const browser = new FakeBrowser();
  for (const [key, text] of Object.entries(stored)) browser.disk.set(key, text);
  const { storage } = browser.openTab();
  return { browser, door: () => storage };
};

const denied = () => {
  throw securityError();
};

const choices = lookNames.flatMap((look) => LOOKS[look].map((choice) => ({ look, choice })));

describe.each(lookNames)('the %s', (look) => {
  const [first, second] = LOOKS[look];
  const key = `rb1:pref:${look}`;

  it('is that of the system until one is chosen, and reading it writes nothing', () => {
    const { browser, door } = open();
    expect(readLook(door, look)).toBe(first);
    expect(browser.disk.size).toBe(0);
  });

  it.each(['sepia', '', 'constructor'])('is that of the system where %j is stored, and that stays', (word) => {
    const { browser, door } = open({ [key]: word });
    expect(readLook(door, look)).toBe(first);
    expect(browser.disk.get(key)).toBe(word);
  });

  it('never throws where storage is full or denied', () => {
    const { browser, door } = open({ [key]: second });
    browser.failWrite = () => {
      throw quotaError();
    };
    keepLook(door, look, first);
    expect(readLook(door, look)).toBe(second);
    keepLook(denied, look, second);
    expect(readLook(denied, look)).toBe(first);
  });
});

it.each(choices)('$choice is kept as the $look, under a key of its own', ({ look, choice }) => {
  const { browser, door } = open();
  keepLook(door, look, choice);
  expect([...browser.disk]).toEqual([[`rb1:pref:${look}`, choice]]);
  for (const other of lookNames) expect(readLook(door, other)).toBe(other === look ? choice : LOOKS[other][0]);
});
