/** As `shared-core.ts`, for what `ringbook-times.js` has: live calculators are loaded after it, and take these from it. */
import {
  clockText,
  dailyTimes,
  nextClockChange,
  placeLocalTime,
  storedUtcTime,
} from '../../lib/core/calculators/zone-times.ts';
import {
  clockChangeText,
  dayNotes,
  forwardOrBack,
  isApproximate,
  spacingText,
  spanText,
  syncTimesText,
} from '../../lib/core/calculators/sync-facts.ts';

export const sharedTimes: readonly unknown[] = [
  clockText,
  dailyTimes,
  nextClockChange,
  placeLocalTime,
  storedUtcTime,
  clockChangeText,
  dayNotes,
  forwardOrBack,
  isApproximate,
  spacingText,
  spanText,
  syncTimesText,
];
