/**
 * Shapes that read what a field of the sheet reads, in the same words: so a calculator that is called without a sheet
 * takes nothing that the page would refuse.
 */
import { ok, refuse, type Result } from '../result.ts';
import type { Shape } from '../shape.ts';
import { readField, type CellValue, type Field } from '../sheet/rules.ts';

function read(field: Field, raw: string): Result<CellValue> {
  const reading = readField(field, raw);
  if (reading.state === 'given') return ok(reading.value);
  return refuse(reading.state === 'wrong' ? reading.message : `Enter ${inSentence(field.label)}`);
}

const inSentence = (label: string): string =>
  (label.startsWith('This') ? '' : 'the ') + label.charAt(0).toLowerCase() + label.slice(1);

/**
 * Text that a field would take.
 *
 * @example textOf({ kind: 'group', label: 'Computer group' })('') //=> { ok: false, why: 'Enter the computer group' }
 * @example textOf({ kind: 'group', label: 'Computer group' })('a;b')
 *   //=> { ok: false, why: 'Computer group must be one group, without ;' }
 */
export const textOf = /* @__NO_SIDE_EFFECTS__ */ (field: Field): Shape<string> =>
  (value) => {
    const answer = read(field, typeof value === 'string' ? value : '');
    return answer.ok ? ok(String(answer.value)) : answer;
  };

/** A whole number that a field would take; text is not a number here. */
export const numberOf = /* @__NO_SIDE_EFFECTS__ */ (field: Field): Shape<number> =>
  (value) => {
    const answer = read(field, typeof value === 'number' ? String(value) : '');
    return answer.ok ? ok(Number(answer.value)) : answer;
  };

/**
 * Yes or no.
 *
 * @example yesOrNo('SSL for clients')('yes') //=> { ok: false, why: 'Select yes or no for SSL for clients' }
 */
export const yesOrNo = /* @__NO_SIDE_EFFECTS__ */ (label: string): Shape<boolean> =>
  (value) =>
    typeof value === 'boolean' ? ok(value) : refuse(`Select yes or no for ${label}`);

/** A whole number from `least` to `most`, for what a sheet offers as a choice. */
export const wholeFrom = /* @__NO_SIDE_EFFECTS__ */ (least: number, most: number, label: string): Shape<number> =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      ? ok(value)
      : refuse(`${label} must be a whole number from ${least} to ${most}`);
