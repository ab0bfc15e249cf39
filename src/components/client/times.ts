/** Loaded once a reader enters a time or a count of times: what works out times of day, for the sheet and for calculators. */
import { timesOfDay } from '../../lib/core/sheet/derived-times.ts';
import { find, make } from './dom.ts';
import { sharedTimes } from './shared-times.ts';
import type {} from './shared.ts';

globalThis.ringbook.times = { timesOfDay, shared: sharedTimes };

const field = find(document, 'input[list=rb-zones]');
field?.after(
  make('datalist', { id: 'rb-zones' }, ...Intl.supportedValuesOf('timeZone').map((zone) => new Option(zone))),
);
