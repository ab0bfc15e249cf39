/** Whether what was entered in one run holds for the ring of another. */

/** What is known of the ring that a run is for. */
export interface RunRing {
  /** Of its runbook: `pilot`, `production` or `any`; nothing where this site does not have the runbook. */
  readonly ring?: string | undefined;
  /** As somebody named it when the run began; blanks and capitals do not matter. */
  readonly named?: string | undefined;
}

const nameOf = ({ named = '' }: RunRing): string => named.trim().replace(/\s+/g, ' ').toLowerCase();

/**
 * From where a value comes that belongs to one ring, in words to stand beside it.
 *
 * @returns Nothing where both runs are for the same ring. A runbook for any ring does not say for which one a run was; only
 * the name that people gave tells.
 * @example otherRing({ ring: 'production' }, { ring: 'pilot' }) //=> 'from the pilot ring'
 */
export function otherRing(own: RunRing, other: RunRing): string | undefined {
  const [ours, theirs] = [nameOf(own), nameOf(other)];
  if (ours && theirs && ours !== theirs) return `from the ring “${other.named?.trim() ?? ''}”`;
  const isSame = own.ring !== undefined && own.ring === other.ring;
  if (isSame && (other.ring !== 'any' || (ours !== '' && ours === theirs))) return undefined;
  if (other.ring === undefined) return 'from a ring that is not known here';
  if (other.ring === 'any') return 'from a runbook for any ring';
  return `from the ${other.ring} ring`;
}
