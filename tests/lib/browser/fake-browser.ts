/**
 * A browser for tests: one storage, several tabs. Each tab hears of the others' writes later, when it is told to; a
 * frozen tab hears nothing. Storage can fail in the ways storage fails.
 */
import { openEventLog, type EventLog, type PageEvents } from '../../../src/lib/browser/event-log.ts';

type Failure = (key: string, write: number) => void;

export class FakeBrowser {
  /** What is on disk. Tests may change it behind every tab's back. */
  readonly disk = new Map<string, string>();
  /** Called before each write of any tab; throws to make it fail. */
  failWrite: Failure = () => undefined;
  /** What is written in place of what was to be written; nothing, if nothing. */
  garble: (text: string) => string | undefined = (text) => text;
  readonly keysRead: string[] = [];
  readonly #tabs: FakeTab[] = [];
  #writes = 0;

  openTab(): FakeTab {
    const tab = new FakeTab(this);
    this.#tabs.push(tab);
    return tab;
  }

  write(key: string, text: string, by?: FakeTab): void {
    this.failWrite(key, ++this.#writes);
    const written = this.garble(text);
    if (written === undefined || this.disk.get(key) === written) return;
    this.disk.set(key, written);
    this.announce(key, by);
  }

  /** What another page or program does to storage. */
  removeByOther(key: string): void {
    this.disk.delete(key);
    this.announce(key);
  }

  clearByOther(): void {
    this.disk.clear();
    this.announce(null);
  }

  announce(key: string | null, by?: FakeTab): void {
    for (const tab of this.#tabs) if (tab !== by) tab.pending.push(key);
  }

  /** Lets every tab hear of everything, and of what the others then do, until it is quiet. */
  settle(): void {
    while (this.#tabs.some((tab) => tab.deliver())) continue;
  }
}

export class FakeTab {
  readonly pending: (string | null)[] = [];
  readonly storage: Storage;
  readonly page: PageEvents;
  isFrozen = false;
  isClosed = false;
  /** While set, the tab sees this in place of the disk: its view lags behind, as it may across browser processes. */
  #lagging: Map<string, string> | undefined;
  readonly #listeners = new Map<string, Set<(event: object) => void>>();

  constructor(readonly browser: FakeBrowser) {
    const seen = () => this.#lagging ?? browser.disk;
    const never = (): never => {
      throw new Error('The log removed a key.');
    };
    this.storage = {
      get length() {
        return seen().size;
      },
      key: (index) => [...seen().keys()][index] ?? null,
      getItem: (key) => {
        browser.keysRead.push(key);
        return seen().get(key) ?? null;
      },
      setItem: (key, text) => {
        browser.write(key, String(text), this);
        this.#lagging?.set(key, String(text));
      },
      removeItem: never,
      clear: never,
    };
    this.page = {
      document: { visibilityState: 'visible' },
      addEventListener: (type: string, listener: unknown) => {
        const listeners = this.#listeners.get(type) ?? new Set();
        this.#listeners.set(type, listeners.add(listener as (event: object) => void));
      },
      removeEventListener: (type: string, listener: unknown) => {
        this.#listeners.get(type)?.delete(listener as (event: object) => void);
      },
    };
  }

  openLog(mayKeep: (inputId: string) => boolean = (id) => id !== 'proxyPassword'): EventLog {
    return openEventLog(() => this.storage, { mayKeep, page: this.page });
  }

  dispatch(type: 'storage' | 'pageshow' | 'visibilitychange', event: object): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(event);
  }

  /** @returns Whether there was anything to hear. */
  deliver(): boolean {
    if (this.isFrozen || this.isClosed || this.pending.length === 0) return false;
    const [key = null] = this.pending.splice(0, 1);
    this.dispatch('storage', { key, newValue: key === null ? null : (this.browser.disk.get(key) ?? null) });
    return true;
  }

  lag(): void {
    this.#lagging = new Map(this.browser.disk);
  }

  catchUp(): void {
    this.#lagging = undefined;
  }

  /** Wakes up without having heard of anything, as after the back/forward cache. */
  thaw(): void {
    this.isFrozen = false;
    this.pending.length = 0;
    this.dispatch('pageshow', { persisted: true });
  }

  close(): void {
    this.isClosed = true;
  }
}

export const quotaError = () =>
  Object.assign(new Error('The quota has been exceeded.'), { name: 'QuotaExceededError' });
export const securityError = () => Object.assign(new Error('Access is denied.'), { name: 'SecurityError' });
