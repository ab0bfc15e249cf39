/**
 * Save files of every schema, byte for byte as they were written. Each is opened by every later release, for ever: files
 * are added to the folder and never changed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aboutOf, allEvidence, allNotes, handOverOf } from '../../../../src/lib/core/run/account.ts';
import { fold, gateOf, tickOf, type RunState } from '../../../../src/lib/core/run/fold.ts';
import { recordedOutlines } from '../../../../src/lib/core/run/outline.ts';
import { readSaveFile, writeSaveFile } from '../../../../src/lib/core/run/save-file.ts';

const folder = new URL('golden-files/', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.saved'))
  .map((file) => file.replace('.saved', ''));

/** What a person would read off the run. */
const picture = (state: RunState) => ({
  about: aboutOf(state),
  isArchived: state.isArchived,
  isFinished: state.finished.length > 0,
  done: [...state.steps.keys()].filter((id) => tickOf(state, id)).sort(),
  notApplicable: Object.fromEntries(
    [...state.steps].flatMap(([id, { notApplicable }]) => (notApplicable ? [[id, notApplicable.data.reason]] : [])),
  ),
  gates: Object.fromEntries([...state.gates.keys()].map((id) => [id, gateOf(state, id)])),
  values: Object.fromEntries([...state.values].map(([id, { value }]) => [id, value])),
  notes: allNotes(state).map(({ event, isStruck }) => [event.data.text, isStruck]),
  evidence: allEvidence(state).map(({ event, isStruck }) => [event.data.name, isStruck]),
  holder: handOverOf(state).holder,
  outlines: recordedOutlines(state).map(({ revision, items }) => [revision, items.length]),
});

it('there is one of the first schema', () => {
  expect(names).toContain('version-1');
});

describe.each(names)('%s', (name) => {
  const text = read(`${name}.saved`);
  const expected = JSON.parse(read(`${name}.expected.json`)) as Record<string, unknown>;
  const answer = readSaveFile(text);

  it('is read, and written again byte for byte', () => {
    expect(answer.state === 'read' ? 'read' : answer.why).toBe('read');
    if (answer.state !== 'read') return;
    expect(writeSaveFile(answer.file)).toBe(text);
    expect(answer.file.fingerprint).toBe(expected['fingerprint']);
    expect(answer.file.missingPictures).toEqual([]);
  });

  it('amounts to what it amounted to then', () => {
    expect(answer.state === 'read' && picture(fold(answer.file.events))).toEqual(expected['state']);
  });
});
