/** Loaded once a reader enters a time or a count of times: what works out times of day, for the sheet and for calculators. */
import { timesOfDay } from '../../lib/core/sheet/derived-times.ts';
import { sharedTimes } from './shared-times.ts';
import type {} from './shared.ts';

globalThis.ringbook.times = { timesOfDay, shared: sharedTimes };
