import { live } from '../calculator.ts';
import {
  ringTimeline,
  ringTimelineAlso,
  ringTimelineNeeds,
  describeRingTimeline,
  readRingTimeline,
} from '../ring-timeline.ts';
import { ringTimelineSvg } from '../ring-timeline-picture.ts';

export const calculator = live(
  ringTimelineNeeds,
  ringTimelineAlso,
  readRingTimeline,
  ringTimeline,
  describeRingTimeline,
  (value) => ringTimelineSvg(value).toString(),
);
