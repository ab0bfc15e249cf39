import { describe, expect, it } from 'vitest';
import { keepWords, moveWords, wordsInHand } from '../../../src/lib/browser/words-in-hand.ts';
import { FakeBrowser, quotaError, securityError } from './fake-browser.ts';

const run = 'runrunrunrun';

describe('words in hand', () => {
  it('are there again until they are kept, each at its own place', () => {
    const browser = new FakeBrowser();
    const { storage } = browser.openTab();
    expect(keepWords(() => storage, run, 'step-a:note', 'Half a sen')).toBe(true);
    expect(keepWords(() => storage, run, 'step-b:note', 'Other')).toBe(true);
    expect(wordsInHand(() => storage, run, 'step-a:note')).toBe('Half a sen');
    expect([...browser.disk.keys()]).toEqual([`rb1:words:${run}:step-a:note`, `rb1:words:${run}:step-b:note`]);
    expect(keepWords(() => storage, run, 'step-a:note', '')).toBe(true);
    expect(wordsInHand(() => storage, run, 'step-a:note')).toBe('');
    expect(wordsInHand(() => storage, run, 'step-b:note')).toBe('Other');
  });

  it('go over into the run that begins, but never over words that stand there', () => {
    const { storage } = new FakeBrowser().openTab();
    const door = () => storage;
    keepWords(door, 'new-pilot', 'run:note', 'Before it began');
    keepWords(door, 'new-pilot', 'step-a:note', 'Older');
    keepWords(door, 'new-pilot-two', 'run:odd', 'Of another runbook');
    keepWords(door, run, 'step-a:note', 'Newer');
    moveWords(door, 'new-pilot', run);
    expect(wordsInHand(door, run, 'run:note')).toBe('Before it began');
    expect(wordsInHand(door, run, 'step-a:note')).toBe('Newer');
    expect(['run:note', 'step-a:note'].map((place) => wordsInHand(door, 'new-pilot', place))).toEqual(['', '']);
    expect(wordsInHand(door, 'new-pilot-two', 'run:odd')).toBe('Of another runbook');
    expect(wordsInHand(door, run, 'run:odd')).toBe('');
  });

  it('stay where they are when they cannot be moved', () => {
    const browser = new FakeBrowser();
    const { storage } = browser.openTab();
    keepWords(() => storage, 'new-pilot', 'run:note', 'Half a sen');
    browser.failWrite = () => {
      throw quotaError();
    };
    moveWords(() => storage, 'new-pilot', run);
    expect(wordsInHand(() => storage, 'new-pilot', 'run:note')).toBe('Half a sen');
  });

  it('write nothing where there is nothing to keep', () => {
    const browser = new FakeBrowser();
    const { storage } = browser.openTab();
    expect(keepWords(() => storage, run, 'step-a:note', '')).toBe(true);
    expect(browser.disk.size).toBe(0);
  });

  it('say that they are not kept where storage is full or denied, and never throw', () => {
    const browser = new FakeBrowser();
    const { storage } = browser.openTab();
    browser.failWrite = () => {
      throw quotaError();
    };
    const denied = (): Storage => {
      throw securityError();
    };
    expect(keepWords(() => storage, run, 'step-a:note', 'Lost')).toBe(false);
    expect(keepWords(denied, run, 'step-a:note', 'Lost')).toBe(false);
    expect(wordsInHand(denied, run, 'step-a:note')).toBe('');
  });
});
