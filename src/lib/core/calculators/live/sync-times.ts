import { live } from '../calculator.ts';
import { describeSyncTimes, readSyncTimes, syncTimes, syncTimesNeeds, syncTimesServerInputs } from '../sync-times.ts';

export const calculator = live(syncTimesNeeds, syncTimesServerInputs, readSyncTimes, syncTimes, describeSyncTimes);
