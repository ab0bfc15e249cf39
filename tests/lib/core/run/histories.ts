/** Events for tests: one by one, and random histories of several people who hear of each other only now and then. */
import fc from 'fast-check';
import { writeEvent, type Event } from '../../../../src/lib/core/run/event.ts';
import { gateOf, tickOf, type RunState } from '../../../../src/lib/core/run/fold.ts';
import { mergeEvents } from '../../../../src/lib/core/run/merge.ts';

export type Act<Kind = Event> = Kind extends Event ? Omit<Kind, 'id' | 'at' | 'by' | 'tier'> & Partial<Event> : never;

/** An event with what a test does not care about filled in. */
export const event = (id: string, act: Act): Event =>
  ({ at: '2026-11-20T03:12:45.120+01:00', by: 'Ann', tier: 3, ...act, id }) as Event;

export const HASH = 'abcdef012345';

const people = ['Ann', 'Bo', 'Cy', 'Di', 'Ed'];
const offsets = ['+01:00', '+00:00', '-05:00', '+05:30', '-11:45'];
const steps = ['open-console', 'constructor', 'select-upstream'];
const inputs = ['wsusServer', 'toString'];

const turn = fc.record({
  person: fc.nat(4),
  hearsOf: fc.nat(4),
  act: fc.constantFrom(
    'tick',
    'untick',
    'skip',
    'unskip',
    'note',
    'decide',
    'withdraw',
    'value',
    'finish',
    'reopen',
    'archive',
    'see',
    'spend',
    'detail',
    'undo',
    'reset',
    'hear',
  ),
  step: fc.constantFrom(...steps),
  input: fc.constantFrom(...inputs),
  /** Clocks are wrong, and are set back. */
  seconds: fc.nat(59),
  minutes: fc.nat(3),
});

/** Five people's accounts of one run. What takes back names what its writer knows of. */
export const histories: fc.Arbitrary<Event[][]> = fc.array(turn, { maxLength: 60, size: 'max' }).map((turns) => {
  const known: Event[][] = people.map(() => []);
  turns.forEach(({ person, hearsOf, act, step, input, seconds, minutes }, place) => {
    const mine = known[person] ?? [];
    const idsOf = (kind: Event['kind'], about: string = step) =>
      mine
        .filter((one) => one.kind === kind && (!('step' in one) || one.step === about))
        .filter((one) => one.kind !== 'value' || one.data.input === input)
        .slice(-2)
        .map(({ id }) => id);
    const stamp = {
      id: `e${String(place % 50).padStart(3, '0')}-${person}-${place}`,
      at: `2026-11-20T03:0${minutes}:${String(seconds).padStart(2, '0')}.000${offsets[person]}`,
      by: people[person] ?? 'Ann',
      tier: 2,
    } as const;
    const made: Record<typeof act, () => Event | undefined> = {
      tick: () => ({ ...stamp, kind: 'tick', step, stepHash: HASH }),
      untick: () => ({ ...stamp, kind: 'untick', step, data: { undoes: idsOf('tick') } }),
      skip: () => ({ ...stamp, kind: 'not-applicable', step, data: { reason: 'No proxy here' } }),
      unskip: () => ({ ...stamp, kind: 'not-applicable', step, data: { undoes: idsOf('not-applicable') } }),
      note: () => ({ ...stamp, kind: 'note', data: { text: 'Slow' }, ...(seconds % 2 ? { step } : {}) }),
      decide: () => ({
        ...stamp,
        kind: 'gate',
        step: 'go-to-production',
        data: { decision: seconds % 2 ? 'go' : 'no-go', undoes: idsOf('gate', 'go-to-production') },
      }),
      withdraw: () => ({
        ...stamp,
        kind: 'gate',
        step: 'go-to-production',
        data: { undoes: idsOf('gate', 'go-to-production') },
      }),
      value: () => ({
        ...stamp,
        kind: 'value',
        data: { input, value: `server-${place}`, ...(seconds % 3 ? { undoes: idsOf('value') } : {}) },
      }),
      finish: () => ({ ...stamp, kind: 'finished', data: {} }),
      reopen: () => ({ ...stamp, kind: 'reopened', data: { undoes: idsOf('finished') } }),
      archive: () => ({ ...stamp, kind: 'archived', data: {} }),
      see: () => ({ ...stamp, kind: 'seen', step, data: { value: `1.${place}`, undoes: idsOf('seen') } }),
      spend: () => ({ ...stamp, kind: 'spent', step, data: { minutes: seconds } }),
      detail: () => ({ ...stamp, kind: 'details', data: { site: `site ${place}`, undoes: idsOf('details') } }),
      undo: () => ({ ...stamp, kind: 'undo', data: { undoes: mine.slice(-1 - (seconds % 3)).map(({ id }) => id) } }),
      reset: () => ({ ...stamp, kind: 'reset', data: { undoes: [...idsOf('tick'), ...idsOf('seen')] } }),
      hear: () => undefined,
    };
    const happened = made[act]();
    known[person] = happened ? [...mine, happened] : mergeEvents(mine, known[hearsOf] ?? []);
  });
  return known;
});

/** One random history, everybody's together, in random order. */
export const shuffled: fc.Arbitrary<Event[]> = histories
  .map((known) => known.reduce(mergeEvents, []))
  .chain((events) => fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }));

export const texts = (events: readonly Event[]): string[] => events.map(writeEvent);

/** A state as text, with its lists in their order and its maps in the order of their keys. */
export const picture = (state: RunState): string =>
  JSON.stringify(
    {
      ...state,
      gone: [...state.gone].sort(),
      selected: steps.map((step) => [tickOf(state, step)?.id, gateOf(state, 'go-to-production')]),
    },
    (_key, value: unknown) =>
      value instanceof Map ? [...value].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)) : value,
    1,
  );
