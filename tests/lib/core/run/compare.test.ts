import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRunbook } from '../../../../src/lib/core/run/compare.ts';
import { outlineEntry } from '../../../../src/lib/core/run/entries.ts';
import { fold } from '../../../../src/lib/core/run/fold.ts';
import type { Outline, OutlineItem } from '../../../../src/lib/core/run/outline.ts';
import { event, HASH } from './histories.ts';
import { item, outline } from './outlines.ts';

const recorded = event('e0', outlineEntry(outline));
const tick = (id: string, step: string, stepHash = HASH) => event(id, { kind: 'tick', step, stepHash });
const now = (items: readonly OutlineItem[]): Outline => ({ ...outline, revision: 'ffffffff', items: [...items] });
const changed = (id: string, more: Partial<OutlineItem>) =>
  now(outline.items.map((one) => (one.id === id ? { ...one, ...more } : one)));
const find = (state: ReturnType<typeof fold>, to: Outline, id: string) =>
  compareRunbook(state, to).steps.find((step) => step.id === id);

describe('a run beside its runbook', () => {
  it('is unchanged while the runbook is', () => {
    const compared = compareRunbook(fold([recorded, tick('e1', 'open-console')]), outline);
    expect(compared).toMatchObject({ isChanged: false, words: [], counts: { unchanged: 7 } });
    expect(compared.steps.some(({ look }) => look)).toBe(false);
  });

  it('asks to look again at a step that was reworded since it was ticked, and shows how it read', () => {
    const to = changed('open-console', { hash: '99999999', label: 'Open the other console' });
    expect(find(fold([recorded, tick('e1', 'open-console')]), to, 'open-console')).toMatchObject({
      change: 'reworded',
      look: true,
      was: { label: 'Do open console' },
      item: { label: 'Open the other console' },
    });
    expect(find(fold([recorded]), to, 'open-console')).toMatchObject({ change: 'reworded', look: false });
  });

  it('asks no more once it was ticked in the new wording, or the old wording is back', () => {
    const to = changed('open-console', { hash: '99999999' });
    const again = fold([recorded, tick('e1', 'open-console', '99999999')]);
    expect(find(again, to, 'open-console')?.look).toBe(false);
    expect(find(fold([recorded, tick('e1', 'open-console')]), outline, 'open-console')).toMatchObject({
      change: 'unchanged',
      look: false,
    });
  });

  it('asks the same of a decision and of a step that does not apply', () => {
    const to = now(outline.items.map((one) => ({ ...one, hash: '99999999' })));
    const state = fold([
      event('e1', { kind: 'gate', step: 'go-to-production', stepHash: HASH, data: { decision: 'go' } }),
      event('e2', { kind: 'not-applicable', step: 'link-policy', stepHash: HASH, data: { reason: 'None here' } }),
    ]);
    const looks = compareRunbook(state, to).steps.filter(({ look }) => look);
    expect(looks.map(({ id }) => id)).toEqual(['go-to-production', 'link-policy']);
  });

  it('knows a new step, and asks to look at it until something happened there', () => {
    const to = now([...outline.items, item('check-again', '2.3')]);
    expect(find(fold([recorded]), to, 'check-again')).toMatchObject({ change: 'new', look: true });
    expect(find(fold([recorded, tick('e1', 'check-again')]), to, 'check-again')?.look).toBe(false);
    expect(find(fold([]), to, 'check-again')).toMatchObject({ change: 'unchanged', look: false });
  });

  it('keeps a removed step that was touched, in the wording that was recorded', () => {
    const to = now(outline.items.filter(({ id }) => id !== 'open-console' && id !== 'link-policy'));
    const compared = compareRunbook(fold([recorded, tick('e1', 'open-console')]), to);
    expect(compared.steps.filter(({ change }) => change === 'removed')).toMatchObject([
      { id: 'open-console', was: { label: 'Do open console', number: '1.1' }, look: false },
    ]);
    expect(compared.words).toEqual(['1 step was removed from the runbook, and stays in this record.']);
  });

  it('finds the ticks of a step under the id that it had before, and asks to look again', () => {
    const to = now(
      outline.items.map((one) =>
        one.id === 'open-console' ? { ...one, id: 'open-mmc', formerly: ['open-console'] } : one,
      ),
    );
    const compared = compareRunbook(fold([recorded, tick('e1', 'open-console')]), to);
    expect(compared.steps.find(({ id }) => id === 'open-mmc')).toMatchObject({
      change: 'reworded',
      formerly: 'open-console',
      look: true,
      isTouched: true,
    });
    expect(compared.counts.removed).toBe(0);
  });

  it('calls moved what changed its place, and not what others were put before', () => {
    const [first, ...rest] = outline.items;
    const to = now([...rest, ...(first ? [first] : [])]);
    const moved = (outlined: Outline) =>
      compareRunbook(fold([recorded]), outlined)
        .steps.filter(({ change }) => change === 'moved')
        .map(({ id }) => id);
    expect(moved(to)).toEqual(['open-console']);
    expect(moved(now([item('a-new-one', '1.1'), ...outline.items]))).toEqual([]);
  });

  it('never loses a step that anything happened at, whatever was done to the runbook', () => {
    const edits = fc.array(
      fc.record({
        act: fc.constantFrom('reword', 'move', 'remove', 'add', 'rename'),
        place: fc.nat(20),
        to: fc.nat(20),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(edits, fc.subarray(outline.items), (acts, ticked) => {
        let items = [...outline.items];
        acts.forEach(({ act, place, to }, turn) => {
          const index = place % Math.max(1, items.length);
          const one = items[index];
          if (!one) return;
          if (act === 'reword') items[index] = { ...one, hash: `${turn}`.padStart(8, '9') };
          if (act === 'remove') items = items.filter((other) => other !== one);
          if (act === 'add') items.splice(index, 0, item(`new-${turn}`, '9.9', { task: 0 }));
          if (act === 'rename')
            items[index] = { ...one, id: `renamed-${turn}`, formerly: [one.id, ...(one.formerly ?? [])] };
          if (act === 'move') {
            items.splice(index, 1);
            items.splice(to % (items.length + 1), 0, one);
          }
        });
        const state = fold([recorded, ...ticked.map(({ id }, place) => tick(`t${place}`, id))]);
        const { steps, counts } = compareRunbook(state, now(items));
        for (const { id, hash } of ticked) {
          const found = steps.find((step) => step.id === id || step.formerly === id);
          expect(found?.isTouched).toBe(true);
          if (found?.item && found.item.hash !== hash) expect(found.look).toBe(true);
        }
        expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(steps.length);
        expect(steps.filter(({ item: here }) => here).map(({ id }) => id)).toEqual(items.map(({ id }) => id));
      }),
    );
  });
});
