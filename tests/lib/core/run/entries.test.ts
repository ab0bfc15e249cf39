import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as entries from '../../../../src/lib/core/run/entries.ts';
import { checkEvent, type Act } from '../../../../src/lib/core/run/event.ts';
import { fold } from '../../../../src/lib/core/run/fold.ts';
import type { Result } from '../../../../src/lib/core/result.ts';
import { event, HASH } from './histories.ts';
import { nightsWork, pngHash } from './runs.ts';

const state = fold(nightsWork);
const at = { step: 'read-version', stepHash: HASH };
const why = (answer: Result<unknown>): string => (answer.ok ? 'accepted' : answer.why);
const recordable = (act: Act): boolean => checkEvent(event('e1', act)).ok;

describe('what a person typed', () => {
  it.each<[string, Result<unknown>, string]>([
    ['no note', entries.noteEntry({ text: ' \n' }), 'Enter the note'],
    ['a long note', entries.noteEntry({ text: 'x'.repeat(5001) }), 'The note must be 5,000 characters or fewer'],
    ['no evidence', entries.evidenceEntry({ text: '' }), 'Enter the evidence'],
    [
      'long evidence',
      entries.evidenceEntry({ text: 'x'.repeat(50_001) }),
      'The evidence must be 50,000 characters or fewer. Keep the whole as a file, and paste the part that matters',
    ],
    [
      'a large picture',
      entries.evidenceEntry({ picture: { type: 'image/png', bytes: 10_000_001, sha256: pngHash } }),
      'The picture must be 10 MB or smaller',
    ],
    ['no reason', entries.notApplicableEntry(state, { ...at, reason: '' }), 'Enter why this step does not apply'],
    [
      'a long reason',
      entries.notApplicableEntry(state, { ...at, reason: 'x'.repeat(1001) }),
      'The reason must be 1,000 characters or fewer',
    ],
    ['nothing seen', entries.seenEntry(state, { ...at, value: '' }), 'Enter what you see'],
    ['no minutes', entries.spentEntry({ ...at, minutes: ' ' }), 'Enter the minutes'],
    ['half a minute', entries.spentEntry({ ...at, minutes: '1.5' }), 'Minutes must be a whole number from 0 to 10,080'],
    ['a fortnight', entries.spentEntry({ ...at, minutes: '20160' }), 'Minutes must be a whole number from 0 to 10,080'],
    [
      'minutes in words',
      entries.spentEntry({ ...at, minutes: 'ten' }),
      'Minutes must be a whole number from 0 to 10,080',
    ],
    ['a long site', entries.aboutEntry({ site: 'x'.repeat(201) }), 'The site must be 200 characters or fewer'],
    ['a change on two lines', entries.aboutEntry({ change: 'a\nb' }), 'The change number must be on one line'],
    ['nobody', entries.handOverEntry({ to: ' ' }), 'Enter who takes the run over'],
    [
      'a long name',
      entries.handOverEntry({ to: 'x'.repeat(81) }),
      'The name must be 80 characters or fewer, on one line',
    ],
    ['no trigger', entries.escalatedEntry({ to: 3, trigger: '' }), 'Select why you escalate'],
    ['a long text', entries.finishedEntry({ text: 'x'.repeat(20_001) }), 'The text must be 20,000 characters or fewer'],
  ])('is not taken with %s', (_what, answer, words) => {
    expect(why(answer)).toBe(words);
  });

  it('can be recorded whenever it is taken, whatever it was', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(text, text, fc.string({ maxLength: 8 }), (one, two, minutes) => {
        const answers: Result<Act>[] = [
          entries.noteEntry({ text: one, ...at, corrects: ['e11'] }),
          entries.evidenceEntry({ text: one, name: two }),
          entries.notApplicableEntry(state, { ...at, reason: one }),
          entries.seenEntry(state, { ...at, value: one }),
          entries.spentEntry({ ...at, minutes }),
          entries.detailsEntry(state, { title: one, site: two }),
          entries.handOverEntry({ to: one, text: two }),
          entries.acceptedEntry({ handOver: 'e18', text: one }),
          entries.escalatedEntry({ to: 3, trigger: one, text: two, ...at }),
          entries.finishedEntry({ text: one, outcome: 'successful' }),
          entries.reopenedEntry(state, one),
        ];
        for (const answer of answers) {
          if (answer.ok) expect(recordable(answer.value)).toBe(true);
          else expect(answer.why).toMatch(/^(Enter|Select|The|Minutes|What|You) ?/);
        }
      }),
    );
  });

  it('is recorded as it was typed', () => {
    expect(entries.noteEntry({ text: ' Slow\n', ...at })).toEqual({
      ok: true,
      value: { kind: 'note', ...at, data: { text: ' Slow\n' } },
    });
    expect(entries.aboutEntry({ title: ' November ', change: '' })).toEqual({ ok: true, value: { title: 'November' } });
  });
});

describe('an entry that stands in place of earlier ones', () => {
  it('names those that are in force', () => {
    const seen = entries.seenEntry(state, { ...at, value: '1.422' });
    expect(seen.ok && seen.value.data.undoes).toEqual(['e09']);
    expect(entries.appliesEntry(state, 'select-upstream').data.undoes).toEqual(['e08']);
    const details = entries.detailsEntry(state, { site: 'Berlin' });
    expect(details.ok && details.value.data).toEqual({
      title: '',
      change: '',
      site: 'Berlin',
      ring: '',
      undoes: ['e20'],
    });
    expect(entries.unarchivedEntry(state).data.undoes).toEqual(['e25']);
  });

  it('takes back the reset that is in force, and none that was taken back already', () => {
    expect(entries.resetTakenBackEntry(state).data.undoes).toEqual([]);
    expect(entries.resetTakenBackEntry(fold(nightsWork.slice(0, 23))).data.undoes).toEqual(['e23']);
  });

  it('is without any names where there is nothing before', () => {
    const first = entries.seenEntry(state, { step: 'open-console', stepHash: HASH, value: 'x' });
    expect(first.ok && first.value.data).toEqual({ value: 'x' });
  });
});

it('without words, only what has to have none is recorded', () => {
  for (const act of [entries.archivedEntry(), entries.undoEntry(['e1'])]) expect(recordable(act)).toBe(true);
  expect(entries.outcomes.every(({ id }) => entries.finishedEntry({ outcome: id }).ok)).toBe(true);
});
