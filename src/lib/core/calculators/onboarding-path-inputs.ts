/** Inputs of the onboarding path, as rows of the vocabulary. */
import type { Input } from '../sheet/inputs.ts';
import { collectionMixes, configMgrVersions, onboardingSystems } from './onboarding-path.ts';

type Row = Omit<Input, 'id'>;

const choice = (options: Readonly<Record<string, string>>, label: string, ask: string, hint: string): Row => ({
  kind: 'choice',
  group: 'clients',
  label,
  ask,
  hint,
  options: Object.entries(options).map(([value, text]) => ({ value, label: text })),
});

// Object.entries puts whole numbers first, smallest first; the newest version belongs at the top of the list.
const newestFirst = (['2409', '2207', '2107', 'older'] as const).map((id) => ({
  value: id,
  label: configMgrVersions[id],
}));

export const onboardingPathInputs: Readonly<Record<string, Row>> = {
  onboardSystem: choice(
    onboardingSystems,
    'Operating system to onboard',
    'Select the operating system to onboard',
    'One at a time: the path depends on it.',
  ),
  onboardConfigMgr: {
    ...choice(
      {},
      'Version of Configuration Manager',
      'Select the version of Configuration Manager',
      'Its year and month, as its name has them.',
    ),
    options: newestFirst,
  },
  onboardMix: choice(
    collectionMixes,
    'What else is in the collection',
    'Select what else is in the collection',
    'One policy goes to the whole collection.',
  ),
};
