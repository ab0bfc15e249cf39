import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deletedRuns,
  deleteRun,
  DELETE_WORDS,
  lastFileOf,
  listRuns,
  noteSaved,
  offersOf,
  purgeDeleted,
  restoreRun,
  runName,
} from '../../../src/lib/browser/runs.ts';
import { keepWords } from '../../../src/lib/browser/words-in-hand.ts';
import { archivedEntry, unarchivedEntry } from '../../../src/lib/core/run/entries.ts';
import { instantMs } from '../../../src/lib/core/run/time.ts';
import { HASH } from '../core/run/histories.ts';
import { png } from '../core/run/runs.ts';
import { ann, bo, fakePictures, openDesk, runbook } from './desk.ts';
import { FakeBrowser, type FakeTab } from './fake-browser.ts';

const at = '2026-11-20T03:12:45.120+01:00';
const dayLater = instantMs(at) + 24 * 3_600_000;

const openOne = (browser = new FakeBrowser()) => {
  const tab = browser.openTab();
  return { browser, tab, ...openDesk(tab) };
};

/** Storage that lets keys be removed, as the purge needs it and the log never does. */
const removable = (tab: FakeTab, browser: FakeBrowser): Storage => ({
  ...tab.storage,
  get length() {
    return tab.storage.length;
  },
  removeItem: (key) => browser.removeByOther(key),
});

describe('the list of runs', () => {
  it('holds the runs of all runbooks, the one touched last first, and how each stands', () => {
    const { browser, store, log } = openOne();
    store.start(ann, { title: 'November', change: 'CHG0031', site: 'Munich' });
    const first = store.runId();
    const pilot = openDesk(browser.openTab(), { runbook: { ...runbook, id: 'pilot', title: 'Pilot first' } });
    pilot.store.start(bo);
    pilot.store.record({ kind: 'finished', data: {} });
    browser.settle();
    store.tick('open-console', HASH);
    expect(listRuns(log)).toMatchObject([
      {
        id: first,
        runbook: runbook.id,
        about: { site: 'Munich' },
        isFinished: false,
        holder: ann,
        lastTouched: { kind: 'tick' },
      },
      { runbook: 'pilot', title: 'Pilot first', isFinished: true, isArchived: false, holder: bo },
    ]);
    expect(listRuns(log).map(runName)).toEqual(['November, CHG0031, Munich', 'Pilot first, run of 2026-11-20']);
  });

  it('takes a run out of what a page shows when it is archived, and back', () => {
    const { store, log } = openOne();
    store.start(ann);
    store.record(archivedEntry());
    expect([listRuns(log)[0]?.isArchived, log.currentRun(runbook.id)]).toEqual([true, undefined]);
    store.record(unarchivedEntry(store.$state.get()));
    expect([listRuns(log)[0]?.isArchived, log.currentRun(runbook.id)]).toEqual([false, store.runId()]);
  });

  it('is empty where there is nothing', () => {
    expect(listRuns(openOne().log)).toEqual([]);
  });
});

describe('a deleted run', () => {
  const withRun = () => {
    const one = openOne();
    one.store.start(ann);
    one.store.tick('open-console', HASH);
    const run = one.store.runId() ?? '';
    return { ...one, run };
  };

  it('is left out everywhere, cannot be changed, and is there again when it is put back', () => {
    const { browser, log, store, run } = withRun();
    const before = new Map(browser.disk);
    expect(deleteRun(log, run, at)).toEqual({ saved: true });
    expect([listRuns(log), log.runsOf(runbook.id), log.currentRun(runbook.id)]).toEqual([[], [], undefined]);
    expect(deletedRuns(log)).toMatchObject([{ id: run, until: expect.stringMatching(/^2026-11-21T/) }]);
    expect(store.readOnly()).toBe('This run was deleted. Put it back to go on with it.');
    expect(store.tick('choose-upstream', HASH)).toMatchObject({ saved: false, isKept: false });
    expect(openOne(browser).store.runId()).toBeUndefined();

    expect(restoreRun(log, run)).toEqual({ saved: true });
    expect(listRuns(log)).toHaveLength(1);
    expect(store.tick('choose-upstream', HASH)).toEqual({ saved: true });
    for (const [key, text] of before) expect(browser.disk.get(key)).toBe(text);
  });

  it('is known as deleted in other windows', () => {
    const { browser, log, run } = withRun();
    const other = openOne(browser);
    let heard = 0;
    other.log.onArrival(() => heard++);
    deleteRun(log, run, at);
    browser.settle();
    expect(heard).toBeGreaterThan(0);
    expect(other.store.readOnly()).toContain('deleted');
    expect(other.store.$notices.get()).toContain('This run was deleted. Put it back to go on with it.');
    restoreRun(log, run);
    browser.settle();
    expect(other.store.readOnly()).toBeUndefined();
  });

  it('is kept aside as long as is said, and then removed with its pictures, and nothing else', async () => {
    const { browser, tab, log, store, run } = withRun();
    const pictures = fakePictures();
    await pictures.put(run, new Uint8Array(png), 'image/png');
    await pictures.put('z8w1t5n6b2c0', new Uint8Array(png), 'image/png');
    store.show(undefined);
    store.start(bo);
    browser.disk.set('theirs', 'x');
    browser.disk.set(`rb1:${run}`, 'not ours');
    deleteRun(log, run, at);
    const storage = () => removable(tab, browser);
    expect(DELETE_WORDS).toContain('24 hours');
    expect(await purgeDeleted(log, storage, pictures, dayLater - 1)).toBe(0);
    expect(deletedRuns(log)).toHaveLength(1);
    expect(await purgeDeleted(log, storage, pictures, dayLater)).toBe(1);
    expect(deletedRuns(log)).toEqual([]);
    expect([...browser.disk.keys()].filter((key) => key.startsWith(`rb1:${run}:`))).toEqual([]);
    expect(browser.disk.get('theirs')).toBe('x');
    expect(browser.disk.get(`rb1:${run}`)).toBe('not ours');
    expect(pictures.kept.size).toBe(1);
    expect(listRuns(log)).toHaveLength(1);
    expect(await purgeDeleted(log, storage, pictures, dayLater)).toBe(0);
  });

  it('takes along what was being written and typed in it, and nothing of other runs, but only when it is removed', async () => {
    const { browser, tab, log, run } = withRun();
    const others = 'z8w1t5n6b2c0';
    for (const of of [run, others, 'new-production-gpo-wsus']) {
      keepWords(() => tab.storage, of, 'open-console:note', 'Half a sen');
      keepWords(() => tab.storage, of, 'run:odd', 'The console is slow.');
    }
    log.writeDraft(run, 'wsusServer', 'wsus2');
    const inHand = () =>
      [...browser.disk].flatMap(([key, text]) => (/^rb1:(words|draft):/.test(key) && text ? [key] : []));
    deleteRun(log, run, at);
    await purgeDeleted(log, () => removable(tab, browser), undefined, dayLater - 1);
    restoreRun(log, run);
    expect(inHand()).toHaveLength(7);
    deleteRun(log, run, at);
    await purgeDeleted(log, () => removable(tab, browser), undefined, dayLater);
    expect(inHand()).toEqual([
      `rb1:words:${others}:open-console:note`,
      `rb1:words:${others}:run:odd`,
      'rb1:words:new-production-gpo-wsus:open-console:note',
      'rb1:words:new-production-gpo-wsus:run:odd',
    ]);
  });

  it('leaves no key behind that names it but the mark that it was removed, and nothing of others goes', async () => {
    const act = fc.constantFrom('tick', 'value', 'draft', 'words', 'who', 'file', 'archive');
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), fc.boolean(), async (acts, isHeard) => {
        const { browser, tab, log, store, run } = withRun();
        const onlooker = openOne(browser);
        for (const each of acts) {
          if (each === 'tick') store.tick('choose-upstream', HASH);
          if (each === 'value') store.setValue('wsusServer', `wsus${acts.length}`);
          if (each === 'draft') store.typeValue('wsusPort', '85');
          if (each === 'words') keepWords(() => tab.storage, run, 'run:odd', 'Slow.');
          if (each === 'who') store.start(bo);
          if (each === 'file') {
            noteSaved(log, run, { name: 'a.json', at, fingerprint: HASH, count: 1, isDownload: true });
          }
          if (each === 'archive') store.record(archivedEntry());
        }
        const other = openDesk(browser.openTab(), { runbook: { ...runbook, id: 'pilot' } });
        other.store.start(bo);
        noteSaved(other.log, other.store.runId() ?? '', {
          name: 'b.json',
          at,
          fingerprint: HASH,
          count: 1,
          isDownload: true,
        });
        browser.settle();
        const ofOthers = new Map([...browser.disk].filter(([key]) => !key.includes(run)));

        deleteRun(log, run, at);
        if (isHeard) browser.settle();
        await purgeDeleted(log, () => removable(tab, browser), undefined, dayLater);
        browser.settle();
        onlooker.log.refresh();
        const left = [...browser.disk].filter(([key]) => key.includes(run));
        expect(left).toEqual([[`rb1:deleted:${run}`, 'removed']]);
        expect(new Map([...browser.disk].filter(([key]) => !key.includes(run)))).toEqual(ofOthers);
      }),
    );
  });

  it('is not put back by a window that still knows it, awake or asleep', async () => {
    const { browser, tab, log, run } = withRun();
    const [awake, asleep] = [openOne(browser), openOne(browser)];
    asleep.tab.isFrozen = true;
    deleteRun(log, run, at);
    await purgeDeleted(log, () => removable(tab, browser), undefined, dayLater);
    browser.settle();
    asleep.tab.thaw();
    browser.settle();
    awake.log.refresh();
    expect([...browser.disk.keys()].filter((key) => key.includes(run))).toEqual([`rb1:deleted:${run}`]);
    expect(awake.store.$notices.get().join()).not.toContain('put back');
  });

  it('stays where it is when the mark cannot be written', async () => {
    const { browser, tab, log, run } = withRun();
    deleteRun(log, run, at);
    const before = [...browser.disk.keys()];
    browser.failWrite = () => {
      throw new Error('full');
    };
    await purgeDeleted(log, () => removable(tab, browser), undefined, dayLater);
    expect([...browser.disk.keys()]).toEqual(before);
  });
});

describe('values of other runs', () => {
  it('are offered with the run and the time, the latest first and each once', () => {
    const { browser, store, log } = openOne();
    store.start(ann, { site: 'Munich' });
    store.setValue('wsusServer', 'wsus01');
    store.show(undefined);
    store.start(bo, { site: 'Berlin' });
    store.setValue('wsusServer', 'wsus02');
    store.setValue('wsusPort', '8531');
    store.show(undefined);
    store.start(bo, { site: 'Hamburg' });
    store.setValue('wsusServer', 'wsus01');
    browser.settle();
    const offers = offersOf(log);
    expect(offers.get('wsusServer')).toMatchObject([
      { value: 'wsus01', from: 'Hamburg', by: 'Bo' },
      { value: 'wsus02', from: 'Berlin', by: 'Bo' },
    ]);
    expect(offersOf(log, store.runId()).get('wsusServer')).toMatchObject([
      { value: 'wsus02', from: 'Berlin' },
      { value: 'wsus01', from: 'Munich', by: 'Ann' },
    ]);
  });

  it('put what stands apart last, also where it is the latest, and the same value is none of another ring', () => {
    const { browser, store, log } = openOne();
    store.start(ann);
    store.setValue('wsusServer', 'wsus-production');
    store.setValue('wsusPort', '8530');
    const pilot = openDesk(browser.openTab(), { runbook: { ...runbook, id: 'pilot' } });
    pilot.store.start(bo);
    pilot.store.setValue('wsusServer', 'wsus-pilot');
    pilot.store.setValue('wsusPort', '8530');
    pilot.store.setValue('soakHours', '12');
    browser.settle();
    const apart = 'from the pilot ring';
    const offers = offersOf(log, undefined, (input, run) =>
      run.runbook === 'pilot' && input !== 'soakHours' ? apart : undefined,
    );
    expect(offers.get('wsusServer')).toMatchObject([
      { value: 'wsus-production', apart: undefined },
      { value: 'wsus-pilot', apart },
    ]);
    expect(offers.get('wsusPort')).toMatchObject([{ value: '8530', runbook: runbook.id, apart: undefined }]);
    expect(offers.get('soakHours')).toMatchObject([{ value: '12', apart: undefined }]);
  });

  it('are offered neither from deleted runs nor where they were cleared', () => {
    const { store, log } = openOne();
    store.start(ann);
    store.setValue('wsusServer', 'wsus01');
    store.setValue('wsusPort', '8531');
    store.setValue('wsusPort', '');
    expect([...offersOf(log).keys()]).toEqual(['wsusServer']);
    deleteRun(log, store.runId() ?? '', at);
    expect(offersOf(log).size).toBe(0);
  });
});

describe('when a run was last saved to a file', () => {
  it('is noted with how much is new since', () => {
    const { store, log } = openOne();
    store.start(ann);
    const run = store.runId() ?? '';
    expect(lastFileOf(log, run)).toBeUndefined();
    noteSaved(log, run, { name: 'a.json', at, fingerprint: HASH, count: 1, isDownload: true });
    store.tick('open-console', HASH);
    expect(lastFileOf(log, run)).toEqual({ name: 'a.json', at, fingerprint: HASH, isDownload: true, newer: 1 });
  });

  it.each(['', 'x', 'null', '{}', '{"at":"yesterday","name":"a","fingerprint":"b","count":1}'])(
    'is unknown where the note is %j',
    (text) => {
      const { store, log } = openOne();
      store.start(ann);
      log.writeMark('file', store.runId() ?? '', text);
      expect(lastFileOf(log, store.runId() ?? '')).toBeUndefined();
    },
  );
});
