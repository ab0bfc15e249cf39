/**
 * A second copy of everything that goes into storage.
 *
 * Browsers put what `localStorage` holds on the disk seconds or minutes later, and lose it when their process is ended or
 * the power fails. IndexedDB tells when it is on the disk: a few milliseconds after. So `localStorage` answers at once, and
 * keeps tabs in step; what it lost is put back from here when a page is opened.
 */
import { openDatabase, settled, storeFor } from './database.ts';

export interface Mirror {
  /** Copies an entry. Failing is silent: then there is the one copy that was reported as saved. */
  readonly write: (key: string, text: string) => void;
  /** Entries that are here and not there, with their keys; none where this browser keeps no copies. */
  readonly missing: (isThere: (key: string) => boolean) => Promise<(readonly [string, string])[]>;
}

/** @param factory Gives the browser's IndexedDB; may throw, as may everything in it. */
export function openMirror(factory: () => IDBFactory): Mirror {
  // Right after a browser was ended, what is left of it may still hold the database for a moment.
  const open = (tries: number): Promise<IDBDatabase> =>
    openDatabase(factory).catch((error: unknown) => {
      if (tries === 0) throw error;
      return new Promise((resolve) => setTimeout(resolve, 500)).then(() => open(tries - 1));
    });
  const opening = open(5);
  const quietly = <T>(act: (database: IDBDatabase) => T | Promise<T>): Promise<T | undefined> =>
    opening.then(act).catch(() => undefined);
  return {
    write: (key, text) => void quietly((database) => settled(storeFor(database, 'entries').put(text, key))),
    missing: async (isThere) =>
      (await quietly(async (database) => {
        const store = database.transaction('entries').objectStore('entries');
        const keys = (await settled(store.getAllKeys())).map(String).filter((key) => !isThere(key));
        // All are asked for before any is waited for, while the transaction is open.
        return Promise.all(keys.map(async (key) => [key, String(await settled(store.get(key)))] as const));
      })) ?? [],
  };
}
