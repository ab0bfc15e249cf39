import { live } from '../calculator.ts';
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
);
