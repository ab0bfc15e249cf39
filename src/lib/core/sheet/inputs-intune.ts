/**
 * Inputs of rings that take their updates from Microsoft Update, by Group Policy or by Intune, as rows of the vocabulary.
 *
 * One channel stands for platform and engine together, as the ring guides set them, and only channels that suit the ring are
 * offered. The calculator of update channels asks for each kind of update apart (`calculators/update-channels-inputs.ts`).
 */
import { channels, type Channel } from '../calculators/update-channels-settings.ts';
import type { Input } from './inputs.ts';

type Row = Omit<Input, 'id'>;

/** The channels of a ring, in the words of the consoles. */
const monthlyChannel = (ring: string, hint: string, offered: readonly Channel['id'][]): Row => ({
  kind: 'choice',
  group: 'clients',
  label: `Platform and engine channel, ${ring} ring`,
  ask: `Select the platform and engine channel of the ${ring} ring`,
  hint,
  options: channels.filter(({ id }) => offered.includes(id)).map(({ id, label }) => ({ value: id, label })),
});

const group = (ring: string, example: string): Row => ({
  kind: 'text',
  group: 'clients',
  label: `Microsoft Entra group, ${ring} ring`,
  ask: `Enter the Microsoft Entra group of the ${ring} ring`,
  hint: 'A security group of devices.',
  example,
});

const policy = (ring: string, example: string): Row => ({
  kind: 'text',
  group: 'clients',
  label: `Update policy, ${ring} ring`,
  ask: `Enter the name of the update policy of the ${ring} ring`,
  hint: 'Its name in the Intune admin center.',
  example,
});

export const intuneInputs: Readonly<Record<string, Row>> = {
  pilotMonthlyChannel: monthlyChannel('pilot', 'Beta is for test computers only.', ['beta', 'preview']),
  hasStagedRing: {
    kind: 'yes-no',
    group: 'clients',
    label: 'Staged ring',
    ask: 'Select yes if there is a ring between pilot and production',
    hint: 'About 10 % of the devices, as a sample of production.',
    options: [
      { value: 'yes', label: 'Yes' },
      { value: 'no', label: 'No' },
    ],
  },
  productionMonthlyChannel: monthlyChannel('production', 'Critical - Time delay waits 48 hours.', ['broad', 'delayed']),
  stagedClient: {
    kind: 'host',
    group: 'clients',
    label: 'Sample client, staged ring',
    ask: 'Enter the computer of the staged ring to verify on',
    hint: 'A computer of the staged ring.',
    example: 'pc-0071',
  },
  stagedGpo: {
    kind: 'gpo',
    group: 'group-policy',
    label: 'Staged GPO',
    ask: 'Enter the name of the staged GPO',
    hint: 'Its display name in Group Policy Management.',
    example: 'MDAV_Settings_Staged',
  },
  stagedOu: {
    kind: 'ou',
    group: 'group-policy',
    label: 'Staged OU',
    ask: 'Enter the OU of the staged ring',
    hint: 'The distinguished name of the OU that holds its computers.',
    example: 'OU=Staged,DC=contoso,DC=com',
  },
  pilotIntuneGroup: group('pilot', 'Defender-Pilot'),
  stagedIntuneGroup: group('staged', 'Defender-Staged'),
  productionIntuneGroup: group('production', 'Defender-Production'),
  pilotIntunePolicy: policy('pilot', 'Defender updates - Pilot'),
  stagedIntunePolicy: policy('staged', 'Defender updates - Staged'),
  productionIntunePolicy: policy('production', 'Defender updates - Production'),
  productionOrderPolicy: {
    kind: 'text',
    group: 'clients',
    label: 'Policy with the order of sources, production ring',
    ask: 'Enter the name of the policy that sets the order of sources of the production ring',
    hint: 'Another policy than the one with the channels.',
    example: 'Defender sources - Production',
  },
};
