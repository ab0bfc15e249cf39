import { describe, expect, it } from 'vitest';
import {
  askToPersist,
  exportRun,
  importRun,
  isFileHandle,
  keepInFile,
  mayWrite,
  pickFile,
  pickNewFile,
  readFile,
  whereKept,
} from '../../../src/lib/browser/save-files.ts';
import { evidenceEntry } from '../../../src/lib/core/run/entries.ts';
import { fold, isDone } from '../../../src/lib/core/run/fold.ts';
import { readSaveFile, SAVE_FILE_BYTES, writeSaveFile, type SaveFile } from '../../../src/lib/core/run/save-file.ts';
import { event, HASH } from '../core/run/histories.ts';
import { nightsWork, pictures as nightsPictures, png, RUN } from '../core/run/runs.ts';
import { ann, bo, FakeFile, fakePictures, openDesk } from './desk.ts';
import { FakeBrowser, quotaError } from './fake-browser.ts';

const at = '2026-11-20T03:12:45.120+01:00';

const openOne = (browser = new FakeBrowser()) => ({
  browser,
  tab: browser.openTab(),
  pictures: fakePictures(),
  ...openDesk(browser.openTab()),
});

const fileOf = (text: string): SaveFile => {
  const answer = readSaveFile(text);
  if (answer.state !== 'read') throw new Error(answer.why);
  return answer.file;
};
const nights = () => fileOf(writeSaveFile({ run: RUN, events: nightsWork, pictures: nightsPictures }));

/** A desk with a run in which the first step is done and a picture was taken. */
async function withRun() {
  const one = openOne();
  one.store.start(ann, { change: 'CHG0031' });
  one.store.tick('open-console', HASH);
  const run = one.store.runId() ?? '';
  const picture = await one.pictures.put(run, new Uint8Array(png), 'image/png');
  if (picture.ok) {
    const entry = evidenceEntry({ picture: picture.value, name: 'console.png' });
    if (entry.ok) one.store.record(entry.value);
  }
  return { ...one, run };
}

describe('saving and opening', () => {
  it('brings a run from one browser into another, with the same bytes when it is saved there', async () => {
    const from = await withRun();
    const saved = await exportRun(from.log, from.pictures, from.run, at);
    expect(saved).toMatchObject({
      ok: true,
      value: { name: 'CHG0031 production-gpo-wsus 2026-11-20 0312.json', count: 3, missingPictures: 0 },
    });
    if (!saved.ok) return;
    const to = openOne();
    const read = await readFile(new Blob([saved.value.text]));
    expect(read.state).toBe('read');
    if (read.state !== 'read') return;
    expect(await importRun(to.log, to.pictures, read.file)).toEqual({ ok: true, value: { runId: from.run, added: 3 } });
    const again = await exportRun(to.log, to.pictures, from.run, at);
    expect(again.ok && again.value.text).toBe(saved.value.text);
    expect(await importRun(to.log, to.pictures, read.file)).toMatchObject({ value: { added: 0 } });
  });

  it('gives the same bytes after everything was wiped', async () => {
    const { browser, log, pictures, run } = await withRun();
    const saved = await exportRun(log, pictures, run, at);
    if (!saved.ok) throw new Error(saved.why);
    browser.disk.clear();
    pictures.kept.clear();
    const fresh = openDesk(browser.openTab());
    await importRun(fresh.log, pictures, fileOf(saved.value.text));
    const again = await exportRun(fresh.log, pictures, run, at);
    expect(again.ok && again.value.text).toBe(saved.value.text);
  });

  it('tells the page of what arrived for the run it shows, and asks who goes on with it', async () => {
    const { log, store, pictures, browser } = openOne();
    await importRun(log, pictures, nights());
    expect(store.runId()).toBeUndefined();
    store.show(RUN);
    expect(isDone(store.$state.get(), 'open-console')).toBe(true);
    expect(store.actor()).toBeUndefined();
    expect(store.tick('link-policy', HASH)).toMatchObject({ why: 'Enter your name and tier to start the run.' });
    store.start(bo);
    store.tick('link-policy', HASH);
    expect(store.$state.get().lastTouched).toMatchObject(bo);
    const later = fileOf(
      writeSaveFile({
        run: RUN,
        events: [...nightsWork, event('z1', { kind: 'tick', step: 'put-back', stepHash: HASH })],
        pictures: nightsPictures,
      }),
    );
    await importRun(log, pictures, later);
    expect(isDone(store.$state.get(), 'put-back')).toBe(true);
    browser.settle();
  });

  it('keeps every value of a file, also of inputs that this page has no field for, but no secret', async () => {
    const { log, browser, pictures } = openOne();
    const events = [
      ...nightsWork,
      event('z1', { kind: 'value', data: { input: 'inputOfLastYear', value: 'kept' } }),
      event('z2', { kind: 'value', data: { input: 'proxyPassword', value: 'hunter2' } }),
    ];
    await importRun(log, pictures, fileOf(writeSaveFile({ run: RUN, events, pictures: nightsPictures })));
    expect(fold(log.eventsOf(RUN)).values.get('inputOfLastYear')?.value).toBe('kept');
    expect([...browser.disk.values()].join()).not.toContain('hunter2');
  });

  it('says so when not everything could be kept, and keeps what it has in the window', async () => {
    const { log, browser, pictures } = openOne();
    browser.failWrite = (_key, write) => {
      if (write > 3) throw quotaError();
    };
    expect(await importRun(log, pictures, nights())).toMatchObject({
      ok: false,
      why: expect.stringContaining('no room left') as string,
    });
    expect(log.eventsOf(RUN)).toHaveLength(nightsWork.length);
    expect(log.$saving.get()).toMatchObject({ state: 'not-saved', unsaved: nightsWork.length - 3 });
  });

  it('puts a deleted run back when its file is opened', async () => {
    const { log, pictures } = openOne();
    await importRun(log, pictures, nights());
    log.writeMark('deleted', RUN, at);
    expect(await importRun(log, pictures, nights())).toMatchObject({ ok: true });
    expect(log.isDeleted(RUN)).toBe(false);
  });

  it('changes nothing of a run that holds entries of a newer release, and does not save it', async () => {
    const { browser, tab } = openOne();
    browser.disk.set(`rb1:${RUN}:e99`, '{"v":2}');
    const before = new Map(browser.disk);
    const log = tab.openLog();
    expect(await importRun(log, fakePictures(), nights())).toMatchObject({ ok: false });
    expect(await exportRun(log, fakePictures(), RUN, at)).toMatchObject({ ok: false });
    expect(browser.disk).toEqual(before);
  });

  it('refuses what is too large before it looks inside', async () => {
    const blob = {
      size: SAVE_FILE_BYTES + 1,
      text: () => Promise.reject(new Error('read')),
    } as unknown as Blob;
    expect(await readFile(blob)).toMatchObject({ state: 'refused', why: expect.stringContaining('50 MB') as string });
    const gone = { size: 9, text: () => Promise.reject(new Error('gone')) } as unknown as Blob;
    expect(await readFile(gone)).toMatchObject({
      state: 'refused',
      why: expect.stringContaining('Select it again') as string,
    });
  });

  it('has nothing to save before a run began', async () => {
    const { log, pictures } = openOne();
    expect(await exportRun(log, pictures, RUN, at)).toMatchObject({ ok: false });
  });
});

describe('a run kept in a file', () => {
  const pause = async () => Promise.resolve();
  const keep = async (one: Awaited<ReturnType<typeof withRun>>, file: FakeFile) =>
    keepInFile(file, { log: one.log, pictures: one.pictures, runId: one.run, at, pause });

  /** Somebody else who has the run from the same file. */
  async function colleague(file: FakeFile) {
    const other = openOne();
    const { file: read } = readSaveFile(file.text) as { file: SaveFile };
    await importRun(other.log, other.pictures, read);
    other.store.show(read.run);
    other.store.start(bo);
    return { ...other, run: read.run };
  }

  it('is written into an empty file, and read back', async () => {
    const one = await withRun();
    const file = new FakeFile();
    expect(await keep(one, file)).toMatchObject({ state: 'kept', added: 0 });
    expect(readSaveFile(file.text).state).toBe('read');
    expect(whereKept(one.log, one.run, 'kept')).toBe(
      'Kept in this browser, on this computer. Saved to CHG0031.json on 2026-11-20 03:12; nothing added since.',
    );
  });

  it('takes in what others wrote, and writes both', async () => {
    const one = await withRun();
    const file = new FakeFile();
    await keep(one, file);
    const two = await colleague(file);
    two.store.tick('choose-upstream', HASH);
    expect(await keep(two, file)).toMatchObject({ state: 'kept', added: 0 });
    one.store.tick('link-policy', HASH);
    expect(await keep(one, file)).toMatchObject({ state: 'kept', added: 1 });
    const state = fold((readSaveFile(file.text) as { file: SaveFile }).file.events);
    for (const step of ['open-console', 'choose-upstream', 'link-policy']) expect(isDone(state, step)).toBe(true);
    expect(isDone(one.store.$state.get(), 'choose-upstream')).toBe(true);
  });

  it.each([1, 2, 3, 4, 5, 6])('loses nothing when somebody else writes at our reading %i', async (when) => {
    const one = await withRun();
    const file = new FakeFile();
    await keep(one, file);
    const two = await colleague(file);
    two.store.tick('choose-upstream', HASH);
    const theirs = await exportRun(two.log, two.pictures, two.run, at);
    one.store.tick('link-policy', HASH);
    let readings = 0;
    file.meanwhile = () => {
      if (++readings === when && theirs.ok) file.text = theirs.value.text;
    };
    expect((await keep(one, file)).state).toBe('kept');
    file.meanwhile = () => undefined;
    if (when > readings) return;
    // One more save of either side brings together what a write in the very last moment kept apart.
    await keep(one, file);
    const state = fold((readSaveFile(file.text) as { file: SaveFile }).file.events);
    for (const step of ['choose-upstream', 'link-policy']) expect(isDone(state, step)).toBe(true);
  });

  it('gives up with words when somebody keeps writing', async () => {
    const one = await withRun();
    const file = new FakeFile();
    await keep(one, file);
    const two = await colleague(file);
    let count = 0;
    const versions: string[] = [];
    for (let place = 0; place < 30; place++) {
      two.store.tick(`step-${place}`, HASH);
      const saved = await exportRun(two.log, two.pictures, two.run, at);
      if (saved.ok) versions.push(saved.value.text);
    }
    file.meanwhile = () => {
      file.text = versions[count++ % versions.length] ?? '';
    };
    one.store.tick('link-policy', HASH);
    expect(await keep(one, file)).toEqual({
      state: 'busy',
      why: 'Somebody else keeps writing this file. Nothing is lost; save again in a moment.',
    });
  });

  it.each<[string, () => string, RegExp]>([
    ['another run', () => writeSaveFile({ run: RUN, events: nightsWork, pictures: nightsPictures }), /another run/],
    ['something else', () => 'Dear Bo,', /not a run that Ringbook saved/],
    ['a newer release’s run', () => '{"format":"ringbook-run","version":2}', /newer release/],
  ])('does not write over %s', async (_what, text, why) => {
    const one = await withRun();
    const file = new FakeFile(text());
    const answer = await keep(one, file);
    expect(answer.state).toMatch(/refused|newer/);
    expect('why' in answer && answer.why).toMatch(why);
    expect(file.writes).toBe(0);
    expect(file.text).toBe(text());
  });

  it('says so when the file cannot be written, and notes no save', async () => {
    const one = await withRun();
    const file = new FakeFile();
    file.createWritable = () => Promise.reject(Object.assign(new Error('no'), { name: 'NotAllowedError' }));
    expect(await keep(one, file)).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('allow it') as string,
    });
    file.getFile = () => Promise.reject(new Error('gone'));
    expect(await keep(one, file)).toMatchObject({ state: 'failed' });
    expect(whereKept(one.log, one.run, 'unknown')).toContain('Not saved to a file yet.');
  });

  it('says so when what it wrote is not there', async () => {
    const one = await withRun();
    const file = new FakeFile();
    file.createWritable = async () =>
      Promise.resolve({
        write: async () => Promise.resolve(),
        close: async () => Promise.resolve(),
        abort: async () => Promise.resolve(),
      });
    expect((await keep(one, file)).state).toBe('busy');
    expect(whereKept(one.log, one.run, 'kept')).toContain('Not saved to a file yet.');
  });
});

describe('where a run is kept', () => {
  it('is said in one line', async () => {
    const { log, run, store } = await withRun();
    expect(whereKept(log, run, 'may-be-removed')).toBe(
      'Kept in this browser, on this computer; the browser may remove it when room gets short. Not saved to a file yet.',
    );
    log.writeMark(
      'file',
      run,
      JSON.stringify({ at, count: log.eventsOf(run).length, fingerprint: HASH, isDownload: true, name: 'a.json' }),
    );
    store.tick('link-policy', HASH);
    expect(whereKept(log, run, 'kept')).toBe(
      'Kept in this browser, on this computer. Downloaded as a.json on 2026-11-20 03:12; 1 entry added since.',
    );
  });

  it('is asked of the browser', async () => {
    const storage = (persisted: boolean, granted: boolean) => ({
      persisted: async () => Promise.resolve(persisted),
      persist: async () => Promise.resolve(granted),
    });
    expect(await askToPersist(storage(true, false))).toBe('kept');
    expect(await askToPersist(storage(false, true))).toBe('kept');
    expect(await askToPersist(storage(false, false))).toBe('may-be-removed');
    expect(
      await askToPersist({ persisted: () => Promise.reject(new Error('no')), persist: () => Promise.resolve(true) }),
    ).toBe('unknown');
  });
});

describe('picking a file', () => {
  it('is nothing where the person picks none, or the browser cannot', async () => {
    const dismiss = async () => Promise.reject(new DOMException('The user aborted a request.', 'AbortError'));
    expect(await pickFile({ showOpenFilePicker: dismiss })).toBeUndefined();
    expect(await pickNewFile({ showSaveFilePicker: dismiss }, 'a.json')).toBeUndefined();
    expect(await pickFile({})).toBeUndefined();
    const file = new FakeFile();
    expect(await pickFile({ showOpenFilePicker: async () => Promise.resolve([file]) })).toBe(file);
    expect([isFileHandle(file), isFileHandle({}), isFileHandle(null)]).toEqual([true, false, false]);
  });

  it('of another visit may be written once the person allows it', async () => {
    const asking = (answer: string) =>
      Object.assign(new FakeFile(), { requestPermission: async () => Promise.resolve(answer) });
    expect(await mayWrite(asking('granted'))).toBe(true);
    expect(await mayWrite(asking('denied'))).toBe(false);
    expect(await mayWrite(new FakeFile())).toBe(true);
  });
});
