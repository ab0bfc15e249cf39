/** One value that others may follow. */
export interface ReadableCell<T> {
  readonly get: () => T;
  /**
   * Tells the value now, and each one that follows.
   *
   * @returns A function that ends the listening.
   */
  readonly subscribe: (listener: (value: T) => void) => () => void;
}

export interface Cell<T> extends ReadableCell<T> {
  readonly set: (value: T) => void;
}

/** @example const $count = cell(1); $count.subscribe(console.log); $count.set(2) // logs 1, then 2 */
export function cell<T>(value: T): Cell<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    get: () => value,
    set: (next) => {
      value = next;
      for (const listener of listeners) listener(next);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      listener(value);
      return () => void listeners.delete(listener);
    },
  };
}
