import { describe, expect, test } from 'vitest';
import { buildDay } from '../../../src/lib/build/build-day.ts';

const now = Date.UTC(2026, 10, 20, 23, 59);

describe('buildDay', () => {
  test('is today, in UTC', () => {
    expect(buildDay({}, now)).toBe('2026-11-20');
  });

  test('is the day that a reproducible build names', () => {
    expect(buildDay({ SOURCE_DATE_EPOCH: '1793491200' }, now)).toBe('2026-11-01');
  });

  test.each(['', 'yesterday', '-1', '1e99', '999999999999999'])('takes no day from SOURCE_DATE_EPOCH=%j', (epoch) => {
    expect(buildDay({ SOURCE_DATE_EPOCH: epoch }, now)).toBe('2026-11-20');
  });
});
