import { live } from '../calculator.ts';
import {
  policyRefresh,
  policyRefreshAlso,
  policyRefreshNeeds,
  describePolicyRefresh,
  readPolicyRefresh,
} from '../policy-refresh.ts';

export const calculator = live(
  policyRefreshNeeds,
  policyRefreshAlso,
  readPolicyRefresh,
  policyRefresh,
  describePolicyRefresh,
);
