import { live } from '../calculator.ts';
import { soakCheck, soakCheckAlso, soakCheckNeeds, describeSoakCheck, readSoakCheck } from '../soak-check.ts';

export const calculator = live(soakCheckNeeds, soakCheckAlso, readSoakCheck, soakCheck, describeSoakCheck);
