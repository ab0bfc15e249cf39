/** Inputs of the update channels, as rows of the vocabulary. */
import type { Input } from '../sheet/inputs.ts';
import { beforeRows } from './policy-changes-inputs.ts';
import { channels, channelSettings, isForIntelligence, type Channel } from './update-channels-settings.ts';

type Row = Omit<Input, 'id'>;

const channel = (ring: string, updates: string, offered: readonly Channel[]): Row => ({
  kind: 'choice',
  group: 'group-policy',
  label: `Channel of ${updates} updates, ${ring} ring`,
  ask: `Select the channel of ${updates} updates for the ${ring} ring`,
  hint: 'Not Configured leaves the channel to Microsoft.',
  options: offered.map(({ id, label }) => ({ value: id, label })),
});
const intelligence = channels.filter(isForIntelligence);

export const updateChannelsInputs: Readonly<Record<string, Row>> = {
  channelSource: {
    kind: 'choice',
    group: 'clients',
    label: 'Source of Defender updates',
    ask: 'Select where clients get Defender updates',
    hint: 'The first source of their order of sources.',
    options: [
      { value: 'microsoft-update', label: 'Microsoft Update' },
      { value: 'wsus', label: 'WSUS' },
      { value: 'configuration-manager', label: 'Configuration Manager' },
      { value: 'file-share', label: 'A file share' },
    ],
  },
  pilotGpo: {
    kind: 'gpo',
    group: 'group-policy',
    label: 'Pilot GPO',
    ask: 'Enter the name of the pilot GPO',
    hint: 'Its display name in Group Policy Management.',
    example: 'MDAV_Settings_Pilot',
  },
  pilotPlatformChannel: channel('pilot', 'platform', channels),
  pilotEngineChannel: channel('pilot', 'engine', channels),
  pilotIntelligenceChannel: channel('pilot', 'security intelligence', intelligence),
  productionPlatformChannel: channel('production', 'platform', channels),
  productionEngineChannel: channel('production', 'engine', channels),
  productionIntelligenceChannel: channel('production', 'security intelligence', intelligence),
  ...beforeRows(channelSettings, 'pilot'),
  ...beforeRows(channelSettings, 'production'),
};
