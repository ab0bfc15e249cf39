/** The clock of whoever calls: the day for the sheet, and the moment that papers and calendars carry. */
export interface CommandClock {
  /** `YYYY-MM-DD` at the reader's site. */
  readonly today: string;
  /** `2026-11-20 21:00`, as it is printed. */
  readonly printed: string;
  /** `20261120T210000Z`, as calendars want it. */
  readonly stamp: string;
}

const two = (number: number): string => String(number).padStart(2, '0');

/** @param now The moment, by this computer's clock and zone. */
export function clockAt(now: Date): CommandClock {
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(two).join('-');
  return {
    today,
    printed: `${today} ${two(now.getHours())}:${two(now.getMinutes())}`,
    stamp: now.toISOString().replace(/[-:]|\.\d+/g, ''),
  };
}
