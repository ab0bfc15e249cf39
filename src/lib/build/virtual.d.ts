/** Given by lib/build/build-day. */
declare module 'ringbook:build-day' {
  /** The day on which the site is built, `YYYY-MM-DD`. */
  export const buildDay: string;
}
/** Given by lib/build/library-module. */
declare module 'ringbook:library' {
  // An import of its own is not resolved from here, and what it names would be anything.
  // eslint-disable-next-line @typescript-eslint/consistent-type-imports
  type Runbook = import('../core/runbook/model.ts').Runbook;

  /** All runbooks, in the order of their ids. */
  export const runbooks: readonly Runbook[];
}
