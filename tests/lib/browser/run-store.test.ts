import { describe, expect, it } from 'vitest';
import { createIdentity } from '../../../src/lib/browser/identity.ts';
import { createRunStore, type RunStore, type Touched } from '../../../src/lib/browser/run-store.ts';
import { checkEvent, readEvent, writeEvent } from '../../../src/lib/core/run/event.ts';
import { gateOf, isDone, tickOf, valueOf } from '../../../src/lib/core/run/fold.ts';
import { event, HASH } from '../core/run/histories.ts';
import { FakeBrowser, quotaError, type FakeTab } from './fake-browser.ts';

const runbook = { id: 'production-gpo-wsus', revision: 'a1b2c3d4e5f6', title: 'Deploy to production' };
const ann = { by: 'Ann', tier: 3 } as const;
const bo = { by: 'Bo', tier: 2 } as const;

let nowMs = Date.UTC(2026, 10, 20, 2, 12, 45);

const openStore = (tab: FakeTab, stepMs = 1000): RunStore => {
  const { clock, ids } = createIdentity(() => (nowMs += stepMs));
  return createRunStore({ log: tab.openLog(), runbook, clock, ids });
};

const openOne = (browser = new FakeBrowser()) => {
  const tab = browser.openTab();
  return { browser, tab, store: openStore(tab) };
};

const kindsOn = (browser: FakeBrowser) =>
  [...browser.disk.values()].flatMap((text) => {
    const answer = readEvent(text);
    return answer.state === 'read' ? [answer.event.kind] : [];
  });

/** What the store tells its listeners, in lists. */
const hearing = (store: RunStore) => {
  const heard: object[] = [];
  store.onChange(({ steps, gates, values, all }: Touched) =>
    heard.push({ ...(all ? { all } : {}), steps: [...steps], gates: [...gates], values: [...values] }),
  );
  return heard;
};

describe('before the run is started', () => {
  it('nothing can be ticked or decided', () => {
    const { browser, store } = openOne();
    const refusal = { saved: false, why: 'Enter your name and tier to start the run.', isKept: false };
    expect(store.tick('open-console', HASH)).toEqual(refusal);
    expect(store.decide('go-to-production', HASH, 'go', [])).toEqual(refusal);
    expect(store.untick('open-console')).toEqual({ saved: true });
    expect(store.withdraw('go-to-production')).toEqual({ saved: true });
    expect(browser.disk.size).toBe(0);
    expect(store.runId()).toBeUndefined();
  });

  it('values are kept as drafts, and become part of the run when it is started', () => {
    const { browser, store } = openOne();
    expect(store.setValue('wsusServer', 'wsus01')).toEqual({ saved: true });
    store.typeValue('wsusPort', '853');
    expect(kindsOn(browser)).toEqual([]);
    expect(Object.fromEntries(openOne(browser).store.values())).toEqual({ wsusServer: 'wsus01', wsusPort: '853' });

    expect(store.start(ann)).toEqual({ saved: true });
    expect(kindsOn(browser)).toEqual(['started', 'value', 'value']);
    expect(store.$state.get().values.get('wsusServer')).toMatchObject({ value: 'wsus01', by: 'Ann' });
    expect(Object.fromEntries(store.values())).toEqual({ wsusServer: 'wsus01', wsusPort: '853' });
    expect(openOne(browser).tab.openLog().readDrafts(runbook.id).size).toBe(0);
  });

  it.each([
    [{ by: ' ', tier: 3 }, 'Enter your name in 80 characters or fewer, on one line.'],
    [{ by: 'Ann', tier: 9 }, 'Choose tier 1, 2, 3 or 4.'],
  ])('it is not started by %j', (actor, why) => {
    const { browser, store } = openOne();
    expect(store.start(actor as never)).toEqual({ saved: false, why, isKept: false });
    expect(browser.disk.size).toBe(0);
  });
});

describe('acting', () => {
  it('starts a run with runbook, revision and title, stamped with who and when', () => {
    const { store } = openOne();
    store.start(ann);
    expect(store.$state.get().started).toMatchObject({
      ...ann,
      at: expect.stringMatching(/^2026-11-20T\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/),
      data: { runbook: runbook.id, revision: runbook.revision, title: runbook.title },
    });
    expect(store.runId()).toMatch(/^[0-9a-z]{12}$/);
  });

  it('ticks and unticks, and finds it again after closing', () => {
    const { browser, store } = openOne();
    store.start(ann);
    expect(store.tick('open-console', HASH)).toEqual({ saved: true });
    store.tick('choose-upstream', HASH);
    store.tick('choose-upstream', HASH);
    expect(store.untick('choose-upstream')).toEqual({ saved: true });
    for (const one of [store, openOne(browser).store]) {
      expect(tickOf(one.$state.get(), 'open-console')).toMatchObject({ by: 'Ann', stepHash: HASH });
      expect(isDone(one.$state.get(), 'choose-upstream')).toBe(false);
    }
  });

  it('goes on in the name of whoever touched the run last when the page is opened again', () => {
    const { browser, store } = openOne();
    store.start(ann);
    const again = openOne(browser).store;
    again.tick('open-console', HASH);
    expect(tickOf(again.$state.get(), 'open-console')).toMatchObject(ann);
    again.start(bo);
    again.tick('choose-upstream', HASH);
    expect(tickOf(again.$state.get(), 'choose-upstream')).toMatchObject(bo);
    expect(kindsOn(browser)).toEqual(['started', 'tick', 'tick']);
  });

  it('replaces a value and keeps the one before', () => {
    const { browser, store } = openOne();
    store.start(ann);
    store.setValue('wsusServer', 'wsus01');
    store.setValue('wsusServer', 'wsus01');
    store.setValue('wsusServer', 'wsus02');
    const value = openOne(browser).store.$state.get().values.get('wsusServer');
    expect(value?.value).toBe('wsus02');
    expect(value?.history).toHaveLength(2);
    expect(value?.standing).toHaveLength(1);
  });

  it('keeps what is being typed if the page is closed in mid-word', () => {
    const { browser, tab, store } = openOne();
    store.start(ann);
    store.setValue('wsusServer', 'wsus01');
    expect(store.typeValue('wsusServer', 'wsus0')).toEqual({ saved: true });
    expect(store.values().get('wsusServer')).toBe('wsus0');
    expect(valueOf(store.$state.get(), 'wsusServer')).toBe('wsus01');
    tab.close();
    const again = openOne(browser).store;
    expect(valueOf(again.$state.get(), 'wsusServer')).toBe('wsus0');
    expect(kindsOn(browser)).toEqual(['started', 'value', 'value']);
  });

  it('clears a value at once when its field is emptied', () => {
    const { store } = openOne();
    store.start(ann);
    store.setValue('wsusServer', 'wsus01');
    store.typeValue('wsusServer', 'w');
    store.typeValue('wsusServer', '');
    expect(store.values().get('wsusServer')).toBe('');
  });

  it('decides at a gate, decides again, and withdraws', () => {
    const { store } = openOne();
    store.start(ann);
    store.decide('go-to-production', HASH, 'no-go', []);
    store.decide('go-to-production', HASH, 'go', ['pilot-healthy']);
    expect(gateOf(store.$state.get(), 'go-to-production')).toBe('go');
    expect(store.$state.get().gates.get('go-to-production')?.standing[0]?.data.criteria).toEqual(['pilot-healthy']);
    expect(store.withdraw('go-to-production')).toEqual({ saved: true });
    expect(gateOf(store.$state.get(), 'go-to-production')).toBe('undecided');
  });

  it('refuses a value that is too long or secret, and changes nothing', () => {
    const { browser, store } = openOne();
    store.start(ann);
    const before = new Map(browser.disk);
    expect(store.setValue('wsusServer', 'x'.repeat(2001))).toEqual({
      saved: false,
      why: 'Enter the value in 2,000 characters or fewer.',
      isKept: false,
    });
    expect(store.setValue('proxyPassword', 'hunter2')).toMatchObject({ saved: false, isKept: false });
    expect(store.typeValue('proxyPassword', 'hunter2')).toMatchObject({ saved: false, isKept: false });
    expect(browser.disk).toEqual(before);
    expect(store.values().has('proxyPassword')).toBe(false);
  });

  it('tells what was touched, and nothing else', () => {
    const { store } = openOne();
    const heard = hearing(store);
    store.setValue('wsusServer', 'wsus01');
    store.start(ann);
    store.tick('open-console', HASH);
    store.decide('go-to-production', HASH, 'go', []);
    store.setValue('wsusPort', '8531');
    expect(heard[0]).toEqual({ steps: [], gates: [], values: ['wsusServer'] });
    expect(heard.slice(1, -3)).toContainEqual({ all: true, steps: [], gates: [], values: [] });
    expect(heard.slice(-3)).toEqual([
      { steps: ['open-console'], gates: [], values: [] },
      { steps: [], gates: ['go-to-production'], values: [] },
      { steps: [], gates: [], values: ['wsusPort'] },
    ]);
  });

  it('tells nobody who stopped listening', () => {
    const { store } = openOne();
    let count = 0;
    store.onChange(() => count++)();
    store.start(ann);
    expect(count).toBe(0);
  });

  it('shares with the state before all that was not touched', () => {
    const { store } = openOne();
    store.start(ann);
    store.tick('open-console', HASH);
    const before = store.$state.get();
    store.tick('choose-upstream', HASH);
    const after = store.$state.get();
    expect(after).not.toBe(before);
    expect(after.steps.get('open-console')).toBe(before.steps.get('open-console'));
    expect(after.gates).toBe(before.gates);
    expect(isDone(before, 'choose-upstream')).toBe(false);
  });
});

describe('storage that fails', () => {
  it('shows what is only in this window, and says so', () => {
    const { browser, store } = openOne();
    store.start(ann);
    browser.failWrite = () => {
      throw quotaError();
    };
    expect(store.tick('open-console', HASH)).toMatchObject({ saved: false, isKept: true });
    expect(isDone(store.$state.get(), 'open-console')).toBe(true);
    expect(store.$saving.get()).toMatchObject({ state: 'not-saved', cause: 'full', unsaved: 1 });
  });

  it('lets a run be started and followed all the same', () => {
    const { browser, store } = openOne();
    browser.failWrite = () => {
      throw quotaError();
    };
    store.setValue('wsusServer', 'wsus01');
    expect(store.start(ann)).toMatchObject({ saved: false, isKept: true });
    store.tick('open-console', HASH);
    expect(store.values().get('wsusServer')).toBe('wsus01');
    browser.failWrite = () => undefined;
    expect(store.tick('choose-upstream', HASH)).toEqual({ saved: true });
    expect(store.$saving.get()).toEqual({ state: 'saved' });
    const again = openOne(browser).store;
    expect([isDone(again.$state.get(), 'open-console'), again.values().get('wsusServer')]).toEqual([true, 'wsus01']);
  });

  it.each(Array.from({ length: 12 }, (_, place) => place + 1))(
    'shows nothing as saved that is not in storage when write %i throws',
    (bad) => {
      const { browser, store } = openOne();
      browser.failWrite = (_key, write) => {
        if (write === bad) throw quotaError();
      };
      const acts: (() => unknown)[] = [
        () => store.setValue('wsusServer', 'wsus01'),
        () => store.start(ann),
        () => store.tick('open-console', HASH),
        () => store.tick('choose-upstream', HASH),
        () => store.untick('open-console'),
        () => store.decide('go-to-production', HASH, 'go', []),
        () => store.setValue('wsusServer', 'wsus02'),
      ];
      for (const act of acts) {
        act();
        if (store.$saving.get().state !== 'saved') continue;
        const again = openOne(browser).store;
        for (const step of ['open-console', 'choose-upstream']) {
          expect(isDone(again.$state.get(), step)).toBe(isDone(store.$state.get(), step));
        }
        expect(again.values()).toEqual(store.values());
        expect(gateOf(again.$state.get(), 'go-to-production')).toBe(gateOf(store.$state.get(), 'go-to-production'));
      }
      browser.failWrite = () => undefined;
      store.tick('last', HASH);
      expect(store.$saving.get()).toEqual({ state: 'saved' });
    },
  );
});

describe('two tabs', () => {
  it('show the same, whichever is ticked', () => {
    const browser = new FakeBrowser();
    const [one, two] = [openOne(browser).store, openOne(browser).store];
    const heard = hearing(two);
    one.start(ann);
    browser.settle();
    expect(heard).toContainEqual({ all: true, steps: [], gates: [], values: [] });
    one.tick('open-console', HASH);
    browser.settle();
    expect(heard.at(-1)).toEqual({ steps: ['open-console'], gates: [], values: [] });
    two.untick('open-console');
    two.tick('choose-upstream', HASH);
    browser.settle();
    for (const { $state } of [one, two]) {
      expect(isDone($state.get(), 'open-console')).toBe(false);
      expect(isDone($state.get(), 'choose-upstream')).toBe(true);
    }
    expect(kindsOn(browser)).toEqual(['started', 'tick', 'untick', 'tick']);
  });

  it('never cancel each other: a tick that the other did not know of stands', () => {
    const browser = new FakeBrowser();
    const [one, two] = [openOne(browser).store, openOne(browser).store];
    one.start(ann);
    one.tick('open-console', HASH);
    browser.settle();
    two.tick('open-console', HASH);
    one.untick('open-console');
    browser.settle();
    for (const { $state } of [one, two]) expect(isDone($state.get(), 'open-console')).toBe(true);
  });

  it('show a conflict when a gate is decided differently in both at once', () => {
    const browser = new FakeBrowser();
    const [one, two] = [openOne(browser).store, openOne(browser).store];
    one.start(ann);
    browser.settle();
    one.decide('go-to-production', HASH, 'go', []);
    two.decide('go-to-production', HASH, 'no-go', []);
    browser.settle();
    expect(gateOf(two.$state.get(), 'go-to-production')).toBe('conflict');
    two.decide('go-to-production', HASH, 'no-go', []);
    browser.settle();
    expect(gateOf(one.$state.get(), 'go-to-production')).toBe('no-go');
  });

  it('have one run when the second starts it before it has heard of the first', () => {
    const browser = new FakeBrowser();
    const [one, two] = [openOne(browser).store, openOne(browser).store];
    one.start(ann);
    two.start(bo);
    browser.settle();
    expect(two.runId()).toBe(one.runId());
    expect(kindsOn(browser)).toEqual(['started']);
    two.tick('open-console', HASH);
    expect(tickOf(two.$state.get(), 'open-console')).toMatchObject(bo);
  });

  it('have one run, with all that was done in both, when neither could hear of the other', () => {
    const browser = new FakeBrowser();
    const tabs = [browser.openTab(), browser.openTab()] as const;
    const [one, two] = [openStore(tabs[0], 1), openStore(tabs[1], 1)];
    tabs[1].lag();
    one.start(ann);
    two.start(bo);
    one.tick('open-console', HASH);
    two.tick('choose-upstream', HASH);
    expect(two.runId()).not.toBe(one.runId());
    tabs[1].catchUp();
    browser.settle();
    for (const store of [one, two, openOne(browser).store]) {
      expect(store.runId()).toBe(one.runId());
      expect(isDone(store.$state.get(), 'open-console')).toBe(true);
      expect(isDone(store.$state.get(), 'choose-upstream')).toBe(true);
    }
  });

  it('take values typed before the run over once', () => {
    const browser = new FakeBrowser();
    const [one, two] = [openOne(browser).store, openOne(browser).store];
    one.setValue('wsusServer', 'wsus01');
    browser.settle();
    one.start(ann);
    browser.settle();
    expect(kindsOn(browser)).toEqual(['started', 'value']);
    expect(two.values().get('wsusServer')).toBe('wsus01');
  });

  it('take over what was typed in the one while the other started the run', () => {
    const browser = new FakeBrowser();
    const tabs = [browser.openTab(), browser.openTab()] as const;
    const [one, two] = [openStore(tabs[0]), openStore(tabs[1])];
    tabs[1].isFrozen = true;
    one.start(ann);
    two.typeValue('wsusServer', 'wsus01');
    tabs[1].thaw();
    browser.settle();
    expect(valueOf(one.$state.get(), 'wsusServer')).toBe('wsus01');
    expect(two.runId()).toBe(one.runId());
  });

  it('share what is being typed before the run is started', () => {
    const browser = new FakeBrowser();
    const [one, two] = [openOne(browser).store, openOne(browser).store];
    const heard = hearing(two);
    one.typeValue('wsusServer', 'wsus');
    browser.settle();
    expect(heard).toEqual([{ steps: [], gates: [], values: ['wsusServer'] }]);
    expect(two.values().get('wsusServer')).toBe('wsus');
  });
});

describe('notices', () => {
  const withRun = () => {
    const { browser, tab, store } = openOne();
    store.start(ann);
    store.tick('open-console', HASH);
    store.tick('choose-upstream', HASH);
    tab.close();
    const keys = [...browser.disk.keys()].filter((key) => !key.startsWith('rb1:who:'));
    return { browser, keys };
  };

  it('are none when all is well', () => {
    expect(openOne(withRun().browser).store.$notices.get()).toEqual([]);
  });

  it('count the entries of this run that cannot be read', () => {
    const { browser, keys } = withRun();
    browser.disk.set(keys[1] ?? '', 'x');
    expect(openOne(browser).store.$notices.get()).toEqual([
      'Saved entries of this run that cannot be read: 1. They are left in storage as they are; all else is shown.',
    ]);
    browser.disk.set(keys[2] ?? '', 'x');
    expect(openOne(browser).store.$notices.get()).toEqual([
      'Saved entries of this run that cannot be read: 2. They are left in storage as they are; all else is shown.',
    ]);
  });

  it('say that a run is there whose beginning cannot be read', () => {
    const { browser, keys } = withRun();
    browser.disk.set(keys[0] ?? '', 'x');
    const { store } = openOne(browser);
    expect(store.runId()).toBeUndefined();
    expect(store.$notices.get()).toEqual([
      'Saved entries of runs that cannot be shown, because they are damaged or of a newer release: 1. They are left in storage as they are.',
    ]);
  });

  it('say that a run is of a newer release, and that it cannot be changed', () => {
    const { browser, keys } = withRun();
    browser.disk.set(keys[1] ?? '', '{"v":2}');
    const { store } = openOne(browser);
    const before = new Map(browser.disk);
    const [notice] = store.$notices.get();
    expect(notice).toBe(
      'This run holds entries of a newer release of Ringbook. It is shown here and cannot be changed.',
    );
    expect(store.tick('open-console', HASH)).toEqual({ saved: false, why: notice, isKept: false });
    expect(isDone(store.$state.get(), 'open-console')).toBe(false);
    expect(browser.disk).toEqual(before);
  });

  it('are told once, not at every tick in another tab', () => {
    const { browser, keys } = withRun();
    browser.disk.set(keys[1] ?? '', 'x');
    const [one, two] = [openOne(browser).store, openOne(browser).store];
    let count = 0;
    one.$notices.subscribe(() => count++);
    count = 0;
    two.tick('choose-upstream', HASH);
    browser.settle();
    expect(count).toBe(0);
  });

  it('say that entries were put back', () => {
    const { browser } = withRun();
    const { store } = openOne(browser);
    browser.clearByOther();
    browser.settle();
    expect(store.$notices.get()).toEqual([
      'Saved entries were removed or changed by another page or program. They have been put back.',
    ]);
    expect(browser.disk.size).toBe(4);
  });

  it('say so when an entry is damaged while the page is open, and its place is filled again', () => {
    const { browser, keys } = withRun();
    const { store } = openOne(browser);
    browser.write(keys[1] ?? '', 'x');
    browser.settle();
    expect(store.$notices.get()).toHaveLength(2);
    expect(isDone(openOne(browser).store.$state.get(), 'open-console')).toBe(true);
  });
});

it('takes in events that no release of this page has made', () => {
  const browser = new FakeBrowser();
  const imported = [
    event('e1', { kind: 'started', data: { runbook: runbook.id, revision: HASH } }),
    event('e2', { kind: 'note', step: 'open-console', data: { text: 'From a file' } }),
  ];
  for (const one of imported) {
    expect(checkEvent(one).ok).toBe(true);
    browser.disk.set(`rb1:k3q9x0v2m7p4:${one.id}`, writeEvent(one));
  }
  const { store } = openOne(browser);
  expect(store.$state.get().steps.get('open-console')?.history).toEqual([imported[1]]);
});
