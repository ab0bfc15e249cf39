import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  configmgrRule,
  configmgrRuleAlso,
  configmgrRuleExample,
  ConfigmgrRuleInput,
  configmgrRuleNeeds,
  configmgrRuleSources,
  describeConfigmgrRule,
  readConfigmgrRule,
  type ConfigmgrRule,
} from '../../../../src/lib/core/calculators/configmgr-rule.ts';
import { configmgrRuleInputs } from '../../../../src/lib/core/calculators/configmgr-rule-inputs.ts';
import { clockText } from '../../../../src/lib/core/calculators/zone-times.ts';
import { powershellLiteral } from '../../../../src/lib/core/commands/powershell.ts';
import type { Report } from '../../../../src/lib/core/render/report.ts';
import { inputs } from '../../../../src/lib/core/sheet/inputs.ts';
import { makeSheet } from '../../../../src/lib/core/sheet/sheet.ts';
import { loadPowershellGrammar, type ParsedPowershell } from '../commands/support/powershell-grammar.ts';

const made = (input: object): ConfigmgrRule => {
  const read = ConfigmgrRuleInput({ ...configmgrRuleExample, ...input });
  if (!read.ok) throw new Error(read.why);
  return configmgrRule(read.value);
};
const commandsOf = (report: Report) => report.flatMap((part) => (part.kind === 'command' ? [part.command] : []));
const warningsOf = (report: Report): string[] => report.flatMap((part) => (part.kind === 'warning' ? [part.text] : []));
const anyRule = fc.record({
  ring: fc.constantFrom('pilot', 'production'),
  syncAt: fc.integer({ min: 0, max: 1439 }).map(clockText),
  syncEveryHours: fc.constantFrom(1, 2, 3, 4, 6, 8, 12, 24),
  soakHours: fc.option(fc.integer({ min: 1, max: 336 }), { nil: undefined }),
  deadlineHours: fc.option(fc.integer({ min: 1, max: 336 }), { nil: undefined }),
});

describe('the worked example', () => {
  it('gives what its docstring says', () => {
    const value = configmgrRule(configmgrRuleExample);
    expect(value).toMatchObject({
      everyHours: 24,
      availableAfterHours: 12,
      deadlineAfterHours: 0,
      pilotHours: { shortest: 9, longest: 11 },
      warnings: [],
    });
    expect(
      value.runs.map((run) =>
        [run.ruleMinutes, run.availableMinutes, run.deadlineMinutes, run.latestMinutes].map(clockText),
      ),
    ).toEqual([['05:00', '17:00', '17:00', '19:00']]);
    expect(ConfigmgrRuleInput(configmgrRuleExample)).toEqual({ ok: true, value: configmgrRuleExample });
  });

  it('has no command, so that nobody stops a rule that is not theirs', () => {
    const report = describeConfigmgrRule(configmgrRule(configmgrRuleExample));
    expect(commandsOf(report)).toEqual([]);
    expect(report.at(-1)).toEqual({
      kind: 'note',
      text: 'The commands to show, disable and enable the rule wait for its name.',
    });
  });
});

describe('the schedule', () => {
  it.each([
    [24, 24, 1, 'once a day'],
    [12, 12, 2, 'twice a day'],
    [8, 8, 3, 'three times, the most a rule runs'],
    [6, 12, 2, 'four synchronizations: every other one'],
    [4, 8, 3, 'six synchronizations: every other one'],
    [3, 12, 2, 'eight synchronizations: every fourth'],
    [2, 8, 3, 'twelve synchronizations: every fourth'],
    [1, 8, 3, 'every hour: every eighth'],
  ])('with a synchronization every %i h runs every %i h, %i times a day: %s', (syncEveryHours, everyHours, runs) => {
    const value = made({ syncEveryHours });
    expect(value.everyHours).toBe(everyHours);
    expect(value.runs).toHaveLength(runs);
  });

  it('goes over midnight, and says so', () => {
    const report = describeConfigmgrRule(
      made({ ring: 'pilot', syncAt: '21:30', syncEveryHours: 12, deadlineHours: 30 }),
    );
    expect(report[0]).toMatchObject({
      rows: [
        ['21:30', '23:30', '00:30 (next day)', '06:30 (2 days later)', '08:30 (2 days later)'],
        ['09:30', '11:30', '12:30', '18:30 (next day)', '20:30 (next day)'],
      ],
    });
    expect(report[1]).toMatchObject({
      rows: expect.arrayContaining([
        { label: 'Run the rule on a schedule', value: 'every 12 hours from 23:30' },
        { label: 'Software available time', value: 'Specific time: 1 hour' },
        { label: 'Installation deadline', value: 'Specific time: 30 hours after the available time' },
      ]),
    });
  });

  it('gives the pilot no soak', () => {
    const value = made({ ring: 'pilot', soakHours: 48 });
    expect(value.availableAfterHours).toBe(1);
    expect(value.pilotHours).toBeUndefined();
    expect(value.warnings).toEqual([]);
  });

  it.each<[object, string[], string]>([
    [{ syncEveryHours: 2, soakHours: 4 }, ['race'], 'the next synchronization starts with the rule'],
    [{ syncEveryHours: 1, soakHours: 4 }, ['race'], 'every hour'],
    [{ syncEveryHours: 3, soakHours: 4 }, [], 'an hour between them'],
    [{ soakHours: 22 }, [], '22 h and the spread fill the day'],
    [{ soakHours: 23 }, ['next-run'], 'the last device comes after the next run'],
    [{ soakHours: 12, deadlineHours: 10 }, [], 'soak, deadline and spread fill the day'],
    [{ soakHours: 12, deadlineHours: 11 }, ['next-run'], 'the deadline counts, too'],
    [{ soakHours: 3 }, ['soak-too-short'], 'the pilot may still be installing'],
    [{ soakHours: 4 }, [], 'the shortest soak that leaves an hour'],
    [{ soakHours: undefined }, ['no-soak'], 'as the guide has it'],
    [{ ring: 'pilot', soakHours: undefined, deadlineHours: 300 }, [], 'a new group at each run: nothing is emptied'],
  ])('%j is warned of with %j: %s', (input, warnings) => {
    expect(made(input).warnings).toEqual(warnings);
  });

  it('says every warning in words of its own', () => {
    const said = [{ syncEveryHours: 2 }, { soakHours: 30 }, { soakHours: 1 }, { soakHours: undefined }].map(
      (input) => warningsOf(describeConfigmgrRule(made(input)))[0],
    );
    expect(said).toEqual([
      expect.stringContaining('rule and synchronization run at the same time'),
      expect.stringContaining('The rule runs again after 24 hours'),
      expect.stringContaining('Take more than 3 hours'),
      expect.stringContaining('gives no delay between the rings'),
    ]);
  });

  it('keeps two hours from synchronization to rule and at least one to the available time, whatever is entered', () => {
    fc.assert(
      fc.property(anyRule, (input) => {
        const value = made(input);
        expect(value.runs.length).toBeLessThanOrEqual(3);
        expect(value.everyHours % input.syncEveryHours).toBe(0);
        expect(value.runs.length * value.everyHours).toBe(24);
        for (const run of value.runs) {
          expect(run.ruleMinutes - run.syncMinutes).toBe(120);
          expect(run.availableMinutes - run.ruleMinutes).toBeGreaterThanOrEqual(60);
          expect(run.deadlineMinutes).toBeGreaterThanOrEqual(run.availableMinutes);
          expect(run.latestMinutes - run.deadlineMinutes).toBe(120);
        }
        const { shortest = 0, longest = 0 } = value.pilotHours ?? {};
        expect(shortest).toBeLessThanOrEqual(longest);
        expect(longest).toBeLessThan(input.soakHours ?? 1);
        expect(JSON.stringify(describeConfigmgrRule(value))).not.toMatch(/undefined|NaN|\[object/);
      }),
    );
  });
});

describe('the rule itself', () => {
  it.each([
    [
      'pilot',
      'MDE-MDAV_Security_Intelligence_Update_Pilot',
      'Windows_Security_Intelligence_Pilot',
      'Create a new Software Update Group',
    ],
    [
      'production',
      'MDE-MDAV_Security_Intelligence_Update_Production',
      'Windows_Security_Intelligence_Production',
      'Add to an existing Software Update Group',
    ],
  ])('of the %s has the names of the guide as examples only', (ring, rule, collection, group) => {
    const rowsOf = (report: Report) =>
      report.flatMap((part) => (part.kind === 'facts' ? part.rows.map(({ label, value }) => [label, value]) : []));
    expect(rowsOf(describeConfigmgrRule(made({ ring })))).toEqual(
      expect.arrayContaining([
        ['Name', `not entered; the guide's example is ${rule}`],
        ['Collection', `not entered; the guide's example is ${collection}`],
        ['Software update group', group],
      ]),
    );
    expect(rowsOf(describeConfigmgrRule(made({ ring, ruleName: 'R', collection: 'C' })))).toEqual(
      expect.arrayContaining([
        ['Name', 'R'],
        ['Collection', 'C'],
      ]),
    );
  });

  it('has the criteria of the guide', () => {
    expect(describeConfigmgrRule(made({}))).toContainEqual({
      kind: 'facts',
      caption: 'Criteria, page Software Updates',
      rows: [
        { label: 'Article ID', value: '2267602' },
        { label: 'Date Released or Revised', value: 'Last 1 month, or Last 1 week where synchronization is healthy' },
        { label: 'Product', value: 'Windows Defender, or Microsoft Defender Antivirus where the console says so' },
        { label: 'Superseded', value: 'No' },
        { label: 'Update Classification', value: 'Critical Updates OR Definition Updates' },
      ],
    });
  });

  it('is said to leave the platform out', () => {
    expect(warningsOf(describeConfigmgrRule(made({}))).join(' ')).toContain('The platform (KB4052623) needs a rule');
  });
});

describe('the PowerShell', () => {
  let parse: (source: string) => ParsedPowershell;
  beforeAll(async () => {
    parse = await loadPowershellGrammar();
  });

  it('shows, disables and enables the rule', () => {
    const commands = commandsOf(describeConfigmgrRule(made({ ruleName: "Pilot's rule" })));
    expect(commands.map(({ text }) => text).join('\n\n')).toMatchInlineSnapshot(`
      "Get-CMSoftwareUpdateAutoDeploymentRule -Name 'Pilot''s rule' -DisableWildcardHandling -Fast |
        Format-List -Property 'Name', 'AutoDeploymentEnabled', 'LastRunTime', 'LastErrorCode'

      Disable-CMSoftwareUpdateAutoDeploymentRule -Name 'Pilot''s rule' -DisableWildcardHandling

      Enable-CMSoftwareUpdateAutoDeploymentRule -Name 'Pilot''s rule' -DisableWildcardHandling"
    `);
    for (const { where } of commands) expect(where).toBe('the Configuration Manager site drive, Windows PowerShell');
  });

  it('is one statement that PowerShell can parse, whatever the rule is called', () => {
    const name = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom('-Id 1', "a'; Remove-CMSite; '", '$(calc)', '`"', '*', '\u2019; calc; \u2019', 'a\nb'),
    );
    fc.assert(
      fc.property(name, (ruleName) => {
        fc.pre(ruleName.trim() !== '');
        const report = describeConfigmgrRule(made({ ruleName }));
        const written = powershellLiteral(ruleName);
        const commands = commandsOf(report);
        expect(commands).toHaveLength(written.ok ? 3 : 0);
        if (!written.ok) {
          expect(
            warningsOf(report)
              .slice(-3)
              .every((text) => text.startsWith('There is no command for "')),
          ).toBe(true);
          expect(warningsOf(report).at(-1)).toContain(written.why);
          return;
        }
        for (const { text } of commands) {
          const { clean, shape } = parse(text);
          expect(clean, text).toBe(true);
          expect(shape, text).toBe(parse(text.replaceAll(written.value, "'rule'")).shape);
        }
      }),
    );
  });
});

describe('the input', () => {
  const good = configmgrRuleExample;
  it.each([
    ['nothing', 'Enter the rule'],
    [{ ...good, ring: 'all' }, 'Select the ring'],
    [{ ...good, syncAt: undefined }, 'Enter when the software update point synchronizes'],
    [{ ...good, syncAt: '24:00' }, 'Synchronization must be from 00:00 to 23:59'],
    [{ ...good, syncEveryHours: 5 }, 'Select how often the software update point synchronizes'],
    [{ ...good, soakHours: 0 }, 'Soak time must be a whole number of hours from 1 to 336'],
    [{ ...good, soakHours: 337 }, 'Soak time must be a whole number of hours from 1 to 336'],
    [{ ...good, deadlineHours: 1.5 }, 'Time to the deadline must be a whole number of hours from 1 to 336'],
    [{ ...good, deadlineHours: '4' }, 'Time to the deadline must be a whole number of hours from 1 to 336'],
    [{ ...good, ruleName: '' }, 'Enter the name of the rule'],
    [{ ...good, collection: 3 }, 'Enter the collection'],
    [{ ...good, today: '2026-11-20' }, 'The rule must have no other fields'],
  ])('%j is answered with "%s"', (input, why) => {
    expect(ConfigmgrRuleInput(input)).toEqual({ ok: false, why });
  });

  it('comes from the sheet', () => {
    const fields = {
      ...configmgrRuleInputs,
      ...Object.fromEntries(Object.entries(inputs).filter(([id]) => id === 'soakHours')),
    };
    const read = (raw: Readonly<Record<string, string>>) =>
      readConfigmgrRule(
        makeSheet({ ruleRing: 'production', supSyncAt: '3:00 AM', supSyncHours: '24', ...raw }, fields, {
          today: '2026-11-20',
        }),
      );
    expect(read({ soakHours: '12' })).toEqual({ state: 'ready', input: configmgrRuleExample });
    expect(read({ ruleName: '7', ruleCollection: 'yes', ruleDeadlineHours: '4' })).toMatchObject({
      input: { ruleName: '7', collection: 'yes', deadlineHours: 4 },
    });
    expect(read({ supSyncHours: '', soakHours: '400' })).toEqual({
      state: 'waiting',
      waitsFor: ['supSyncHours', 'soakHours'],
    });
    expect(read({ ruleRing: 'pilot', soakHours: '400' })).toMatchObject({ state: 'ready' });
    expect(readConfigmgrRule({})).toEqual({ state: 'waiting', waitsFor: [...configmgrRuleNeeds] });
    expect(
      readConfigmgrRule(
        makeSheet(
          { ruleRing: 'production', supSyncAt: '03:00', supSyncHours: '5' },
          { ...fields, supSyncHours: { kind: 'text', label: 'x' } },
          { today: '2026-11-20' },
        ),
      ),
    ).toEqual({
      state: 'waiting',
      waitsFor: [...configmgrRuleNeeds],
    });
    for (const id of [...configmgrRuleNeeds, ...configmgrRuleAlso]) expect(fields[id]?.ask).toMatch(/^(Enter|Select) /);
    expect(configmgrRuleSources.every(({ url }) => url.startsWith('https://learn.microsoft.com/'))).toBe(true);
  });
});
