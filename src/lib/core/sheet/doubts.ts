/**
 * Answers that are each right and seldom right together: said beside the later one, never refused, because a site can
 * have bound WSUS to any port.
 */
/** The port that each answer about SSL belongs to, by the ids of their inputs. */
export const portBySsl: Readonly<Record<string, string>> = {
  useSsl: 'upstreamPort',
  wsusSsl: 'wsusPort',
  pilotWsusSsl: 'pilotWsusPort',
  productionWsusSsl: 'productionWsusPort',
};

/** What to say where `isPortOfOther` holds. */
export const PORT_DOUBT = 'Check the port: WSUS uses 8531 or 443 with SSL, and 8530 or 80 without.';

/**
 * Whether a port is one that WSUS itself gives to the other protocol: 80 and 8530 to HTTP, 443 and 8531 to HTTPS
 * (Microsoft Learn, "Configure WSUS", section 2.5). Any other port says nothing.
 *
 * @param pair The port and the answer about SSL, `yes` or `no`, with a space between; either may be anything else, and then
 *   nothing is doubted.
 * @example isPortOfOther('8530 yes') //=> true
 * @example isPortOfOther('8532 yes') //=> false
 */
export const isPortOfOther = (pair: string): boolean => /^(80|8530) yes$|^(443|8531) no$/.test(pair);
