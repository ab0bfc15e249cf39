/** The browser's database: a second copy of all entries, pictures, and the files that runs are kept in. */

const stores = ['entries', 'pictures', 'files'] as const;
export type StoreName = (typeof stores)[number];

/** @param factory Gives the browser's IndexedDB; may throw, as may everything in it. */
export async function openDatabase(factory: () => IDBFactory): Promise<IDBDatabase> {
  const request = factory().open('ringbook', 1);
  request.onupgradeneeded = () => stores.forEach((name) => request.result.createObjectStore(name));
  return settled(request);
}

export const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = reject;
  });

/** A store to write to. What is written is on the disk when the transaction completes, and not only on its way. */
export const storeFor = (database: IDBDatabase, name: StoreName): IDBObjectStore =>
  database.transaction(name, 'readwrite', { durability: 'strict' }).objectStore(name);
