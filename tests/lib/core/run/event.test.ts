import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkActor, checkEvent, readEvent, writeEvent, type Event } from '../../../../src/lib/core/run/event.ts';
import { fold, isDone } from '../../../../src/lib/core/run/fold.ts';
import { event, HASH, shuffled } from './histories.ts';

const step = 'open-console';
const SHA = '0123456789abcdef'.repeat(4);
const broken = 'The entry is not whole.';
const ticked = event('e1', { kind: 'tick', step, stepHash: HASH });

const oneOfEachKind: Event[] = [
  event('e01', { kind: 'started', data: { runbook: 'production-gpo-wsus', revision: HASH, title: 'Deploy' } }),
  event('e02', { kind: 'value', data: { input: 'wsusServer', value: '', undoes: ['e00'] } }),
  ticked,
  event('e04', { kind: 'untick', step, data: { undoes: ['e1'] } }),
  event('e05', { kind: 'not-applicable', step, stepHash: HASH, data: { reason: 'No proxy here' } }),
  event('e06', { kind: 'note', step, data: { text: 'Two\nlines' } }),
  event('e07', { kind: 'evidence', step, data: { text: 'PS> ok', name: 'wsusutil.txt' } }),
  event('e08', { kind: 'gate', step, data: { decision: 'no-go', criteria: ['pilot-healthy'], undoes: [] } }),
  event('e09', { kind: 'hand-over', data: { to: 'Bo', text: 'Step 7 is odd' } }),
  event('e10', { kind: 'accepted', data: { handOver: 'e09' } }),
  event('e11', { kind: 'escalated', step, data: { to: 4, trigger: 'Time-box over' } }),
  event('e12', { kind: 'finished', data: { text: 'Successful' } }),
  event('e13', { kind: 'reopened', data: { undoes: ['e12'] } }),
  event('e14', {
    kind: 'started',
    data: {
      runbook: 'production-gpo-wsus',
      revision: HASH,
      about: { title: 'November', change: 'CHG0031', site: 'Munich', ring: 'production' },
      beside: ['k3q9x0v2m7p4'],
    },
  }),
  event('e15', { kind: 'details', data: { title: 'November', change: '', undoes: ['e14'] } }),
  event('e16', { kind: 'outline', data: { revision: HASH, text: '{"items":[],"tasks":[],"title":"Deploy"}' } }),
  event('e17', { kind: 'seen', step, stepHash: HASH, data: { value: '1.421.1', undoes: ['e0'] } }),
  event('e18', { kind: 'spent', step, data: { minutes: 12 } }),
  event('e19', { kind: 'evidence', data: { name: 'a.png', picture: { type: 'image/png', bytes: 9, sha256: SHA } } }),
  event('e20', { kind: 'archived', data: {} }),
  event('e21', { kind: 'reset', data: { undoes: ['e1', 'e17'] } }),
  event('e22', { kind: 'undo', data: { undoes: ['e21'] } }),
  event('e23', { kind: 'hand-over', data: { to: 'Bo', tier: 2 } }),
  event('e24', { kind: 'finished', data: { outcome: 'backed-out' } }),
  event('e25', { kind: 'note', data: { text: 'Mended', undoes: ['e06'] } }),
];

/** Why an event with something changed is refused. */
const refusal = (base: Event, change: object): string => {
  const answer = checkEvent({ ...base, ...change });
  return answer.ok ? 'accepted' : answer.why;
};

describe('writeEvent', () => {
  it('repeats its worked example', () => {
    expect(writeEvent(event('e1', { kind: 'finished', data: {} }))).toBe(
      '{"at":"2026-11-20T03:12:45.120+01:00","by":"Ann","data":{},"id":"e1","kind":"finished","tier":3}',
    );
  });

  it('gives the same text in whatever order the fields were set', () => {
    const { id, at, ...rest } = ticked;
    expect(writeEvent({ ...rest, at, id } as Event)).toBe(writeEvent(ticked));
  });

  it('of every kind there is an example', () => {
    expect(new Set(oneOfEachKind.map(({ kind }) => kind)).size).toBe(20);
  });

  it.each(oneOfEachKind.map((one) => [one.kind, one] as const))('writes %s so that it reads the same', (_kind, one) => {
    expect(readEvent(writeEvent(one))).toEqual({ state: 'read', event: one });
  });

  it('writes any event so that it reads the same, byte for byte', () => {
    fc.assert(
      fc.property(shuffled, fc.string({ unit: 'binary', minLength: 1, maxLength: 50 }), (events, words) => {
        const noted = event('e1', { kind: 'note', data: { text: `${words}.` } });
        for (const one of [...events, noted]) {
          const answer = readEvent(writeEvent(one));
          expect(answer.state === 'read' && writeEvent(answer.event)).toBe(writeEvent(one));
        }
      }),
    );
  }, 30_000);
});

describe('checkEvent', () => {
  it('repeats its worked example', () => {
    expect(checkEvent({ ...ticked, step: 7 })).toEqual({ ok: false, why: 'The entry is not whole.' });
  });

  it.each<[string, object, string]>([
    ['a blank name', { by: ' ' }, broken],
    ['a long name', { by: 'x'.repeat(81) }, broken],
    ['a name on two lines', { by: 'Ann\nBo' }, broken],
    ['a number for a name', { by: 7 }, broken],
    ['tier 5', { tier: 5 }, broken],
    ['a text for a tier', { tier: '3' }, broken],
    ['a date for a moment', { at: '2026-11-20' }, broken],
    ['a number for a moment', { at: 1 }, broken],
    ['a colon in its id', { id: 'a:b' }, broken],
    ['a long id', { id: 'x'.repeat(65) }, broken],
    ['a title for a step', { step: 'A B' }, broken],
    ['a word for a hash', { stepHash: 'xyz' }, broken],
    ['no hash', { stepHash: undefined }, broken],
    ['version 0', { v: 0 }, broken],
    ['a field too many', { colour: 'red' }, broken],
    ['a number for its kind', { kind: 7 }, broken],
  ])('refuses a tick with %s', (_what, change, why) => {
    expect(refusal(ticked, change)).toBe(why);
  });

  it.each<[Event['kind'], string, unknown, string]>([
    ['note', 'nothing', undefined, 'The entry is not whole.'],
    ['note', 'no text', { text: '' }, broken],
    ['note', 'a long text', { text: 'x'.repeat(5001) }, broken],
    ['evidence', 'a long text', { text: 'x'.repeat(50_001) }, broken],
    ['evidence', 'a picture of no kind', { picture: { type: 'image/svg+xml', bytes: 9, sha256: SHA } }, broken],
    ['evidence', 'a picture without a hash', { picture: { type: 'image/png', bytes: 9, sha256: HASH } }, broken],
    [
      'evidence',
      'a picture that is too large',
      { picture: { type: 'image/png', bytes: 10_000_001, sha256: SHA } },
      broken,
    ],
    ['spent', 'half a minute', { minutes: 0.5 }, broken],
    ['spent', 'minutes below nothing', { minutes: -1 }, broken],
    ['spent', 'more than a week', { minutes: 10_081 }, broken],
    ['details', 'a site on two lines', { site: 'Munich\nBerlin' }, broken],
    ['details', 'a long title', { title: 'x'.repeat(201) }, broken],
    ['finished', 'another outcome', { outcome: 'perhaps' }, broken],
    ['reset', 'nothing named', {}, broken],
    ['undo', 'a number', { undoes: [1] }, broken],
    ['started', 'a strange run beside', { runbook: 'x', revision: HASH, beside: ['a:b'] }, broken],
    ['evidence', 'no name', { text: 'x', name: '' }, broken],
    ['not-applicable', 'a blank', { reason: '\n ' }, broken],
    ['value', 'a long text', { input: 'a', value: 'x'.repeat(2001) }, 'Enter the value in 2,000 characters or fewer.'],
    ['value', 'a dot', { input: 'a.b', value: '' }, 'Enter the value in 2,000 characters or fewer.'],
    ['untick', 'one id', { undoes: 'e1' }, broken],
    ['gate', 'a perhaps', { decision: 'maybe' }, broken],
    ['gate', 'no list', { decision: 'go', criteria: 'all' }, broken],
    ['hand-over', 'no receiver', { to: '' }, broken],
    ['escalated', 'a blank', { to: 3, trigger: ' ' }, broken],
    ['finished', 'a long text', { text: 'x'.repeat(20_001) }, broken],
    ['started', 'no title', { runbook: 'x', revision: HASH, title: '' }, broken],
    ['started', 'more', { runbook: 'x', revision: HASH, a: 1 }, broken],
  ])('refuses %s with %s in its data', (kind, _what, data, why) => {
    const base = oneOfEachKind.find((one) => one.kind === kind);
    expect(base && refusal(base, { data })).toBe(why);
  });

  it('takes texts of exactly the greatest length', () => {
    expect(refusal(ticked, { by: 'x'.repeat(80) })).toBe('accepted');
    expect(refusal(ticked, { by: '😀'.repeat(80) })).toBe('accepted');
    expect(checkEvent(event('e1', { kind: 'note', data: { text: `${'\n'.repeat(4999)}x` } })).ok).toBe(true);
    expect(checkEvent(event('e1', { kind: 'value', data: { input: 'a', value: 'x'.repeat(2000) } })).ok).toBe(true);
  });

  it('asks each person for a name and a tier', () => {
    expect(checkActor({ by: 'Ann', tier: 1 }).ok).toBe(true);
    for (const by of ['', ' ', 'x'.repeat(81), 'Ann\nBo', 7]) {
      expect(checkActor({ by, tier: 1 })).toEqual({
        ok: false,
        why: 'Enter your name in 80 characters or fewer, on one line.',
      });
    }
  });
});

describe('readEvent', () => {
  const stored = writeEvent(event('e1', { kind: 'note', step, data: { text: 'Grüße — “quoted” 😀 </script>' } }));

  it('repeats its worked example', () => {
    expect(readEvent('{"kind":"tick"')).toEqual({ state: 'damaged' });
  });

  it('knows an event of a newer release by its kind or its version', () => {
    expect(readEvent(writeEvent({ ...ticked, kind: 'signed' } as never))).toEqual({ state: 'newer' });
    expect(readEvent(writeEvent({ ...ticked, v: 2 } as never))).toEqual({ state: 'newer' });
    expect(readEvent('{"v":2}')).toEqual({ state: 'newer' });
    expect(readEvent(writeEvent({ ...ticked, v: 1 }))).toMatchObject({ state: 'read' });
  });

  it.each([
    '',
    'null',
    '1',
    '"tick"',
    '[]',
    '[{}]',
    '{}',
    '{"kind":["tick"]}',
    '{"kind":"Tick"}',
    '{"v":1.5}',
    '{"v":"2"}',
  ])('says of %j that it is damaged', (text) => {
    expect(readEvent(text)).toEqual({ state: 'damaged' });
  });

  it('says of an event cut off at any byte that it is damaged', () => {
    const bytes = new TextEncoder().encode(stored);
    for (let length = 0; length < bytes.length; length++) {
      expect(readEvent(new TextDecoder().decode(bytes.slice(0, length))).state).toBe('damaged');
    }
    expect(readEvent(stored).state).toBe('read');
  });

  it('never throws and never half-reads when bits are flipped at any byte', () => {
    const bytes = new TextEncoder().encode(stored);
    bytes.forEach((byte, place) => {
      for (let bit = 0; bit < 8; bit++) {
        const flipped = Uint8Array.from(bytes);
        flipped[place] = byte ^ (1 << bit);
        const answer = readEvent(new TextDecoder().decode(flipped));
        if (answer.state === 'read') expect(checkEvent(answer.event)).toEqual({ ok: true, value: answer.event });
      }
    });
  });

  it('never throws, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.jsonValue(), (text, data) => {
        expect(readEvent(text).state).toMatch(/^(damaged|newer)$/);
        expect(readEvent(JSON.stringify({ ...ticked, kind: 'note', data })).state).toMatch(/^(damaged|read)$/);
      }),
    );
  });

  it('never says only that something is wrong', () => {
    const fields = fc.constantFrom('v', 'id', 'at', 'by', 'tier', 'kind', 'step', 'stepHash', 'data');
    fc.assert(
      fc.property(fc.constantFrom(...oneOfEachKind), fields, fc.jsonValue(), (one, field, strange) => {
        const answer = checkEvent({ ...one, [field]: strange });
        if (!answer.ok) expect(answer.why).not.toMatch(/invalid/i);
      }),
      { numRuns: 1000 },
    );
  });

  it('is not taken in by names that every object has', () => {
    const hostile = `{"__proto__":{"kind":"finished"},"constructor":1,${writeEvent(ticked).slice(1)}`;
    expect(readEvent(hostile).state).toBe('damaged');
    expect(readEvent('{"__proto__":{"v":9,"kind":"signed"}}').state).toBe('damaged');
    expect(readEvent('{"kind":"constructor"}')).toEqual({ state: 'newer' });
    const value = event('e1', { kind: 'value', data: { input: 'constructor', value: 'x' } });
    expect(readEvent(writeEvent(value))).toEqual({ state: 'read', event: value });
    expect(Object.hasOwn(Object.prototype, 'kind')).toBe(false);
  });

  it('answers however deep the text is nested', () => {
    const depth = 200_000;
    const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    expect(readEvent(deep).state).toBe('damaged');
    expect(readEvent(writeEvent(ticked).replace(/}$/, `,"data":${deep}}`)).state).toBe('damaged');
  });

  it('keeps markup as the text it is', () => {
    const answer = readEvent(stored);
    expect(answer.state === 'read' && answer.event.kind === 'note' && answer.event.data.text).toContain('</script>');
    expect(isDone(fold(answer.state === 'read' ? [answer.event] : []), step)).toBe(false);
  });
});
