import { live } from '../calculator.ts';
import {
  versionReader,
  versionReaderAlso,
  versionReaderNeeds,
  describeVersionReader,
  readVersionReader,
} from '../version-reader.ts';

export const calculator = live(
  versionReaderNeeds,
  versionReaderAlso,
  readVersionReader,
  versionReader,
  describeVersionReader,
);
