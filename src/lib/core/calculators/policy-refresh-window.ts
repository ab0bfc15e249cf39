/**
 * How long a Group Policy change takes to arrive: between domain controllers, and from them to the computers.
 *
 * @see https://learn.microsoft.com/windows-server/identity/ad-ds/plan/determining-the-interval
 * @see https://learn.microsoft.com/openspecs/windows_protocols/ms-gpod/bf4acf45-4784-47dc-89cc-ea41a418afff note 2
 * @see https://learn.microsoft.com/previous-versions/ms813141(v=msdn.10)
 */
import { must, object, oneOf, optional, type InferShape, type Shape } from '../shape.ts';
import type { Sheet } from '../sheet/sheet.ts';
import { given, keeping, whole } from './ring-schedule.ts';

/** Longest time from one background refresh to the next: 90 minutes plus a random 0 to 30. */
export const POLICY_REFRESH_MINUTES = 120;
/** The same on domain controllers, which have no random part. */
export const CONTROLLER_REFRESH_MINUTES = 5;
/** Worst case within one site, as Microsoft's planning guide estimates it. */
const SITE_MINUTES = 15;
/** Active Directory keeps the interval of a site link in multiples of this, and no less. */
const LINK_STEP_MINUTES = 15;

const replication = () =>
  keeping(
    object(
      {
        scope: oneOf(['one-controller', 'one-site', 'several-sites'], 'Select how far the change replicates'),
        /** Interval of the site links, in minutes, from 1 to 10080. */
        linkMinutes: optional(
          whole(1, 10_080, 'Replication interval must be a whole number of minutes from 1 to 10080'),
        ),
        /** Site links on the way, at most. */
        hops: optional(whole(1, 50, 'Number of site links must be a whole number from 1 to 50')),
      },
      'Enter how the change replicates',
      'Replication must have no other fields',
    ),
    must(
      ({ scope, linkMinutes }) => scope !== 'several-sites' || linkMinutes !== undefined,
      'Enter the replication interval of the site links',
    ),
    must(
      ({ scope, hops }) => scope !== 'several-sites' || hops !== undefined,
      'Enter the number of site links on the way',
    ),
  );
export const Replication: Shape<Replication> = (value) => replication()(value);
export type Replication = InferShape<ReturnType<typeof replication>>;

/** The interval that counts: up to the next multiple of 15 minutes. @example countedLinkMinutes(20) //=> 30 */
export const countedLinkMinutes = (minutes: number): number =>
  Math.ceil(minutes / LINK_STEP_MINUTES) * LINK_STEP_MINUTES;

/**
 * The longest that a change takes to every domain controller, in minutes: as the planning guide adds it up.
 *
 * @example replicationMinutes({ scope: 'several-sites', linkMinutes: 180, hops: 2 }) //=> 360
 */
export function replicationMinutes({ scope, linkMinutes = 0, hops = 0 }: Replication): number {
  if (scope === 'one-controller') return 0;
  return scope === 'one-site' ? SITE_MINUTES : countedLinkMinutes(linkMinutes) * hops;
}

/** Where the sheet keeps it. */
export const replicationIds = ['replicationScope', 'siteLinkMinutes', 'siteHops'] as const;

/** What the sheet says of replication: which inputs that takes, and once all are given, the replication itself. */
export function readReplication(sheet: Sheet): {
  readonly needs: readonly string[];
  readonly replication?: Replication;
} {
  const [scope, linkMinutes, hops] = replicationIds.map((id) => given(sheet, id));
  if (scope !== 'several-sites') {
    const needs = replicationIds.slice(0, 1);
    return scope === 'one-controller' || scope === 'one-site' ? { needs, replication: { scope } } : { needs };
  }
  return linkMinutes === undefined || hops === undefined
    ? { needs: replicationIds }
    : { needs: replicationIds, replication: { scope, linkMinutes: Number(linkMinutes), hops: Number(hops) } };
}
