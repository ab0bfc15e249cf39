/**
 * How a branch travels in a page: `useProxy=yes;languages=all,subset` in a `data-when` attribute.
 * Input ids and option values hold none of the separators, so the text needs no escapes.
 */
import type { Condition } from '../runbook/model.ts';

export const writeBranch = (conditions: readonly Condition[]): string =>
  conditions.map(({ input, is }) => `${input}=${is.join(',')}`).join(';');

/** @example readBranch('useProxy=yes') //=> [{ input: 'useProxy', is: ['yes'] }] */
export const readBranch = (text: string): Condition[] =>
  text
    .split(';')
    .filter(Boolean)
    .map((condition) => {
      const [input = '', is = ''] = condition.split('=');
      return { input, is: is.split(',') };
    });
