/**
 * An answer that may be a refusal. Core functions do not throw: what cannot be done comes back as a sentence
 * for the person who asked, so that page, paper and command line show the same words.
 */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

/** @param why A whole sentence: what is wrong and how to mend it. */
export const refuse = (why: string): Result<never> => ({ ok: false, why });
