/** Inputs of the version reader, as rows of the vocabulary. */
import type { Input } from '../sheet/inputs.ts';

type Row = Omit<Input, 'id'>;

const row = (label: string, ask: string, hint: string, example: string): Row => ({
  kind: 'text',
  group: 'clients',
  label,
  ask,
  hint,
  example,
});

export const versionReaderInputs: Readonly<Record<string, Row>> = {
  platformVersion: row(
    'Platform version',
    'Enter the platform version',
    'AMProductVersion of Get-MpComputerStatus.',
    '4.18.25020.1009',
  ),
  engineVersion: row(
    'Engine version',
    'Enter the engine version',
    'AMEngineVersion of Get-MpComputerStatus.',
    '1.1.25030.1',
  ),
  intelligenceVersion: row(
    'Security intelligence version',
    'Enter the security intelligence version',
    'AntivirusSignatureVersion of Get-MpComputerStatus.',
    '1.427.3.0',
  ),
  newestPlatform: row(
    'Newest platform',
    'Enter the newest platform version',
    "N: the first one in Microsoft's list of updates.",
    '4.18.25030.2',
  ),
  oldestPlatform: row(
    'Oldest supported platform',
    'Enter the oldest supported platform version',
    "N-2: the third one in Microsoft's list, counted by release.",
    '4.18.25010.11',
  ),
  newestEngine: row(
    'Newest engine',
    'Enter the newest engine version',
    "N: the first one in Microsoft's list of updates.",
    '1.1.25030.1',
  ),
  oldestEngine: row(
    'Oldest supported engine',
    'Enter the oldest supported engine version',
    "N-2: the third one in Microsoft's list, counted by release.",
    '1.1.25010.7',
  ),
};
