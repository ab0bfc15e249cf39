/** Inputs of the ring size calculator, as rows of the vocabulary. */
import type { Input } from '../sheet/inputs.ts';

type Row = Omit<Input, 'id'>;

export const ringSizeInputs: Readonly<Record<string, Row>> = {
  ringDevices: {
    kind: 'count',
    largest: 10_000_000,
    group: 'clients',
    label: 'Devices in all',
    ask: 'Enter how many devices there are in all',
    hint: 'Clients and servers that run Defender Antivirus, whatever their ring.',
    example: '3000',
  },
  ringPilot: {
    kind: 'text',
    group: 'clients',
    label: 'Pilot ring',
    ask: 'Enter the size of the pilot ring',
    hint: 'A number of devices, or a percentage of all; the guides say 10 to 500 devices.',
    example: '50 or 2 %',
  },
  ringStaged: {
    kind: 'text',
    group: 'clients',
    label: 'Staged ring',
    ask: 'Enter the size of the staged ring',
    hint: 'A number of devices, or a percentage of all; leave it blank for no such ring.',
    example: '10 %',
  },
  ringEarly: {
    kind: 'text',
    group: 'clients',
    label: 'Early production ring',
    ask: 'Enter the size of the early production ring',
    hint: 'One more ring before production; leave it blank for no such ring.',
    example: '25 %',
  },
};
