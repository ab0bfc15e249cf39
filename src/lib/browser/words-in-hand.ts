/**
 * Words that somebody is still writing in a panel: kept at every keystroke, so that a closed page loses none of them.
 *
 * Keys: `rb1:words:<run id>:<place>`. They are no part of the run, and are taken away once they are.
 */

const keyOf = (runId: string, place: string): string => `rb1:words:${runId}:${place}`;

/** What was being written; empty where there is nothing, or where nothing may be read. */
export function wordsInHand(storage: () => Storage, runId: string, place: string): string {
  try {
    return storage().getItem(keyOf(runId, place)) ?? '';
  } catch {
    return '';
  }
}

/** Keeps what is being written; an empty text takes it away. @returns Whether it is kept. */
export function keepWords(storage: () => Storage, runId: string, place: string, words: string): boolean {
  try {
    const key = keyOf(runId, place);
    if (words === '') storage().removeItem(key);
    else storage().setItem(key, words);
    return (storage().getItem(key) ?? '') === words;
  } catch {
    return false;
  }
}
