/** What a page knows of the other runbooks of its site, and of their inputs, once it has asked for it. */
import type { Outline } from '../../lib/core/run/outline.ts';
import type { Field } from '../../lib/core/sheet/rules.ts';
import type {} from './shared.ts';

export interface Book {
  readonly ring: string;
  readonly outline: Outline;
  /** By id of a step or gate: on what it hangs. */
  readonly when: Readonly<Record<string, string>>;
}
export interface KnownInput extends Pick<Field, 'label' | 'options'> {
  readonly perRing?: true;
}
declare global {
  var ringbookOutlines: Readonly<Record<string, Book>> | undefined;
  var ringbookInputs: Readonly<Record<string, KnownInput>> | undefined;
}

let hasAsked = false;
let hasAnswer = false;
const waiting: (() => void)[] = [];

/** Does something once they came, or could not be had; they are asked for once. */
export function withOutlines(then: () => void): void {
  if (hasAnswer) return then();
  waiting.push(then);
  if (hasAsked) return;
  hasAsked = true;
  globalThis.ringbook.load('ringbook-outline.js', () => {
    hasAnswer = true;
    for (const each of waiting.splice(0)) each();
  });
}

export const bookOf = (id: string): Book | undefined => globalThis.ringbookOutlines?.[id];

/** All inputs of the site's runbooks; nothing before they came. */
export const knownInputs = (): Readonly<Record<string, KnownInput>> | undefined => globalThis.ringbookInputs;
