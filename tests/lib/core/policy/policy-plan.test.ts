import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formNames } from '../../../../src/lib/core/policy/forms.ts';
import { beforeField, policyFields } from '../../../../src/lib/core/policy/policy-fields.ts';
import { policyPlan, type PlanItem, type PolicyPlan } from '../../../../src/lib/core/policy/policy-plan.ts';
import { undoChange } from '../../../../src/lib/core/policy/setting-change.ts';
import type { Policy } from '../../../../src/lib/core/policy/policy.ts';
import { makeSheet } from '../../../../src/lib/core/sheet/sheet.ts';
import { anyPolicyChange } from './support/any-change.ts';
import { catalogue, policyNamed } from './support/catalogue.ts';
import { toldByChange, toldByForm } from './support/read-forms.ts';

const order = policyNamed('order-of-sources');

const planOf = (policy: Policy, raw: Readonly<Record<string, string>>): PolicyPlan => {
  const fields = Object.fromEntries(policyFields(policy).map(({ input }) => [input.id, input]));
  return policyPlan(policy, makeSheet(raw, fields, { today: '2026-11-20' }));
};
const sectionsOf = (plan: PolicyPlan) => (plan.state === 'ready' ? plan.sections : []);
const itemsOf = (plan: PolicyPlan): PlanItem[] => sectionsOf(plan).flatMap(({ items }) => items);
const waitsOf = (plan: PolicyPlan): string[] =>
  itemsOf(plan).flatMap((item) => ('waitsFor' in item ? [`${item.form}: ${item.waitsFor.join()}`] : []));

const whole = {
  state: 'enabled',
  order: 'MMPC',
  gpo: 'Production',
  'backup-to': 'C:\\GPO',
  'apply-to': 'Ring 2',
  'link-to': 'OU=Ring 2,DC=corp,DC=example',
  before: 'enabled',
  'before-order': 'MicrosoftUpdateServer|MMPC',
};

describe('the plan of a policy', () => {
  it('waits for the state, and then for the data that the state needs', () => {
    expect(planOf(order, {})).toEqual({ state: 'waiting', waitsFor: ['state'] });
    expect(planOf(order, { state: 'enabled' })).toEqual({ state: 'waiting', waitsFor: ['order'] });
    expect(planOf(order, { state: 'disabled' }).state).toBe('ready');
  });

  it('has no form at all while the data is wrong, whether it may be left out or not', () => {
    expect(planOf(order, { ...whole, order: 'FileShare' })).toEqual({ state: 'waiting', waitsFor: ['order'] });
    const window = policyNamed('randomization-window');
    expect(planOf(window, { state: 'enabled', hours: '99' })).toEqual({ state: 'waiting', waitsFor: ['hours'] });
  });

  it('has what needs no object without its name, and says what the rest waits for', () => {
    const plan = planOf(order, { state: 'enabled', order: 'MMPC' });
    expect(waitsOf(plan)).toEqual([
      'record: gpo',
      'backup: gpo,backup-to',
      'new-gpo: gpo',
      'group-policy: gpo',
      'filter: gpo,apply-to',
      'link: gpo,link-to',
      'verify: gpo',
      'group-policy: before',
    ]);
    expect(itemsOf(plan).some((item) => 'bytes' in item && item.fileName === 'order-of-sources.reg')).toBe(true);
  });

  it('takes no name of an object that is wrong', () => {
    expect(waitsOf(planOf(order, { ...whole, gpo: 'a/b' }))).toContain('group-policy: gpo');
  });

  it('is in the order of the work, whole', () => {
    const plan = planOf(order, whole);
    expect(waitsOf(plan)).toEqual([]);
    expect(sectionsOf(plan).map(({ id, items }) => `${id}: ${[...new Set(items.map(({ form }) => form))].join(' ')}`))
      .toMatchInlineSnapshot(`
      [
        "hand: clicks",
        "object: record backup new-gpo group-policy filter link",
        "verify: verify",
        "computer: preference reg reg-file lgpo registry-pol",
        "mdm: csp",
        "undo: clicks group-policy preference reg reg-file lgpo registry-pol csp verify",
      ]
    `);
    for (const name of formNames) expect(itemsOf(plan).map(({ form }) => form)).toContain(name);
  });

  it('waits with the undo for what was there before, and says when there is nothing to undo', () => {
    expect(waitsOf(planOf(order, { ...whole, 'before-order': '' }))).toEqual(['group-policy: before-order']);
    const idle = sectionsOf(planOf(order, { state: 'not-configured', before: 'not-configured', gpo: 'G' })).at(-1);
    expect(idle?.items).toEqual([
      {
        form: 'group-policy',
        title: 'Put back exactly what was there before',
        refusal: 'The change leaves everything as it was before.',
      },
    ]);
  });

  it('puts back any recorded text of any policy to the letter', () => {
    const withText = catalogue.filter(({ elements: [first, ...more] }) => first?.type === 'REG_SZ' && !more.length);
    fc.assert(
      fc.property(fc.constantFrom(...withText), fc.string({ unit: 'grapheme', minLength: 1 }), (policy, text) => {
        const [element] = policy.elements;
        if (!element) throw new Error('A policy with text has an element.');
        const plan = planOf(policy, {
          state: 'disabled',
          gpo: 'G',
          before: 'enabled',
          [beforeField(element.id)]: text,
        });
        const undo = sectionsOf(plan).find(({ id }) => id === 'undo')?.items ?? [];
        if (undo.some((item) => 'waitsFor' in item)) return;
        const change = undoChange(policy, { state: 'enabled', values: { [element.id]: text } });
        if (!change.ok) throw new Error(change.why);
        // Every form of the undo does what the change back to the record does.
        const told = toldByForm(
          undo.flatMap((item) => ('waitsFor' in item ? [] : [item])),
          'reg-file',
        );
        if (!('refusals' in told)) expect(told).toEqual(change.value.writes.map(toldByChange));
      }),
    );
  });

  it('of any change has the forms of that change', () => {
    fc.assert(
      fc.property(anyPolicyChange, ([policy, change]) => {
        const values = Object.fromEntries(
          policy.elements.flatMap(({ id, valueName }) =>
            change.writes.flatMap((write) =>
              write.valueName === valueName && 'data' in write && change.state === 'enabled'
                ? [[id, String(write.data)]]
                : [],
            ),
          ),
        );
        const plan = planOf(policy, { state: change.state, ...values, gpo: 'G' });
        expect(plan.state === 'ready' && plan.change).toEqual(change);
      }),
    );
  });
});

describe('the fields of a policy', () => {
  it('have names of their own, whatever the elements are called', () => {
    for (const policy of catalogue) {
      const names = policyFields(policy).map(({ input }) => input.id);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it.each<readonly [policy: string, field: string, text: string, message: string]>([
    [
      'order-of-sources',
      'order',
      'MMPC|FileShare',
      'FallbackOrder names FileShare, which is not a source: write FileShares',
    ],
    [
      'order-of-sources',
      'order',
      '{ MMPC }',
      'FallbackOrder holds braces or spaces: write only the sources with | between them, for example InternalDefinitionUpdateServer|MicrosoftUpdateServer',
    ],
    ['detection-frequency', 'hours', '48', 'DetectionFrequency must be 22 or less'],
    ['detection-frequency', 'hours', 'four', 'DetectionFrequency must be a whole number'],
    [
      'file-shares',
      'shares',
      'c:\\new',
      'DefinitionUpdateFileSharesSources must hold paths such as \\\\server\\share, with only | between them',
    ],
    ['intranet-update-service', 'service', 'wsus', 'WUServer must be an address such as http://wsus.example.com:8530'],
    [
      'detection-frequency',
      'before-hours',
      'x',
      'The value of DetectionFrequency before the change must be a whole number from 0 to 4294967295',
    ],
  ])('of %s say what is wrong with %s = %s', (id, name, text, message) => {
    const fields = Object.fromEntries(policyFields(policyNamed(id)).map(({ input }) => [input.id, input]));
    expect(makeSheet({ [name]: text }, fields, { today: '2026-11-20' })[name]).toMatchObject({
      state: 'wrong',
      message,
    });
  });
});
