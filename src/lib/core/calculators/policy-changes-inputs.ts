/** Inputs for what was recorded before a change of policies, as rows of the vocabulary: one for each registry value. */
import type { PolicySetting } from '../policy/setting-change.ts';
import type { Input } from '../sheet/inputs.ts';
import { beforeInput, recordedNames } from './policy-changes.ts';

type Row = Omit<Input, 'id'>;

/**
 * @param ring Begins the ids and the labels where several rings record the same values.
 * @example Object.keys(beforeRows([detectionSetting])) //=> ['beforeDetectionFrequency', 'beforeDetectionFrequencyEnabled']
 */
export const beforeRows = (settings: readonly PolicySetting[], ring = ''): Readonly<Record<string, Row>> =>
  Object.fromEntries(
    settings.flatMap(recordedNames).map((name): [string, Row] => {
      const of = ring ? `${name} of the ${ring} ring` : name;
      return [
        beforeInput(name, ring),
        {
          kind: 'exact',
          group: 'safety',
          label: `${of}, before`,
          ask: `Enter ${of} before the change`,
          hint: 'As the record command answers: Not configured, Disabled, or the exact value.',
          example: 'Not configured',
        },
      ];
    }),
  );
