import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Condition } from '../../../../src/lib/core/runbook/model.ts';
import { derived } from '../../../../src/lib/core/sheet/derived.ts';
import { inputs } from '../../../../src/lib/core/sheet/inputs.ts';
import { commandValue, holds, holdsAll, labelOf, makeSheet } from '../../../../src/lib/core/sheet/sheet.ts';

const names = Object.keys(inputs);
/** The part of the vocabulary that a runbook names. */
const only = (...ids: readonly string[]) =>
  Object.fromEntries(ids.map((id) => [id, inputs[id] ?? { label: id, kind: 'text' as const }]));
const context = { today: '2026-11-02' };

/** A site where everything is filled in. */
const site: Readonly<Record<string, string>> = {
  useSsl: 'no',
  upstreamServer: 'YR2K19',
  upstreamPort: '8530',
  wsusSsl: 'yes',
  wsusServer: 'wsus2.contoso.com',
  wsusPort: '8531',
  firstSync: '5:00 PM',
  syncsPerDay: '4',
  timeZone: 'America/New_York',
  productionOrder: 'InternalDefinitionUpdateServer',
};

describe('a sheet', () => {
  it('has a cell for each input named, and one for each value derived from them alone', () => {
    expect(makeSheet({ upstreamPort: '8530' }, only('upstreamServer', 'upstreamPort'), context)).toEqual({
      upstreamServer: { state: 'missing', waitsFor: ['upstreamServer'] },
      upstreamPort: { state: 'given', value: 8530, text: '8530' },
    });
    expect(Object.keys(makeSheet({}, only('upstreamServer', 'upstreamPort', 'useSsl'), context))).toEqual([
      'upstreamServer',
      'upstreamPort',
      'useSsl',
      'upstreamUrl',
    ]);
  });

  it('reads a field by what the page says of it', () => {
    expect(
      makeSheet({ upstreamPort: '70000' }, { upstreamPort: { kind: 'port', label: 'Its port' } }, context),
    ).toEqual({
      upstreamPort: { state: 'wrong', message: 'Its port must be 65535 or less', waitsFor: ['upstreamPort'] },
    });
  });

  it('takes no inherited name for a text', () => {
    expect(makeSheet({}, only('toString'), context)).toEqual({
      toString: { state: 'missing', waitsFor: ['toString'] },
    });
  });

  it('works out all derived values of a site', () => {
    const sheet = makeSheet(site, inputs, context);
    for (const id of Object.keys(derived)) expect(sheet[id], id).toMatchObject({ state: 'given' });
    expect(commandValue(sheet['upstreamUrl'])).toBe('http://YR2K19:8530');
    expect(commandValue(sheet['wsusUrl'])).toBe('https://wsus2.contoso.com:8531');
    expect(commandValue(sheet['storedUtc'])).toBe('22:00:00');
    expect(commandValue(sheet['syncTimesLocal'])).toBe('17:00, 23:00, 05:00, 11:00');
  });

  it('says which inputs a derived value waits for', () => {
    expect(makeSheet({ useSsl: 'no' }, inputs, context)['upstreamUrl']).toEqual({
      state: 'missing',
      waitsFor: ['upstreamServer', 'upstreamPort'],
    });
  });

  it('says which inputs are wrong, before it asks for missing ones', () => {
    expect(makeSheet({ upstreamServer: 'a b', upstreamPort: '0' }, inputs, context)['upstreamUrl']).toEqual({
      state: 'wrong',
      message: 'Upstream server must not contain spaces',
      waitsFor: ['upstreamServer', 'upstreamPort'],
    });
  });

  it.each(['wsus2', '192.0.2.10'])('asks for the full name with SSL in place of %s', (wsusServer) => {
    expect(makeSheet({ ...site, wsusServer }, inputs, context)['wsusUrl']).toEqual({
      state: 'wrong',
      message:
        'This WSUS server must be a full name such as wsus1.contoso.com, because SSL compares it with the certificate',
      waitsFor: ['wsusServer'],
    });
  });

  it('takes a short name without SSL', () => {
    expect(makeSheet({ ...site, wsusServer: 'wsus2', wsusSsl: 'no' }, inputs, context)['wsusUrl']).toMatchObject({
      value: 'http://wsus2:8531',
    });
  });

  it('has no times of day without a date', () => {
    expect(makeSheet(site, inputs, { today: 'tomorrow' })['storedUtc']).toMatchObject({
      state: 'wrong',
      waitsFor: ['timeZone'],
    });
  });

  it('has no times of day, but all else, where Temporal is missing', () => {
    vi.stubGlobal('Temporal', undefined);
    try {
      const sheet = makeSheet(site, inputs, context);
      expect(sheet['storedUtc']).toMatchObject({
        state: 'wrong',
        message: 'This browser cannot work with time zones yet',
      });
      expect(sheet['upstreamUrl']).toMatchObject({ state: 'given' });
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('names inputs only of the vocabulary, in derived values too', () => {
    for (const { id, needs, asks, label } of Object.values(derived)) {
      expect(names).toEqual(expect.arrayContaining([...needs]));
      expect(needs).toContain(asks);
      expect(labelOf(id, inputs)).toBe(label);
    }
    expect(labelOf('upstreamPort', inputs)).toBe('Upstream port');
    expect(labelOf('constructor', inputs)).toBe('constructor');
  });
});

describe('any sheet', () => {
  const anyRaw = fc.dictionary(
    fc.constantFrom(...names),
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.constantFrom(...Object.values(site), 'yes', 'no', '25:00', '0'),
    ),
    { maxKeys: names.length },
  );
  const anyToday = fc.oneof(fc.constant('2026-11-02'), fc.constant('2026-03-29'), fc.string());

  it('is made of any text without a throw', () => {
    fc.assert(
      fc.property(anyRaw, anyToday, (raw, today) => {
        const sheet = makeSheet(raw, inputs, { today });
        expect(Object.keys(sheet).sort()).toEqual([...names, ...Object.keys(derived)].sort());
      }),
    );
  });

  it('never holds the text of a secret', () => {
    const secret = fc.string({ minLength: 1 }).map((text) => `s3cret${text}`);
    fc.assert(
      fc.property(anyRaw, secret, (raw, proxyPassword) => {
        const sheet = makeSheet({ ...raw, proxyPassword }, inputs, context);
        expect(sheet['proxyPassword']).toEqual({ state: 'missing', waitsFor: ['proxyPassword'] });
        expect(commandValue(sheet['proxyPassword'])).toBeUndefined();
        expect(JSON.stringify(sheet)).not.toContain('s3cret');
      }),
    );
  });

  it('never gives a derived value while an input it needs is missing or wrong', () => {
    const faults = fc.constantFrom('', ' ', '!', 'a b', '99999', '25:00', 'Mars/Olympus', 'maybe');
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(derived)), fc.nat(), faults, ({ id, needs }, pick, fault) => {
        const need = needs[pick % needs.length] ?? '';
        const sheet = makeSheet({ ...site, [need]: fault }, inputs, context);
        fc.pre(sheet[need]?.state !== 'given');
        expect(sheet[id]?.state).toBe(sheet[need]?.state);
        expect(sheet[id]).toMatchObject({ waitsFor: [need] });
      }),
    );
  });

  it('shows every given value that is no choice as it stands in a command', () => {
    fc.assert(
      fc.property(anyRaw, (raw) => {
        for (const [id, cell] of Object.entries(makeSheet(raw, inputs, context))) {
          if (cell.state === 'given' && !inputs[id]?.options) expect(cell.text).toBe(String(commandValue(cell)));
        }
      }),
    );
  });
});

describe('a value in a command', () => {
  it('is a boolean for a yes-no input', () => {
    const sheet = makeSheet({ useSsl: 'yes', useProxy: 'no' }, inputs, context);
    expect(commandValue(sheet['useSsl'])).toBe(true);
    expect(commandValue(sheet['useProxy'])).toBe(false);
  });

  it('is the value, not the label, of a choice', () => {
    expect(commandValue(makeSheet({ serverRole: 'replica' }, inputs, context)['serverRole'])).toBe('replica');
  });

  it('is text for a name that happens to be yes', () => {
    expect(commandValue(makeSheet({ productionGpo: 'yes' }, inputs, context)['productionGpo'])).toBe('yes');
    expect(commandValue(makeSheet({ productionGpo: 'No' }, inputs, context)['productionGpo'])).toBe('No');
  });

  it('is nothing while it is missing, wrong, or not on the sheet', () => {
    const sheet = makeSheet({ upstreamPort: '0' }, inputs, context);
    expect(commandValue(sheet['upstreamPort'])).toBeUndefined();
    expect(commandValue(sheet['upstreamServer'])).toBeUndefined();
    expect(commandValue(undefined)).toBeUndefined();
  });
});

describe('a branch', () => {
  const sheet = makeSheet({ useProxy: 'yes', languages: 'all', wsusPort: '0', upstreamPort: '8530' }, inputs, context);
  const yes = { input: 'useProxy', is: ['yes'] };
  const no = { input: 'languages', is: ['subset'] };
  const unknown = { input: 'serverRole', is: ['replica'] };

  it.each<readonly [condition: Condition, answer: boolean | undefined, reason: string]>([
    [yes, true, 'its input has the value'],
    [no, false, 'its input has another value'],
    [{ input: 'languages', is: ['subset', 'all'] }, true, 'its input has one of several values'],
    [{ input: 'upstreamPort', is: ['8530'] }, true, 'its input is a number'],
    [unknown, undefined, 'its input is missing'],
    [{ input: 'wsusPort', is: ['0'] }, undefined, 'its input is wrong'],
    [{ input: 'constructor', is: ['x'] }, undefined, 'its input is not on the sheet'],
  ])('%j is %s when %s', (condition, answer) => {
    expect(holds(condition, sheet)).toBe(answer);
  });

  it('holds together when all hold, fails when one fails, and is unknown otherwise', () => {
    expect(holdsAll([], sheet)).toBe(true);
    expect(holdsAll([yes, yes], sheet)).toBe(true);
    expect(holdsAll([yes, unknown], sheet)).toBeUndefined();
    expect(holdsAll([unknown, no], sheet)).toBe(false);
  });
});
