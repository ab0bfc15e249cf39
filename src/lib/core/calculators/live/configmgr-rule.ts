import { live } from '../calculator.ts';
import {
  configmgrRule,
  configmgrRuleAlso,
  configmgrRuleNeeds,
  describeConfigmgrRule,
  readConfigmgrRule,
} from '../configmgr-rule.ts';

export const calculator = live(
  configmgrRuleNeeds,
  configmgrRuleAlso,
  readConfigmgrRule,
  configmgrRule,
  describeConfigmgrRule,
);
