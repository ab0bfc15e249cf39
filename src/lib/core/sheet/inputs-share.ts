/**
 * Inputs of rings that take their security intelligence from a file share, as rows of the vocabulary.
 */
import type { Input } from './inputs.ts';

type Row = Omit<Input, 'id'>;

const yesNo = (label: string, ask: string, hint: string): Row => ({
  kind: 'yes-no',
  group: 'clients',
  label,
  ask,
  hint,
  options: [
    { value: 'yes', label: 'Yes' },
    { value: 'no', label: 'No' },
  ],
});
const folder = (label: string, ask: string, hint: string, example: string): Row => ({
  kind: 'path',
  group: 'clients',
  label,
  ask,
  hint,
  example,
});
const time = (label: string, ask: string, hint: string, example: string): Row => ({
  kind: 'time',
  group: 'schedule',
  label,
  ask,
  hint,
  example,
});

export const shareInputs: Readonly<Record<string, Row>> = {
  shareHost: {
    kind: 'host',
    group: 'clients',
    label: 'Host of the shares',
    ask: 'Enter the server that downloads and shares the packages',
    hint: 'A Windows Server that runs Defender Antivirus.',
    example: 'files1.contoso.com',
  },
  downloadBy: {
    kind: 'choice',
    group: 'clients',
    label: 'Packages come',
    ask: 'Select how packages get onto the host',
    hint: 'The script needs a host that reaches Microsoft.',
    options: [
      { value: 'script', label: "By Microsoft's script, on a schedule" },
      { value: 'hand', label: 'By hand' },
    ],
  },
  has32Bit: yesNo(
    '32-bit computers',
    'Select yes if any computer runs 32-bit Windows',
    'They need packages of their own.',
  ),
  scriptFolder: folder(
    'Script folder',
    'Enter the folder of the scripts on the host',
    'Where only administrators may write.',
    'C:\\Tool\\PS-Scripts',
  ),
  pilotFolder: folder(
    'Pilot folder',
    "Enter the pilot's folder on the host",
    'As a local path on the host, without x64.',
    'D:\\Defender\\Pilot',
  ),
  productionFolder: folder(
    'Production folder',
    "Enter production's folder on the host",
    'As a local path on the host, without x64.',
    'D:\\Defender\\Production',
  ),
  pilotShare: folder(
    'Pilot share',
    "Enter the pilot's share",
    'As \\\\server\\share, without x64.',
    '\\\\files1.contoso.com\\defender-pilot',
  ),
  productionShare: folder(
    'Production share',
    "Enter production's share",
    'As \\\\server\\share, without x64.',
    '\\\\files1.contoso.com\\defender-production',
  ),
  downloadTime: time(
    'Time of the download',
    'Enter the time of the daily download',
    'By the clock of the host.',
    '05:00',
  ),
  copyTime: time(
    'Time of the copy',
    'Enter the time of the daily copy to production',
    'By the clock of the host, at least the soak time after the download.',
    '18:00',
  ),
  useVdi: yesNo(
    'Virtual desktops',
    'Select yes if virtual desktops share unpacked packages',
    'Shared security intelligence spares each of them the unpacking.',
  ),
  vdiFolder: folder(
    'VDI folder',
    'Enter the folder of unpacked packages on the host',
    'As a local path on the host, inside the folder that is shared.',
    'D:\\Defender\\Vdi\\wdav-update',
  ),
  vdiShare: folder(
    'VDI location',
    'Enter the location of unpacked packages',
    'As \\\\server\\share\\wdav-update.',
    '\\\\files1.contoso.com\\mdatp$\\wdav-update',
  ),
  vdiGpo: {
    kind: 'gpo',
    group: 'group-policy',
    label: 'VDI GPO',
    ask: 'Enter the name of the GPO of the virtual desktops',
    hint: 'Its display name in Group Policy Management.',
    example: 'MDAV_Settings_VDI',
  },
  vdiOu: {
    kind: 'ou',
    group: 'group-policy',
    label: 'VDI OU',
    ask: 'Enter the OU of the virtual desktops',
    hint: 'The distinguished name of the OU that holds its computers.',
    example: 'OU=VDI,DC=contoso,DC=com',
  },
  vdiClient: {
    kind: 'host',
    group: 'clients',
    label: 'Sample virtual desktop',
    ask: 'Enter the virtual desktop to verify on',
    hint: 'One that may be restarted.',
    example: 'vdi-0003',
  },
};
