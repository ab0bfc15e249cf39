/** Inputs of the offboarding package calculator, as rows of the vocabulary. */
import type { Input } from '../sheet/inputs.ts';

type Row = Omit<Input, 'id'>;

export const offboardingPackageInputs: Readonly<Record<string, Row>> = {
  offboardFile: {
    kind: 'text',
    group: 'safety',
    label: 'File name of the offboarding package',
    ask: 'Enter the file name of the offboarding package',
    hint: 'As it was downloaded: the day until which it is valid stands in it.',
    example: 'WindowsDefenderATPOffboardingScript_valid_until_2026-11-27.cmd',
  },
  offboardDownloaded: {
    kind: 'date',
    group: 'safety',
    label: 'Day of download',
    ask: 'Enter the day on which the package was downloaded',
    hint: 'Needed only where the file name has no day.',
    example: '2026-11-20',
  },
};
