import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Id, Runbook } from '../../../../src/lib/core/runbook/model.ts';
import { hasGenerations, itemsOf } from '../../../../src/lib/core/runbook/walk.ts';
import { compiled, file, gate, step, stepWith, task } from '../../../support/compile.ts';
import { anyRunbook } from './support/any-runbook.ts';

describe('Id', () => {
  test.each(['a', 'connect-upstream', 'step-2', 'a1-2b'])('takes %s', (id) => {
    expect(Id.safeParse(id).success).toBe(true);
  });

  test.each(['', 'A', 'a_b', 'a--b', '-a', 'a-', '1a', 'a b', 'a.b', 'ä', 'a\n', '__proto__'])(
    'does not take %j',
    (id) => {
      expect(Id.safeParse(id).error?.issues[0]?.message).toBe(
        'An id is lower-case words joined by hyphens, for example `connect-upstream`.',
      );
    },
  );
});

test('any runbook is the same after it went through the schema and through JSON', () => {
  fc.assert(
    fc.property(anyRunbook, (runbook) => {
      expect(Runbook.parse(JSON.parse(JSON.stringify(runbook)))).toEqual(runbook);
    }),
  );
});

test('itemsOf has the steps and gates in reading order, without the passages', () => {
  const runbook = compiled(file(task(`Text.\n\n${step('', 'a')}\n\nText.\n\n${gate()}\n\n${step('', 'b')}`)));

  expect(itemsOf(runbook).map(({ id }) => id)).toEqual(['a', 'example-gate', 'b']);
});

test('the way to a setting hangs on the templates of Defender only', () => {
  const policyOf = (attributes: string, inputs: readonly string[]): boolean => {
    const [block] = stepWith(`<Policy ${attributes} />`, inputs).body;
    return block?.type === 'policy' && hasGenerations(block);
  };

  expect(policyOf('id="order-of-sources" state="disabled"', ['templates'])).toBe(true);
  expect(policyOf('id="vdi-shared-location" state="disabled"', ['templates'])).toBe(true);
  expect(policyOf('id="no-internet-locations" state="enabled"', [])).toBe(false);
});
