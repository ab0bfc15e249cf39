import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openEventLog, type EventLog } from '../../../src/lib/browser/event-log.ts';
import { writeEvent, type Event } from '../../../src/lib/core/run/event.ts';
import { fold, isDone } from '../../../src/lib/core/run/fold.ts';
import { event, HASH } from '../core/run/histories.ts';
import { FakeBrowser, quotaError, securityError, type FakeTab } from './fake-browser.ts';

const RUN = 'k3q9x0v2m7p4';
const OTHER_RUN = 'z8w1t5n6b2c0';
const RUNBOOK = 'production-gpo-wsus';

const tick = (id: string, step = 'open-console') => event(id, { kind: 'tick', step, stepHash: HASH });
const started = (id: string, at = '2026-11-20T03:00:00.000+01:00', runbook = RUNBOOK) =>
  event(id, { kind: 'started', at, data: { runbook, revision: HASH } });
const keyOf = (one: Event, run = RUN) => `rb1:${run}:${one.id}`;
const idsIn = (log: EventLog, run = RUN) =>
  log
    .eventsOf(run)
    .map(({ id }) => id)
    .sort();

const openOne = () => {
  const browser = new FakeBrowser();
  const tab = browser.openTab();
  return { browser, tab, log: tab.openLog() };
};

/** A browser that holds these already. */
const stocked = (entries: Record<string, string>) => {
  const browser = new FakeBrowser();
  for (const [key, text] of Object.entries(entries)) browser.disk.set(key, text);
  return browser;
};

describe('appending', () => {
  it('keeps each event under a key of its own, and finds it again', () => {
    const { browser, log } = openOne();
    expect(log.append(RUN, started('e1'))).toEqual({ saved: true });
    expect(log.append(RUN, tick('e2'))).toEqual({ saved: true });
    expect([...browser.disk]).toEqual([
      [keyOf(started('e1')), writeEvent(started('e1'))],
      [keyOf(tick('e2')), writeEvent(tick('e2'))],
    ]);
    const again = browser.openTab().openLog();
    expect(again.eventsOf(RUN)).toEqual([started('e1'), tick('e2')]);
    expect(again.currentRun(RUNBOOK)).toBe(RUN);
    expect(log.$saving.get()).toEqual({ state: 'saved' });
  });

  it('changes nothing when the same event comes twice', () => {
    const { browser, log } = openOne();
    log.append(RUN, tick('e1'));
    expect(log.append(RUN, structuredClone(tick('e1')))).toEqual({ saved: true });
    expect(browser.disk.size).toBe(1);
    expect(log.eventsOf(RUN)).toHaveLength(1);
  });

  it('never writes over what is there, and puts the event beside it', () => {
    const { browser, log } = openOne();
    browser.disk.set(keyOf(tick('e1')), 'somebody else');
    expect(log.append(RUN, tick('e1'))).toEqual({ saved: true });
    expect(browser.disk.get(keyOf(tick('e1')))).toBe('somebody else');
    expect(browser.disk.get(`${keyOf(tick('e1'))}:2`)).toBe(writeEvent(tick('e1')));
    expect(idsIn(browser.openTab().openLog())).toEqual(['e1']);
  });

  it('refuses a value that is a secret', () => {
    const { browser, log } = openOne();
    const secret = event('e1', { kind: 'value', data: { input: 'proxyPassword', value: 'hunter2' } });
    expect(log.append(RUN, secret)).toEqual({
      saved: false,
      why: 'This is a secret, and secrets are not kept.',
      isKept: false,
    });
    expect(browser.disk.size).toBe(0);
    expect(log.eventsOf(RUN)).toEqual([]);
  });

  it('writes nothing when a page is only opened', () => {
    const { browser, log } = openOne();
    browser.failWrite = () => {
      throw new Error('wrote');
    };
    log.refresh();
    expect(log.$saving.get()).toEqual({ state: 'saved' });
  });
});

describe('storage that fails', () => {
  const acts = [started('e0'), ...Array.from({ length: 9 }, (_, place) => tick(`e${place + 1}`, `step-${place}`))];

  it.each(Array.from({ length: acts.length + 2 }, (_, place) => place + 1))(
    'loses nothing that was called saved when write %i throws',
    (bad) => {
      const { browser, log } = openOne();
      browser.failWrite = (_key, write) => {
        if (write === bad) throw quotaError();
      };
      for (const act of acts) {
        const answer = log.append(RUN, act);
        expect(answer.saved).toBe(browser.disk.get(keyOf(act)) === writeEvent(act));
        const missing = acts.filter((one) => log.eventsOf(RUN).includes(one) && !browser.disk.has(keyOf(one)));
        const saving = log.$saving.get();
        expect(saving.state === 'saved' ? 0 : saving.unsaved).toBe(missing.length);
        expect(log.eventsOf(RUN)).toContain(act);
      }
      log.retry();
      expect(log.$saving.get()).toEqual({ state: 'saved' });
      expect(idsIn(browser.openTab().openLog())).toEqual(acts.map(({ id }) => id));
    },
  );

  it('is full: says so, counts what is only in this window, and saves it when there is room', () => {
    const { browser, log } = openOne();
    browser.failWrite = () => {
      throw quotaError();
    };
    log.append(RUN, tick('e1'));
    expect(log.append(RUN, tick('e2'))).toMatchObject({ saved: false, isKept: true });
    expect(log.$saving.get()).toEqual({
      state: 'not-saved',
      cause: 'full',
      unsaved: 2,
      why: 'Not saved: the browser has no room left for this site. 2 entries are only in this window. Keep it open; every new entry tries again.',
    });
    browser.failWrite = () => undefined;
    expect(log.append(RUN, tick('e3'))).toEqual({ saved: true });
    expect(log.$saving.get()).toEqual({ state: 'saved' });
    expect(browser.disk.size).toBe(3);
  });

  it('is denied: says so before anything is entered, and keeps everything in memory', () => {
    const log = openEventLog(
      () => {
        throw securityError();
      },
      { mayKeep: () => true },
    );
    expect(log.$saving.get()).toEqual({
      state: 'not-saved',
      cause: 'denied',
      unsaved: 0,
      why: 'Nothing will be saved: the browser does not let this page keep anything. What you enter is lost when this window closes.',
    });
    expect(log.append(RUN, tick('e1'))).toMatchObject({ saved: false, isKept: true });
    expect(log.$saving.get()).toMatchObject({ cause: 'denied', unsaved: 1 });
    expect(log.$saving.get()).toMatchObject({ why: expect.stringContaining('1 entry is only in this window') });
    expect(log.eventsOf(RUN)).toEqual([tick('e1')]);
  });

  it('is missing altogether: the same', () => {
    const log = openEventLog(() => undefined, { mayKeep: () => true });
    expect(log.$saving.get()).toMatchObject({ cause: 'denied', unsaved: 0 });
  });

  it('swallows what is written: says that it was refused', () => {
    const { browser, log } = openOne();
    browser.garble = () => undefined;
    expect(log.append(RUN, tick('e1'))).toMatchObject({ saved: false, isKept: true });
    expect(log.$saving.get()).toMatchObject({ cause: 'refused', unsaved: 1 });
  });

  it('keeps half of what is written: says that it was refused, and saves the whole beside it later', () => {
    const { browser, log } = openOne();
    browser.garble = (text) => text.slice(0, 20);
    expect(log.append(RUN, tick('e1')).saved).toBe(false);
    browser.garble = (text) => text;
    expect(log.retry()).toEqual({ saved: true });
    expect(idsIn(browser.openTab().openLog())).toEqual(['e1']);
  });

  it('fails to be read: says so, and is read when the page is looked at again', () => {
    const browser = stocked({ [keyOf(tick('e1'))]: writeEvent(tick('e1')) });
    const tab = browser.openTab();
    let isBroken = true;
    const log = openEventLog(
      () => {
        if (isBroken) throw new Error('The disk is busy.');
        return tab.storage;
      },
      { mayKeep: () => true, page: tab.page },
    );
    expect(log.$saving.get()).toMatchObject({ cause: 'refused', unsaved: 0 });
    isBroken = false;
    tab.dispatch('visibilitychange', {});
    expect(log.$saving.get()).toEqual({ state: 'saved' });
    expect(idsIn(log)).toEqual(['e1']);
  });

  it('never hides that something is missing, whichever writes fail', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('ok', 'full', 'swallow', 'half'), { maxLength: 60, size: 'max' }),
        (moods) => {
          const { browser, log } = openOne();
          let mood = 'ok';
          browser.failWrite = () => {
            mood = moods.shift() ?? 'ok';
            if (mood === 'full') throw quotaError();
          };
          browser.garble = (text) => (mood === 'swallow' ? undefined : mood === 'half' ? text.slice(0, 9) : text);
          for (const act of acts) {
            log.append(RUN, act);
            const onDisk = new Set(browser.disk.values());
            const missing = log.eventsOf(RUN).filter((one) => !onDisk.has(writeEvent(one)));
            const saving = log.$saving.get();
            expect(saving.state === 'saved' ? 0 : saving.unsaved).toBe(missing.length);
          }
        },
      ),
    );
  });
});

describe('what is in storage already', () => {
  const foreign = { theme: 'dark', 'rb2:x': '1', 'other:rb1:y': '2', 'rb1:pref:theme': 'dark', 'rb1:': '3', rb1: '4' };

  it('leaves the keys of others alone, and does not look at them', () => {
    const browser = stocked(foreign);
    const log = browser.openTab().openLog();
    log.append(RUN, tick('e1'));
    log.writeDraft(RUNBOOK, 'wsusServer', 'wsus01');
    log.refresh();
    expect(Object.fromEntries([...browser.disk].filter(([key]) => key in foreign))).toEqual(foreign);
    expect(browser.keysRead).not.toContain('theme');
    expect(browser.keysRead).not.toContain('other:rb1:y');
    expect(log.damaged).toEqual([]);
  });

  const whole = writeEvent(tick('e2', 'step-2'));

  it('sets an entry aside that is cut off at any byte, and shows the rest', () => {
    for (let length = 0; length < whole.length; length++) {
      const cut = whole.slice(0, length);
      const browser = stocked({
        [keyOf(started('e1'))]: writeEvent(started('e1')),
        [keyOf(tick('e2'))]: cut,
        [keyOf(tick('e3'))]: writeEvent(tick('e3')),
      });
      const log = browser.openTab().openLog();
      expect(log.damaged).toEqual([{ key: keyOf(tick('e2')), runId: RUN, text: cut }]);
      expect(idsIn(log)).toEqual(['e1', 'e3']);
      expect(log.append(RUN, tick('e4'))).toEqual({ saved: true });
      expect(browser.disk.get(keyOf(tick('e2')))).toBe(cut);
    }
  });

  it('opens with any bit of an entry flipped, and leaves its bytes as they are', () => {
    const bytes = new TextEncoder().encode(whole);
    bytes.forEach((byte, place) => {
      const flipped = Uint8Array.from(bytes);
      flipped[place] = byte ^ (1 << (place % 8));
      const text = new TextDecoder().decode(flipped);
      const browser = stocked({ [keyOf(started('e1'))]: writeEvent(started('e1')), [keyOf(tick('e2'))]: text });
      const log = browser.openTab().openLog();
      expect(idsIn(log)).toContain('e1');
      expect(log.damaged.length + log.newer.length + log.eventsOf(RUN).length).toBe(2);
      log.append(RUN, tick('e4'));
      expect(browser.disk.get(keyOf(tick('e2')))).toBe(text);
    });
  });

  it('sets an entry aside whose key names another one', () => {
    const browser = stocked({ [keyOf(tick('e9'))]: writeEvent(tick('e2')) });
    const log = browser.openTab().openLog();
    expect(log.eventsOf(RUN)).toEqual([]);
    expect(log.damaged).toHaveLength(1);
  });

  it('shows a run of a newer release and never writes it', () => {
    const newer = writeEvent({ ...tick('e2'), v: 2 } as never);
    const browser = stocked({
      [keyOf(started('e1'))]: writeEvent(started('e1')),
      [keyOf(tick('e2'))]: newer,
    });
    const before = new Map(browser.disk);
    const log = browser.openTab().openLog();
    expect(log.isReadOnly(RUN)).toBe(true);
    expect(log.newer).toEqual([{ key: keyOf(tick('e2')), runId: RUN, text: newer }]);
    expect(log.append(RUN, tick('e3'))).toEqual({
      saved: false,
      why: 'This run holds entries of a newer release of Ringbook. It is shown here and cannot be changed.',
      isKept: false,
    });
    expect(idsIn(log)).toEqual(['e1']);
    expect(browser.disk).toEqual(before);
    expect(log.isReadOnly(OTHER_RUN)).toBe(false);
  });

  it('opens what an earlier release has stored', () => {
    const golden: { entries: Record<string, string>; expected: { runId: string; eventCount: number; drafts: object } } =
      JSON.parse(readFileSync(new URL('../core/run/golden/release-0.1.json', import.meta.url), 'utf8'));
    const browser = stocked(golden.entries);
    const log = browser.openTab().openLog();
    expect(log.currentRun(RUNBOOK)).toBe(golden.expected.runId);
    expect(log.eventsOf(golden.expected.runId)).toHaveLength(golden.expected.eventCount);
    expect(Object.fromEntries(log.readDrafts(RUNBOOK))).toEqual(golden.expected.drafts);
    expect(Object.fromEntries(browser.disk)).toEqual(golden.entries);
  });
});

describe('storage that others change', () => {
  const filled = () => {
    const { browser, tab, log } = openOne();
    log.append(RUN, started('e1'));
    log.append(RUN, tick('e2'));
    log.writeDraft(RUNBOOK, 'wsusServer', 'wsus01');
    return { browser, tab, log, before: new Map(browser.disk) };
  };

  it('gets everything back when it is cleared', () => {
    const { browser, log, before } = filled();
    browser.clearByOther();
    browser.settle();
    expect(browser.disk).toEqual(before);
    expect(log.restoredCount()).toBe(3);
  });

  it('gets one entry back when it is removed', () => {
    const { browser, log, before } = filled();
    browser.removeByOther(keyOf(tick('e2')));
    browser.settle();
    expect(browser.disk).toEqual(before);
    expect(log.restoredCount()).toBe(1);
  });

  it('gets back what was removed while the page was asleep', () => {
    const { browser, tab, before } = filled();
    browser.disk.clear();
    tab.thaw();
    expect(browser.disk).toEqual(before);
  });

  it('gets back also what this release cannot read, byte for byte', () => {
    const browser = stocked({ [keyOf(tick('e1'))]: '{"half', [keyOf(tick('e2'))]: '{"v":2}' });
    const before = new Map(browser.disk);
    browser.openTab().openLog();
    browser.clearByOther();
    browser.settle();
    expect(browser.disk).toEqual(before);
  });

  it('keeps an entry that is written over, beside what was written over it', () => {
    const { browser, log } = filled();
    browser.write(keyOf(tick('e2')), 'garbage');
    browser.settle();
    expect(browser.disk.get(keyOf(tick('e2')))).toBe('garbage');
    expect(browser.disk.get(`${keyOf(tick('e2'))}:2`)).toBe(writeEvent(tick('e2')));
    expect(log.damaged).toEqual([{ key: keyOf(tick('e2')), runId: RUN, text: 'garbage' }]);
    expect(idsIn(browser.openTab().openLog())).toEqual(['e1', 'e2']);
  });

  it('says what is missing when it is cleared and full', () => {
    const { browser, log } = filled();
    browser.failWrite = () => {
      throw quotaError();
    };
    browser.clearByOther();
    browser.settle();
    expect(log.$saving.get()).toMatchObject({ cause: 'full', unsaved: 3 });
    expect(log.restoredCount()).toBe(0);
    browser.failWrite = () => undefined;
    expect(log.retry()).toEqual({ saved: true });
    expect(browser.disk.size).toBe(3);
  });

  it('is not troubled by what happens in another kind of storage', () => {
    const { browser, tab, log, before } = filled();
    tab.dispatch('storage', { key: 'rb1:k3q9x0v2m7p4:e9', newValue: writeEvent(tick('e9')) });
    tab.dispatch('storage', { key: null, newValue: null });
    expect(browser.disk).toEqual(before);
    expect(idsIn(log)).toEqual(['e1', 'e2']);
  });

  it('is no longer listened to when the log is closed', () => {
    const { browser, log } = filled();
    log.close();
    browser.clearByOther();
    browser.settle();
    expect(browser.disk.size).toBe(0);
  });
});

describe('two tabs', () => {
  const openTwo = () => {
    const browser = new FakeBrowser();
    const tabs = [browser.openTab(), browser.openTab()] as const;
    return { browser, tabs, logs: [tabs[0].openLog(), tabs[1].openLog()] as const };
  };

  it('hear of each other', () => {
    const { browser, logs } = openTwo();
    const heard: string[] = [];
    logs[1].onArrival(({ events }) => heard.push(...(events.get(RUN) ?? []).map(({ id }) => id)));
    logs[0].append(RUN, started('e1'));
    logs[0].append(RUN, tick('e2'));
    browser.settle();
    expect(heard).toEqual(['e1', 'e2']);
    expect(idsIn(logs[1])).toEqual(['e1', 'e2']);
  });

  it('hear of each thing once, and of nothing when there is nothing', () => {
    const { browser, logs } = openTwo();
    let count = 0;
    const heard: string[] = [];
    logs[1].onArrival(({ events }) => {
      count++;
      heard.push(...(events.get(RUN) ?? []).map(({ id }) => id));
    });
    logs[0].append(RUN, tick('e1'));
    browser.settle();
    browser.write(`${keyOf(tick('e1'))}:2`, writeEvent(tick('e1')));
    browser.write(keyOf(tick('e2')), 'damaged');
    browser.settle();
    expect(heard).toEqual(['e1']);
    expect(count).toBe(2);
    logs[1].refresh();
    expect(count).toBe(2);
  });

  it('do not hear of themselves, nor after they stop listening', () => {
    const { browser, logs } = openTwo();
    const heard: string[] = [];
    const stop = logs[0].onArrival(({ events }) => heard.push(...events.keys()));
    logs[0].append(RUN, tick('e1'));
    browser.settle();
    stop();
    logs[1].append(RUN, tick('e2'));
    browser.settle();
    expect(heard).toEqual([]);
    expect(idsIn(logs[0])).toEqual(['e1', 'e2']);
  });

  it('catch up after one of them was in the back/forward cache', () => {
    const { browser, tabs, logs } = openTwo();
    tabs[1].isFrozen = true;
    logs[0].append(RUN, started('e1'));
    browser.settle();
    expect(idsIn(logs[1])).toEqual([]);
    tabs[1].thaw();
    expect(idsIn(logs[1])).toEqual(['e1']);
  });

  it('catch up when a hidden one is looked at again, and not when it is hidden', () => {
    const browser = new FakeBrowser();
    const tab = browser.openTab();
    const document = { visibilityState: 'hidden' as DocumentVisibilityState };
    const log = openEventLog(() => tab.storage, { mayKeep: () => true, page: { ...tab.page, document } });
    browser.disk.set(keyOf(tick('e1')), writeEvent(tick('e1')));
    tab.dispatch('pageshow', { persisted: false });
    tab.dispatch('visibilitychange', {});
    expect(idsIn(log)).toEqual([]);
    document.visibilityState = 'visible';
    tab.dispatch('visibilitychange', {});
    expect(idsIn(log)).toEqual(['e1']);
  });

  it('that begin a run at once share the earlier one, with everything done in either', () => {
    const { browser, logs } = openTwo();
    logs[0].append(RUN, started('b1', '2026-11-20T03:00:00.020+01:00'));
    logs[1].append(OTHER_RUN, started('a1', '2026-11-20T03:00:00.000+01:00'));
    logs[0].append(RUN, tick('b2', 'step-b'));
    logs[1].append(OTHER_RUN, tick('a2', 'step-a'));
    browser.settle();
    logs[0].append(RUN, tick('b3', 'step-c'));
    browser.settle();
    for (const log of [...logs, browser.openTab().openLog()]) {
      expect(log.currentRun(RUNBOOK)).toBe(OTHER_RUN);
      expect(log.runsOf(RUNBOOK).map(({ id }) => id)).toEqual([OTHER_RUN]);
      expect(idsIn(log, OTHER_RUN)).toEqual(['a1', 'a2', 'b1', 'b2', 'b3']);
      expect(idsIn(log, RUN)).toEqual(['b1', 'b2', 'b3']);
    }
  });

  it('that begin a run in the same millisecond agree on one by its id', () => {
    const { browser, logs } = openTwo();
    logs[0].append(RUN, started('b1'));
    logs[1].append(OTHER_RUN, started('a1'));
    browser.settle();
    expect(logs.map((log) => log.currentRun(RUNBOOK))).toEqual([OTHER_RUN, OTHER_RUN]);
  });

  it('share the run also if one of them crashed before it heard of the other', () => {
    const { browser, tabs, logs } = openTwo();
    logs[0].append(RUN, started('b1', '2026-11-20T03:00:00.020+01:00'));
    logs[0].append(RUN, tick('b2'));
    logs[1].append(OTHER_RUN, started('a1'));
    for (const tab of tabs) tab.close();
    const log = browser.openTab().openLog();
    expect(idsIn(log, OTHER_RUN)).toEqual(['a1', 'b1', 'b2']);
    expect(idsIn(browser.openTab().openLog(), OTHER_RUN)).toEqual(['a1', 'b1', 'b2']);
  });

  it('of three, two of which joined before the third was heard of, share the earliest', () => {
    const { browser, logs } = openTwo();
    const third = 'm4m4m4m4m4m4';
    logs[0].append(RUN, started('c1', '2026-11-20T03:00:08.000+01:00'));
    logs[1].append(OTHER_RUN, started('b1', '2026-11-20T03:00:04.000+01:00'));
    browser.settle();
    expect(logs[0].currentRun(RUNBOOK)).toBe(OTHER_RUN);
    const late = browser.openTab().openLog();
    late.append(third, started('a1', '2026-11-20T03:00:00.000+01:00'));
    browser.settle();
    logs[0].append(RUN, tick('c2'));
    browser.settle();
    expect(idsIn(browser.openTab().openLog(), third)).toEqual(['a1', 'b1', 'c1', 'c2']);
  });
});

describe('runs of a runbook', () => {
  const log = () => openOne().log;

  it('are listed earliest first, the finished ones too, and the current is the first open one', () => {
    const runs = log();
    runs.append(OTHER_RUN, started('e1', '2026-11-20T05:00:00.000+01:00'));
    runs.append(RUN, started('e2', '2026-11-20T04:00:00.000+01:00'));
    runs.append('q1q1q1q1q1q1', started('e3', '2026-11-20T03:00:00.000+01:00', 'pilot'));
    expect(runs.runsOf(RUNBOOK).map(({ id }) => id)).toEqual([RUN, OTHER_RUN]);
    expect(runs.currentRun(RUNBOOK)).toBe(RUN);
    runs.append(RUN, event('e4', { kind: 'finished', data: {} }));
    expect(runs.runsOf(RUNBOOK).map(({ isFinished }) => isFinished)).toEqual([true, false]);
    expect(runs.currentRun(RUNBOOK)).toBe(OTHER_RUN);
    runs.append(RUN, event('e5', { kind: 'reopened', data: { undoes: ['e4'] } }));
    expect(runs.currentRun(RUNBOOK)).toBe(RUN);
    expect(runs.currentRun('pilot')).toBe('q1q1q1q1q1q1');
    expect(runs.currentRun('constructor')).toBeUndefined();
  });

  it('stay apart when they were begun one after the other', () => {
    const browser = new FakeBrowser();
    const [one, two] = [browser.openTab().openLog(), browser.openTab().openLog()];
    one.append(RUN, started('e1', '2026-11-20T03:00:00.000+01:00'));
    two.append(OTHER_RUN, started('e2', '2026-11-20T03:00:06.000+01:00'));
    browser.settle();
    expect(one.runsOf(RUNBOOK).map(({ id }) => id)).toEqual([RUN, OTHER_RUN]);
    expect(idsIn(two, RUN)).toEqual(['e1']);
  });

  it('are not joined to, nor joined into, a run of a newer release', () => {
    const browser = stocked({
      [keyOf(started('e1'))]: writeEvent(started('e1')),
      [keyOf(tick('e2'))]: '{"v":2}',
      [keyOf(started('e3'), OTHER_RUN)]: writeEvent(started('e3')),
    });
    const before = new Map(browser.disk);
    const runs = browser.openTab().openLog();
    expect(runs.runsOf(RUNBOOK).map(({ id }) => id)).toEqual([RUN, OTHER_RUN]);
    expect(browser.disk).toEqual(before);
    browser.disk.delete(keyOf(tick('e2')));
    browser.disk.set(keyOf(tick('e4'), OTHER_RUN), '{"v":2}');
    const reversed = new Map(browser.disk);
    expect(browser.openTab().openLog().runsOf(RUNBOOK)).toHaveLength(2);
    expect(browser.disk).toEqual(reversed);
  });
});

describe('drafts', () => {
  it('are kept by runbook and input, written over, and cleared', () => {
    const { browser, log } = openOne();
    expect(log.writeDraft(RUNBOOK, 'wsusServer', 'wsus0')).toEqual({ saved: true });
    expect(log.writeDraft(RUNBOOK, 'wsusServer', 'wsus01')).toEqual({ saved: true });
    log.writeDraft(RUNBOOK, 'wsusPort', '8531');
    log.writeDraft(RUNBOOK, 'wsusPort', '');
    log.writeDraft('pilot', 'wsusServer', 'pilot01');
    const again = browser.openTab().openLog();
    for (const one of [log, again]) expect([...one.readDrafts(RUNBOOK)]).toEqual([['wsusServer', 'wsus01']]);
    expect([...again.readDrafts('constructor')]).toEqual([]);
  });

  it('of secrets are neither kept nor read', () => {
    const browser = stocked({ [`rb1:draft:${RUNBOOK}:proxyPassword`]: 'hunter2' });
    const log = browser.openTab().openLog();
    expect(log.readDrafts(RUNBOOK).size).toBe(0);
    expect(log.writeDraft(RUNBOOK, 'proxyPassword', 'hunter3')).toMatchObject({ saved: false, isKept: false });
    expect([...browser.disk.values()]).not.toContain('hunter3');
  });

  it('that cannot be saved stay in memory, and say so', () => {
    const { browser, log } = openOne();
    browser.failWrite = () => {
      throw quotaError();
    };
    expect(log.writeDraft(RUNBOOK, 'wsusServer', 'wsus01')).toMatchObject({ saved: false, isKept: true });
    expect(log.readDrafts(RUNBOOK).get('wsusServer')).toBe('wsus01');
    expect(log.$saving.get()).toMatchObject({ cause: 'full', unsaved: 1 });
  });

  it('that could not be saved do not come back over what another tab wrote since', () => {
    const browser = new FakeBrowser();
    const [one, two] = [browser.openTab().openLog(), browser.openTab().openLog()];
    browser.failWrite = () => {
      throw quotaError();
    };
    one.writeDraft(RUNBOOK, 'wsusServer', 'old');
    browser.failWrite = () => undefined;
    two.writeDraft(RUNBOOK, 'wsusServer', 'new');
    browser.settle();
    expect(one.retry()).toEqual({ saved: true });
    for (const log of [one, two, browser.openTab().openLog()]) {
      expect(log.readDrafts(RUNBOOK).get('wsusServer')).toBe('new');
    }
  });

  it('reach other tabs, the last one written', () => {
    const browser = new FakeBrowser();
    const [one, two] = [browser.openTab().openLog(), browser.openTab().openLog()];
    const heard: unknown[] = [];
    two.onArrival(({ drafts }) => heard.push(Object.fromEntries(drafts)));
    one.writeDraft(RUNBOOK, 'wsusServer', 'wsus01');
    browser.settle();
    expect(heard).toEqual([{ [RUNBOOK]: ['wsusServer'] }]);
    two.writeDraft(RUNBOOK, 'wsusServer', 'wsus02');
    browser.settle();
    expect(one.readDrafts(RUNBOOK).get('wsusServer')).toBe('wsus02');
  });
});

describe('five tabs', () => {
  type Turn = {
    tab: number;
    act: 'tick' | 'untick' | 'hear' | 'freeze' | 'thaw' | 'clear' | 'full' | 'room';
    step: number;
  };
  const turns = fc.array(
    fc.record<Turn>({
      tab: fc.nat(4),
      act: fc.constantFrom(
        'tick',
        'tick',
        'tick',
        'untick',
        'untick',
        'hear',
        'hear',
        'freeze',
        'thaw',
        'clear',
        'full',
        'room',
      ),
      step: fc.nat(5),
    }),
    { maxLength: 120, size: 'max' },
  );

  const play = (acts: readonly Turn[]) => {
    const browser = new FakeBrowser();
    const tabs: FakeTab[] = Array.from({ length: 5 }, () => browser.openTab());
    const logs = tabs.map((tab) => tab.openLog());
    const made: Event[] = [];
    acts.forEach(({ tab: which, act, step }, place) => {
      const [tab, log] = [tabs[which], logs[which]];
      if (!tab || !log) return;
      const id = `e${String(place).padStart(4, '0')}`;
      const append = (one: Event) => {
        made.push(one);
        log.append(RUN, one);
      };
      if (act === 'tick') append(tick(id, `step-${step}`));
      if (act === 'untick') {
        const undoes =
          fold(log.eventsOf(RUN))
            .steps.get(`step-${step}`)
            ?.ticks.map((one) => one.id) ?? [];
        append(event(id, { kind: 'untick', step: `step-${step}`, data: { undoes } }));
      }
      if (act === 'hear') tab.deliver();
      if (act === 'freeze') tab.isFrozen = true;
      if (act === 'thaw') tab.thaw();
      if (act === 'clear') browser.clearByOther();
      if (act === 'full')
        browser.failWrite = () => {
          throw quotaError();
        };
      if (act === 'room') browser.failWrite = () => undefined;
    });
    browser.failWrite = () => undefined;
    for (const log of logs) log.retry();
    for (const tab of tabs) tab.thaw();
    browser.settle();
    return { browser, logs, made };
  };

  it('end in the same state with nothing missing, whatever happens to them', () => {
    fc.assert(
      fc.property(turns, (acts) => {
        const { browser, logs, made } = play(acts);
        const all = made.map(({ id }) => id).sort();
        for (const log of [...logs, browser.openTab().openLog()]) {
          expect(idsIn(log)).toEqual(all);
          expect(log.$saving.get()).toEqual({ state: 'saved' });
        }
        const state = fold(made);
        for (let step = 0; step < 6; step++) {
          const standing = made.some(
            (one) =>
              one.kind === 'tick' &&
              one.step === `step-${step}` &&
              !made.some((other) => other.kind === 'untick' && other.data.undoes.includes(one.id)),
          );
          expect(isDone(state, `step-${step}`)).toBe(standing);
        }
      }),
    );
  });
});

describe('the second copy', () => {
  /** What survives when the browser's process is ended; `disk` does not. */
  const fakeMirror = (copies = new Map<string, string>()) => ({
    copies,
    write: (key: string, text: string) => void copies.set(key, text),
    missing: async (isThere: (key: string) => boolean) => Promise.resolve([...copies].filter(([key]) => !isThere(key))),
  });
  const open = (browser: FakeBrowser, mirror: ReturnType<typeof fakeMirror>) => {
    const tab = browser.openTab();
    return openEventLog(() => tab.storage, { mayKeep: (id) => id !== 'proxyPassword', page: tab.page, mirror });
  };
  const settled = () => new Promise((resolve) => setTimeout(resolve));

  it('brings back what the browser lost, at any moment of any history', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(12), fc.nat(12), async (count, lostFrom) => {
        const browser = new FakeBrowser();
        const mirror = fakeMirror();
        const log = open(browser, mirror);
        log.append(RUN, started('e00'));
        for (let place = 1; place <= count; place++) log.append(RUN, tick(`e${String(place).padStart(2, '0')}`));
        log.writeDraft(RUN, 'wsusServer', 'wsus0');
        log.writeMark('who', RUN, 'x');
        const before = new Map(browser.disk);
        for (const key of [...browser.disk.keys()].slice(lostFrom)) browser.disk.delete(key);
        const again = open(browser, mirror);
        await settled();
        expect(new Map([...browser.disk].sort())).toEqual(new Map([...before].sort()));
        expect(idsIn(again)).toEqual(idsIn(log));
        expect(again.readDrafts(RUN).get('wsusServer')).toBe('wsus0');
        expect(again.restoredCount() > 0).toBe(lostFrom < before.size);
      }),
    );
  });

  it('tells the listeners of what came back', async () => {
    const browser = new FakeBrowser();
    const mirror = fakeMirror(new Map([[keyOf(started('e1')), writeEvent(started('e1'))]]));
    const log = open(browser, mirror);
    const heard: number[] = [];
    log.onArrival(({ events }) => heard.push(events.get(RUN)?.length ?? 0));
    await settled();
    expect(heard).toEqual([1]);
    expect(log.currentRun(RUNBOOK)).toBe(RUN);
  });

  it('holds what storage had no room for', async () => {
    const browser = new FakeBrowser();
    const mirror = fakeMirror();
    const log = open(browser, mirror);
    browser.failWrite = () => {
      throw quotaError();
    };
    log.append(RUN, started('e1'));
    expect(log.$saving.get().state).toBe('not-saved');
    browser.failWrite = () => undefined;
    const again = open(browser, mirror);
    await settled();
    expect(idsIn(again)).toEqual(['e1']);
  });

  it('brings back neither deleted runs with what belongs to them, nor secrets, nor drafts that were written over since', async () => {
    const browser = new FakeBrowser();
    const mirror = fakeMirror();
    const log = open(browser, mirror);
    log.append(RUN, started('e1'));
    log.writeDraft(RUNBOOK, 'wsusServer', 'old');
    log.writeMark('deleted', RUN, '2026-11-20T03:12:45.120+01:00');
    browser.disk.delete(keyOf(started('e1')));
    for (const mark of ['who', 'file']) mirror.copies.set(`rb1:${mark}:${RUN}`, '{}');
    mirror.copies.set(`rb1:draft:${RUN}:wsusServer`, 'hers');
    mirror.copies.set(`rb1:draft:${RUNBOOK}:proxyPassword`, 'hunter2');
    mirror.copies.set(`rb1:draft:${RUNBOOK}:wsusServer`, 'older');
    const again = open(browser, mirror);
    await settled();
    expect(again.runsOf(RUNBOOK)).toEqual([]);
    expect([...browser.disk.keys()].filter((key) => key.includes(RUN))).toEqual([`rb1:deleted:${RUN}`]);
    expect([...browser.disk.values()]).not.toContain('hunter2');
    expect(again.readDrafts(RUNBOOK).get('wsusServer')).toBe('old');
  });
});
