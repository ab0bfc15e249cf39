import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlineEntry } from '../../../../src/lib/core/run/entries.ts';
import { fold } from '../../../../src/lib/core/run/fold.ts';
import {
  hasOutline,
  labelOf,
  outlineOf,
  readOutline,
  recordedOutline,
  recordedOutlines,
} from '../../../../src/lib/core/run/outline.ts';
import { itemsOf } from '../../../../src/lib/core/runbook/walk.ts';
import { compiled } from '../../../support/compile.ts';
import { event } from './histories.ts';
import { outline } from './outlines.ts';

const recorded = (id: string, one = outline, at = '2026-11-20T03:00:00.000+01:00') =>
  event(id, { ...outlineEntry(one), at });

describe('outlineOf', () => {
  const source = new URL('../../../../src/content/runbooks/production-gpo-wsus.mdx', import.meta.url);
  const runbook = compiled(readFileSync(source, 'utf8'), 'production-gpo-wsus');
  const whole = outlineOf(runbook, (of) => `the ${of}`);

  it('holds every step and gate of a runbook in reading order, with its number and hash', () => {
    const own = itemsOf(runbook);
    const items = whole.items.filter(({ kind }) => kind !== 'criterion');
    expect(items.map(({ id, number, hash }) => [id, number, hash])).toEqual(
      own.map(({ id, number, hash }) => [id, number, hash]),
    );
    expect(whole.tasks).toEqual(runbook.tasks.map(({ title }) => title));
    expect(whole.items.some(({ backout }) => backout === 'yes')).toBe(true);
  });

  it('names values and never holds one', () => {
    expect(whole.items.map(({ label }) => label).join('\n')).toContain('[the ');
  });

  it('leaves out what does not apply', () => {
    const bare = outlineOf(runbook, undefined, (when) => when.length === 0);
    expect(bare.items.length).toBeGreaterThan(0);
    expect(bare.items.length).toBeLessThan(whole.items.length);
  });

  it('can be recorded and read again as it was', () => {
    const entry = recorded('e1', whole);
    expect(entry.kind === 'outline' && readOutline(entry)).toEqual(whole);
  });
});

describe('labelOf', () => {
  it('makes one line of any wording, of a length that is remembered', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 1000 }), (wording) => {
        const label = labelOf(wording);
        expect(label).not.toMatch(/[\r\n\t]/);
        expect(label.length).toBeGreaterThan(0);
        expect(label.length).toBeLessThanOrEqual(400);
      }),
    );
  });
});

describe('what a run remembers', () => {
  it('is each revision once, the one that was worked by last at the end', () => {
    const later = { ...outline, revision: 'b2c3d4e5', title: 'Renamed' };
    const state = fold([recorded('e1'), recorded('e2'), recorded('e3', later, '2026-11-20T04:00:00.000+01:00')]);
    expect(recordedOutlines(state)).toEqual([outline, later]);
    expect(recordedOutline(state)).toEqual(later);
    expect(hasOutline(state, 'a1b2c3d4')).toBe(true);
    expect(hasOutline(state, 'ffffffff')).toBe(false);
  });

  it('is nothing where the text is no outline', () => {
    for (const text of ['x', 'null', '{}', '{"title":"a","tasks":[],"items":[{}]}', '{"__proto__":{"title":"a"}}']) {
      const entry = event('e1', { kind: 'outline', data: { revision: 'a1b2c3d4', text } });
      expect(entry.kind === 'outline' && readOutline(entry)).toBeUndefined();
      expect(recordedOutline(fold([entry]))).toBeUndefined();
    }
  });
});
