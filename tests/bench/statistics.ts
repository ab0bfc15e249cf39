/** Sums over measurements, and how they are written down. */

/** @param share From 0 to 1: 0.5 is the median. Between two measurements it is as far between them as its share says. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [below = NaN, above = NaN] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below + (above - below) * (place % 1);
}

/** The same in turn: forwards, backwards, forwards, so that neither of two is always the first. */
export const inTurn = <Item>(items: readonly Item[], round: number): Item[] =>
  round % 2 === 1 ? [...items] : items.toReversed();

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Enough digits to compare by, and no more: three that count. */
export const figure = (value: number): string =>
  Number.isNaN(value) ? '–' : value >= 100 ? value.toFixed(0) : value.toPrecision(3);

export const ratio = (ours: number, theirs: number): string => (ours / theirs).toFixed(2);

/** Lines with columns of equal width; the first column is words, the others are figures. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}
