import { live } from '../calculator.ts';
import {
  updateCheck,
  updateCheckAlso,
  updateCheckNeeds,
  describeUpdateCheck,
  readUpdateCheck,
} from '../update-check.ts';

export const calculator = live(updateCheckNeeds, updateCheckAlso, readUpdateCheck, updateCheck, describeUpdateCheck);
