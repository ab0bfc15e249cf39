/**
 * IndexedDB for tests, as far as pictures need it: stores without key paths, transactions that write all or nothing, and
 * the ways in which it fails. Values are cloned on the way in and out, as browsers do.
 */
import { vi } from 'vitest';

type Stores = Map<string, Map<string, unknown>>;
type Handler = (() => unknown) | null;

/** What a range of keys is here: from `lower`, with it, to `upper`, without it. */
interface Range {
  readonly lower: string;
  readonly upper: string;
}

const later = (act: () => void): void => queueMicrotask(act);

export class FakeIndexedDb {
  /** What is on the disk. */
  readonly stores: Stores = new Map();
  /** Opened databases that still listen. */
  readonly connections: { onversionchange: Handler; onclose: Handler; isClosed: boolean }[] = [];
  /** How each writing transaction asked to be carried out. */
  readonly durabilities: unknown[] = [];
  /** Throws to make opening fail. */
  failOpen: () => void = () => undefined;
  /** Gives the error with which a writing transaction ends, when all its writes went well. */
  failCommit: () => Error | undefined = () => undefined;
  /** What is kept in place of what was to be written. */
  garble: (value: unknown) => unknown = (value) => value;

  /** Puts this in the place of the browser's, for one test. */
  use(): () => IDBFactory {
    vi.stubGlobal('IDBKeyRange', {
      bound: (lower: string, upper: string): Range => ({ lower, upper }),
    });
    return () => this.#factory;
  }

  readonly #factory = {
    open: () => {
      this.failOpen();
      const database = this.#connect();
      const request = { result: database, onupgradeneeded: null as Handler, onsuccess: null as Handler };
      later(() => {
        if (this.stores.size === 0) request.onupgradeneeded?.();
        request.onsuccess?.();
      });
      return request;
    },
    // What is used of a factory; the rest of its type is never asked for.
  } as unknown as IDBFactory;

  #connect() {
    const connection = { onversionchange: null as Handler, onclose: null as Handler, isClosed: false };
    this.connections.push(connection);
    return Object.assign(connection, {
      close: () => {
        connection.isClosed = true;
      },
      createObjectStore: (name: string) => void this.stores.set(name, new Map()),
      transaction: (name: string, mode = 'readonly', options: { durability?: unknown } = {}) => {
        if (connection.isClosed) throw new DOMException('The connection is closed.', 'InvalidStateError');
        if (mode === 'readwrite') this.durabilities.push(options.durability);
        return this.#transaction(name, mode === 'readwrite');
      },
    });
  }

  #transaction(name: string, isWriting: boolean) {
    const before = this.stores.get(name);
    if (!before) throw new DOMException('There is no such store.', 'NotFoundError');
    const after = new Map(before);
    const transaction = {
      error: null as Error | null,
      oncomplete: null as Handler,
      onabort: null as Handler,
      onerror: null as Handler,
      objectStore: () => store,
    };
    const ask = <Value>(result: Value) => {
      const request = { result, onsuccess: null as Handler, onerror: null as Handler };
      later(() => request.onsuccess?.());
      return request;
    };
    const store = {
      transaction,
      get: (key: string) => ask(structuredClone(after.get(key))),
      put: (value: unknown, key: string) => ask(void after.set(key, structuredClone(this.garble(value)))),
      delete: (keys: string | Range) => {
        const isMeant = (key: string): boolean =>
          typeof keys === 'string' ? key === keys : key >= keys.lower && key < keys.upper;
        for (const key of [...after.keys()]) if (isMeant(key)) after.delete(key);
        return ask(undefined);
      },
    };
    if (isWriting)
      later(() =>
        later(() => {
          const error = this.failCommit();
          if (error) {
            transaction.error = error;
            transaction.onabort?.();
          } else {
            this.stores.set(name, after);
            transaction.oncomplete?.();
          }
        }),
      );
    return transaction;
  }
}
