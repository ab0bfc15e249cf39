/**
 * Shapes: what data from outside must look like, in every reader's browser. One value is the check, its sentences and,
 * by inference, the type.
 *
 * Where only the build reads (front matter, catalogue, compiled runbooks) zod does this. Here every kilobyte stands
 * before the first tick, and zod/mini with the few checks needed is 8 kB of the 12.
 */
import { ok, refuse, type Result } from './result.ts';

/** Reads a value, or says in a sentence why it cannot. Never throws, whatever the value. */
export type Shape<T> = (value: unknown) => Result<T>;

/** The type that a shape reads. */
export type InferShape<S> = S extends Shape<infer T> ? T : never;

/** What is wrong with a value of the right type; nothing when all is well. */
export type Rule<T = string> = (value: T) => string | undefined;

/** Holds, or the sentence. */
export const must = /* @__NO_SIDE_EFFECTS__ */ <T = string>(holds: (value: T) => boolean, why: string): Rule<T> =>
  (value) =>
    holds(value) ? undefined : why;

/** The sentence of the first rule that the value breaks. */
export function firstFault<T>(value: T, rules: readonly Rule<T>[]): string | undefined {
  for (const rule of rules) {
    const why = rule(value);
    if (why !== undefined) return why;
  }
  return undefined;
}

const keeping = <T>(value: T, rules: readonly Rule<T>[]): Result<T> => {
  const fault = firstFault(value, rules);
  return fault === undefined ? ok(value) : refuse(fault);
};

/** Text that keeps all rules, tried in their order. */
export const text = /* @__NO_SIDE_EFFECTS__ */ (why: string, ...rules: Rule[]): Shape<string> =>
  (value) =>
    typeof value === 'string' ? keeping(value, rules) : refuse(why);

/** A finite number that keeps all rules. */
export const number = /* @__NO_SIDE_EFFECTS__ */ (why: string, ...rules: Rule<number>[]): Shape<number> =>
  (value) =>
    typeof value === 'number' && Number.isFinite(value) ? keeping(value, rules) : refuse(why);

/** One of the given values. */
export const oneOf = /* @__NO_SIDE_EFFECTS__ */ <const T extends string | number>(
    values: readonly T[],
    why: string,
  ): Shape<T> =>
  (value) => {
    const found = values.find((candidate) => candidate === value);
    return found === undefined ? refuse(why) : ok(found);
  };

/** A list. */
export const list = /* @__NO_SIDE_EFFECTS__ */ <T>(item: Shape<T>, why: string): Shape<T[]> =>
  (value) => {
    if (!Array.isArray(value)) return refuse(why);
    const items: T[] = [];
    for (const entry of value) {
      const read = item(entry);
      if (!read.ok) return read;
      items.push(read.value);
    }
    return ok(items);
  };

/** A field that may be left out. */
export interface Optional<T> {
  readonly optional: Shape<T>;
}
export const optional = /* @__NO_SIDE_EFFECTS__ */ <T>(shape: Shape<T>): Optional<T> => ({ optional: shape });

export type Fields = Readonly<Record<string, Shape<unknown> | Optional<unknown>>>;
type Required<F extends Fields> = { [K in keyof F as F[K] extends Optional<unknown> ? never : K]: InferShape<F[K]> };
type Left<F extends Fields> = {
  [K in keyof F as F[K] extends Optional<unknown> ? K : never]?: F[K] extends Optional<infer T> ? T : never;
};
type Flat<T> = { [K in keyof T]: T[K] };
/** The type of an object with these fields. */
export type Fielded<F extends Fields> = Flat<Required<F> & Left<F>>;

/**
 * An object with these fields and no others; own fields only, so that no inherited name passes for data.
 *
 * @param why What to say of a value that is no object.
 * @param whyMore What to say of a field too many.
 */
export const object = /* @__NO_SIDE_EFFECTS__ */ <F extends Fields>(
    fields: F,
    why: string,
    whyMore = why,
  ): Shape<Fielded<F>> =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(why);
    const read: Record<string, unknown> = {};
    for (const [name, field] of Object.entries(fields)) {
      const own: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
      const isOptional = typeof field !== 'function';
      if (isOptional && own === undefined) continue;
      const answer = (isOptional ? field.optional : field)(own);
      if (!answer.ok) return answer;
      read[name] = answer.value;
    }
    return Object.keys(value).some((name) => !Object.hasOwn(fields, name)) ? refuse(whyMore) : ok(read as Fielded<F>);
  };
