import { live } from '../calculator.ts';
import {
  onboardingPath,
  onboardingPathAlso,
  onboardingPathNeeds,
  describeOnboardingPath,
  readOnboardingPath,
} from '../onboarding-path.ts';

export const calculator = live(
  onboardingPathNeeds,
  onboardingPathAlso,
  readOnboardingPath,
  onboardingPath,
  describeOnboardingPath,
);
