/**
 * Inputs about the way of a policy change to the computers, as rows of the vocabulary. The ring timeline uses those about
 * replication too.
 */
import type { Input } from '../sheet/inputs.ts';

type Row = Omit<Input, 'id'>;

export const policyRefreshInputs: Readonly<Record<string, Row>> = {
  refreshTarget: {
    kind: 'choice',
    group: 'group-policy',
    label: 'Computers that take the policy',
    ask: 'Select which computers take the policy',
    hint: 'Domain controllers refresh more often than all others.',
    options: [
      { value: 'members', label: 'Clients and member servers' },
      { value: 'domain-controllers', label: 'Domain controllers' },
    ],
  },
  replicationScope: {
    kind: 'choice',
    group: 'group-policy',
    label: 'Domain controllers',
    ask: 'Select how far a policy change replicates',
    hint: 'Between the one where you edit and those that the computers use.',
    options: [
      { value: 'one-controller', label: 'Only one, or the same one' },
      { value: 'one-site', label: 'Several in one site' },
      { value: 'several-sites', label: 'Several sites' },
    ],
  },
  siteLinkMinutes: {
    kind: 'count',
    largest: 10_080,
    unit: 'minutes',
    group: 'group-policy',
    label: 'Replication interval',
    ask: 'Enter the replication interval of the site links',
    hint: 'The longest on the way, in minutes; 180 unless someone changed it.',
    example: '180',
  },
  siteHops: {
    kind: 'count',
    largest: 50,
    group: 'group-policy',
    label: 'Site links on the way',
    ask: 'Enter the number of site links on the way',
    hint: 'From the site where you edit to the site that is farthest.',
    example: '2',
  },
  refreshComputers: {
    kind: 'count',
    largest: 10_000_000,
    group: 'group-policy',
    label: 'Computers to refresh',
    ask: 'Enter how many computers to refresh',
    hint: 'Those of the OU, nested OUs included.',
    example: '500',
  },
  refreshDelayMinutes: {
    kind: 'count',
    largest: 44_640,
    unit: 'minutes',
    group: 'group-policy',
    label: 'Delay of a remote refresh',
    ask: 'Enter the delay of a remote refresh in minutes',
    hint: 'Spreads the load; leave it blank to refresh at once.',
    example: '30',
  },
  policyEditTime: {
    kind: 'time',
    group: 'group-policy',
    label: 'Time of the edit',
    ask: 'Enter the time at which the policy is edited',
    hint: 'Today, in the time zone of the sheet.',
    example: '17:00 or 5:00 PM',
  },
};
