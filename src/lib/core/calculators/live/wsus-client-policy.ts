import { live } from '../calculator.ts';
import { derivedChanges } from '../policy-changes.ts';
import {
  wsusClientPolicy,
  wsusClientPolicyAlso,
  wsusClientPolicyNeeds,
  describeWsusClientPolicy,
  readWsusClientPolicy,
} from '../wsus-client-policy.ts';

export const calculator = live(
  wsusClientPolicyNeeds,
  wsusClientPolicyAlso,
  readWsusClientPolicy,
  wsusClientPolicy,
  describeWsusClientPolicy,
  undefined,
  ({ changes }) => derivedChanges(changes),
);
