import { expect, it } from 'vitest';
import { fold } from '../../../../src/lib/core/run/fold.ts';
import { acceptWords, handOverText, handOverWords } from '../../../../src/lib/core/run/hand-over.ts';
import { event } from './histories.ts';
import { outline } from './outlines.ts';
import { nightsWork } from './runs.ts';

const base = {
  state: fold(nightsWork),
  outline,
  values: [{ label: 'WSUS server', text: 'wsus02' }],
  to: 'Cy',
  by: { by: 'Bo', tier: 2 } as const,
  now: '2026-11-20T03:45:00.000+01:00',
};

it('says what is done, what is next, what is odd, which values are in force, and who holds it', () => {
  const text = handOverText({ ...base, odd: 'The console was slow.', fingerprint: '3F2A-91C0-77D1-0B4E' });
  expect(text).toMatchInlineSnapshot(`
    "Hand-over: November updates (CHG0032, München, production)
    From Bo, tier 2, to Cy, 2026-11-20 03:45 (UTC+01:00)

    Who holds it
    ------------
    Bo, tier 2, since 2026-11-20 03:18
    It is Cy’s once Cy has accepted it.

    Done
    ----
    3 of 5 steps, task 1 of 2.
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

    Next
    ----
    1.3  Do read version
    2.2  Do link policy

    Odd
    ---
    The console was slow.
    Escalated to tier 3: No rights (2026-11-20 03:16, Ann, tier 3)
    Note (2026-11-20 03:11, Ann, tier 3):
        Night shift

    Values in force
    ---------------
    WSUS server: wsus02

    With it
    -------
    Runbook: Deploy Defender updates to production, revision a1b2c3d4
    Save file, fingerprint 3F2A-91C0-77D1-0B4E

    At this time I am handing over November updates to Cy."
  `);
});

it('tells of a gate that was decided both ways, and of a changed runbook', () => {
  const conflict = event('z1', { kind: 'gate', step: 'go-to-production', data: { decision: 'no-go' } });
  const later = { ...outline, revision: 'ffffffff', items: outline.items.slice(1) };
  const text = handOverText({ ...base, state: fold([...nightsWork, conflict]), outline: later });
  expect(text).toContain('Gate 2.1: go and no-go were both decided.');
  expect(text).toContain('1 step was removed from the runbook, and stays in this record.');
});

it('ends with the words that are said out loud', () => {
  expect(handOverText(base).endsWith(handOverWords('November updates', 'Cy'))).toBe(true);
  expect(handOverWords('CHG0031', 'Bo')).toBe('At this time I am handing over CHG0031 to Bo.');
  expect(acceptWords('CHG0031', 'Ann')).toBe('I have CHG0031 from Ann. It is mine now.');
});

it('names steps with the values of the sheet, as the page shows them, and a value that is missing by its name', () => {
  const [first, ...others] = outline.items;
  const label = 'Sign in to [WSUS server], then to [Sample client] [1]';
  const items = first ? [{ ...first, label }, ...others] : [];
  const text = handOverText({ ...base, outline: { ...outline, items } });
  expect(text).toContain('1.1  Sign in to wsus02, then to [Sample client] [1]: done');
});
