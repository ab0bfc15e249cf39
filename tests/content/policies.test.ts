import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generations } from '../../src/lib/core/policy/generation.ts';
import { Policy, type PolicyElement } from '../../src/lib/core/policy/policy.ts';
import { fieldFaults } from '../../src/lib/core/runbook/field-lint.ts';
import { catalogue, catalogueFiles, policyNamed } from '../lib/core/policy/support/catalogue.ts';

describe('the policy catalogue', () => {
  it('has the policies that the runbooks need', () => {
    expect(catalogue.map((policy) => policy.id)).toEqual(
      expect.arrayContaining([
        'client-side-targeting',
        'configure-automatic-updates',
        'detection-frequency',
        'file-shares',
        'intranet-update-service',
        'order-of-sources',
      ]),
    );
  });

  describe.each(catalogueFiles)('%s', (name, content) => {
    it('fits the schema', () => {
      expect(Policy.safeParse(content).error?.issues ?? []).toEqual([]);
    });

    it('is named after its id', () => {
      expect(content).toMatchObject({ id: name.replace(/\.json$/, '') });
    });

    it('spells the words of the field as they are', () => {
      expect(fieldFaults(JSON.stringify(content))).toEqual([]);
    });
  });

  it.each(catalogue.map((policy) => [policy.id, policy] as const))(
    'deletes or resets on Disabled every value that %s writes on Enabled',
    (_, policy) => {
      const enabled = [...policy.elements, ...policy.enabled.writes].map((write) => write.valueName);
      expect(policy.disabled.writes.map((write) => write.valueName).sort()).toEqual(enabled.sort());
    },
  );

  it.each(['order-of-sources', 'file-shares'])('says where %s stands in all four Defender generations', (id) => {
    const { places, notSeenIn } = policyNamed(id);
    expect(places.flatMap((place) => place.generations)).toEqual(generations);
    expect(notSeenIn).toBeUndefined();
  });

  it('never pairs the old folders with the new titles', () => {
    for (const place of catalogue.flatMap((policy) => policy.places)) {
      if (place.path.includes('Signature Updates')) expect(place.title).not.toMatch(/security intelligence/i);
      if (place.path.includes('Windows Defender')) expect(place.path).toContain('Signature Updates');
    }
  });
});

// The template data is 200 kB of Microsoft's templates as JSON. It is no part of the project; where it lies beside the project's
// folder, the catalogue is compared with it word for word.
const templateData = new URL(['..', '..', '..', 'shared', 'facts', 'admx.json'].join('/'), import.meta.url);
const hasTemplateData = existsSync(templateData);

interface AdmxElement {
  readonly element: string;
  readonly key: string;
  readonly valueName: string;
  readonly type: string;
  readonly required: boolean;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly items?: readonly { readonly display: string; readonly data: number }[];
  readonly presentation: { readonly label: string; readonly defaultItem?: string; readonly defaultValue?: string };
}
interface AdmxValue {
  readonly data: number;
}
interface AdmxPolicy {
  readonly name: string;
  readonly displayName: string;
  readonly categoryPath: readonly string[];
  readonly key: string;
  readonly valueName?: string;
  readonly file: string;
  readonly enabledValue?: AdmxValue;
  readonly disabledValue?: AdmxValue;
  readonly enabledList?: readonly { readonly key: string; readonly valueName: string; readonly value: AdmxValue }[];
  readonly disabledList?: AdmxPolicy['enabledList'];
  readonly elements: readonly AdmxElement[];
}

const admxPolicies: readonly AdmxPolicy[] = hasTemplateData
  ? (JSON.parse(readFileSync(templateData, 'utf8')) as { policies: AdmxPolicy[] }).policies
  : [];
const admxNamed = (name: string): AdmxPolicy => {
  const found = admxPolicies.find((policy) => policy.name === name);
  if (!found) throw new Error(`The templates have no policy ${name}.`);
  return found;
};

/** Registry keys are compared as Windows does, without regard to case. */
const pathOf = (key: string, valueName: string): string => `${key}\\${valueName}`.toLowerCase();

const ruleOf = ({ data }: PolicyElement): object => {
  if (data.is === 'whole-number') return { element: 'decimal', min: data.min, max: data.max };
  if (data.is !== 'choice') return { element: 'text', maxLength: data.maxLength };
  const values = data.options.map((option) => option.data);
  return data.options.some((option) => option.label === 'ticked')
    ? { element: 'boolean', values }
    : { element: 'enum', items: data.options.map(({ data: value, label }) => ({ data: value, display: label })) };
};
const admxRuleOf = ({ element, min, max, maxLength, items }: AdmxElement): object => {
  if (element === 'decimal') return { element, min, max };
  if (element === 'text') return { element, maxLength };
  if (element === 'boolean') return { element, values: [0, 1] };
  return { element, items: items?.map(({ data, display }) => ({ data, display })) };
};

describe.skipIf(!hasTemplateData)(
  `the catalogue beside Microsoft's templates${hasTemplateData ? '' : ' (skipped: the template data is not on this machine)'}`,
  () => {
    describe.each(catalogue.map((policy) => [policy.id, policy] as const))('%s', (_, policy) => {
      it('has the name, file, key, folder and title of the newest template', () => {
        const admx = admxNamed(policy.admx);
        const newest = policy.places.at(-1);
        expect({
          file: policy.template,
          key: policy.key.toLowerCase(),
          path: ['Windows Components', ...(newest?.path ?? [])],
          title: newest?.title,
        }).toEqual({
          file: admx.file,
          key: admx.key.toLowerCase(),
          path: admx.categoryPath,
          title: admx.displayName,
        });
      });

      it('has the template’s elements with label, value, type and bounds', () => {
        const { elements } = admxNamed(policy.admx);
        for (const element of policy.elements) {
          const path = pathOf(element.key ?? policy.key, element.valueName);
          const admx = elements.find((candidate) => pathOf(candidate.key, candidate.valueName) === path);
          expect({ label: element.label, type: element.type, ...ruleOf(element) }).toEqual({
            label: admx?.presentation.label,
            type: admx?.type,
            ...(admx && admxRuleOf(admx)),
          });
          if (element.required) expect(admx?.required).toBe(true);
        }
      });

      it('asks for every text and number that the template asks for', () => {
        const asked = admxNamed(policy.admx).elements.filter(
          ({ element, required }) => required && (element === 'text' || element === 'decimal'),
        );
        const names = policy.elements.filter((element) => element.required).map((element) => element.valueName);
        expect(names).toEqual(expect.arrayContaining(asked.map((element) => element.valueName)));
      });

      it('writes the template’s numbers on Enabled and on Disabled', () => {
        const admx = admxNamed(policy.admx);
        const listed = (value: AdmxValue | undefined, list: AdmxPolicy['enabledList']): string[] => [
          ...(value && admx.valueName ? [`${pathOf(admx.key, admx.valueName)}=${value.data}`] : []),
          ...(list ?? []).map((item) => `${pathOf(item.key, item.valueName)}=${item.value.data}`),
        ];
        const written = (writes: Policy['disabled']['writes']): string[] =>
          writes.flatMap((write) =>
            'data' in write ? [`${pathOf(write.key ?? policy.key, write.valueName)}=${write.data}`] : [],
          );
        expect(written(policy.enabled.writes)).toEqual(listed(admx.enabledValue, admx.enabledList));
        expect(written(policy.disabled.writes)).toEqual(listed(admx.disabledValue, admx.disabledList));
      });
    });
  },
);
