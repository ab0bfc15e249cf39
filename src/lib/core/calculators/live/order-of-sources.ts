import { live } from '../calculator.ts';
import {
  describeOrderOfSources,
  orderChanges,
  orderOfSources,
  orderOfSourcesAlso,
  orderOfSourcesNeeds,
  readOrderOfSources,
} from '../order-of-sources.ts';

export const calculator = live(
  orderOfSourcesNeeds,
  orderOfSourcesAlso,
  readOrderOfSources,
  orderOfSources,
  describeOrderOfSources,
  undefined,
  orderChanges,
);
