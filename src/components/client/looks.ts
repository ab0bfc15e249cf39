/** The switches for theme and size: from one choice to the next, and round again. */
import { keepLook, LOOKS, lookNames, readLook } from '../../lib/browser/preferences.ts';
import { find } from './dom.ts';

/**
 * Puts the page into the looks that were chosen. The script in the head has done so before the first paint, but not with a
 * page on a disk, which may ask for its storage only later.
 */
export function offerLooks(storage: () => Storage, announce: (words: string) => void): void {
  const worn = document.documentElement.dataset;
  for (const look of lookNames) {
    const choices: readonly string[] = LOOKS[look];
    const button = find(document, `[data-switch=${look}]`);
    const wear = (choice: string): void => {
      worn[look] = choice;
      if (button?.lastChild) button.lastChild.textContent = `: ${choice}`;
    };
    wear(readLook(storage, look));
    if (!button) continue;
    button.onclick = () => {
      wear(choices[choices.indexOf(worn[look] ?? '') + 1] ?? choices[0] ?? '');
      keepLook(storage, look, worn[look] ?? '');
      announce(button.textContent);
    };
  }
}
