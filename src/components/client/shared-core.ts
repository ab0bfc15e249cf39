/**
 * Parts of core that the second script of a page has anyway. The script with live calculators takes them from it instead
 * of bringing them again: `lib/build/client-scripts.ts` reads the imports and the list, and puts places in the list in
 * place of the imports. In a list and not by name, because names would be a part of what every page loads.
 */
import { commandArgument } from '../../lib/core/commands/command.ts';
import { composeCommand } from '../../lib/core/commands/compose.ts';
import { refusedCharacter } from '../../lib/core/commands/text-rules.ts';
import { readField } from '../../lib/core/sheet/rules.ts';
import { commandValue } from '../../lib/core/sheet/sheet.ts';
import { isCalendarDate, isZone } from '../../lib/core/sheet/zones.ts';
import { find, findAll } from './dom.ts';

export const sharedCore: readonly unknown[] = [
  commandArgument,
  composeCommand,
  refusedCharacter,
  readField,
  commandValue,
  isCalendarDate,
  isZone,
  find,
  findAll,
];
