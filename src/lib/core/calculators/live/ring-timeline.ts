import { live } from '../calculator.ts';
import { ringTimeline, ringTimelineAlso, ringTimelineNeeds, describeRingTimeline, readRingTimeline } from '../ring-timeline.ts';

export const calculator = live(ringTimelineNeeds, ringTimelineAlso, readRingTimeline, ringTimeline, describeRingTimeline);
