/**
 * What a big run costs to open: 2,000 steps and 20,000 entries, read from storage, judged and folded, as a page does it
 * before it paints.
 */
import { openEventLog } from '../../src/lib/browser/event-log.ts';
import { createIdentity } from '../../src/lib/browser/identity.ts';
import { createRunStore } from '../../src/lib/browser/run-store.ts';
import { writeEvent, type Event } from '../../src/lib/core/run/event.ts';
import { median } from './statistics.ts';

const RUN = 'k3q9x0v2m7p4';
const runbook = { id: 'made-up', revision: 'abcdef01', title: 'A runbook that was made up' };

const stamp = (place: number) => ({
  id: `0mi6k4x${String(place).padStart(6, '0')}-q3v9t0zk`,
  at: `2026-11-20T${String(Math.floor(place / 3600) % 24).padStart(2, '0')}:${String(Math.floor(place / 60) % 60).padStart(2, '0')}:${String(place % 60).padStart(2, '0')}.120+01:00`,
  by: 'Ann Berg',
  tier: 3 as const,
});

/** Ticks mostly, and among them unticks, notes, values and what was seen, as a long night leaves them. */
function bigRun(steps: number, count: number): Map<string, string> {
  const entries = new Map<string, string>();
  for (let place = 0; place < count; place++) {
    const step = `step-${place % steps}`;
    const own = stamp(place);
    const undoes = [stamp(Math.max(0, place - steps)).id];
    const event: Event =
      place === 0
        ? { ...own, kind: 'started', data: { runbook: runbook.id, revision: runbook.revision } }
        : place % 50 === 1
          ? { ...own, kind: 'note', step, data: { text: 'The console was slow tonight, as it is every month.' } }
          : place % 50 === 2
            ? { ...own, kind: 'value', data: { input: `input${place % 40}`, value: `wsus${place}`, undoes } }
            : place % 50 === 3
              ? { ...own, kind: 'undo', data: { undoes } }
              : Math.floor(place / steps) % 2 === 1
                ? { ...own, kind: 'untick', step, data: { undoes } }
                : { ...own, kind: 'tick', step, stepHash: 'abcdef01' };
    entries.set(`rb1:${RUN}:${own.id}`, writeEvent(event));
  }
  entries.set(`rb1:who:${RUN}`, '{"by":"Ann Berg","tier":3}');
  return entries;
}

function storageOf(entries: Map<string, string>): Storage {
  const keys = [...entries.keys()];
  return {
    length: keys.length,
    key: (index) => keys[index] ?? null,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, text) => void entries.set(key, text),
    removeItem: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  };
}

export interface RunCost {
  /** Milliseconds until the page could paint the run, the median of the rounds. */
  readonly openMs: number;
  /** Milliseconds of one tick: recorded, stored, read back and judged. */
  readonly tickMs: number;
  readonly characters: number;
}

/** @param rounds How often it is opened. */
export function measureRun(steps: number, count: number, rounds: number): RunCost {
  const entries = bigRun(steps, count);
  const opens: number[] = [];
  const ticks: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    const log = openEventLog(() => storageOf(entries), { mayKeep: () => true });
    const store = createRunStore({ log, runbook, ...createIdentity() });
    opens.push(performance.now() - began);
    for (let turn = 0; turn < 20; turn++) {
      const before = performance.now();
      const answer = store.tick(`step-${turn}`, 'abcdef01');
      ticks.push(performance.now() - before);
      if (!answer.saved) throw new Error('The tick was not saved.');
    }
  }
  const characters = [...entries].reduce((sum, [key, text]) => sum + key.length + text.length, 0);
  return { openMs: median(opens), tickMs: median(ticks), characters };
}
