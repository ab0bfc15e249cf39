/** Whole runs for tests: what a person has done, and pictures that are pictures. */
import { outlineEntry } from '../../../../src/lib/core/run/entries.ts';
import type { Event } from '../../../../src/lib/core/run/event.ts';
import { hashOf } from '../../../../src/lib/core/run/fingerprint.ts';
import { event, HASH } from './histories.ts';
import { outline } from './outlines.ts';

export const RUN = 'k3q9x0v2m7p4';

/** Begins as every PNG file does. */
export const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3, 250);
export const pngHash = hashOf(png);
export const pictures: ReadonlyMap<string, Uint8Array> = new Map([[pngHash, png]]);

const at = (minute: number): string => `2026-11-20T03:${String(minute).padStart(2, '0')}:00.000+01:00`;

/** One entry of every kind, in the order of a night's work, with words from all over the world and with markup. */
export const nightsWork: readonly Event[] = [
  event('e01', {
    kind: 'started',
    at: at(1),
    data: {
      runbook: 'production-gpo-wsus',
      revision: 'a1b2c3d4',
      title: 'Deploy Defender updates to production',
      about: { title: 'November updates', change: 'CHG0031', site: 'München', ring: 'production' },
      beside: ['z8w1t5n6b2c0'],
    },
  }),
  event('e02', { ...outlineEntry(outline), at: at(1) }),
  event('e03', { kind: 'value', at: at(2), data: { input: 'wsusServer', value: 'wsus01' } }),
  event('e04', { kind: 'value', at: at(3), data: { input: 'wsusServer', value: 'wsus02', undoes: ['e03'] } }),
  event('e05', { kind: 'tick', at: at(4), step: 'open-console', stepHash: HASH }),
  event('e06', { kind: 'untick', at: at(5), step: 'open-console', data: { undoes: ['e05'] } }),
  event('e07', { kind: 'tick', at: at(6), step: 'open-console', stepHash: HASH }),
  event('e08', {
    kind: 'not-applicable',
    at: at(7),
    step: 'select-upstream',
    stepHash: HASH,
    data: { reason: 'One server only' },
  }),
  event('e09', {
    kind: 'seen',
    at: at(8),
    step: 'read-version',
    stepHash: HASH,
    data: { value: '1.421.1 “new” </script><b>' },
  }),
  event('e10', { kind: 'spent', at: at(9), step: 'read-version', stepHash: HASH, data: { minutes: 12 } }),
  event('e11', {
    kind: 'note',
    at: at(10),
    step: 'read-version',
    data: { text: 'Slow:\n日本語 😀 \u2028 <img src=x onerror=alert(1)>' },
  }),
  event('e12', { kind: 'note', at: at(11), data: { text: 'Night shift' } }),
  event('e13', { kind: 'evidence', at: at(12), step: 'read-version', data: { text: 'PS> ok', name: 'wsusutil.txt' } }),
  event('e14', {
    kind: 'evidence',
    at: at(13),
    step: 'read-version',
    data: { name: 'console.png', picture: { type: 'image/png', bytes: png.length, sha256: pngHash } },
  }),
  event('e15', { kind: 'tick', at: at(14), step: 'pilot-healthy', stepHash: HASH }),
  event('e16', {
    kind: 'gate',
    at: at(15),
    step: 'go-to-production',
    stepHash: HASH,
    data: { decision: 'go', criteria: ['pilot-healthy'], text: 'Pilot is clean' },
  }),
  event('e17', {
    kind: 'escalated',
    at: at(16),
    step: 'read-version',
    data: { to: 3, trigger: 'No rights', text: 'Text' },
  }),
  event('e18', { kind: 'hand-over', at: at(17), data: { to: 'Bo', tier: 2, text: 'All yours' } }),
  event('e19', { kind: 'accepted', at: at(18), by: 'Bo', tier: 2, data: { handOver: 'e18', text: 'Mine' } }),
  event('e20', { kind: 'details', at: at(19), by: 'Bo', tier: 2, data: { change: 'CHG0032' } }),
  event('e21', { kind: 'finished', at: at(20), by: 'Bo', tier: 2, data: { text: 'Done', outcome: 'with-issues' } }),
  event('e22', { kind: 'reopened', at: at(21), by: 'Bo', tier: 2, data: { undoes: ['e21'] } }),
  event('e23', { kind: 'reset', at: at(22), by: 'Bo', tier: 2, data: { undoes: ['e07', 'e16'] } }),
  event('e24', { kind: 'undo', at: at(23), by: 'Bo', tier: 2, data: { undoes: ['e23'] } }),
  event('e25', { kind: 'archived', at: at(24), by: 'Bo', tier: 2, data: {} }),
];
