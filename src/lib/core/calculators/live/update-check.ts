import { live } from '../calculator.ts';
import { derivedChanges } from '../policy-changes.ts';
import {
  updateCheck,
  updateCheckAlso,
  updateCheckNeeds,
  describeUpdateCheck,
  readUpdateCheck,
} from '../update-check.ts';

export const calculator = live(
  updateCheckNeeds,
  updateCheckAlso,
  readUpdateCheck,
  updateCheck,
  describeUpdateCheck,
  undefined,
  ({ changes }) => derivedChanges(changes),
);
