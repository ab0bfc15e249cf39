/** How long a review of a runbook counts. */

/**
 * The last day on which a review counts: its anniversary.
 *
 * @param reviewed The day of the review, `YYYY-MM-DD`.
 * @example reviewedUntil('2025-11-01') //=> '2026-11-01'
 */
export const reviewedUntil = (reviewed: string): string =>
  `${String(Number(reviewed.slice(0, 4)) + 1).padStart(4, '0')}${reviewed.slice(4)}`;

/**
 * Whether a runbook was last reviewed more than a year before a day: from the day after its anniversary.
 *
 * @param reviewed The day of the review, `YYYY-MM-DD`.
 * @param today The day on which somebody reads it, in the same form.
 * @example isReviewOld('2025-11-01', '2026-11-02') //=> true
 */
export const isReviewOld = (reviewed: string, today: string): boolean => reviewedUntil(reviewed) < today;
