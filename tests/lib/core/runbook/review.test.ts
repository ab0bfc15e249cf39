import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isReviewOld } from '../../../../src/lib/core/runbook/review.ts';

describe('isReviewOld', () => {
  test.each([
    ['2025-11-01', '2025-11-01', false],
    ['2025-11-01', '2026-10-31', false],
    ['2025-11-01', '2026-11-01', false],
    ['2025-11-01', '2026-11-02', true],
    ['2024-02-29', '2025-02-28', false],
    ['2024-02-29', '2025-03-01', true],
    ['2026-11-01', '2025-11-02', false],
  ])('reviewed %s, read %s: %s', (reviewed, today, isOld) => {
    expect(isReviewOld(reviewed, today)).toBe(isOld);
  });

  test('turns true once, on the day after a year, and stays true', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 800 }), (start, days) => {
        const day = (count: number): string => new Date(count * 86_400_000).toISOString().slice(0, 10);
        const isOld = isReviewOld(day(start), day(start + days));

        if (days <= 365) expect(isOld).toBe(false);
        if (days > 366) expect(isOld).toBe(true);
        if (isOld) expect(isReviewOld(day(start), day(start + days + 1))).toBe(true);
      }),
    );
  });
});
