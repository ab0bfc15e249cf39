/** Given by lib/build/build-day. */
declare module 'ringbook:build-day' {
  /** The day on which the site is built, `YYYY-MM-DD`. */
  export const buildDay: string;
}
/** Given by lib/build/library-module. */
declare module 'ringbook:library' {
  import type { Runbook } from '../core/runbook/model.ts';

  /** All runbooks, in the order of their ids. */
  export const runbooks: readonly Runbook[];
}
