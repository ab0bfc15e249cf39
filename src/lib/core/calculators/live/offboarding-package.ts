import { live } from '../calculator.ts';
import {
  offboardingPackage,
  offboardingPackageAlso,
  offboardingPackageNeeds,
  describeOffboardingPackage,
  readOffboardingPackage,
} from '../offboarding-package.ts';

export const calculator = live(
  offboardingPackageNeeds,
  offboardingPackageAlso,
  readOffboardingPackage,
  offboardingPackage,
  describeOffboardingPackage,
);
