/** The switches for theme and size: from one choice to the next, and round again. Asked for where there is a choice, or by a switch. */
import { keepLook, LOOKS, lookNames, readLook } from '../../lib/browser/preferences.ts';
import { find } from './dom.ts';
import type {} from './shared.ts';

const storage = (): Storage => localStorage;
const worn = document.documentElement.dataset;
for (const look of lookNames) {
  const choices: readonly string[] = LOOKS[look];
  const button = find(document, `[data-switch=${look}]`);
  const wear = (choice: string): void => {
    worn[look] = choice;
    if (button?.lastChild) button.lastChild.textContent = `: ${choice}`;
  };
  // The script in the head has done so before the first paint, but not with a page on a disk. What was chosen on this page
  // holds where nothing is kept, also when this script runs once more, as after a press on each of two switches.
  wear(choices.find((choice) => choice === worn[look]) ?? readLook(storage, look));
  if (!button) continue;
  button.onclick = () => {
    wear(choices[choices.indexOf(worn[look] ?? '') + 1] ?? choices[0] ?? '');
    keepLook(storage, look, worn[look] ?? '');
    globalThis.ringbook.announce(button.textContent);
  };
}
