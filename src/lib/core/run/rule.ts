/**
 * Rules: what an entry of a run must look like, as data. One value is the check and, by inference, the type.
 *
 * `core/shape.ts` finds words for what is wrong; nobody typed an entry, and this stands before the first tick, so it only
 * says yes or no.
 */

/**
 * A pattern: text that matches. A number: text of up to so many characters that are not all blank. A list: one of these.
 * A function: what it says. An object: these fields and no others; a field whose name ends in `?` may be left out.
 */
export type Rule =
  RegExp | number | readonly (string | number)[] | ((value: unknown) => boolean) | { readonly [name: string]: Rule };

type Flat<T> = { [K in keyof T]: T[K] };

/** The type of what a rule lets pass. */
export type Ruled<R> = R extends RegExp | number
  ? string
  : R extends readonly (infer T)[]
    ? T
    : R extends (value: unknown) => value is infer T
      ? T
      : R extends object
        ? Flat<
            { [K in keyof R as K extends `${string}?` ? never : K]: Ruled<R[K]> } & {
              [K in keyof R as K extends `${infer Name}?` ? Name : never]?: Ruled<R[K]>;
            }
          >
        : never;

/** Many of one kind. */
export const listOf =
  <const R extends Rule>(rule: R) =>
  (value: unknown): value is Ruled<R>[] =>
    Array.isArray(value) && value.every((one) => holds(rule, one));

/** A whole number from 0 to `most`. */
export const countTo =
  (most: number) =>
  (value: unknown): value is number =>
    Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;

/** Whether a value is as the rule says. Looks at own fields only, so that no inherited name passes for data. */
export function holds<const R extends Rule>(rule: R, value: unknown): value is Ruled<R> {
  if (typeof rule === 'function') return rule(value);
  if (rule instanceof RegExp) return typeof value === 'string' && rule.test(value);
  if (typeof rule === 'number') return typeof value === 'string' && value.length <= rule && /\S/.test(value);
  if (Array.isArray(rule)) return rule.includes(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const own = new Map<string, unknown>(Object.entries(value));
  for (const [field, of] of Object.entries(rule)) {
    const name = field.replace('?', '');
    const one = own.get(name);
    own.delete(name);
    if (one === undefined ? name === field : !holds(of, one)) return false;
  }
  return own.size === 0;
}
