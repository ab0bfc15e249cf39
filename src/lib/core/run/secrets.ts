/**
 * Inputs that are secrets: no field takes them, no file brings them. The vocabulary says so too; this list is for where
 * the vocabulary is not, in every reader's browser.
 */
export const secretInputs: ReadonlySet<string> = new Set(['proxyPassword']);
