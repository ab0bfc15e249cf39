/**
 * Words that somebody is still writing in a panel: kept at every keystroke, so that a closed page loses none of them.
 *
 * Keys: `rb1:words:<run id>:<place>`, empty once the words are part of the run.
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

/** Keeps what is being written; an empty text says that there is nothing any more. @returns Whether it is kept. */
export function keepWords(storage: () => Storage, runId: string, place: string, words: string): boolean {
  try {
    const key = keyOf(runId, place);
    // Nothing is written where nothing was: a panel that is opened and closed leaves no trace.
    if ((storage().getItem(key) ?? '') !== words) storage().setItem(key, words);
    return (storage().getItem(key) ?? '') === words;
  } catch {
    return false;
  }
}

/** Takes what was being written before a run had begun over into that run, where nothing stands at its place yet. */
export function moveWords(storage: () => Storage, from: string, to: string): void {
  try {
    const before = keyOf(from, '');
    const keys = Array.from({ length: storage().length }, (_, index) => storage().key(index) ?? '');
    for (const place of keys.flatMap((key) => (key.startsWith(before) ? [key.slice(before.length)] : []))) {
      const words = wordsInHand(storage, from, place);
      if (words && (wordsInHand(storage, to, place) || keepWords(storage, to, place, words)))
        keepWords(storage, from, place, '');
    }
  } catch {
    // They stay where they are.
  }
}
