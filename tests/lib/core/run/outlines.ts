/** A small runbook as a run remembers it, for tests. */
import type { Outline, OutlineItem } from '../../../../src/lib/core/run/outline.ts';

export const item = (id: string, number: string, more: Partial<OutlineItem> = {}): OutlineItem => ({
  id,
  kind: 'step',
  number,
  label: `Do ${id.replaceAll('-', ' ')}`,
  hash: 'abcdef012345',
  task: Number(number.split('.')[0]) - 1,
  tier: 2,
  minutes: 5,
  ...more,
});

export const outline: Outline = {
  revision: 'a1b2c3d4',
  title: 'Deploy Defender updates to production',
  tasks: ['Connect the server', 'Release to production', 'Back out'],
  items: [
    item('open-console', '1.1'),
    item('select-upstream', '1.2'),
    item('read-version', '1.3'),
    item('go-to-production', '2.1', { kind: 'gate', label: 'Go to production?' }),
    item('pilot-healthy', '2.1', { kind: 'criterion', label: 'The pilot ring is healthy' }),
    item('link-policy', '2.2'),
    item('put-back', '3.1', { backout: 'yes' }),
  ],
};
