import { live } from '../calculator.ts';
import { ringSize, ringSizeAlso, ringSizeNeeds, describeRingSize, readRingSize } from '../ring-size.ts';

export const calculator = live(ringSizeNeeds, ringSizeAlso, readRingSize, ringSize, describeRingSize);
