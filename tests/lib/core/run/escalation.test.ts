import { describe, expect, it } from 'vitest';
import { escalationText, escalationTriggers } from '../../../../src/lib/core/run/escalation.ts';
import { fold } from '../../../../src/lib/core/run/fold.ts';
import { outline } from './outlines.ts';
import { nightsWork } from './runs.ts';

const base = {
  state: fold(nightsWork),
  outline,
  trigger: 'What I see is not in the list',
  to: 3,
  values: [
    { label: 'WSUS server', text: 'wsus02' },
    { label: 'Soak time', text: '12', unit: 'hours' },
    { label: 'Proxy', text: '' },
  ],
  step: 'read-version',
  by: { by: 'Ann', tier: 2 },
  now: '2026-11-20T03:45:00.000+01:00',
};

it('has eight parts, from the run and from what was said', () => {
  const text = escalationText({
    ...base,
    summary: 'Two servers do not take the update.',
    effect: 'Production waits.',
    assets: 'wsus02, pc-0117\nINC0012 of last week',
    expected: 'Version 1.421.1',
    seen: '1.399.0',
    notTried: 'A restart of the service',
    need: 'Rights on wsus02',
    until: '05:00',
    safety: 'half-changed',
    undo: 'Link the old policy again.',
  });
  expect(text).toMatchInlineSnapshot(`
    "Escalation to tier 3: November updates
    By Ann, tier 2, 2026-11-20 03:45 (UTC+01:00)

    1 Summary
    ---------
    Summary: Two servers do not take the update.
    Why escalated: What I see is not in the list
    Effect: Production waits.

    2 Assets and ticket
    -------------------
    Change: CHG0032
    Site: München
    Ring: production
    Computers, users, earlier tickets:
        wsus02, pc-0117
        INC0012 of last week

    3 Environment
    -------------
    Runbook: Deploy Defender updates to production, revision a1b2c3d4
    WSUS server: wsus02
    Soak time: 12 hours

    4 Steps with results
    --------------------
    1.1  Do open console: done 2026-11-20 03:06, Ann, tier 3
    1.2  Do select upstream: does not apply: One server only (2026-11-20 03:07, Ann, tier 3)
    1.3  Do read version: begun, not done
        Seen: 1.421.1 “new” </script><b>
        Time spent: 12 min of 5
        Note (2026-11-20 03:10, Ann, tier 3):
        Slow:
        日本語 😀   <img src=x onerror=alert(1)>
        Evidence: wsusutil.txt (text, 6 characters; 2026-11-20 03:12, Ann, tier 3; in the save file)
        Evidence: console.png (picture, 1 kB; 2026-11-20 03:13, Ann, tier 3; in the save file)
    2.1  Go to production?: go 2026-11-20 03:15, Ann, tier 3

    5 Expected and seen
    -------------------
    At: 1.3  Do read version
    Expected: Version 1.421.1
    Seen: 1.399.0

    6 Evidence
    ----------
    1.3  wsusutil.txt (text, 6 characters; 2026-11-20 03:12, Ann, tier 3; in the save file)
    1.3  console.png (picture, 1 kB; 2026-11-20 03:13, Ann, tier 3; in the save file)

    7 What I think, and what I need
    -------------------------------
    What I think: not said
    Not tried: A restart of the service
    What I need: Rights on wsus02
    Until: 05:00

    8 State now, and how to undo
    ----------------------------
    State: Half changed: some of the change is made.
    To undo: Link the old policy again."
  `);
});

it('names steps with the values of the sheet, wherever it names one', () => {
  const items = outline.items.map((item) => ({ ...item, label: `Look at [WSUS server] for [Soak time] hours` }));
  const text = escalationText({ ...base, outline: { ...outline, items } });
  expect(text).not.toContain('[');
  expect(text).toContain('At: 1.3  Look at wsus02 for 12 hours');
});

it('names what was not said, so that a gap shows', () => {
  const text = escalationText({ ...base, state: fold([]), step: undefined, values: [] });
  expect(text).toMatchInlineSnapshot(`
    "Escalation to tier 3: Deploy Defender updates to production
    By Ann, tier 2, 2026-11-20 03:45 (UTC+01:00)

    1 Summary
    ---------
    Summary: What I see is not in the list
    Why escalated: What I see is not in the list
    Effect: not said

    2 Assets and ticket
    -------------------
    Change: not said
    Site: not said
    Ring: not said
    Computers, users, earlier tickets: not said

    3 Environment
    -------------
    Runbook: Deploy Defender updates to production, revision a1b2c3d4

    4 Steps with results
    --------------------
    No step has a result yet.

    5 Expected and seen
    -------------------
    At: not said
    Expected: not said
    Seen: not said

    6 Evidence
    ----------
    None.

    7 What I think, and what I need
    -------------------------------
    What I think: not said
    Not tried: open in the runbook: 1.1  Do open console; 1.2  Do select upstream; 1.3  Do read version; 2.1  Go to production?; 2.2  Do link policy
    What I need: not said
    Until: not said

    8 State now, and how to undo
    ----------------------------
    State: not said
    To undo: see the way back in the runbook"
  `);
});

describe('a note that was taken back', () => {
  it('is not part of the text', () => {
    const undo = { ...nightsWork[11], id: 'z1', kind: 'undo', data: { undoes: ['e11'] } } as never;
    expect(escalationText(base)).toContain('日本語');
    expect(escalationText({ ...base, state: fold([...nightsWork, undo]) })).not.toContain('日本語');
  });
});

it('there is a trigger for each reason, said in the first person or as a fact', () => {
  expect(new Set(escalationTriggers.map(({ id }) => id)).size).toBe(escalationTriggers.length);
  expect(escalationTriggers.map(({ words }) => words)).toMatchInlineSnapshot(`
    [
      "I need rights that I do not have",
      "The steps were tried without success",
      "More than one user or device is affected",
      "The deadline is near",
      "It is outside my authority",
      "It is a security matter",
      "The time for this step is over",
      "What I see is not in the list",
      "A condition for backing out is met",
    ]
  `);
});
