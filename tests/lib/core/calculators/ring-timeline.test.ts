import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policyRefreshInputs } from '../../../../src/lib/core/calculators/policy-refresh-inputs.ts';
import { plannedLeeway } from '../../../../src/lib/core/calculators/ring-schedule.ts';
import {
  describeRingTimeline,
  ringTimelineBackground,
  gateIds,
  gateOf,
  gateWords,
  readRingTimeline,
  ringTimeline,
  ringTimelineAlso,
  ringTimelineExample,
  RingTimelineInput,
  ringTimelineNeeds,
  ringTimelineSources,
  type GateId,
  type Ring,
  type RingTimeline,
  type TimelineRing,
} from '../../../../src/lib/core/calculators/ring-timeline.ts';
import { ringTimelineInputs } from '../../../../src/lib/core/calculators/ring-timeline-inputs.ts';
import { soakCheckInputs } from '../../../../src/lib/core/calculators/soak-check-inputs.ts';
import type { Report } from '../../../../src/lib/core/render/report.ts';
import { inputs } from '../../../../src/lib/core/sheet/inputs.ts';
import type { Field } from '../../../../src/lib/core/sheet/rules.ts';
import { makeSheet } from '../../../../src/lib/core/sheet/sheet.ts';
import {
  anyClock,
  anyDay,
  anySchedule,
  intlInstants,
  intlOffset,
  intlRuns,
  intlStartOfDay,
  intlText,
} from './support/intl-clocks.ts';

const zone = 'America/New_York';
const schedule = (firstSync: string, syncsPerDay = 1, timeZone = zone) => ({ firstSync, timeZone, syncsPerDay });
const pilot: Ring = { name: 'Pilot', schedule: schedule('05:00'), approval: 'rule', detectionHours: 22 };
const production: Ring = { name: 'Production', schedule: schedule('17:00'), approval: 'rule', detectionHours: 22 };
const worked = (rings: readonly Ring[], more: Partial<RingTimelineInput> = {}): RingTimeline =>
  ringTimeline({ ...ringTimelineExample, ...more, rings: [...rings] });

/** The windows of a ring's gates by the clocks of its zone: `approval 2026-11-02 05:00 to 2026-11-02 06:30`. */
const gatesOf = ({ gates, schedule: { timeZone } }: TimelineRing): string[] =>
  gates.map(({ id, earliest, latest }) => `${id} ${intlText(earliest, timeZone)} to ${intlText(latest, timeZone)}`);
const ringOf = ({ rings }: RingTimeline, index: number): TimelineRing => {
  const ring = rings.at(index);
  if (!ring) throw new Error(`There is no ring ${index}.`);
  return ring;
};
const gate = (ring: TimelineRing, id: GateId) => {
  const found = gateOf(ring, id);
  if (!found) throw new Error(`There is no gate ${id}.`);
  return found;
};
const kindsOf = ({ warnings }: RingTimeline): string[] => warnings.map(({ kind }) => kind);
const warningsOf = (report: Report): string[] => report.flatMap((part) => (part.kind === 'warning' ? [part.text] : []));

describe('the worked example', () => {
  it('gives what its docstring says', () => {
    const value = ringTimeline(ringTimelineExample);
    expect(RingTimelineInput(ringTimelineExample)).toEqual({ ok: true, value: ringTimelineExample });
    expect(gatesOf(ringOf(value, 0))).toEqual([
      'sync 2026-11-02 05:00 to 2026-11-02 06:30',
      'approval 2026-11-02 05:00 to 2026-11-02 06:30',
      'found 2026-11-02 05:00 to 2026-11-03 08:30',
      'deadline 2026-11-02 00:00 to 2026-11-02 05:00',
      'device 2026-11-02 05:00 to 2026-11-03 08:30',
    ]);
    expect(gatesOf(ringOf(value, 1))).toEqual([
      'upstream 2026-11-02 05:00 to 2026-11-02 06:30',
      'sync 2026-11-02 17:00 to 2026-11-02 18:30',
      'soak 2026-11-02 17:00 to 2026-11-02 17:30',
      'approval 2026-11-02 17:00 to 2026-11-02 18:30',
      'found 2026-11-02 17:00 to 2026-11-03 20:30',
      'device 2026-11-02 17:00 to 2026-11-03 20:30',
    ]);
    expect(kindsOf(value)).toEqual(['deadline', 'soak', 'overtakes']);
  });
});

describe('a gate', () => {
  it('of an approval by hand opens when the soak is over, and closes when the time to approve is', () => {
    const value = worked([pilot, { ...production, soakHours: 36, approval: 'hand', approvalHours: 8 }]);
    expect(gatesOf(ringOf(value, 1)).slice(1, 4)).toEqual([
      'sync 2026-11-02 17:00 to 2026-11-02 18:30',
      'soak 2026-11-03 17:00 to 2026-11-03 17:30',
      'approval 2026-11-03 17:00 to 2026-11-04 01:30',
    ]);
  });

  it('of an approval by hand does not open before the synchronization', () => {
    const value = worked([pilot, { ...production, soakHours: 1, approval: 'hand', approvalHours: 8 }]);
    expect(gate(ringOf(value, 1), 'approval')).toEqual({
      id: 'approval',
      earliest: gate(ringOf(value, 1), 'sync').earliest,
      latest: gate(ringOf(value, 1), 'sync').latest + 8 * 60,
    });
  });

  it('of an inherited approval waits for a synchronization after the approval above', () => {
    const approvedByHand: Ring = { ...pilot, approval: 'hand', approvalHours: 20 };
    const value = worked([approvedByHand, { ...production, approval: 'inherited' }]);
    expect(gatesOf(ringOf(value, 0))[1]).toBe('approval 2026-11-02 05:00 to 2026-11-03 02:30');
    expect(gatesOf(ringOf(value, 1))[2]).toBe('approval 2026-11-02 17:00 to 2026-11-03 18:30');
  });

  it('of a policy change adds replication and refresh', () => {
    const value = worked([{ ...pilot, replicationMinutes: 180 }, production]);
    expect(gatesOf(ringOf(value, 0)).slice(2, 5)).toEqual([
      'replication 2026-11-02 05:00 to 2026-11-02 09:30',
      'policy 2026-11-02 05:00 to 2026-11-02 11:30',
      'found 2026-11-02 05:00 to 2026-11-03 13:30',
    ]);
  });

  it('of a deadline reaches over both readings of its time, and holds the last device when it is later', () => {
    const value = worked([{ ...pilot, deadline: { days: 3, time: '05:00' } }, production]);
    expect(gatesOf(ringOf(value, 0)).slice(-2)).toEqual([
      'deadline 2026-11-05 00:00 to 2026-11-05 05:00',
      'device 2026-11-02 05:00 to 2026-11-05 05:00',
    ]);
  });

  it('of a synchronization that races opens as soon as the update could be there', () => {
    const value = worked([pilot, { ...production, schedule: schedule('04:50') }]);
    expect(gatesOf(ringOf(value, 1))[1]).toBe('sync 2026-11-02 05:00 to 2026-11-03 06:20');
  });

  it('has words and a letter of its own', () => {
    const letters = gateIds.map((id) => gateWords[id][0]);
    expect(new Set(letters).size).toBe(gateIds.length);
    for (const id of gateIds) expect(gateWords[id][1]).not.toBe('');
  });
});

describe('a warning', () => {
  const soakOf = (value: RingTimeline) => value.warnings.find(({ kind }) => kind === 'soak');

  it('is given when a pilot synchronization falls inside the wanted soak', () => {
    const often = { ...pilot, schedule: schedule('05:00', 4) };
    const value = worked([often, { ...production, schedule: schedule('15:00'), soakHours: 12 }]);
    expect(soakOf(value)).toEqual({
      kind: 'soak',
      ring: 'Production',
      approval: 'rule',
      wantedMinutes: 720,
      shortestMinutes: 210,
      isByOffset: false,
      pilotLocal: '11:00',
      local: '15:00',
    });
    expect(warningsOf(describeRingTimeline(value))[0]).toBe(
      'A pilot synchronization falls inside the wanted soak: the pilot synchronizes at 11:00 and Production at 15:00, so an ' +
        'update may be in the pilot for only 3 h 30 min of the wanted 12 h. The approval rule does not wait: move a ' +
        'schedule, or approve by hand.',
    );
  });

  it('is given when only the offset shortens the soak, and not when the soak holds', () => {
    expect(soakOf(worked([pilot, { ...production, soakHours: 12 }]))).toMatchObject({ isByOffset: true });
    expect(soakOf(worked([pilot, { ...production, soakHours: 11 }]))).toBeUndefined();
    expect(soakOf(worked([pilot, production]))).toBeUndefined();
  });

  it.each([
    ['hand', 'Approve only what has been in the pilot long enough.'],
    ['rule', 'The approval rule does not wait: move a schedule, or approve by hand.'],
    ['inherited', 'A replica does not wait: approve for each group on the server above, once the soak is over.'],
  ] as const)('about the soak says what to do with approval by %s', (approval, advice) => {
    const value = worked([pilot, { ...production, soakHours: 24, approval, approvalHours: 1 }]);
    expect(warningsOf(describeRingTimeline(value)).join(' ')).toContain(advice);
  });

  it('is given when two synchronizations race, with the zones where they differ', () => {
    const value = worked([pilot, { ...production, schedule: schedule('11:10', 1, 'Europe/Berlin') }]);
    expect(warningsOf(describeRingTimeline(value))[0]).toBe(
      'Two synchronizations race: Pilot at 05:00 (America/New_York) and Production at 11:10 (Europe/Berlin) may run in either ' +
        'order. Whether Production gets an update then or one synchronization later is chance.',
    );
  });

  it('is given when the clocks change while the update is on its way', () => {
    const value = worked([pilot, production], { date: '2026-10-31', today: '2026-10-30' });
    expect(value.warnings).toContainEqual(
      expect.objectContaining({ kind: 'clock-change', timeZone: zone, rings: ['Pilot', 'Production'] }),
    );
    expect(warningsOf(describeRingTimeline(value)).at(-1)).toBe(
      'A clock change falls in: on 2026-11-01 at 02:00 the clocks in America/New_York go back 1 h. WSUS keeps its times in ' +
        'UTC: by the clocks the schedule of Pilot and Production is off until saved again, and saving only some changes the soak.',
    );
  });

  it('is not given for clocks that change once the last device has the update', () => {
    // The last device has it by 20:30 of the day before, and the clocks change at 02:00.
    const value = worked([pilot, production], { date: '2026-10-30', today: '2026-10-30' });
    expect(intlText(ringOf(value, 1).lastDevice.latest, zone)).toBe('2026-10-31 20:30');
    expect(kindsOf(value)).not.toContain('clock-change');
  });

  it('is given when the clocks change before the day of the update', () => {
    const value = worked([pilot, production], { date: '2026-11-02', today: '2026-10-20' });
    expect(value.warnings[0]).toEqual({ kind: 'moved', ring: 'Pilot', typed: '05:00', local: '04:00' });
    expect(gatesOf(ringOf(value, 0))[0]).toBe('sync 2026-11-02 04:00 to 2026-11-02 05:30');
    expect(kindsOf(value)).not.toContain('clock-change');
  });

  it('is given when a ring approves before the last device of the ring before has the update', () => {
    const quick = { ...pilot, detectionHours: 4 };
    expect(kindsOf(worked([quick, production]))).toEqual([]);
    expect(worked([pilot, production]).warnings).toEqual([
      { kind: 'overtakes', ring: 'Production', before: 'Pilot', byMinutes: 15 * 60 + 30 },
    ]);
  });

  it.each([
    [{ days: 0, time: '05:00' }, true, 'at the minute of the synchronization'],
    [{ days: 0, time: '23:00' }, false, 'late on the same day'],
    [{ days: 1, time: '00:00' }, false, 'the next day, also in UTC'],
  ])('about the deadline %j: %s (%s)', (deadline, isGiven) => {
    expect(kindsOf(worked([{ ...pilot, deadline }, production])).includes('deadline')).toBe(isGiven);
  });
});

describe('any timeline', () => {
  const anyRing = fc.record(
    {
      schedule: anySchedule,
      approval: fc.constantFrom('rule' as const, 'hand' as const, 'inherited' as const),
      approvalHours: fc.integer({ min: 1, max: 72 }),
      soakHours: fc.integer({ min: 1, max: 336 }),
      replicationMinutes: fc.integer({ min: 0, max: 720 }),
      detectionHours: fc.integer({ min: 1, max: 22 }),
      deadline: fc.record({ days: fc.integer({ min: 0, max: 14 }), time: anyClock }),
    },
    { requiredKeys: ['schedule', 'approval', 'approvalHours', 'detectionHours'] },
  );
  const anyInput = fc
    .record({
      rings: fc.array(anyRing, { minLength: 2, maxLength: 5 }),
      today: anyDay,
      later: fc.integer({ min: 0, max: 200 }),
    })
    .map(({ rings, today, later }): RingTimelineInput => {
      const named = rings.map((ring, index): Ring => ({ ...ring, name: `Ring ${index + 1}` }));
      const [first, ...rest] = named;
      if (!first) throw new Error('There are two rings or more.');
      const { soakHours: none, ...started } = first;
      void none;
      const approval = first.approval === 'inherited' ? 'rule' : first.approval;
      const date = Temporal.PlainDate.from(today).add({ days: later }).toString();
      return { rings: [{ ...started, approval }, ...rest], today, date, ...plannedLeeway };
    });

  it('starts and goes on when Intl and plain lists of starts say so', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const value = ringTimeline(input);
        const [first, ...rest] = input.rings;
        if (!first) throw new Error('There are two rings or more.');
        const firsts = intlInstants(input.today, first.schedule.firstSync, first.schedule.timeZone).at(-1);
        fc.pre(firsts !== undefined);
        const midnight = intlStartOfDay(input.date, first.schedule.timeZone);
        let start = firsts + Math.floor((midnight - firsts) / 1440) * 1440;
        while (start < midnight) start += 1440;
        let [earliest, latest] = [start, start + 90];
        expect(gate(ringOf(value, 0), 'sync')).toEqual({ id: 'sync', earliest, latest });
        for (const [index, { schedule: below }] of rest.entries()) {
          const runs = intlRuns(below, input.today, earliest, 4);
          fc.pre(runs !== undefined);
          const could = runs.find((run) => run + 30 >= earliest) ?? 0;
          const sure = runs.find((run) => run > latest) ?? 0;
          [earliest, latest] = [Math.max(could, earliest), sure + 90];
          expect(gate(ringOf(value, index + 1), 'sync')).toEqual({ id: 'sync', earliest, latest });
        }
      }),
      { numRuns: 150 },
    );
  });

  it('holds for an update that meets any luck on its way', () => {
    const dice = fc.array(fc.integer({ min: 0, max: 999_983 }), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(anyInput, dice, (input, faces) => {
        const value = ringTimeline(input);
        let throws = 0;
        const die = (most: number): number => (faces[throws++ % faces.length] ?? 0) % (most + 1);
        let began = 0;
        let there = 0;
        let approvedAbove = 0;
        for (const [index, ring] of input.rings.entries()) {
          const gates = ringOf(value, index);
          const lands = (id: GateId, minute: number): void => {
            const { earliest, latest } = gate(gates, id);
            expect(minute, id).toBeGreaterThanOrEqual(earliest);
            expect(minute, id).toBeLessThanOrEqual(latest);
          };
          const { timeZone } = ring.schedule;
          const runs = intlRuns(ring.schedule, input.today, index === 0 ? gate(gates, 'sync').earliest : there, 40);
          fc.pre(runs !== undefined);
          /** Starts of this server with their offsets; what is there by then is taken. */
          const take = (from: number): readonly [starts: number, ends: number] => {
            for (const run of runs) {
              const starts = run + die(input.offsetMinutes);
              if (starts >= from) return [starts, starts + die(input.syncMinutes)];
            }
            throw new Error('There is always another synchronization.');
          };
          if (index === 0) {
            began = gate(gates, 'sync').earliest + die(input.offsetMinutes);
            there = began + die(input.syncMinutes);
          } else {
            lands('upstream', there);
            const [starts, ends] = take(there);
            lands('sync', starts);
            there = ends;
          }
          lands('sync', there);
          let approved = there;
          if (index > 0 && ring.soakHours !== undefined) lands('soak', began + ring.soakHours * 60);
          if (ring.approval === 'hand') {
            const soaked = began + (ring.soakHours ?? 0) * 60;
            approved = Math.max(there, soaked) + die((ring.approvalHours ?? 0) * 60);
          } else if (ring.approval === 'inherited') {
            approved = Math.max(there, take(approvedAbove)[1]);
          }
          lands('approval', approved);
          approvedAbove = approved;
          let ready = approved;
          if (ring.replicationMinutes !== undefined) {
            ready += die(ring.replicationMinutes);
            lands('replication', ready);
            ready += die(120);
            lands('policy', ready);
          }
          const found = ready + die((ring.detectionHours + 4) * 60);
          lands('found', found);
          lands('device', found);
          if (ring.deadline) {
            const clock = die(1) === 0 ? 'UTC' : timeZone;
            const days = ring.deadline.days;
            const day = Date.parse(`${intlText(approved, clock).slice(0, 10)}T00:00Z`) + days * 86_400_000;
            const due = intlInstants(new Date(day).toISOString().slice(0, 10), ring.deadline.time, clock)[0];
            if (due !== undefined) {
              lands('deadline', due);
              lands('device', Math.max(found, due));
            }
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('warns of exactly the clock changes that Intl sees on its way', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const value = ringTimeline(input);
        const from = Math.min(...value.rings.map(({ band }) => band.earliest));
        const until = Math.max(...value.rings.map(({ band }) => band.latest));
        for (const timeZone of new Set(input.rings.map((ring) => ring.schedule.timeZone))) {
          let changes = 0;
          for (let minute = from; minute < until; minute += 15) {
            const next = Math.min(until, minute + 15);
            const moved = intlOffset(next, timeZone) - intlOffset(minute, timeZone);
            if (moved !== 0) changes += 1;
          }
          const warned = value.warnings.filter((one) => one.kind === 'clock-change' && one.timeZone === timeZone);
          expect(warned).toHaveLength(changes);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('has gates in their order, none of which closes before it opens', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        for (const ring of ringTimeline(input).rings) {
          const ids = ring.gates.map(({ id }) => id);
          expect(ids).toEqual(gateIds.filter((id) => ids.includes(id)));
          for (const { earliest, latest } of ring.gates) expect(earliest).toBeLessThanOrEqual(latest);
          expect(ring.lastDevice).toEqual({
            earliest: gate(ring, 'device').earliest,
            latest: gate(ring, 'device').latest,
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('can be told in words', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const value = ringTimeline(input);
        const report = describeRingTimeline(value);
        expect(JSON.stringify(report)).not.toMatch(/undefined|NaN|Infinity|\[object/);
        expect(report.filter(({ kind }) => kind === 'table')).toHaveLength(input.rings.length + 1);
        expect(warningsOf(report)).toHaveLength(value.warnings.length);
      }),
      { numRuns: 60 },
    );
  });

  it('is one that the input shape takes', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        expect(RingTimelineInput(input)).toEqual({ ok: true, value: input });
      }),
      { numRuns: 60 },
    );
  });
});

describe('the input', () => {
  const good = ringTimelineExample;
  const [first = pilot, last = production] = good.rings;
  const withLast = (more: object) => ({ ...good, rings: [first, { ...last, ...more }] });
  const withFirst = (more: object) => ({ ...good, rings: [{ ...first, ...more }, last] });

  it.each([
    ['nothing', 'Enter the rings and the day'],
    [{ ...good, rings: undefined }, 'Enter the rings'],
    [{ ...good, rings: [first] }, 'Enter two rings or more'],
    [{ ...good, rings: [first, 2] }, 'Ring 2: Enter the ring'],
    [{ ...good, rings: [first, first] }, 'Each ring must have a name of its own'],
    [withLast({ name: ' ' }), 'Ring 2: Enter the name of the ring'],
    [withLast({ name: undefined }), 'Ring 2: Enter the name of the ring'],
    [withLast({ schedule: undefined }), 'Ring 2: Enter the schedule'],
    [withLast({ soakHours: 0 }), 'Ring 2: Soak time must be a whole number of hours from 1 to 336'],
    [withLast({ approval: 'somehow' }), 'Ring 2: Select how updates are approved'],
    [withLast({ approval: 'hand' }), 'Ring 2: Enter within how many hours someone approves'],
    [
      withLast({ approval: 'hand', approvalHours: 337 }),
      'Ring 2: Time for the approval must be a whole number of hours from 1 to 336',
    ],
    [
      withLast({ replicationMinutes: -1 }),
      'Ring 2: Time for replication must be a whole number of minutes from 0 to 1000000',
    ],
    [withLast({ detectionHours: 23 }), 'Ring 2: Detection frequency must be a whole number of hours from 1 to 22'],
    [withLast({ deadline: 1 }), 'Ring 2: Enter the deadline'],
    [
      withLast({ deadline: { days: 366, time: '05:00' } }),
      'Ring 2: Deadline must be a whole number of days from 0 to 365',
    ],
    [withLast({ deadline: { days: 0 } }), 'Ring 2: Enter the time of the deadline'],
    [
      withLast({ deadline: { days: 0, time: '5 PM' } }),
      'Ring 2: Time must be from 00:00 to 23:59: time of the deadline',
    ],
    [withLast({ deadline: { days: 0, time: '05:00', zone } }), 'Ring 2: The deadline must have no other fields'],
    [withLast({ more: 1 }), 'Ring 2: The ring must have no other fields'],
    [
      withFirst({ approval: 'inherited' }),
      'The first ring takes from Microsoft Update and inherits no approvals: select a rule or approval by hand',
    ],
    [withFirst({ soakHours: 12 }), 'The first ring has no ring before it: leave its soak time out'],
    [{ ...good, date: undefined }, 'Enter the day of the update'],
    [{ ...good, date: '2026-13-01' }, 'Day of the update must be a date such as 2026-11-02'],
    [{ ...good, today: undefined }, 'Enter the date of today'],
    [{ ...good, today: 'today' }, 'Today must be a date such as 2026-11-02'],
    [{ ...good, more: 1 }, 'The timeline must have no other fields'],
  ])('%j is answered with "%s"', (input, why) => {
    expect(RingTimelineInput(input)).toEqual({ ok: false, why });
  });

  const all: Readonly<Record<string, Field>> = {
    ...inputs,
    ...soakCheckInputs,
    ...policyRefreshInputs,
    ...ringTimelineInputs,
  };
  const raw = {
    pilotFirstSync: '05:00',
    pilotSyncsPerDay: '1',
    pilotTimeZone: zone,
    middleRings: '0',
    firstSync: '17:00',
    syncsPerDay: '1',
    timeZone: zone,
    pilotApproval: 'rule',
    approval: 'rule',
    detectionHours: '22',
  };
  const today = '2026-11-02';
  const read = (more: Readonly<Record<string, string>>) =>
    readRingTimeline(makeSheet({ ...raw, ...more }, all, { today }), today);

  it('comes from the sheet', () => {
    for (const id of [...ringTimelineNeeds, ...ringTimelineAlso]) expect(all[id], id).toBeDefined();
    expect(read({ soakHours: '12' })).toEqual({
      state: 'ready',
      input: { ...good, rings: [pilot, { ...production, soakHours: 12 }] },
    });
    expect(read({ updateDate: '2026-12-01' })).toMatchObject({ input: { date: '2026-12-01', today } });
    expect(readRingTimeline({}, today)).toEqual({ state: 'waiting', waitsFor: [...ringTimelineNeeds] });
  });

  it('from the sheet has the rings between', () => {
    const more = {
      middleRings: '2',
      ring2FirstSync: '08:00',
      ring2SyncsPerDay: '2',
      ring2TimeZone: 'UTC',
      ring2SoakHours: '3',
      ring3FirstSync: '12:00',
      ring3SyncsPerDay: '1',
    };
    expect(read(more)).toEqual({ state: 'waiting', waitsFor: ['ring3TimeZone'] });
    const reading = read({ ...more, ring3TimeZone: 'UTC' });
    expect(reading.state === 'ready' && reading.input.rings.map(({ name }) => name)).toEqual([
      'Pilot',
      'Ring 2',
      'Ring 3',
      'Production',
    ]);
    expect(reading).toMatchObject({ input: { rings: [{}, { soakHours: 3 }, {}, {}] } });
  });

  it.each([
    [{ pilotApproval: 'hand' }, ['approvalHours']],
    [{ approval: 'hand' }, ['approvalHours']],
    [{ policyChange: 'yes' }, ['replicationScope']],
    [{ policyChange: 'yes', replicationScope: 'several-sites' }, ['siteLinkMinutes', 'siteHops']],
    [{ deadline: 'same-day' }, ['deadlineTime']],
    [{ deadline: 'later' }, ['deadlineDays', 'deadlineTime']],
    [{ syncMode: 'manual' }, ['syncMode']],
    [{ detectionHours: '40', firstSync: '' }, ['firstSync', 'detectionHours']],
  ])('from the sheet with %j waits for %j', (more, waitsFor) => {
    expect(read(more)).toEqual({ state: 'waiting', waitsFor });
  });

  it('from the sheet has what an answer calls for', () => {
    expect(
      read({
        approval: 'hand',
        approvalHours: '16',
        policyChange: 'yes',
        replicationScope: 'several-sites',
        siteLinkMinutes: '20',
        siteHops: '2',
        deadline: 'later',
        deadlineDays: '2',
        deadlineTime: '5:00 AM',
      }),
    ).toMatchObject({
      input: {
        rings: [
          { approval: 'rule', replicationMinutes: 60, deadline: { days: 2, time: '05:00' } },
          { approval: 'hand', approvalHours: 16, replicationMinutes: 60, deadline: { days: 2, time: '05:00' } },
        ],
      },
    });
    const sameDay = read({ deadline: 'same-day', deadlineTime: '05:00', deadlineDays: '3', policyChange: 'no' });
    expect(sameDay).toMatchObject({ input: { rings: [{ deadline: { days: 0, time: '05:00' } }, {}] } });
    const none = read({ deadline: 'none', deadlineTime: '05:00' });
    expect(none.state === 'ready' && none.input.rings.some((ring) => 'deadline' in ring)).toBe(false);
  });

  it('from the sheet is one that the shape takes', () => {
    const choices = fc.record({
      pilotApproval: fc.constantFrom('rule', 'hand'),
      approval: fc.constantFrom('rule', 'hand', 'inherited'),
      approvalHours: fc.integer({ min: 1, max: 336 }).map(String),
      policyChange: fc.constantFrom('', 'yes', 'no'),
      replicationScope: fc.constantFrom('one-controller', 'one-site', 'several-sites'),
      siteLinkMinutes: fc.integer({ min: 1, max: 10_080 }).map(String),
      siteHops: fc.integer({ min: 1, max: 50 }).map(String),
      deadline: fc.constantFrom('', 'none', 'same-day', 'later'),
      deadlineDays: fc.integer({ min: 1, max: 365 }).map(String),
      deadlineTime: anyClock,
      soakHours: fc.integer({ min: 1, max: 336 }).map(String),
      detectionHours: fc.integer({ min: 1, max: 22 }).map(String),
      firstSync: anyClock,
      updateDate: anyDay,
    });
    fc.assert(
      fc.property(choices, (more) => {
        const reading = read(more);
        const input = reading.state === 'ready' && reading.input;
        expect(RingTimelineInput(input)).toEqual({ ok: true, value: input });
      }),
      { numRuns: 60 },
    );
  });
});

describe('the report', () => {
  it('reads like this', () => {
    expect(describeRingTimeline(ringTimeline(ringTimelineExample))).toMatchInlineSnapshot(`
      [
        {
          "kind": "sentence",
          "text": "An update that Pilot takes at its first synchronization of 2026-11-02 is on the last device of Production between 2026-11-02 17:00 (-05:00) and 2026-11-03 20:30 (-05:00), in the zone America/New_York.",
        },
        {
          "kind": "warning",
          "text": "The deadline of Pilot may be past when the update is approved: clients then install at their next contact.",
        },
        {
          "kind": "warning",
          "text": "The random offset can shorten the soak: the pilot synchronizes at 05:00 and Production at 17:00, so an update may be in the pilot for only 11 h 30 min of the wanted 12 h. The approval rule does not wait: move a schedule, or approve by hand.",
        },
        {
          "kind": "warning",
          "text": "Production may approve the update up to 15 h 30 min before it is on the last device of Pilot.",
        },
        {
          "caption": "Rings at a glance, each by the clocks of its own zone",
          "head": [
            "Ring",
            "Synchronizes",
            "Wanted soak is over",
            "Policy in force",
            "On the last device",
          ],
          "kind": "table",
          "rows": [
            [
              "Pilot (America/New_York)",
              "2026-11-02 05:00 (-05:00) to 2026-11-02 06:30 (-05:00)",
              "not counted",
              "not counted",
              "2026-11-02 05:00 (-05:00) to 2026-11-03 08:30 (-05:00)",
            ],
            [
              "Production (America/New_York)",
              "2026-11-02 17:00 (-05:00) to 2026-11-02 18:30 (-05:00)",
              "2026-11-02 17:00 (-05:00) to 2026-11-02 17:30 (-05:00)",
              "not counted",
              "2026-11-02 17:00 (-05:00) to 2026-11-03 20:30 (-05:00)",
            ],
          ],
        },
        {
          "caption": "Pilot, gate by gate, in the zone America/New_York",
          "head": [
            "Gate",
            "Earliest",
            "Latest",
            "Where the bounds come from",
          ],
          "kind": "table",
          "rows": [
            [
              "This ring synchronizes",
              "2026-11-02 05:00 (-05:00)",
              "2026-11-02 06:30 (-05:00)",
              "Schedule, plus an offset of up to 30 min and up to 1 h of synchronizing",
            ],
            [
              "Approved",
              "2026-11-02 05:00 (-05:00)",
              "2026-11-02 06:30 (-05:00)",
              "Approval rule, at the synchronization",
            ],
            [
              "Found by clients",
              "2026-11-02 05:00 (-05:00)",
              "2026-11-03 08:30 (-05:00)",
              "Every 22 h plus up to 4 h",
            ],
            [
              "Deadline",
              "2026-11-02 00:00 (-05:00)",
              "2026-11-02 05:00 (-05:00)",
              "0 days after the approval at 05:00, read as UTC and as local time",
            ],
            [
              "On the last device",
              "2026-11-02 05:00 (-05:00)",
              "2026-11-03 08:30 (-05:00)",
              "Found, or the deadline if that is later",
            ],
          ],
        },
        {
          "caption": "Production, gate by gate, in the zone America/New_York",
          "head": [
            "Gate",
            "Earliest",
            "Latest",
            "Where the bounds come from",
          ],
          "kind": "table",
          "rows": [
            [
              "Upstream synchronizes",
              "2026-11-02 05:00 (-05:00)",
              "2026-11-02 06:30 (-05:00)",
              "Synchronization of the ring before",
            ],
            [
              "This ring synchronizes",
              "2026-11-02 17:00 (-05:00)",
              "2026-11-02 18:30 (-05:00)",
              "Schedule, plus an offset of up to 30 min and up to 1 h of synchronizing",
            ],
            [
              "Wanted soak is over",
              "2026-11-02 17:00 (-05:00)",
              "2026-11-02 17:30 (-05:00)",
              "12 h after Pilot began to synchronize",
            ],
            [
              "Approved",
              "2026-11-02 17:00 (-05:00)",
              "2026-11-02 18:30 (-05:00)",
              "Approval rule, at the synchronization",
            ],
            [
              "Found by clients",
              "2026-11-02 17:00 (-05:00)",
              "2026-11-03 20:30 (-05:00)",
              "Every 22 h plus up to 4 h",
            ],
            [
              "On the last device",
              "2026-11-02 17:00 (-05:00)",
              "2026-11-03 20:30 (-05:00)",
              "Found; no deadline is counted",
            ],
          ],
        },
      ]
    `);
  });

  it('says what each gate of a ring rests on', () => {
    const everything: Ring = {
      ...production,
      soakHours: 12,
      approval: 'hand',
      approvalHours: 16,
      replicationMinutes: 360,
      deadline: { days: 2, time: '05:00' },
    };
    const report = describeRingTimeline(worked([pilot, everything]));
    const table = report.findLast(({ kind }) => kind === 'table');
    expect(table?.kind === 'table' && table.rows.map((row) => row.at(-1))).toEqual([
      'Synchronization of the ring before',
      'Schedule, plus an offset of up to 30 min and up to 1 h of synchronizing',
      '12 h after Pilot began to synchronize',
      'By hand, within 16 h of the synchronization and the wanted soak',
      'Up to 6 h',
      'Every 90 min plus up to 30 min',
      'Every 22 h plus up to 4 h',
      '2 days after the approval at 05:00, read as UTC and as local time',
      'Found, or the deadline if that is later',
    ]);
  });

  it('says that the offset is unconfirmed, and what is not counted', () => {
    const text = JSON.stringify(ringTimelineBackground());
    expect(text).toContain('Unconfirmed: Microsoft gives no size');
    expect(text).toContain('Not counted, because no source bounds it');
    const odd = describeRingTimeline(worked([{ ...pilot, schedule: schedule('05:00', 5) }, production]));
    expect(JSON.stringify(odd)).toContain('verify with GetNextSynchronizationTime()');
  });

  it('names its sources', () => {
    for (const { title, url, read: readOn } of ringTimelineSources) {
      expect(title).not.toBe('');
      expect(url).toMatch(/^https:\/\/learn\.microsoft\.com\//);
      expect(readOn).toMatch(/^(\d{4}-\d\d-\d\d)?$/);
    }
  });
});
