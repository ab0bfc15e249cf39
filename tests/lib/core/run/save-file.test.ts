import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../../src/lib/core/hash.ts';
import { writeCanonical, type Event } from '../../../../src/lib/core/run/event.ts';
import { fingerprintOf, shortFingerprint } from '../../../../src/lib/core/run/fingerprint.ts';
import { fold } from '../../../../src/lib/core/run/fold.ts';
import { previewImport } from '../../../../src/lib/core/run/import-preview.ts';
import { mergeEvents } from '../../../../src/lib/core/run/merge.ts';
import {
  picturesIn,
  readSaveFile,
  saveFileName,
  SAVE_FILE_BYTES,
  writeSaveFile,
  type ReadFile,
} from '../../../../src/lib/core/run/save-file.ts';
import { event, HASH, shuffled, texts } from './histories.ts';
import { nightsWork, pictures, pngHash, RUN } from './runs.ts';

const started = event('e0', { kind: 'started', data: { runbook: 'pilot', revision: HASH } });
const write = (events: readonly Event[] = nightsWork) => writeSaveFile({ run: RUN, events, pictures });
const whole = write();

/** The answer, and nothing that is too long to print where a test fails. */
const outcome = (answer: ReadFile): string => (answer.state === 'read' ? 'read' : `${answer.state}: ${answer.why}`);

/** The file with something changed, and with the fingerprint that then fits. */
function forge(change: (file: Record<string, unknown>) => void): string {
  const file = JSON.parse(whole) as Record<string, unknown>;
  change(file);
  return JSON.stringify(file);
}

describe('a save file', () => {
  it('is read as it was written, pictures and all', () => {
    const answer = readSaveFile(whole);
    expect(outcome(answer)).toBe('read');
    if (answer.state !== 'read') return;
    expect(answer.file).toMatchObject({
      run: RUN,
      runbook: { id: 'production-gpo-wsus', revision: 'a1b2c3d4', title: 'Deploy Defender updates to production' },
      missingPictures: [],
    });
    expect(texts(answer.file.events)).toEqual(texts(mergeEvents(nightsWork, [])));
    expect(answer.file.pictures).toEqual(pictures);
    expect(writeSaveFile(answer.file)).toBe(whole);
  });

  it('gives the same bytes after saving, wiping and loading, for any history and in any order', () => {
    fc.assert(
      fc.property(shuffled, (events) => {
        const text = write([...events, started]);
        const answer = readSaveFile(text);
        expect(outcome(answer)).toBe('read');
        if (answer.state !== 'read') return;
        expect(writeSaveFile(answer.file)).toBe(text);
        expect(write([started, ...events.toReversed(), ...events])).toBe(text);
        expect(fold(answer.file.events).started).toEqual(fold([...events, started]).started);
      }),
    );
  });

  it('is canonical: keys in order, no white space', () => {
    expect(whole).toMatch(/^\{"events":\[\{"at":/);
    expect(Object.keys(JSON.parse(whole) as object)).toEqual([
      'events',
      'fingerprint',
      'format',
      'pictures',
      'run',
      'version',
    ]);
  });

  it('holds only pictures that its evidence names, and says which are missing', () => {
    const bare = writeSaveFile({ run: RUN, events: nightsWork, pictures: new Map() });
    const answer = readSaveFile(bare);
    expect(answer.state === 'read' && answer.file.missingPictures).toEqual([pngHash]);
    const stray = writeSaveFile({ run: RUN, events: [started], pictures });
    expect(stray).toContain('"pictures":{}');
    expect(picturesIn(nightsWork)).toEqual([pngHash]);
  });

  it('has the same fingerprint with and without its pictures, and another one for another entry', () => {
    const fingerprint = (text: string) => (JSON.parse(text) as { fingerprint: string }).fingerprint;
    expect(fingerprint(whole)).toBe(fingerprint(writeSaveFile({ run: RUN, events: nightsWork, pictures: new Map() })));
    expect(fingerprint(whole)).not.toBe(fingerprint(write(nightsWork.slice(1))));
    expect(fingerprintOf('k3q9x0v2m7p4', [])).not.toBe(fingerprintOf('k3q9x0v2m7p5', []));
  });

  it('may begin with the mark that editors put there', () => {
    expect(outcome(readSaveFile(`\uFEFF${whole}`))).toBe('read');
  });
});

describe('fingerprints', () => {
  it('are printed as sixteen digits in groups', () => {
    expect(shortFingerprint('3f2a91c077d10b4e00')).toBe('3F2A-91C0-77D1-0B4E');
  });
});

it('a file is named by what the run is for, and safely', () => {
  const at = '2026-11-20T03:12:45.120+01:00';
  expect(saveFileName({ change: 'CHG0031' }, 'production-gpo-wsus', at)).toBe(
    'CHG0031 production-gpo-wsus 2026-11-20 0312.json',
  );
  fc.assert(
    fc.property(fc.string(), fc.string(), (change, site) => {
      const name = saveFileName({ change, site }, 'pilot', at);
      expect(name).toMatch(/^[^\\/:*?"<>|\p{Cc}]+ 2026-11-20 0312\.json$/u);
      expect(name.length).toBeLessThan(200);
    }),
  );
});

describe('a file that is refused', () => {
  const notOurs = 'refused: This file is not a run that Ringbook saved. Nothing was changed.';
  const cut = 'refused: This file is cut off or damaged, so it was not opened. Ask for it again. Nothing was changed.';
  const altered =
    'refused: This file was changed after it was saved: its fingerprint does not fit what it holds. It was not opened. Ask for it again.';

  it.each<[string, string, string]>([
    ['is empty', '', notOurs],
    ['is a picture', '\u0089PNG\r\n', notOurs],
    ['is markup', '<script>alert(1)</script>', notOurs],
    ['is other JSON', '{"a":1}', notOurs],
    ['is a list', '[]', notOurs],
    ['is nothing', 'null', notOurs],
    ['is cut off', whole.slice(0, -10), cut],
    ['is nested without end', '['.repeat(500_000), notOurs],
    ['hides its format in a prototype', '{"__proto__":{"format":"ringbook-run"}}', notOurs],
    ['has a field too many', forge((file) => (file['colour'] = 'red')), cut],
    ['has no events', forge((file) => delete file['events']), cut],
    ['has a strange run', forge((file) => (file['run'] = '../../etc')), cut],
    ['has version 0', forge((file) => (file['version'] = 0)), cut],
    ['has a changed note', whole.replace('Night shift', 'Night shaft'), altered],
    ['lacks an entry', forge((file) => (file['events'] as unknown[]).pop()), altered],
    ['carries another run’s id', forge((file) => (file['run'] = 'z8w1t5n6b2c0')), altered],
    [
      'has a damaged entry',
      forge((file) => ((file['events'] as object[])[2] = { kind: 'tick' })),
      'refused: Entry 3 of this file is damaged, so the file was not opened. Ask for it again.',
    ],
    [
      'has a changed picture',
      forge((file) => (file['pictures'] = { [pngHash]: 'AAAA' })),
      'refused: A picture in this file is damaged, so the file was not opened. Ask for it again.',
    ],
    [
      'has a list for pictures',
      forge((file) => (file['pictures'] = [])),
      'refused: A picture in this file is damaged, so the file was not opened. Ask for it again.',
    ],
  ])('%s', (_what, text, words) => {
    expect(outcome(readSaveFile(text))).toBe(words);
  });

  it('does not hold the beginning of its run', () => {
    expect(outcome(readSaveFile(write([event('e1', { kind: 'finished', data: {} })])))).toBe(
      'refused: This file does not hold the beginning of its run, so it was not opened. Ask for it again.',
    );
  });

  it('is larger than 50 MB', () => {
    expect(outcome(readSaveFile(' '.repeat(SAVE_FILE_BYTES + 1)))).toBe(
      'refused: This file is larger than 50 MB, so it was not opened. Save the run again with fewer or smaller pictures.',
    );
  });

  it('is answered within a moment when it is as large as may be', () => {
    const padded = whole.replace(/\}$/, `${' '.repeat(SAVE_FILE_BYTES - whole.length)}}`);
    const began = performance.now();
    expect(outcome(readSaveFile(padded))).toBe('read');
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe('a file of a newer release', () => {
  const newer =
    'newer: This file was saved by a newer release of Ringbook. It is shown as far as it can be read, and cannot be changed here.';

  it('is shown as far as it can be read', () => {
    const later = forge((file) => {
      file['version'] = 2;
      file['signatures'] = [];
      (file['events'] as object[]).push({ kind: 'signed', id: 'e99', at: 1 });
    });
    const answer = readSaveFile(later);
    expect(outcome(answer)).toBe(newer);
    expect(answer.state === 'newer' && answer.file?.events).toHaveLength(nightsWork.length);
    expect(answer.state === 'newer' && answer.file?.pictures.size).toBe(1);
  });

  it('is known by a single entry, too', () => {
    const answer = readSaveFile(forge((file) => (file['events'] as object[]).push({ v: 2, kind: 'tick' })));
    expect(outcome(answer)).toBe(newer);
  });

  it('may hold nothing that can be read', () => {
    const answer = readSaveFile('{"format":"ringbook-run","version":7}');
    expect(outcome(answer)).toBe(newer);
    expect(answer.state === 'newer' && answer.file).toBeUndefined();
  });
});

describe('10,000 mutated files', () => {
  const strange: unknown[] = [
    null,
    true,
    -1,
    1e308,
    '',
    '<img src=x onerror=alert(1)>',
    '</script><script>alert(1)</script>',
    [],
    {},
    [[[[[]]]]],
    { __proto__: null, constructor: { prototype: { polluted: true } } },
    JSON.parse('{"__proto__":{"polluted":true}}'),
    '\u0000',
    'x'.repeat(100_000),
    2 ** 53,
  ];
  const names = [
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'v',
    'kind',
    'id',
    'data',
    'step',
  ];

  /** Puts something else in place of one value somewhere in the file. */
  function mutate(value: unknown, path: number[], replacement: unknown, name: string | undefined): unknown {
    if (typeof value !== 'object' || value === null || path.length === 0) return replacement;
    const copy: unknown = structuredClone(value);
    const entries = Object.entries(copy as object);
    const [turn = 0, ...rest] = path;
    const entry = entries[turn % Math.max(1, entries.length)];
    if (!entry) return replacement;
    const changed = mutate(entry[1], rest, replacement, name);
    if (Array.isArray(copy)) copy[Number(entry[0])] = changed;
    else {
      if (name !== undefined && rest.length === 0) Reflect.deleteProperty(copy as object, entry[0]);
      const key = name !== undefined && rest.length === 0 ? name : entry[0];
      // As `JSON.parse` does it, `__proto__` becomes a field of its own.
      Object.defineProperty(copy, key, { value: changed, enumerable: true, configurable: true, writable: true });
    }
    return copy;
  }

  /** Gives a forged file the fingerprint that fits it. */
  function sign(text: string): string {
    const file = JSON.parse(text) as unknown;
    if (typeof file !== 'object' || file === null || !('run' in file) || !('events' in file)) return text;
    const { run, events } = file;
    return JSON.stringify({ ...file, fingerprint: sha256Hex(writeCanonical({ events, run })) });
  }

  /** Puts other words in place of the first that an entry's data holds. */
  const reword = (which: number, text: string): string =>
    forge((file) => {
      const entry = (file['events'] as { data?: Record<string, unknown> }[])[which];
      const key = Object.keys(entry?.data ?? {}).find((name) => typeof entry?.data?.[name] === 'string');
      if (entry?.data && key !== undefined) entry.data[key] = text;
    });

  it('are each refused with a sentence, or opened as what they say, and nothing else in the world changes', () => {
    const parsed = JSON.parse(whole) as object;
    const mutation = fc.record({
      path: fc.array(fc.nat(40), { minLength: 1, maxLength: 5 }),
      replacement: fc.oneof(fc.constantFrom(...strange), fc.jsonValue({ maxDepth: 3 })),
      name: fc.option(fc.constantFrom(...names), { nil: undefined }),
      /** Other words in place of those of one entry, in a file that is whole otherwise. */
      words: fc.option(
        fc.record({
          which: fc.nat(nightsWork.length - 1),
          text: fc.oneof(fc.constantFrom(...strange.filter((one) => typeof one === 'string')), fc.string()),
        }),
        { nil: undefined, freq: 2 },
      ),
      /** Whether the forger knows how a fingerprint is made. */
      isSigned: fc.boolean(),
      version: fc.option(fc.constant(2), { nil: undefined, freq: 20 }),
      cut: fc.option(fc.nat(whole.length), { nil: undefined, freq: 8 }),
      flip: fc.option(fc.record({ place: fc.nat(whole.length - 1), bit: fc.integer({ min: 0, max: 6 }) }), {
        nil: undefined,
        freq: 5,
      }),
    });
    const states = new Map<string, number>();
    fc.assert(
      fc.property(mutation, ({ path, replacement, name, cut, flip, isSigned, version, words }) => {
        const base = version === undefined ? parsed : { ...parsed, version };
        let text = flip || cut ? whole : JSON.stringify(mutate(base, path, replacement, name));
        if (words) text = reword(words.which, words.text);
        if (words || (!flip && isSigned)) text = sign(text);
        if (flip) {
          const code = whole.charCodeAt(flip.place) ^ (1 << flip.bit);
          text = whole.slice(0, flip.place) + String.fromCharCode(code) + whole.slice(flip.place + 1);
        }
        if (cut !== undefined) text = text.slice(0, cut);
        const answer = readSaveFile(text);
        states.set(answer.state, (states.get(answer.state) ?? 0) + 1);
        if (answer.state === 'read') {
          expect(readSaveFile(writeSaveFile(answer.file)).state).toBe('read');
          expect(previewImport(nightsWork, answer.file).lines.length).toBeGreaterThan(0);
          expect(fold(mergeEvents(nightsWork, answer.file.events)).started).toBeDefined();
        }
        if (answer.state !== 'read') expect(answer.why).toMatch(/^[A-Z].{20,}\.$/);
        if (answer.state === 'newer' && answer.file) fold(answer.file.events);
      }),
      { numRuns: 10_000 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    // Without some of each the mutations would prove nothing.
    for (const state of ['refused', 'newer', 'read']) expect(states.get(state)).toBeGreaterThan(50);
  }, 60_000);
});
