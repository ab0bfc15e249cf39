/** Inputs of the WSUS client policy, as rows of the vocabulary. */
import type { Input } from '../sheet/inputs.ts';
import { beforeRows } from './policy-changes-inputs.ts';
import { wsusClientSettings, updatingSetting } from './wsus-client-policy-settings.ts';

type Row = Omit<Input, 'id'>;

/** What can be chosen in the dialog, in its order and in its words. */
const optionsOf = (id: string): NonNullable<Row['options']> => {
  const data = updatingSetting.elements.find((element) => element.id === id)?.data;
  return data?.is === 'choice' ? data.options.map((one) => ({ value: String(one.data), label: one.label })) : [];
};

export const wsusClientPolicyInputs: Readonly<Record<string, Row>> = {
  updating: {
    kind: 'choice',
    group: 'clients',
    label: 'Automatic updating',
    ask: 'Select what clients do with updates',
    hint: 'The option of Configure Automatic Updates; leave it blank to leave that policy alone.',
    options: optionsOf('updating'),
  },
  installDay: {
    kind: 'choice',
    group: 'clients',
    label: 'Install day',
    ask: 'Select the install day',
    hint: 'With option 4 only.',
    options: optionsOf('day'),
  },
  installTime: {
    kind: 'choice',
    group: 'clients',
    label: 'Install time',
    ask: 'Select the install time',
    hint: 'With option 4 only.',
    options: optionsOf('time'),
  },
  ...beforeRows(wsusClientSettings),
};
