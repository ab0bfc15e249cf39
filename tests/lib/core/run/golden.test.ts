/**
 * Stored entries of every release, as storage held them. Each is opened by every later release, for ever: files are
 * added to the folder and never changed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readEvent, writeEvent } from '../../../../src/lib/core/run/event.ts';
import { fold, gateOf, tickOf } from '../../../../src/lib/core/run/fold.ts';
import { mergeEvents } from '../../../../src/lib/core/run/merge.ts';

interface Golden {
  readonly entries: Record<string, string>;
  readonly expected: {
    readonly runbook: string;
    readonly startedAt: string;
    readonly isFinished: boolean;
    readonly done: Record<string, string>;
    readonly notApplicable: Record<string, string>;
    readonly gates: Record<string, string>;
    readonly values: Record<string, string>;
    readonly who: object;
    readonly eventCount: number;
  };
}

const folder = new URL('golden/', import.meta.url);
const goldens = readdirSync(folder).map((file) => {
  const golden: Golden = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  return [file, golden] as const;
});

const textsOf = ({ entries }: Golden) =>
  Object.keys(entries)
    .filter((key) => !key.startsWith('rb1:draft:'))
    .map((key) => [key, entries[key] ?? ''] as const);

it('there is at least one golden set', () => {
  expect(goldens.map(([file]) => file)).toContain('release-0.1.json');
});

describe.each(goldens)('%s', (_file, golden) => {
  const read = textsOf(golden).map(([key, text]) => ({ key, text, answer: readEvent(text) }));
  const events = read.flatMap(({ answer }) => (answer.state === 'read' ? [answer.event] : []));

  it('reads whole, and writes the same bytes again', () => {
    for (const { key, text, answer } of read) {
      expect(answer.state, key).toBe('read');
      if (answer.state !== 'read') continue;
      expect(key.endsWith(`:${answer.event.id}`)).toBe(true);
      expect(writeEvent(answer.event)).toBe(text);
    }
    expect(mergeEvents(events, [])).toHaveLength(golden.expected.eventCount);
  });

  it('amounts to what it amounted to then', () => {
    const state = fold(events);
    const { expected } = golden;
    const done = [...state.steps.keys()].flatMap((step) => {
      const tick = tickOf(state, step);
      return tick ? [[step, tick.stepHash] as const] : [];
    });
    const notApplicable = [...state.steps].flatMap(([step, { notApplicable: why }]) =>
      why ? [[step, why.data.reason] as const] : [],
    );
    expect(state.started).toMatchObject({ at: expected.startedAt, data: { runbook: expected.runbook } });
    expect(state.finished.length > 0).toBe(expected.isFinished);
    expect(Object.fromEntries(done)).toEqual(expected.done);
    expect(Object.fromEntries(notApplicable)).toEqual(expected.notApplicable);
    expect(Object.fromEntries([...state.gates.keys()].map((gate) => [gate, gateOf(state, gate)]))).toEqual(
      expected.gates,
    );
    expect(Object.fromEntries([...state.values].map(([input, { value }]) => [input, value]))).toEqual(expected.values);
    expect(state.lastTouched).toMatchObject(expected.who);
  });
});
