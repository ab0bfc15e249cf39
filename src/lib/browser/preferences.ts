/** What a reader likes, kept if the browser keeps anything. Losing it costs nothing, so failing is silent here. */

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const THEME_KEY = 'rb1:pref:theme';

/** The theme as the reader left it; the system's where nothing is kept, may be read, or makes sense. */
export function readTheme(storage: () => Storage): Theme {
  try {
    const kept = storage().getItem(THEME_KEY);
    return THEMES.find((theme) => theme === kept) ?? 'system';
  } catch {
    return 'system';
  }
}

/** Keeps the theme for the next page; without storage it holds while this page is open. */
export function keepTheme(storage: () => Storage, theme: Theme): void {
  try {
    storage().setItem(THEME_KEY, theme);
  } catch {
    // The page is in the new theme already.
  }
}
