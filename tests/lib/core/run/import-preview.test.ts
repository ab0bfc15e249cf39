import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../../../src/lib/core/run/event.ts';
import { fold, isSettled, valueOf } from '../../../../src/lib/core/run/fold.ts';
import { previewImport } from '../../../../src/lib/core/run/import-preview.ts';
import { mergeEvents } from '../../../../src/lib/core/run/merge.ts';
import { readSaveFile, writeSaveFile, type SaveFile } from '../../../../src/lib/core/run/save-file.ts';
import { event, HASH, histories, texts } from './histories.ts';
import { outline } from './outlines.ts';
import { nightsWork, pictures, RUN } from './runs.ts';

const started = event('e0', {
  kind: 'started',
  at: '2026-11-20T02:00:00.000+00:00',
  data: { runbook: 'pilot', revision: HASH },
});

function fileOf(events: readonly Event[]): SaveFile {
  const answer = readSaveFile(writeSaveFile({ run: RUN, events, pictures }));
  if (answer.state !== 'read') throw new Error(answer.why);
  return answer.file;
}

describe('what opening a file would change', () => {
  const file = fileOf(nightsWork);

  it('is the whole run where it is not here yet', () => {
    const preview = previewImport(undefined, file, outline);
    expect(preview).toMatchObject({ isHere: false, isSame: false, alreadyHere: 0, onlyHere: 0, conflicts: [] });
    expect(preview.lines).toMatchInlineSnapshot(`
      [
        "This run is not here yet. The file holds 25 entries, up to 2026-11-20 03:24.",
        "By Ann, tier 3 (18); Bo, tier 2 (7).",
        "Done or not applicable then: Step 1.1, Step 1.2, Criterion of gate 2.1.",
        "1 value entered.",
      ]
    `);
  });

  it('names steps as the run remembers them, where the runbook is not at hand', () => {
    expect(previewImport(undefined, file).lines).toEqual(previewImport(undefined, file, outline).lines);
    const [start] = nightsWork;
    const unknown = previewImport(
      undefined,
      fileOf([...(start ? [start] : []), event('z1', { kind: 'tick', step: 'open-console', stepHash: HASH })]),
    );
    expect(unknown.lines).toContain('Done or not applicable then: Step open-console.');
  });

  it('is nothing where all of it is here', () => {
    const preview = previewImport([...nightsWork, event('z1', { kind: 'note', data: { text: 'More' } })], file);
    expect(preview).toMatchObject({ isSame: true, onlyHere: 1, arriving: [] });
    expect(preview.lines).toEqual([
      'This file brings nothing new: all its 25 entries are here already. 1 entry here that the file lacks.',
    ]);
  });

  it('is what the other side of a fork did, with conflicts and values named', () => {
    const shared = nightsWork.slice(0, 4);
    const mine = [
      ...shared,
      event('a1', { kind: 'gate', step: 'go-to-production', data: { decision: 'no-go' } }),
      event('a2', { kind: 'value', data: { input: 'wsusServer', value: 'wsus09' } }),
    ];
    const theirs = fileOf([
      ...shared,
      event('b1', { kind: 'gate', by: 'Bo', tier: 2, step: 'go-to-production', data: { decision: 'go' } }),
      event('b2', { kind: 'tick', by: 'Bo', tier: 2, step: 'open-console', stepHash: HASH }),
      event('b3', { kind: 'value', by: 'Bo', tier: 2, data: { input: 'wsusServer', value: 'wsus10' } }),
      event('b4', { kind: 'hand-over', by: 'Bo', tier: 2, data: { to: 'Ann' } }),
    ]);
    const preview = previewImport(mine, theirs, outline);
    expect(preview).toMatchObject({
      isHere: true,
      onlyHere: 2,
      people: [{ by: 'Bo', tier: 2, count: 4 }],
      nowDone: ['open-console'],
      conflicts: ['go-to-production'],
      handOver: { id: 'b4' },
    });
    expect(preview.lines).toMatchInlineSnapshot(`
      [
        "This run is here already. The file adds 4 entries, up to 2026-11-20 03:12.",
        "By Bo, tier 2 (4).",
        "Done or not applicable then: Step 1.1.",
        "Value wsusServer: wsus09 here, wsus10 then.",
        "Gate 2.1: go and no-go were both decided. Somebody has to settle it.",
        "2 entries here that the file lacks; they stay.",
        "Handed over to Ann by Bo, and not accepted yet.",
      ]
    `);
  });

  it('comes true when the file is opened, for any two accounts of a run', () => {
    fc.assert(
      fc.property(histories, (known) => {
        const [mine = [], theirs = []] = known.map((events) => [started, ...events]);
        const opened = fileOf(theirs);
        const preview = previewImport(mine, opened);
        const [before, after] = [fold(mine), fold(mergeEvents(mine, opened.events))];
        expect(texts(mergeEvents(mine, preview.arriving))).toEqual(texts(mergeEvents(mine, theirs)));
        expect(preview.alreadyHere + preview.arriving.length).toBe(opened.events.length);
        expect(mergeEvents(mine, theirs)).toHaveLength(opened.events.length + preview.onlyHere);
        for (const id of after.steps.keys()) {
          const [was, is] = [isSettled(before, id), isSettled(after, id)];
          expect([preview.nowDone.includes(id), preview.nowOpen.includes(id)]).toEqual([is && !was, was && !is]);
        }
        for (const { input, to } of preview.valuesChanged) expect(valueOf(after, input)).toBe(to);
      }),
    );
  });
});
