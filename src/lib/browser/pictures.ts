/**
 * Pictures of runs, in IndexedDB: a picture is part of a run only once its bytes were written, read back and found the same.
 */
import { NOT_A_PICTURE, PICTURE_TOO_BIG } from '../core/run/entries.ts';
import { most, type Picture } from '../core/run/event.ts';
import { hashOf } from '../core/run/fingerprint.ts';
import { pictureType } from '../core/run/picture.ts';
import { ok, refuse, type Result } from '../core/result.ts';

const DATABASE = 'ringbook';
const PICTURES = 'pictures';
const FILES = 'files';

export interface PictureStore {
  /** Keeps a picture for a run. Only a picture that is kept, and was read back, may be named by an entry. */
  readonly put: (runId: string, bytes: Uint8Array<ArrayBuffer>, type: Picture['type']) => Promise<Result<Picture>>;
  /** @returns Nothing where it is not here, or is not what its hash says. */
  readonly get: (runId: string, sha256: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Those of these pictures that are here. */
  readonly allOf: (runId: string, hashes: readonly string[]) => Promise<Map<string, Uint8Array<ArrayBuffer>>>;
  /** Removes all pictures of a run, and forgets the file that it was kept in. */
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

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('refused'));
  });

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
    const request = factory().open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(PICTURES);
      request.result.createObjectStore(FILES);
    };
    const database = await settled(request);
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

  async function write(store: string, act: (store: IDBObjectStore) => void): Promise<void> {
    const transaction = (await database()).transaction(store, 'readwrite', { durability: 'strict' });
    act(transaction.objectStore(store));
    await completed(transaction);
  }

  const read = async (store: string, key: string): Promise<unknown> =>
    settled((await database()).transaction(store).objectStore(store).get(key) as IDBRequest<unknown>);

  const keyOf = (runId: string, sha256: string): string => `${runId}:${sha256}`;

  async function get(runId: string, sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    try {
      const kept = await read(PICTURES, keyOf(runId, sha256));
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
        await write(PICTURES, (store) => store.put(bytes.slice().buffer, keyOf(runId, sha256)));
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
        await write(PICTURES, (store) => store.delete(IDBKeyRange.bound(`${runId}:`, `${runId};`, false, true)));
        await write(FILES, (store) => store.delete(runId));
      } catch {
        // They stay. Nothing shows them.
      }
    },
    rememberFile: async (runId, handle) => {
      try {
        await write(FILES, (store) => store.put(handle, runId));
      } catch {
        // The next time the file is picked again.
      }
    },
    recallFile: async (runId) => {
      try {
        return await read(FILES, runId);
      } catch {
        return undefined;
      }
    },
  };
}
