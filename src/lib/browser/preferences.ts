/** What a reader likes, kept if the browser keeps anything. Losing it costs nothing, so failing is silent here. */

/** What can be chosen; the first of each is what the system says. */
export const LOOKS = {
  theme: ['system', 'light', 'dark'],
  /** Large is for reading at arm's length, beside a rack. */
  size: ['usual', 'large'],
} as const;
export type Look = keyof typeof LOOKS;
export const lookNames = ['theme', 'size'] as const satisfies readonly Look[];

const keyOf = (look: Look): string => `rb1:pref:${look}`;

/** A look as the reader left it; the first choice where nothing is kept, may be read, or makes sense. */
export function readLook(storage: () => Storage, look: Look): string {
  const choices: readonly string[] = LOOKS[look];
  let kept: string | null = null;
  try {
    kept = storage().getItem(keyOf(look));
  } catch {
    // The page keeps what the system says.
  }
  return choices.find((choice) => choice === kept) ?? LOOKS[look][0];
}

/** Keeps a look for the next page; without storage it holds while this page is open. */
export function keepLook(storage: () => Storage, look: Look, chosen: string): void {
  try {
    storage().setItem(keyOf(look), chosen);
  } catch {
    // The page wears it already.
  }
}
