/**
 * Pictures of runs, in IndexedDB: a picture is part of a run only once its bytes were written, read back and found the same.
 */
import { NOT_A_PICTURE, PICTURE_TOO_BIG } from '../core/run/entries.ts';
import { most, type Picture } from '../core/run/event.ts';
import { hashOf } from '../core/run/fingerprint.ts';
import { pictureType } from '../core/run/picture.ts';
import { ok, refuse, type Result } from '../core/result.ts';
import { openDatabase, settled, storeFor, type StoreName } from './database.ts';

export interface PictureStore {
  /** Keeps a picture for a run. Only a picture that is kept, and was read back, may be named by an entry. */
  readonly put: (runId: string, bytes: Uint8Array<ArrayBuffer>, type: Picture['type']) => Promise<Result<Picture>>;
  /** @returns Nothing where it is not here, or is not what its hash says. */
  readonly get: (runId: string, sha256: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Those of these pictures that are here. */
  readonly allOf: (runId: string, hashes: readonly string[]) => Promise<Map<string, Uint8Array<ArrayBuffer>>>;
  /** Removes all pictures and copied entries of a run, and forgets the file that it was kept in. */
  readonly remove: (runId: string) => Promise<void>;
  /** Keeps a file handle for the next time; browsers ask again before they let it be used. */
  readonly rememberFile: (runId: string, handle: unknown) => Promise<void>;
  readonly recallFile: (runId: string) => Promise<unknown>;
}

/** Reads a picked, dropped or pasted picture; the size is looked at before the content. */
export async function readPicture(
  file: Blob,
): Promise<Result<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly type: Picture['type'] }>> {
  if (file.size > most.pictureBytes) return refuse(PICTURE_TOO_BIG);
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const type = pictureType(bytes);
    return type ? ok({ bytes, type }) : refuse(NOT_A_PICTURE);
  } catch {
    return refuse('The picture could not be read. Select it again');
  }
}

const NOT_KEPT = {
  full: 'The picture was not saved: the browser has no room left for this site.',
  denied:
    'The picture was not saved: the browser does not let this page keep pictures. Put it into a file, and name the file in a note.',
};

/** Ends when the transaction is on its way to the disk, and not only carried out. */
const completed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
    transaction.onerror = () => reject(transaction.error ?? new Error('refused'));
  });

/** @param factory Gives the browser's IndexedDB; may throw, as may everything in it. */
export function openPictures(factory: () => IDBFactory = () => indexedDB): PictureStore {
  let opening: Promise<IDBDatabase> | undefined;

  async function connect(): Promise<IDBDatabase> {
    const database = await openDatabase(factory);
    // Another window with a later release must be able to go on; the next act connects anew.
    database.onversionchange = () => {
      database.close();
      opening = undefined;
    };
    database.onclose = () => {
      opening = undefined;
    };
    return database;
  }

  const database = (): Promise<IDBDatabase> => {
    opening ??= connect().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };

  async function write(name: StoreName, act: (store: IDBObjectStore) => void): Promise<void> {
    const store = storeFor(await database(), name);
    const end = completed(store.transaction);
    act(store);
    await end;
  }

  const read = async (name: StoreName, key: string): Promise<unknown> =>
    settled((await database()).transaction(name).objectStore(name).get(key) as IDBRequest<unknown>);

  const keyOf = (runId: string, sha256: string): string => `${runId}:${sha256}`;

  async function get(runId: string, sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    try {
      const kept = await read('pictures', keyOf(runId, sha256));
      if (!(kept instanceof ArrayBuffer)) return undefined;
      const bytes = new Uint8Array(kept);
      return hashOf(bytes) === sha256 ? bytes : undefined;
    } catch {
      return undefined;
    }
  }

  return {
    put: async (runId, bytes, type) => {
      if (bytes.length > most.pictureBytes) return refuse(PICTURE_TOO_BIG);
      const sha256 = hashOf(bytes);
      try {
        await write('pictures', (store) => store.put(bytes.slice().buffer, keyOf(runId, sha256)));
      } catch (error) {
        return refuse(/quota/i.test(error instanceof Error ? error.name : '') ? NOT_KEPT.full : NOT_KEPT.denied);
      }
      return (await get(runId, sha256)) ? ok({ type, bytes: bytes.length, sha256 }) : refuse(NOT_KEPT.denied);
    },
    get,
    allOf: async (runId, hashes) => {
      const found = new Map<string, Uint8Array<ArrayBuffer>>();
      for (const sha256 of hashes) {
        const bytes = await get(runId, sha256);
        if (bytes) found.set(sha256, bytes);
      }
      return found;
    },
    remove: async (runId) => {
      try {
        // All keys that begin with the run's id and a colon, and no others: `;` is the character after it.
        const ofRun = (before: string): IDBKeyRange =>
          IDBKeyRange.bound(`${before}${runId}:`, `${before}${runId};`, false, true);
        await write('pictures', (store) => store.delete(ofRun('')));
        await write('entries', (store) => store.delete(ofRun('rb1:')));
        await write('entries', (store) => store.delete(ofRun('rb1:draft:')));
        for (const mark of ['who', 'file']) await write('entries', (store) => store.delete(`rb1:${mark}:${runId}`));
        await write('files', (store) => store.delete(runId));
      } catch {
        // They stay. Nothing shows them.
      }
    },
    rememberFile: async (runId, handle) => {
      try {
        await write('files', (store) => store.put(handle, runId));
      } catch {
        // The next time the file is picked again.
      }
    },
    recallFile: async (runId) => {
      try {
        return await read('files', runId);
      } catch {
        return undefined;
      }
    },
  };
}
