/** Changes of the catalogue's policies for properties, with data that their rules accept. */
import * as fc from 'fast-check';
import { policyStates } from '../../../../../src/lib/core/policy/generation.ts';
import type { Policy } from '../../../../../src/lib/core/policy/policy.ts';
import { settingChange, type Datum, type SettingChange } from '../../../../../src/lib/core/policy/setting-change.ts';
import { catalogue } from './catalogue.ts';

const word = fc
  .string({ unit: fc.constantFrom(...'abcXYZ09-'), minLength: 1, maxLength: 12 })
  .map((text) => `a${text}z`);

function dataFor(rule: Policy['elements'][number]['data']): fc.Arbitrary<Datum> {
  switch (rule.is) {
    case 'sources':
      return fc.shuffledSubarray(rule.tokens, { minLength: 1 }).map((tokens) => tokens.join('|'));
    case 'shares':
      return fc
        .array(fc.tuple(word, fc.constantFrom('new', 'root', "O'B $", '100%', 'ring ‘1’')), {
          minLength: 1,
          maxLength: rule.most ?? 3,
        })
        .map((names) => names.map(([host, share]) => `\\\\${host}\\${share}`).join('|'));
    case 'url':
      return fc
        .tuple(fc.constantFrom('http', 'https'), word, fc.integer({ min: 1, max: 65_535 }))
        .map(([scheme, host, port]) => `${scheme}://${host}:${port}`);
    case 'group-names':
      return fc
        .array(
          word.map((name) => `${name} "ring"`),
          { minLength: 1, maxLength: 3 },
        )
        .map((names) => names.join(';'));
    case 'text':
      return word;
    case 'whole-number':
      return fc.integer({ min: rule.min, max: rule.max });
    case 'choice':
      return fc.constantFrom(...rule.options.map((option) => option.data));
  }
}

/** Any state of any policy. */
export const anyPolicyChange: fc.Arbitrary<readonly [Policy, SettingChange]> = fc
  .record({ policy: fc.constantFrom(...catalogue), state: fc.constantFrom(...policyStates) })
  .chain(({ policy, state }) => {
    const values = Object.fromEntries(policy.elements.map((element) => [element.id, dataFor(element.data)]));
    const requiredKeys = policy.elements.filter((element) => element.required).map((element) => element.id);
    const data = state === 'enabled' ? fc.record(values, { requiredKeys }) : fc.constant({});
    return data.map((given) => {
      const change = settingChange(policy, state, given);
      if (!change.ok) throw new Error(change.why);
      return [policy, change.value] as const;
    });
  });
