/** Given by lib/build/build-day. */
declare module 'ringbook:build-day' {
  /** The day on which the site is built, `YYYY-MM-DD`. */
  export const buildDay: string;
}
