/**
 * The fields of a sheet and the page that follows them: reads the controls, keeps what is typed, and paints what follows.
 */
import { isPortOfOther } from '../../lib/core/sheet/doubts.ts';
import type { Field, InputKind } from '../../lib/core/sheet/rules.ts';
import { find, findAll } from './dom.ts';
import { needTimes } from './need-times.ts';
import { createSheetView, type SheetPainter } from './sheet-view.ts';

/** Where the raw texts of the fields are kept: the run of a runbook, or the address of a calculator's page. */
export interface FieldStore {
  readonly values: () => ReadonlyMap<string, string>;
  /** At every keystroke. */
  readonly typeValue: (id: string, raw: string) => unknown;
  /** When a field is left. */
  readonly setValue: (id: string, raw: string) => unknown;
  readonly onChange: (
    listener: (touched: { readonly values: ReadonlySet<string>; readonly all?: boolean }) => void,
  ) => unknown;
}

/** A field as its markup tells it: the vocabulary stays in the build. */
function fieldOf(place: HTMLElement): Field {
  const { kind, largest, unit, secret } = place.dataset;
  const label = find(place, 'legend, label, b')?.textContent ?? '';
  const options = findAll(place, '[value]:not([value=""])').map((choice) => ({
    value: choice.getAttribute('value') ?? '',
    label: (choice.closest('label') ?? choice).textContent.trim(),
  }));
  return {
    label,
    // Written by the build from the vocabulary, so it is one of the kinds.
    kind: kind as InputKind,
    ...(largest && { largest: Number(largest) }),
    ...(unit && { unit }),
    ...(options.length && { options }),
    ...(secret !== undefined && { secret: true }),
  };
}

type Control = HTMLInputElement | HTMLSelectElement;
const isRadio = (control: Control): control is HTMLInputElement => control.type === 'radio';

/** The day by this computer's clock, which stands in for the day at the reader's site. */
export const today = (): string => {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};

/**
 * @param root What hangs on the fields.
 * @param onBranches Called after branches opened or closed.
 * @param painters What else to paint when the sheet changes.
 * @param faults Rules of single fields, by name, that their markup cannot tell.
 */
export function openSheetForm(
  form: HTMLElement,
  root: HTMLElement,
  store: FieldStore,
  announce: (words: string) => void,
  onBranches: () => void,
  painters: readonly SheetPainter[],
  faults?: ReadonlyMap<string, Field['fault']>,
): void {
  const controls = findAll(form, 'input[name], select[name]') as Control[]; // what the selector names
  const fields = Object.fromEntries(
    findAll(form, '[data-field]').map((place): [string, Field] => {
      const name = place.dataset['field'] ?? '';
      return [name, { ...fieldOf(place), fault: faults?.get(name) }];
    }),
  );
  const count = find(document, '[data-sheet-count]');

  const view = createSheetView(root, form, fields, today, onBranches, painters);
  const doubts = findAll(form, '[data-doubt]');
  const touched = new Set<string>();

  const read = (): Record<string, string> => {
    const raw: Record<string, string> = {};
    for (const control of controls) {
      if (!isRadio(control) || control.checked) raw[control.name] = control.value;
      else raw[control.name] ??= '';
    }
    return raw;
  };
  const names = Object.keys(read());

  let hasAsked = false;
  const repaint = (): void => {
    const raw = read();
    view.update(raw);
    // A time that cannot be had is said beside what hangs on it; asking again at each keystroke would not bring it.
    if (!hasAsked && (raw['timeZone']?.trim() || raw['syncsPerDay']?.trim())) {
      hasAsked = true;
      needTimes(repaint);
    }
    // The line stands below the later answer, so that showing it moves nothing that a pointer was just at.
    for (const line of doubts) {
      const pair = line.dataset['doubt']?.replace(/\S+/g, (name) => raw[name]?.trim() ?? '');
      const isShown = isPortOfOther(pair ?? '');
      if (isShown && line.hidden) announce(line.textContent.trim());
      line.hidden = !isShown;
    }
    const shown = names.filter((name) => find(form, `[data-field="${name}"]`)?.classList.contains('is-shown'));
    const given = shown.filter((name) => raw[name]?.trim()).length;
    if (count) count.textContent = `${given} of ${shown.length} entered`;
  };

  /** Puts what the store knows into the fields, but never under the reader's hands. */
  const fill = (only?: ReadonlySet<string>): void => {
    const values = store.values();
    for (const control of controls) {
      if (only && !only.has(control.name)) continue;
      if (only && control === document.activeElement && control.type === 'text') continue;
      const value = values.get(control.name) ?? '';
      if (isRadio(control)) control.checked = control.value === value;
      else if (control.value !== value) control.value = value;
      if (value) touched.add(control.name);
    }
    const raw = read();
    for (const name of only ?? names) view.judge(name, raw[name] ?? '', touched.has(name));
    repaint();
  };

  const on = (event: string, act: (control: Control) => void): void =>
    form.addEventListener(event, ({ target }) => {
      if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) act(target);
    });
  on('input', (target) => {
    store.typeValue(target.name, target.value);
    // While a wrong value is being mended its sentence follows; a new one is judged when the field is left.
    view.judge(target.name, target.value, touched.has(target.name));
    repaint();
  });
  // What works out times brings the zones to choose from, too.
  on('focusin', (target) => {
    if (target.hasAttribute('list')) needTimes(repaint);
  });
  on('change', (target) => {
    touched.add(target.name);
    store.setValue(target.name, target.value);
    view.judge(target.name, target.value, true);
    const error = find(form, `[data-field="${target.name}"] .rb-field__error`)?.textContent;
    if (error) announce(error);
  });
  form.addEventListener('submit', (event) => event.preventDefault());

  store.onChange(({ values, all }) => {
    if (all) fill();
    else if (values.size) fill(values);
  });

  // What somebody entered before this script was here.
  for (const [name, text] of Object.entries(read())) {
    if (text && !store.values().has(name)) store.typeValue(name, text);
  }
  fill();
}
