import { live } from '../calculator.ts';
import { derivedChanges } from '../policy-changes.ts';
import {
  updateChannels,
  updateChannelsAlso,
  updateChannelsNeeds,
  describeUpdateChannels,
  readUpdateChannels,
} from '../update-channels.ts';

export const calculator = live(
  updateChannelsNeeds,
  updateChannelsAlso,
  readUpdateChannels,
  updateChannels,
  describeUpdateChannels,
  undefined,
  ({ rings }) => rings.flatMap(({ changes }) => derivedChanges(changes)),
);
