/**
 * Inputs about the schedules of the other rings, as rows of the vocabulary. The ring timeline uses them too.
 */
import type { Input } from '../sheet/inputs.ts';

type Row = Omit<Input, 'id'>;

const schedule = (id: string, ring: string): Readonly<Record<string, Row>> => ({
  [`${id}FirstSync`]: {
    kind: 'time',
    group: 'schedule',
    label: `${ring}: first synchronization`,
    ask: `Enter the time of the first synchronization of ${ring}`,
    hint: 'In the time of its WSUS server.',
    example: '05:00 or 5:00 AM',
  },
  [`${id}SyncsPerDay`]: {
    kind: 'count',
    largest: 24,
    group: 'schedule',
    label: `${ring}: synchronizations per day`,
    ask: `Enter how many times a day ${ring} synchronizes`,
    hint: 'From 1 to 24, spread evenly.',
    example: '1',
  },
  [`${id}TimeZone`]: {
    kind: 'zone',
    group: 'schedule',
    label: `${ring}: time zone`,
    ask: `Enter the time zone of the WSUS server of ${ring}`,
    hint: 'Where that server stands, by area and city.',
    example: 'Europe/Berlin',
  },
});

const soak = (id: string, ring: string): Readonly<Record<string, Row>> => ({
  [`${id}SoakHours`]: {
    kind: 'count',
    largest: 336,
    unit: 'hours',
    group: 'schedule',
    label: `${ring}: soak time`,
    ask: `Enter how many hours an update stays in the pilot before ${ring} takes it`,
    hint: `From the pilot to ${ring}, at most 336 hours (14 days).`,
    example: '6',
  },
});

export const soakCheckInputs: Readonly<Record<string, Row>> = {
  ...schedule('pilot', 'Pilot'),
  middleRings: {
    kind: 'choice',
    group: 'schedule',
    label: 'Rings between pilot and production',
    ask: 'Select how many rings there are between pilot and production',
    hint: 'Each has its own WSUS server, which takes from the ring before it.',
    options: [
      { value: '0', label: 'None' },
      { value: '1', label: 'One: ring 2' },
      { value: '2', label: 'Two: rings 2 and 3' },
      { value: '3', label: 'Three: rings 2 to 4' },
    ],
  },
  ...schedule('ring2', 'Ring 2'),
  ...soak('ring2', 'Ring 2'),
  ...schedule('ring3', 'Ring 3'),
  ...soak('ring3', 'Ring 3'),
  ...schedule('ring4', 'Ring 4'),
  ...soak('ring4', 'Ring 4'),
};
