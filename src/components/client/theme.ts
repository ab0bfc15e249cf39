/** The switch for light and dark: system, light, dark, and round again. */
import { keepTheme, readTheme, THEMES, type Theme } from '../../lib/browser/preferences.ts';
import { find } from './dom.ts';

export function offerThemes(storage: () => Storage, announce: (words: string) => void): void {
  const button = find(document, '[data-theme-switch]');
  if (!button) return;
  const show = (chosen: Theme): void => {
    document.documentElement.dataset['theme'] = chosen;
    button.textContent = `Theme: ${chosen}`;
  };
  let theme = readTheme(storage);
  show(theme);
  button.onclick = () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
    keepTheme(storage, theme);
    show(theme);
    announce(`Theme: ${theme}`);
  };
}
