/** How long things take, in words. */

const hourWords = (minutes: number): readonly string[] => [
  ...(minutes >= 60 ? [`${Math.floor(minutes / 60)} h`] : []),
  ...(minutes % 60 ? [`${minutes % 60} min`] : []),
];

/**
 * @param minutes From 0. Two days and more are told in days.
 * @example durationWords(95) //=> '1 h 35 min'
 * @example durationWords(20_160) //=> '14 days'
 */
export function durationWords(minutes: number): string {
  const days = minutes >= 2 * 1440 ? Math.floor(minutes / 1440) : 0;
  return [...(days ? [`${days} days`] : []), ...hourWords(minutes - days * 1440)].join(' ') || '0 min';
}

/**
 * In hours however long it is: the days of people do not have 24 of them.
 *
 * @example workHours(4330) //=> '72 h 10 min'
 */
export const workHours = (minutes: number): string => hourWords(minutes).join(' ') || '0 min';
