/** What a desk has at hand, for tests: a store on a log, pictures in memory, and a file on a share. */
import { createIdentity } from '../../../src/lib/browser/identity.ts';
import type { EventLog } from '../../../src/lib/browser/event-log.ts';
import type { PictureStore } from '../../../src/lib/browser/pictures.ts';
import { createRunStore, type RunStore } from '../../../src/lib/browser/run-store.ts';
import type { FileHandle } from '../../../src/lib/browser/save-files.ts';
import { ok } from '../../../src/lib/core/result.ts';
import { hashOf } from '../../../src/lib/core/run/fingerprint.ts';
import type { FakeTab } from './fake-browser.ts';

export const runbook = { id: 'production-gpo-wsus', revision: 'a1b2c3d4e5f6', title: 'Deploy to production' };
export const ann = { by: 'Ann', tier: 3 } as const;
export const bo = { by: 'Bo', tier: 2 } as const;

let nowMs = Date.UTC(2026, 10, 20, 2, 12, 45);

/** A store of its own on a tab; every look at the clock is ten seconds later, so that no two runs began at once. */
export function openDesk(
  tab: FakeTab,
  more: { runId?: string; runbook?: typeof runbook } = {},
): {
  log: EventLog;
  store: RunStore;
} {
  const { clock, ids } = createIdentity(() => (nowMs += 10_000));
  const log = tab.openLog();
  return { log, store: createRunStore({ log, runbook, ...more, clock, ids }) };
}

/** Pictures as IndexedDB keeps them, without IndexedDB. */
export function fakePictures(): PictureStore & { readonly kept: Map<string, Uint8Array<ArrayBuffer>> } {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>();
  const files = new Map<string, unknown>();
  const get = async (run: string, hash: string) => Promise.resolve(kept.get(`${run}:${hash}`));
  return {
    kept,
    put: async (run, bytes, type) => {
      const sha256 = hashOf(bytes);
      kept.set(`${run}:${sha256}`, bytes);
      return Promise.resolve(ok({ type, bytes: bytes.length, sha256 }));
    },
    get,
    allOf: async (run, hashes) => {
      const found = hashes.flatMap((hash) => {
        const bytes = kept.get(`${run}:${hash}`);
        return bytes ? [[hash, bytes] as const] : [];
      });
      return Promise.resolve(new Map(found));
    },
    remove: async (run) => {
      for (const key of [...kept.keys()]) if (key.startsWith(`${run}:`)) kept.delete(key);
      return Promise.resolve();
    },
    rememberFile: async (run, handle) => {
      files.set(run, handle);
      return Promise.resolve();
    },
    recallFile: async (run) => Promise.resolve(files.get(run)),
  };
}

/** A file that several people write. What is written appears when the writing is closed, all at once. */
export class FakeFile implements FileHandle {
  readonly name = 'CHG0031.json';
  writes = 0;
  /** Called before each reading; whatever it does happens between two acts of ours. */
  meanwhile: (reading: number) => void = () => undefined;
  #readings = 0;

  constructor(public text = '') {}

  async getFile(): Promise<Blob> {
    this.meanwhile(++this.#readings);
    return Promise.resolve(new Blob([this.text]));
  }

  async createWritable() {
    let written = '';
    return Promise.resolve({
      write: async (text: string) => {
        written = text;
        return Promise.resolve();
      },
      close: async () => {
        this.text = written;
        this.writes++;
        return Promise.resolve();
      },
      abort: async () => Promise.resolve(),
    });
  }
}
