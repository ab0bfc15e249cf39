/**
 * Keeps every value, command and branch of a page in step with the fields of its sheet.
 *
 * The page is indexed once by name, so that a keystroke touches only what hangs on the field that changed,
 * also on a page of 2,000 steps. Of such a page that takes its time, so it is done in slices.
 */
import { isShell, type CommandPart, type Shell } from '../../lib/core/commands/command.ts';
import { composeCommand } from '../../lib/core/commands/compose.ts';
import { readBranch } from '../../lib/core/render/branch.ts';
import type { Condition } from '../../lib/core/runbook/model.ts';
import { readField } from '../../lib/core/sheet/rules.ts';
import { commandValue, holdsAll, labelOf, readSheet, type FieldsById, type Sheet } from '../../lib/core/sheet/sheet.ts';
import { find, findAll, make } from './dom.ts';

interface BranchView {
  readonly element: HTMLElement;
  readonly conditions: readonly Condition[];
}

/** A command on the page, read back from its markup: fixed text, and holes by name. */
interface CommandView {
  readonly figure: HTMLElement;
  readonly shell: Shell;
  readonly parts: readonly CommandPart[];
  readonly holes: readonly HTMLElement[];
}

const push = <Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void => {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
};

/** Paints something that hangs on the whole sheet. */
export type SheetPainter = (sheet: Sheet, fields: FieldsById, today: string) => void;

export interface SheetView {
  /**
   * Works everything out anew from the raw texts of the fields, and paints what changed. The first time what is outside
   * the fields follows in slices.
   */
  update(raw: Readonly<Record<string, string>>): void;
  /** Shows the sentence beside a field, or takes it away. */
  judge(id: string, raw: string, wasTouched: boolean): void;
}

/**
 * @param root What the view keeps in step.
 * @param form The fields.
 * @param today The day now, `YYYY-MM-DD`: times of day hang on it.
 * @param onBranches Called after branches opened or closed.
 */
export function createSheetView(
  root: HTMLElement,
  form: HTMLElement,
  fields: FieldsById,
  today: () => string,
  onBranches: () => void,
  painters: readonly SheetPainter[],
): SheetView {
  const values = new Map<string, HTMLElement[]>();
  const commandsOf = new Map<string, CommandView[]>();
  const branchesOf = new Map<string, BranchView[]>();
  const fieldBranches = findAll(form, '[data-for]').map((field) => ({
    field,
    branches: (field.dataset['for'] ?? '').split('|').map(readBranch),
  }));
  let sheet: Sheet = {};
  let isOpen = false;

  const openCommand = (figure: HTMLElement, shell: Shell): void => {
    const code = find(figure, 'code');
    if (!code) return;
    const holes: HTMLElement[] = [];
    const parts = [...code.childNodes].map((node): CommandPart => {
      const of = node instanceof HTMLElement ? node.dataset['of'] : undefined;
      if (!of || !(node instanceof HTMLElement)) return { text: node.textContent ?? '' };
      holes.push(node);
      return { of };
    });
    const view = { figure, shell, parts, holes };
    for (const name of new Set(holes.map((hole) => hole.dataset['of'] ?? ''))) push(commandsOf, name, view);
    if (holes.length) paintCommand(view);
  };

  const waiting = (waitsFor: readonly string[], refusals: Refusals): string =>
    waitingWords('copied', sheet, fields, waitsFor, refusals);

  const paintValue = (element: HTMLElement, name: string): void => {
    const cell = sheet[name];
    const isGiven = cell?.state === 'given';
    element.classList.toggle('is-given', isGiven);
    element.textContent = isGiven ? cell.text : labelOf(name, fields);
  };

  const paintCommand = ({ figure, shell, parts, holes }: CommandView): void => {
    const composed = composeCommand(shell, parts, (name) => commandValue(sheet[name]));
    let index = 0;
    for (const piece of composed.pieces) {
      if (piece.of === undefined) continue;
      const hole = holes[index++];
      if (!hole) continue;
      hole.classList.toggle('is-given', piece.text !== undefined);
      hole.textContent = piece.text ?? labelOf(piece.of, fields);
    }
    sayWaits(figure, waiting(composed.waitsFor, composed.refusals));
  };

  const paintBranch = ({ element, conditions }: BranchView): boolean => {
    const state = holdsAll(conditions, sheet);
    const isAway = state === false;
    const changed = element.classList.contains('is-away') !== isAway;
    element.classList.toggle('is-away', isAway);
    element.classList.toggle('is-chosen', state === true);
    return changed;
  };

  let hasMoved = false;
  /** Takes a part of the page into the index, and paints it, with what the sheet says by then. */
  const openPart = (part: Element): void => {
    for (const element of [part, ...findAll(part, '[data-of], [data-when], [data-shell]')]) {
      if (!(element instanceof HTMLElement)) continue;
      const { of, when, shell } = element.dataset;
      if (of !== undefined && !element.closest('pre')) {
        push(values, of, element);
        if (sheet[of]?.state === 'given') paintValue(element, of);
      }
      if (when !== undefined) {
        const branch = { element, conditions: readBranch(when) };
        for (const { input } of branch.conditions) push(branchesOf, input, branch);
        hasMoved = paintBranch(branch) || hasMoved;
      }
      if (isShell(shell)) openCommand(element, shell);
    }
  };
  const openPage = (): void => {
    const text = find(root, '.rb-runbook__text');
    const parts = [...root.children].flatMap((part) => (part === text ? [...part.children] : part));
    isOpen = true;
    globalThis.ringbook.inSlices(parts, openPart, () => hasMoved && onBranches());
  };

  return {
    update(raw) {
      const before = sheet;
      sheet = readSheet(raw, fields, { today: today(), times: globalThis.ringbook.times?.timesOfDay });
      const changed = new Set(
        Object.keys(sheet).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(sheet[name])),
      );
      if (changed.size === 0) return;

      let moved = false;
      const commands = new Set<CommandView>();
      for (const name of changed) {
        const cell = sheet[name];
        const text = cell?.state === 'given' ? cell.text : '';
        for (const command of commandsOf.get(name) ?? []) commands.add(command);
        const place = find(root, `[data-field="${name}"]`);
        // What the paper prints in place of the control.
        if (place) place.dataset['value'] = text;
        for (const element of values.get(name) ?? []) paintValue(element, name);
        for (const branch of branchesOf.get(name) ?? []) moved = paintBranch(branch) || moved;
      }
      for (const command of commands) paintCommand(command);
      for (const { field, branches } of fieldBranches) {
        const answers = branches.map((branch) => holdsAll(branch, sheet));
        const isShown = answers.includes(true);
        field.classList.toggle('is-shown', isShown);
        // Neither: the branch is not known yet. The screen waits for it; paper has a line to write on.
        field.classList.toggle('is-away', !isShown && !answers.includes(undefined));
      }
      for (const paint of painters) paint(sheet, fields, today());
      if (moved) onBranches();
      if (!isOpen) openPage();
    },

    judge(id, raw, wasTouched) {
      const place = find(root, `[data-field="${id}"]`);
      const field = fields[id];
      if (!place || !field) return;
      const reading = readField(field, raw);
      const sentence = reading.state === 'wrong' && wasTouched ? reading.message : '';
      let error = find(place, '.rb-field__error');
      if ((error?.textContent ?? '') === sentence) return;
      if (!error) {
        // After the control, so that it never moves under the reader's hands.
        error = make('p', { class: 'rb-field__error', id: `rb-in-${id}-error` });
        (find(place, 'fieldset') ?? place).append(error);
      }
      error.textContent = sentence;
      error.hidden = !sentence;
      place.classList.toggle('is-wrong', Boolean(sentence));
      for (const control of findAll(place, 'input, select')) {
        control.setAttribute('aria-invalid', String(Boolean(sentence)));
        control.setAttribute('aria-describedby', `rb-in-${id}-hint ${error.id}`);
      }
    },
  };
}

type Refusals = readonly { readonly of: string; readonly why: string }[];

/**
 * "Cannot be ${what} until this is given: …", with the inputs by the labels of their fields; empty when nothing is missing.
 */
export function waitingWords(
  what: 'copied' | 'worked out',
  sheet: Sheet,
  fields: FieldsById,
  waitsFor: readonly string[],
  refusals: Refusals,
): string {
  const faults = [...refusals];
  const missing = new Set<string>();
  for (const name of waitsFor) {
    const cell = sheet[name];
    if (cell?.state === 'wrong') faults.push({ of: name, why: cell.message });
    else for (const input of cell?.state === 'missing' ? cell.waitsFor : [name]) missing.add(labelOf(input, fields));
  }
  return [
    ...(missing.size ? [`Cannot be ${what} until this is given: ${[...missing].join(', ')}.`] : []),
    ...faults.map(({ of, why }) => `Cannot be ${what}. ${labelOf(of, fields)}: ${why.replace(/[^.?!]$/, '$&.')}`),
  ].join(' ');
}

function sayWaits(figure: HTMLElement, words: string): void {
  const button = find(figure, '.rb-copy');
  let line = find(figure, '.rb-command__waits');
  if (words && !line) {
    line = make('p', { class: 'rb-command__waits' });
    figure.append(line);
  }
  if (line && line.textContent !== words) line.textContent = words;
  if (line) line.hidden = !words;
  button?.setAttribute('aria-disabled', String(Boolean(words)));
}
