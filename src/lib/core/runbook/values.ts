/**
 * Uses of inputs and derived values by name: each must exist, and each input must be listed, or the sheet could not ask for it.
 */
import { derived } from '../sheet/derived.ts';
import { inputs } from '../sheet/inputs.ts';
import { nearest } from './nearest.ts';
import { report, type Notes } from './notes.ts';
import type { Place, TreeNode } from './tree.ts';

/**
 * Notes that the runbook needs an input, and reports the first use of one that the front matter does not list.
 *
 * @param through What needs it, when the author did not write its name, for example `upstreamUrl`.
 */
export function needInput(notes: Notes, place: TreeNode | Place, name: string, through?: string): void {
  if (notes.used.has(name)) return;
  notes.used.add(name);
  if (notes.listed && !notes.listed.has(name)) {
    report(
      notes,
      place,
      'unlisted-input',
      `The input \`${name}\` is used here${through ? ` through \`${through}\`` : ''}, but the front matter does not list it.`,
      `Add \`${name}\` to \`inputs\`, where the sheet should ask for it.`,
    );
  }
}

/** Checks a value by name. Secrets may be named in text, never in a command. */
export function needValue(notes: Notes, place: TreeNode | Place, name: string, use: 'text' | 'command'): void {
  if (Object.hasOwn(inputs, name)) {
    if (use === 'command' && inputs[name]?.secret) {
      report(
        notes,
        place,
        'secret-in-command',
        `\`${name}\` is a secret and cannot stand in a command.`,
        'Let the command prompt for it, for example with `Get-Credential`.',
      );
    }
    needInput(notes, place, name);
  } else if (Object.hasOwn(derived, name)) {
    for (const input of derived[name]?.needs ?? []) needInput(notes, place, input, name);
  } else {
    const known = [...Object.keys(inputs), ...Object.keys(derived)];
    const near = nearest(name, known);
    report(
      notes,
      place,
      'unknown-value',
      `No input and no calculator gives \`${name}\`.`,
      near ? `Did you mean \`${near}\`?` : 'The values are in the guide, under “Inputs, values and policies”.',
    );
  }
}
