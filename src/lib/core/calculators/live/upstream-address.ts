import { live } from '../calculator.ts';
import {
  upstreamAddress,
  upstreamAddressAlso,
  upstreamAddressNeeds,
  describeUpstreamAddress,
  readUpstreamAddress,
} from '../upstream-address.ts';

export const calculator = live(
  upstreamAddressNeeds,
  upstreamAddressAlso,
  readUpstreamAddress,
  upstreamAddress,
  describeUpstreamAddress,
);
