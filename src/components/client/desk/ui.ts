/** The few controls that panels are made of. Built of elements and text, never of markup. */
import { make, say } from '../dom.ts';

export type Child = Node | string | undefined;

const present = (children: readonly Child[]): (Node | string)[] => children.filter((child) => child !== undefined);

/** An element of a class. */
export const box = (tag: string, name: string, ...children: Child[]): HTMLElement =>
  make(tag, name ? { class: name } : {}, ...present(children));

export const line = (...children: Child[]): HTMLElement => box('p', '', ...children);
export const quiet = (...children: Child[]): HTMLElement => box('p', 'rb-label', ...children);
/** Buttons side by side. */
export const row = (...children: Child[]): HTMLElement => box('div', 'rb-row', ...children);

export function button(words: string, act: (button: HTMLElement) => void, look = ''): HTMLElement {
  const made = make('button', { type: 'button', class: `rb-button${look && ` rb-button--${look}`}` }, words);
  made.addEventListener('click', () => act(made));
  return made;
}

let count = 0;
/** An id that no other element of this page has. */
export const newId = (): string => `rb-desk-${++count}`;

export interface Control {
  readonly place: HTMLElement;
  readonly input: HTMLInputElement | HTMLTextAreaElement;
  /** The text without blanks around it. */
  readonly text: () => string;
  /** Says what is wrong and puts the focus here; what was typed stays. An empty sentence takes it away. */
  readonly refuse: (why: string) => void;
}

/** A labelled text field; with `rows` it has several lines. */
export function field(options: {
  readonly label: string;
  readonly hint?: string;
  readonly rows?: number;
  readonly value?: string;
  readonly most?: number;
  readonly name?: string;
}): Control {
  const id = newId();
  const { label, hint, rows, value = '', most, name } = options;
  const input =
    rows === undefined ? document.createElement('input') : Object.assign(document.createElement('textarea'), { rows });
  input.id = id;
  input.value = value;
  if (name) input.name = name;
  if (most) input.maxLength = most;
  input.setAttribute('aria-describedby', `${hint ? `${id}-hint ` : ''}${id}-error`);
  const error = make('p', { class: 'rb-field__error', id: `${id}-error`, hidden: '' });
  const place = box(
    'div',
    'rb-field',
    make('label', { for: id }, label),
    hint ? make('p', { class: 'rb-field__hint', id: `${id}-hint` }, hint) : undefined,
    input,
    error,
  );
  const show = (why: string): void => {
    say(error, why);
    error.hidden = !why;
    input.setAttribute('aria-invalid', String(Boolean(why)));
    place.classList.toggle('is-wrong', Boolean(why));
  };
  input.addEventListener('input', () => show(''));
  return {
    place,
    input,
    text: () => input.value.trim(),
    refuse: (why) => {
      show(why);
      if (why) input.focus();
    },
  };
}

export interface Choice {
  readonly place: HTMLElement;
  /** The chosen value; empty while none is. */
  readonly value: () => string;
  /** Chooses one of the values; any other text changes nothing. */
  readonly choose: (value: string) => void;
  readonly refuse: (why: string) => void;
}

/** One out of a few, all in view. */
export function choice(options: {
  readonly label: string;
  readonly of: readonly (readonly [value: string, words: string])[];
  readonly value?: string | undefined;
  readonly hint?: string;
}): Choice {
  const name = newId();
  const error = make('p', { class: 'rb-field__error', id: `${name}-error`, hidden: '' });
  const radios = options.of.map(([value, words]) => {
    const input = make('input', { type: 'radio', name, value }) as HTMLInputElement; // `make` made an input
    input.checked = value === options.value;
    input.addEventListener('change', () => {
      error.hidden = true;
    });
    return { input, label: make('label', {}, input, ` ${words}`) };
  });
  const place = make(
    'fieldset',
    { class: 'rb-field rb-field--choice', 'aria-describedby': error.id },
    make('legend', {}, options.label),
    ...(options.hint ? [make('p', { class: 'rb-field__hint' }, options.hint)] : []),
    box('div', 'rb-choices', ...radios.map(({ label }) => label)),
    error,
  );
  return {
    place,
    value: () => radios.find(({ input }) => input.checked)?.input.value ?? '',
    choose: (value) => {
      for (const { input } of radios) input.checked ||= input.value === value;
    },
    refuse: (why) => {
      say(error, why);
      error.hidden = !why;
      if (why) radios[0]?.input.focus();
    },
  };
}

/** A form that does something when Enter is pressed in a field, or its button. */
export function form(name: string, act: () => void, submit: string, ...children: Child[]): HTMLFormElement {
  const made = document.createElement('form');
  made.className = 'rb-form';
  made.noValidate = true;
  made.setAttribute('aria-label', name);
  made.append(
    ...present(children),
    row(make('button', { type: 'submit', class: 'rb-button rb-button--main' }, submit)),
  );
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    act();
  });
  return made;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The moment as the clock of whoever acted showed it: `20 Nov 03:12`, with the year if it is another one. */
export function momentWords(at: string, now = new Date()): string {
  const [year = '', month = '', day = ''] = at.slice(0, 10).split('-');
  const date = `${Number(day)} ${months[Number(month) - 1] ?? month}`;
  return `${date}${Number(year) === now.getFullYear() ? '' : ` ${year}`} ${at.slice(11, 16)}`;
}
