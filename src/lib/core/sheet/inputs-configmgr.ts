/**
 * Inputs of the runbooks for Configuration Manager, as rows of the vocabulary. What its automatic deployment rules need
 * for their times is in `calculators/configmgr-rule-inputs.ts`.
 *
 * Workspace ID and workspace key have no row: the key is a secret, and both are typed in the console only.
 */
import type { Input } from './inputs.ts';

type Row = Omit<Input, 'id'>;
/** In every row: label, instruction when empty, hint, example. */
type Words = readonly [label: string, ask: string, hint: string, example: string];

const client = (kind: 'text' | 'host', [label, ask, hint, example]: Words): Row => ({
  kind,
  group: 'clients',
  label,
  ask,
  hint,
  example,
});

export const configmgrInputs: Readonly<Record<string, Row>> = {
  pilotCollection: client('text', [
    'Pilot collection',
    'Enter the collection of the pilot ring',
    'A device collection, by its name in the console.',
    'Windows_Security_Intelligence_Pilot',
  ]),
  productionCollection: client('text', [
    'Production collection',
    'Enter the collection of the production ring',
    'A device collection without the devices of the pilot.',
    'Windows_Security_Intelligence_Production',
  ]),
  pilotRule: client('text', [
    'Rule of the pilot ring',
    'Enter the name of the rule for the pilot ring',
    'As it is to stand under Automatic Deployment Rules.',
    'MDE-MDAV_Security_Intelligence_Update_Pilot',
  ]),
  productionRule: client('text', [
    'Rule of the production ring',
    'Enter the name of the rule for the production ring',
    'As it is to stand under Automatic Deployment Rules.',
    'MDE-MDAV_Security_Intelligence_Update_Production',
  ]),
  antimalwarePolicy: client('text', [
    'Antimalware policy',
    'Enter the name of the antimalware policy',
    'The one that says where devices take their updates from.',
    'MDAV update source',
  ]),
  packageSource: {
    ...client('text', [
      'Source of the deployment package',
      'Enter the folder for the files of the deployment package',
      'A shared folder that no other package uses.',
      '\\\\sccm\\deployment\\MDE-MDAV',
    ]),
    kind: 'path',
  },
  pilotSample: client('host', [
    'Pilot device to verify on',
    'Enter the pilot device to verify on',
    'One device of the pilot ring.',
    'pc-0042',
  ]),

  onboardWork: {
    kind: 'choice',
    group: 'clients',
    label: 'What is to be done',
    ask: 'Select what is to be done',
    hint: 'A renewal is for devices that are onboarded already.',
    options: [
      { value: 'onboard', label: 'Onboard devices' },
      { value: 'renew', label: 'Renew the onboarding information' },
    ],
  },
  onboardServers: {
    kind: 'yes-no',
    group: 'clients',
    label: 'Windows Server 2012 R2 or 2016',
    ask: 'Select yes if Windows Server 2012 R2 or 2016 is among the devices',
    hint: 'These get the MDE Client by a client setting.',
    options: [
      { value: 'yes', label: 'Yes' },
      { value: 'no', label: 'No' },
    ],
  },
  onboardCollection: client('text', [
    'Onboarding collection',
    'Enter the collection that gets the onboarding policy',
    'A device collection, by its name in the console.',
    'MDE Onboarding',
  ]),
  validationCollection: client('text', [
    'Validation collection',
    'Enter the collection of the first devices',
    'A few devices, whose owners know of it.',
    'MDE Onboarding Validation',
  ]),
  onboardPolicy: client('text', [
    'Onboarding policy',
    'Enter the name of the onboarding policy',
    'As it stands under Microsoft Defender ATP Policies.',
    'MDE onboarding',
  ]),
  clientSettings: client('text', [
    'Client settings for the servers',
    'Enter the name of the client settings',
    'Custom device settings, for these servers only.',
    'MDE Client for servers',
  ]),
  fileSamples: {
    kind: 'choice',
    group: 'clients',
    label: 'File samples',
    ask: 'Select which file samples devices may share',
    hint: 'Whoever answers for data protection decides.',
    options: [
      { value: 'all', label: 'All file types' },
      { value: 'none', label: 'None' },
    ],
  },
  onboardDevice: client('host', [
    'Device to verify on',
    'Enter the device to verify on',
    'One device of the validation collection.',
    'pc-0042',
  ]),

  offboardCollection: client('text', [
    'Offboarding collection',
    'Enter the collection of the devices to offboard',
    'A device collection that nothing else uses.',
    'MDE Offboarding',
  ]),
  offboardFirst: client('text', [
    'Collection of the first device',
    'Enter the collection of the first device to offboard',
    'It holds this one device, and has no onboarding policy.',
    'MDE Offboarding First',
  ]),
  offboardPolicy: client('text', [
    'Offboarding policy',
    'Enter the name of the offboarding policy',
    'As it is to stand under Microsoft Defender ATP Policies.',
    'MDE offboarding 2026-11-20',
  ]),
  offboardDevice: client('host', [
    'First device to offboard',
    'Enter the first device to offboard',
    'One device that is at hand and switched on.',
    'pc-0117',
  ]),
};
