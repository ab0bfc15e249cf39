import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { policyFields } from '../../../../src/lib/core/policy/policy-fields.ts';
import { policyPlan, type PlanSection } from '../../../../src/lib/core/policy/policy-plan.ts';
import { escapeText } from '../../../../src/lib/core/render/html.ts';
import { filesOf, planHtml } from '../../../../src/lib/core/render/policy-html.ts';
import { makeSheet } from '../../../../src/lib/core/sheet/sheet.ts';
import { policyNamed } from '../policy/support/catalogue.ts';

const targeting = policyNamed('client-side-targeting');
const sectionsOf = (raw: Readonly<Record<string, string>>): readonly PlanSection[] => {
  const fields = Object.fromEntries(policyFields(targeting).map(({ input }) => [input.id, input]));
  const plan = policyPlan(targeting, makeSheet(raw, fields, { today: '2026-11-20' }));
  return plan.state === 'ready' ? plan.sections : [];
};
const shown = (sections: readonly PlanSection[]): string =>
  planHtml(sections, (names) => `waits for ${names.join()}`).toString();

describe('the forms of a policy', () => {
  const sections = sectionsOf({ state: 'enabled', group: 'Ring 2', gpo: 'Production' });

  test('have a copy button on each command, and on each file one that saves the file of its number', () => {
    const markup = shown(sections);
    const texts = sections.flatMap(({ items }) =>
      items.filter((item) => 'text' in item && !('bytes' in item) && item.form !== 'clicks'),
    );

    expect(markup.match(/class="rb-button rb-copy"/g)).toHaveLength(texts.length);
    for (const [index, { fileName }] of filesOf(sections).entries()) {
      expect(markup).toContain(`data-save="${index}">Save<span class="rb-unseen"> ${fileName}</span>`);
    }
  });

  test('that wait have neither, and say for what', () => {
    const markup = shown(sectionsOf({ state: 'enabled', group: 'Ring 2' }).filter(({ id }) => id === 'object'));

    expect(markup).toContain('waits for gpo,backup-to');
    expect(markup).not.toContain('<button');
  });

  test('that are refused say why', () => {
    expect(shown(sectionsOf({ state: 'not-configured', gpo: 'G' }))).toContain(
      'LGPO text cannot take TargetGroup out of a policy again.',
    );
  });

  test('show any text as text', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }), (group) => {
        const made = sectionsOf({ state: 'enabled', group, gpo: 'G' });
        const markup = shown(made);
        for (const item of made.flatMap(({ items }) => items)) {
          if ('text' in item && item.form === 'group-policy') expect(markup).toContain(escapeText(item.text ?? ''));
        }
        // Tags come from the frame alone: as many as with a harmless text.
        if (made.length > 0) expect(markup.match(/<script|<img|<b>x/g)).toBeNull();
      }),
    );
  });
});
