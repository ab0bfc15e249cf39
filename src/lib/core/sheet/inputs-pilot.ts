/**
 * Inputs of the pilot ring, and of freezing a ring and recovering it, as rows of the vocabulary.
 */
import type { Input } from './inputs.ts';

type Row = Omit<Input, 'id'>;

export const pilotInputs: Readonly<Record<string, Row>> = {
  pilotOu: {
    kind: 'ou',
    group: 'group-policy',
    label: 'Pilot OU',
    ask: 'Enter the OU of the pilot ring',
    hint: 'The distinguished name of the OU that holds its computers.',
    example: 'OU=Pilot,DC=contoso,DC=com',
  },
  targeting: {
    perRing: true,
    kind: 'choice',
    group: 'clients',
    label: 'Targeting',
    ask: 'Select who sorts computers into groups',
    hint: 'One way for the whole server.',
    options: [
      { value: 'client', label: 'Group Policy (client-side)' },
      { value: 'server', label: 'The WSUS console (server-side)' },
    ],
  },
  frozenRing: {
    perRing: true,
    kind: 'choice',
    group: 'clients',
    label: 'Ring to freeze',
    ask: 'Select the ring to freeze',
    hint: 'One at a time; production first.',
    options: [
      { value: 'production', label: 'Production' },
      { value: 'pilot', label: 'Pilot' },
    ],
  },
  badPart: {
    kind: 'choice',
    group: 'clients',
    label: 'What is at fault',
    ask: 'Select which update is at fault',
    hint: 'If in doubt, the one whose version changed last.',
    options: [
      { value: 'intelligence', label: 'Security intelligence' },
      { value: 'engine', label: 'Engine' },
      { value: 'platform', label: 'Platform' },
    ],
  },
  badVersion: {
    kind: 'text',
    group: 'clients',
    label: 'Version at fault',
    ask: 'Enter the version that is at fault',
    hint: 'As Get-MpComputerStatus prints it on an affected computer.',
    example: '1.427.3.0',
  },
  freezeApprover: {
    kind: 'text',
    group: 'safety',
    label: 'Approver of the freeze',
    ask: 'Enter who approves the freeze',
    hint: 'Whoever may approve an emergency change.',
    example: 'Change manager on call',
  },
  policyBy: {
    kind: 'choice',
    group: 'clients',
    label: 'Defender policy comes from',
    ask: 'Select what sets the order of sources of these computers',
    hint: 'The tool that sets their order of sources.',
    options: [
      { value: 'group-policy', label: 'Group Policy' },
      { value: 'intune', label: 'Intune' },
      { value: 'configuration-manager', label: 'Configuration Manager' },
    ],
  },
};
