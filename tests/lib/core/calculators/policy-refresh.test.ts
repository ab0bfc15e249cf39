import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  countedLinkMinutes,
  replicationMinutes,
  type Replication,
} from '../../../../src/lib/core/calculators/policy-refresh-window.ts';
import { policyRefreshInputs } from '../../../../src/lib/core/calculators/policy-refresh-inputs.ts';
import {
  describePolicyRefresh,
  policyRefresh,
  policyRefreshAlso,
  policyRefreshExample,
  PolicyRefreshInput,
  policyRefreshNeeds,
  policyRefreshSources,
  readPolicyRefresh,
  type RefreshWayId,
} from '../../../../src/lib/core/calculators/policy-refresh.ts';
import { powershellLiteral } from '../../../../src/lib/core/commands/powershell.ts';
import type { Report } from '../../../../src/lib/core/render/report.ts';
import { inputs } from '../../../../src/lib/core/sheet/inputs.ts';
import type { Field } from '../../../../src/lib/core/sheet/rules.ts';
import { makeSheet } from '../../../../src/lib/core/sheet/sheet.ts';
import { loadPowershellGrammar, type ParsedPowershell } from '../commands/support/powershell-grammar.ts';
import { anyClock, anyDay, anyZone, intlInstants, intlText } from './support/intl-clocks.ts';

const plain: PolicyRefreshInput = { computers: 'members', replication: { scope: 'one-site' }, delayMinutes: 0 };
const latestOf = (input: PolicyRefreshInput, id: RefreshWayId): number | undefined =>
  policyRefresh(input).ways.find((way) => way.id === id)?.latestMinutes;
const commandsOf = (report: Report) => report.flatMap((part) => (part.kind === 'command' ? [part.command] : []));
const tableOf = (report: Report, caption: RegExp) =>
  report.flatMap((part) => (part.kind === 'table' && caption.test(part.caption) ? [part.rows] : []))[0];
const textOf = (report: Report): string => JSON.stringify(report);

describe('the worked example', () => {
  it('gives what its docstring says', () => {
    const value = policyRefresh(policyRefreshExample);
    expect(PolicyRefreshInput(policyRefreshExample)).toEqual({ ok: true, value: policyRefreshExample });
    expect(value).toMatchObject({ replicationMinutes: 360, refreshMinutes: 120 });
    expect(latestOf(policyRefreshExample, 'wait')).toBe(480);
    expect(latestOf(policyRefreshExample, 'console')).toBe(370);
    expect(value.ways.find(({ id }) => id === 'console')?.perMinute).toBe(50);
    expect(intlText((value.editedMinute ?? 0) + 480, 'America/New_York')).toBe('2026-11-03 01:00');
  });
});

describe('replication', () => {
  it.each<readonly [replication: Replication, minutes: number, reason: string]>([
    [{ scope: 'one-controller' }, 0, 'nothing to replicate'],
    [{ scope: 'one-site' }, 15, 'worst case of the planning guide'],
    [{ scope: 'several-sites', linkMinutes: 180, hops: 1 }, 180, 'the default interval'],
    [{ scope: 'several-sites', linkMinutes: 180, hops: 2 }, 360, 'once for each link'],
    [{ scope: 'several-sites', linkMinutes: 15, hops: 3 }, 45, 'the least interval'],
    [{ scope: 'several-sites', linkMinutes: 20, hops: 1 }, 30, 'up to the next multiple of 15'],
    [{ scope: 'several-sites', linkMinutes: 1, hops: 1 }, 15, 'no less than 15'],
  ])('by %j takes up to %i minutes (%s)', (replication, minutes) => {
    expect(replicationMinutes(replication)).toBe(minutes);
  });

  it('counts an interval up to the next multiple of 15, and no further', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_080 }), (minutes) => {
        const counted = countedLinkMinutes(minutes);
        expect(counted % 15).toBe(0);
        expect(counted - minutes).toBeGreaterThanOrEqual(0);
        expect(counted - minutes).toBeLessThan(15);
      }),
    );
  });
});

describe('the ways', () => {
  it.each<readonly [id: RefreshWayId, minutes: number, reason: string]>([
    // way, latest after the edit, reason
    ['wait', 135, 'replication, then 90 minutes and up to 30'],
    ['restart', 15, 'computers refresh when they start'],
    ['gpupdate', 15, 'at once'],
    ['console', 25, 'up to 10 minutes by chance'],
    ['invoke', 15, 'without a delay at once'],
  ])('%s: within %i minutes in one site (%s)', (id, minutes) => {
    expect(latestOf(plain, id)).toBe(minutes);
  });

  it('take 5 minutes instead of 120 on domain controllers', () => {
    const controllers = { ...plain, computers: 'domain-controllers' as const };
    expect(latestOf(controllers, 'wait')).toBe(20);
    expect(textOf(describePolicyRefresh(policyRefresh(controllers)))).toContain('up to 5 min: every 5 min');
  });

  it('spread the computers over the delay, where there is one', () => {
    const value = policyRefresh({ ...plain, count: 600, delayMinutes: 60 });
    const perMinute = Object.fromEntries(value.ways.map((way) => [way.id, way.perMinute]));
    expect(perMinute).toEqual({ wait: 600 / 105, console: 60, invoke: 10 });
    const atOnce = policyRefresh({ ...plain, count: 600 });
    expect(atOnce.ways.find(({ id }) => id === 'invoke')?.perMinute).toBeUndefined();
    expect(tableOf(describePolicyRefresh(atOnce), /^Load/)).toEqual([
      ['Wait', 'about 6'],
      ['Group Policy Management, on the OU', 'about 60'],
      ['Invoke-GPUpdate', 'as many as the command reaches: no delay'],
    ]);
  });

  it('of Invoke-GPUpdate with a delay have no documented end, and say so', () => {
    const report = describePolicyRefresh(policyRefresh({ ...plain, count: 3, delayMinutes: 30 }));
    expect(textOf(report)).toContain('45 min plus a random part');
    expect(textOf(report)).toContain('The spread of Invoke-GPUpdate is unconfirmed');
    expect(tableOf(report, /^Load/)?.[2]).toEqual(['Invoke-GPUpdate, delay 30 min', 'less than 1']);
  });

  it('end when Intl says so, for any edit', () => {
    const anyReplication = fc.oneof(
      fc.constantFrom<Replication>({ scope: 'one-controller' }, { scope: 'one-site' }),
      fc.record({
        scope: fc.constant('several-sites' as const),
        linkMinutes: fc.integer({ min: 1, max: 10_080 }),
        hops: fc.integer({ min: 1, max: 50 }),
      }),
    );
    fc.assert(
      fc.property(anyDay, anyClock, anyZone, anyReplication, (date, time, timeZone, replication) => {
        const edited = { date, time, timeZone };
        const [instant] = intlInstants(date, time, timeZone).slice(-1);
        fc.pre(instant !== undefined);
        const value = policyRefresh({ ...plain, replication, edited });
        expect(value.editedMinute).toBe(instant);
        const rows = tableOf(describePolicyRefresh(value), /^From the edit/) ?? [];
        for (const [index, { latestMinutes }] of value.ways.entries()) {
          expect(rows[index]?.[3]?.slice(0, 16)).toBe(intlText(instant + latestMinutes, timeZone));
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('the report', () => {
  it('reads like this', () => {
    expect(describePolicyRefresh(policyRefresh(policyRefreshExample))).toMatchInlineSnapshot(`
      [
        {
          "kind": "sentence",
          "text": "The setting is in force on every computer that is on after 8 h at the latest, at 2026-11-03 01:00 (-05:00), without anyone doing more.",
        },
        {
          "caption": "What that is made of",
          "kind": "facts",
          "rows": [
            {
              "label": "Replication between domain controllers",
              "value": "up to 6 h: 2 × 3 h",
            },
            {
              "label": "Refresh of clients and member servers",
              "value": "up to 2 h: every 90 min plus a random 0 to 30 min, never less than 90",
            },
          ],
        },
        {
          "caption": "From the edit until the setting is in force, by each way",
          "head": [
            "Way",
            "Earliest",
            "Latest",
            "Latest (America/New_York)",
            "How",
          ],
          "kind": "table",
          "rows": [
            [
              "Wait",
              "0 min",
              "8 h",
              "2026-11-03 01:00 (-05:00)",
              "Background refresh, by itself",
            ],
            [
              "Restart the computer",
              "0 min",
              "6 h",
              "2026-11-02 23:00 (-05:00)",
              "Computers refresh when they start",
            ],
            [
              "gpupdate on the computer",
              "0 min",
              "6 h",
              "2026-11-02 23:00 (-05:00)",
              "At once, on one computer",
            ],
            [
              "Group Policy Management, on the OU",
              "0 min",
              "6 h 10 min",
              "2026-11-02 23:10 (-05:00)",
              "Random delay of up to 10 min, which cannot be changed",
            ],
            [
              "Invoke-GPUpdate",
              "0 min",
              "6 h 30 min plus a random part",
              "2026-11-02 23:30 (-05:00) plus a random part",
              "With the delay that you choose",
            ],
          ],
        },
        {
          "kind": "warning",
          "text": "Start a refresh only when replication is over, up to 6 h after the edit: a computer that refreshes before gets the old setting, and may wait up to 2 h for its next refresh.",
        },
        {
          "kind": "note",
          "text": "Between sites the interval (180 min unless changed) counts once for each link on the way, up to the next multiple of 15 min, and only while the schedule of the link allows replication. Allow up to 15 min more inside each site. Whether SYSVOL follows the same schedule is unconfirmed.",
        },
        {
          "caption": "Load on the domain controllers with 500 computers",
          "head": [
            "Way",
            "Refreshes a minute, on average",
          ],
          "kind": "table",
          "rows": [
            [
              "Wait",
              "about 5",
            ],
            [
              "Group Policy Management, on the OU",
              "about 50",
            ],
            [
              "Invoke-GPUpdate, delay 30 min",
              "about 17",
            ],
          ],
        },
        {
          "kind": "note",
          "text": "The spread of Invoke-GPUpdate is unconfirmed: its reference says that it waits so many minutes plus a random offset, and gives no size. The figure takes the starts to be spread evenly over the delay.",
        },
        {
          "command": {
            "shell": "cmd",
            "text": "gpupdate /target:computer /force",
            "title": "Refresh one computer",
            "where": "the computer itself, Command Prompt as administrator",
            "why": "Applies all computer settings again, and waits up to 10 minutes for it. Without /force it applies what has changed, which is enough for a new setting.",
          },
          "kind": "command",
        },
        {
          "kind": "note",
          "text": "With the OU of the computers entered, the commands for a remote refresh stand here.",
        },
        {
          "kind": "path",
          "label": "By hand, for all computers of an OU and of its nested OUs",
          "steps": [
            "Group Policy Management",
            "right-click the OU",
            "Group Policy Update...",
          ],
        },
        {
          "kind": "sentence",
          "text": "Right-click the OU for that. The console schedules gpupdate /force on each computer, once for the computer and once for each signed-in user. Its results show only that this worked, not the refresh. The Computers container does not offer it.",
        },
        {
          "caption": "Inbound firewall rules that a remote refresh needs on each computer",
          "head": [
            "Rule",
            "Service",
            "Port",
          ],
          "kind": "table",
          "rows": [
            [
              "Remote Scheduled Tasks Management (RPC)",
              "Schedule",
              "TCP, dynamic RPC ports",
            ],
            [
              "Remote Scheduled Tasks Management (RPC-EPMAP)",
              "RpcSs",
              "TCP 135",
            ],
            [
              "Windows Management Instrumentation (WMI-In)",
              "Winmgmt",
              "TCP, all ports",
            ],
          ],
        },
        {
          "kind": "note",
          "text": "Not counted: computers that are off or out of reach, and the processing itself, which Windows ends after 60 min. Policies can change the interval (GroupPolicyRefreshTime) or turn background refresh off (DisableBkGndGroupPolicy). A GPO does not replicate to another domain: edit it in each.",
        },
      ]
    `);
  });

  it('warns against a refresh before replication is over, where there is any', () => {
    const warnings = (input: PolicyRefreshInput): string[] =>
      describePolicyRefresh(policyRefresh(input)).flatMap((part) => (part.kind === 'warning' ? [part.text] : []));
    expect(warnings(plain)).toEqual([
      'Start a refresh only when replication is over, up to 15 min after the edit: a computer that refreshes before gets the ' +
        'old setting, and may wait up to 2 h for its next refresh.',
    ]);
    expect(warnings({ ...plain, replication: { scope: 'one-controller' } })).toEqual([]);
  });

  it('never says that a refresh comes sooner than 90 minutes by itself, or takes "plus or minus"', () => {
    const text = textOf(describePolicyRefresh(policyRefresh(plain)));
    expect(text).toContain('every 90 min plus a random 0 to 30 min, never less than 90');
    expect(text).not.toMatch(/±|\+\/-|plus or minus/);
  });

  it('names its sources', () => {
    for (const { title, url, read } of policyRefreshSources) {
      expect(title).not.toBe('');
      expect(url).toMatch(/^https:\/\/learn\.microsoft\.com\//);
      expect(read).toMatch(/^(\d{4}-\d\d-\d\d)?$/);
    }
  });
});

describe('the commands', () => {
  let parse: (source: string) => ParsedPowershell;
  beforeAll(async () => {
    parse = await loadPowershellGrammar();
  });
  const ou = 'OU=Clients,DC=contoso,DC=com';

  it('refresh one computer, count the OU, refresh it, and open the firewall', () => {
    const commands = commandsOf(describePolicyRefresh(policyRefresh({ ...plain, ou, delayMinutes: 30 })));
    expect(commands.map(({ shell, text }) => `${shell}: ${text}`).join('\n\n')).toMatchInlineSnapshot(`
      "cmd: gpupdate /target:computer /force

      powershell: @(Get-ADComputer -Filter * -SearchBase 'OU=Clients,DC=contoso,DC=com').Count

      powershell: Get-ADComputer -Filter * -SearchBase 'OU=Clients,DC=contoso,DC=com' | ForEach-Object {
        $name = $_.Name
        try { Invoke-GPUpdate -Computer $name -Target 'Computer' -RandomDelayInMinutes 30 -Force -ErrorAction Stop }
        catch { Write-Warning "$name was not reached. $($_.Exception.Message)" }
      }

      powershell: New-GPO -Name 'Group Policy Remote Update Firewall Ports' -StarterGpoName 'Group Policy Remote Update Firewall Ports' |
        New-GPLink -Target 'OU=Clients,DC=contoso,DC=com' -LinkEnabled Yes"
    `);
    for (const { where, why } of commands) {
      expect(where).not.toBe('');
      expect(why).toMatch(/\.$/);
    }
  });

  it('without an OU are the one for a single computer', () => {
    const report = describePolicyRefresh(policyRefresh(plain));
    expect(commandsOf(report).map(({ text }) => text)).toEqual(['gpupdate /target:computer /force']);
    expect(textOf(report)).toContain('With the OU of the computers entered');
  });

  it('hold the OU as one string that PowerShell can parse, or are withheld with the reason', () => {
    const name = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom(
        "OU=O'Brien,DC=x",
        "a'; Remove-Item C:\\ -Recurse; '",
        '$(calc)',
        '`"',
        '}',
        '\u2019; calc; \u2019',
        'a\nb',
      ),
    );
    fc.assert(
      fc.property(name, fc.integer({ min: 0, max: 44_640 }), (value, delayMinutes) => {
        const report = describePolicyRefresh(policyRefresh({ ...plain, ou: value, delayMinutes }));
        const written = powershellLiteral(value);
        const commands = commandsOf(report).filter(({ shell }) => shell === 'powershell');
        expect(commands).toHaveLength(written.ok ? 3 : 0);
        const withheld = report.filter(
          (part) => part.kind === 'warning' && part.text.startsWith('There is no command'),
        );
        expect(withheld).toHaveLength(written.ok ? 0 : 3);
        if (!written.ok) return;
        for (const { text: source } of commands) {
          expect(source).toContain(written.value);
          const { clean, shape } = parse(source);
          expect(clean, source).toBe(true);
          expect(shape, source).toBe(parse(source.replaceAll(written.value, "'OU=Clients'")).shape);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('the input', () => {
  const several = { scope: 'several-sites', linkMinutes: 180, hops: 2 };
  const edited = { date: '2026-11-02', time: '17:00', timeZone: 'Europe/Berlin' };

  it.each([
    [[], 'Enter how the setting gets to the computers'],
    [{ ...plain, computers: 'all' }, 'Select which computers take the policy'],
    [{ ...plain, replication: 1 }, 'Enter how the change replicates'],
    [{ ...plain, replication: { scope: 'far' } }, 'Select how far the change replicates'],
    [
      { ...plain, replication: { ...several, linkMinutes: undefined } },
      'Enter the replication interval of the site links',
    ],
    [
      { ...plain, replication: { ...several, linkMinutes: 10_081 } },
      'Replication interval must be a whole number of minutes from 1 to 10080',
    ],
    [{ ...plain, replication: { ...several, hops: undefined } }, 'Enter the number of site links on the way'],
    [{ ...plain, replication: { ...several, hops: 51 } }, 'Number of site links must be a whole number from 1 to 50'],
    [{ ...plain, replication: { ...several, more: 1 } }, 'Replication must have no other fields'],
    [{ ...plain, delayMinutes: 44_641 }, 'Delay must be a whole number of minutes from 0 to 44640'],
    [{ ...plain, count: 0 }, 'Number of computers must be a whole number from 1 to 10000000'],
    [{ ...plain, ou: '' }, 'Enter the OU of the computers'],
    [{ ...plain, ou: 1 }, 'Enter the OU of the computers'],
    [{ ...plain, edited: 'now' }, 'Enter when the setting is edited'],
    [{ ...plain, edited: { ...edited, date: undefined } }, 'Enter the day of the edit'],
    [{ ...plain, edited: { ...edited, date: '2026-11-31' } }, 'Day of the edit must be a date such as 2026-11-02'],
    [{ ...plain, edited: { ...edited, time: undefined } }, 'Enter the time of the edit'],
    [{ ...plain, edited: { ...edited, time: '7' } }, 'Time must be from 00:00 to 23:59: time of the edit'],
    [{ ...plain, edited: { ...edited, timeZone: 'CET' } }, 'Time zone must be an IANA zone, for example Europe/Berlin'],
    [{ ...plain, edited: { ...edited, more: 1 } }, 'The edit must have no other fields'],
    [{ ...plain, more: 1 }, 'The refresh must have no other fields'],
  ])('%j is answered with "%s"', (input, why) => {
    expect(PolicyRefreshInput(input)).toEqual({ ok: false, why });
  });

  const all: Readonly<Record<string, Field>> = { ...inputs, ...policyRefreshInputs };
  const read = (raw: Readonly<Record<string, string>>) =>
    readPolicyRefresh(makeSheet(raw, all, { today: '2026-11-02' }), '2026-11-02');
  const raw = { refreshTarget: 'members', replicationScope: 'one-site' };

  it('comes from the sheet', () => {
    for (const id of [...policyRefreshNeeds, ...policyRefreshAlso]) expect(all[id], id).toBeDefined();
    expect(read(raw)).toEqual({ state: 'ready', input: plain });
    expect(read({ ...raw, refreshTarget: 'domain-controllers', replicationScope: 'one-controller' })).toEqual({
      state: 'ready',
      input: { ...plain, computers: 'domain-controllers', replication: { scope: 'one-controller' } },
    });
    expect(
      read({
        ...raw,
        replicationScope: 'several-sites',
        siteLinkMinutes: '180',
        siteHops: '2',
        refreshComputers: '500',
        refreshDelayMinutes: '30',
        productionOu: 'ou=Clients, dc=contoso, dc=com',
        policyEditTime: '5:00 PM',
        timeZone: 'America/New_York',
      }),
    ).toEqual({ state: 'ready', input: { ...policyRefreshExample, ou: 'OU=Clients,DC=contoso,DC=com' } });
  });

  it.each([
    [{}, ['refreshTarget', 'replicationScope']],
    [{ ...raw, replicationScope: 'several-sites' }, ['siteLinkMinutes', 'siteHops']],
    [{ ...raw, replicationScope: 'several-sites', siteLinkMinutes: '0', siteHops: '2' }, ['siteLinkMinutes']],
  ])('from the sheet with %j waits for %j', (more, waitsFor) => {
    expect(read(more)).toEqual({ state: 'waiting', waitsFor });
  });

  it('from the sheet has no time of the edit without a zone', () => {
    expect(read({ ...raw, policyEditTime: '17:00' })).toEqual({ state: 'ready', input: plain });
    expect(read({ ...raw, policyEditTime: '17:00', timeZone: 'Mars' })).toEqual({ state: 'ready', input: plain });
  });
});
