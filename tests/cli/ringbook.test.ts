import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runCommandLine } from '../../src/cli/ringbook.ts';
import type { Event } from '../../src/lib/core/run/event.ts';
import { writeSaveFile } from '../../src/lib/core/run/save-file.ts';
import { calculators } from '../../src/lib/core/calculators/index.ts';
import { readRegistryPol } from '../../src/lib/core/commands/registry-pol.ts';

const projectFolder = resolve(import.meta.dirname, '../..');
const clock = { today: '2026-11-20', printed: '2026-11-20 21:00', stamp: '20261120T200000Z' };
const run = (line: string) => runCommandLine(line.split(' ').filter(Boolean), clock, projectFolder);

const schedule = '--set syncMode=automatic --set firstSync=17:00 --set syncsPerDay=2 --set timeZone=Europe/Berlin';

describe('derive', () => {
  test('prints the derived values and every command', () => {
    const { out, code } = run(`derive sync-times ${schedule}`);

    expect(code).toBe(0);
    expect(out).toContain('Stored by WSUS, in UTC        16:00:00');
    expect(out).toContain("([datetime]::Today + [timespan]'17:00:00').ToUniversalTime().TimeOfDay");
  });

  test('gives the same as JSON, under names that stay', () => {
    const { out, code } = run(`derive sync-times ${schedule} --json`);
    const answer = JSON.parse(out ?? '') as Record<string, unknown>;

    expect(code).toBe(0);
    expect(Object.keys(answer)).toEqual(['inputs', 'values', 'commands', 'warnings', 'sources']);
    expect(answer['inputs']).toEqual({
      syncMode: 'automatic',
      firstSync: '17:00',
      syncsPerDay: 2,
      timeZone: 'Europe/Berlin',
    });
    expect(answer['values']).toMatchObject({ storedUtc: '16:00:00', spacingMinutes: 720 });
    expect(answer['commands']).toMatchObject([
      { form: 'powershell' },
      { form: 'powershell', title: 'Set the schedule' },
    ]);
  });

  test('says what is wrong with an input in the words of the page, and exits with 1', () => {
    expect(run('derive sync-times --set firstSync=25:00 --set syncsPerDay=25')).toEqual({
      err: 'firstSync: First synchronization must be from 00:00 to 23:59\nsyncsPerDay: Synchronizations per day must be 24 or fewer',
      code: 1,
    });
  });

  test('asks for what is missing, and exits with 1', () => {
    expect(run('derive sync-times --set syncMode=automatic --set firstSync=17:00')).toEqual({
      err: 'syncsPerDay: Enter how many times a day to synchronize\ntimeZone: Enter the time zone of the WSUS server',
      code: 1,
    });
  });

  test.each([
    ['derive', /^Name a calculator\. The calculators are: .*sync-times/],
    ['derive sync-time', /^`sync-time` is not a calculator\. The calculators are: .*sync-times/],
    ['derive sync-times --set first=1', /^`sync-times` has no input `first`\. Its inputs are: syncMode, firstSync/],
    ['derive sync-times --set firstSync', /^Write a value after `--set` as name=value\./],
    [
      'derive sync-times --jsn',
      /^`--jsn` is not an option\. The options are: --set name=value, --json, --out folder\./,
    ],
    ['derive sync-times --out', /^Write a folder after `--out`\./],
  ])('answers `%s` with the known words, and exits with 2', (line, words) => {
    const { err, code } = run(line);

    expect(err).toMatch(words);
    expect(code).toBe(2);
  });

  test.each(Object.values(calculators).map(({ id }) => id))('names the missing inputs of %s in words', (id) => {
    const { err, code } = run(`derive ${id}`);

    expect(code).toBe(1);
    expect(err).toMatch(/^\w+: (Enter|Select|Choose) /);
  });
});

/** The shape of an answer: its keys, and for each command its own. */
const shapeOf = (answer: { readonly commands: readonly object[] }) => ({
  keys: Object.keys(answer),
  commands: [...new Set(answer.commands.map((command) => Object.keys(command).join(' ')))],
});
interface Answer {
  readonly commands: readonly {
    readonly form: string;
    readonly policy?: string;
    readonly undo?: true;
    readonly text?: string;
    readonly base64?: string;
    readonly fileName?: string;
  }[];
  readonly warnings: readonly string[];
}
const answerOf = (line: string): Answer => JSON.parse(run(`${line} --json`).out ?? '') as Answer;

describe('the changes that a calculator asks for', () => {
  const order =
    'derive order-of-sources --set productionOrder=FileShares --set productionGpo=Production ' +
    '--set templates=microsoft-defender-antivirus --set orderBeforeState=enabled --set orderBefore=MMPC';

  test('are in the JSON in every form, files in base64 with their names, and so is their undoing', () => {
    const { commands } = answerOf(order);
    const formsOf = (isUndo: boolean): string =>
      [
        ...new Set(commands.flatMap(({ form, policy, undo }) => (policy && Boolean(undo) === isUndo ? [form] : []))),
      ].join(' ');

    expect(formsOf(false)).toBe('clicks group-policy preference reg reg-file lgpo registry-pol csp verify');
    expect(formsOf(true)).toBe('clicks group-policy preference reg reg-file lgpo registry-pol csp verify');
    const pol = commands.find(({ fileName, undo }) => fileName === 'Registry.pol' && !undo);
    const entries = readRegistryPol(Buffer.from(pol?.base64 ?? '', 'base64'));
    expect(entries).toMatchObject({ ok: true, value: [{ valueName: 'FallbackOrder' }] });
  });

  test('are there once', () => {
    const texts = answerOf(order).commands.flatMap(({ text }) => text ?? []);

    expect(
      texts.filter((text) => text.startsWith('Set-GPRegistryValue') && text.endsWith("'FileShares'")),
    ).toHaveLength(1);
  });

  test('have a shape that stays', () => {
    expect(shapeOf(answerOf(order))).toMatchInlineSnapshot(`
      {
        "commands": [
          "form title text why where",
          "form policy title text why where",
          "form policy title base64 fileName why where",
          "form policy undo title text why where",
          "form policy undo title base64 fileName why where",
        ],
        "keys": [
          "inputs",
          "values",
          "commands",
          "warnings",
          "sources",
        ],
      }
    `);
    expect(shapeOf(answerOf(`derive sync-times ${schedule}`))).toMatchInlineSnapshot(`
      {
        "commands": [
          "form title text why where",
        ],
        "keys": [
          "inputs",
          "values",
          "commands",
          "warnings",
          "sources",
        ],
      }
    `);
  });

  test('can be written as files, each policy in a folder of its own', () => {
    const { files = [] } = run(`${order} --out made`);

    expect(files.map(({ path }) => path.join('/'))).toEqual([
      'made/order-of-sources/order-of-sources.reg',
      'made/order-of-sources/order-of-sources-lgpo.txt',
      'made/order-of-sources/Registry.pol',
      'made/order-of-sources-undo/order-of-sources-undo.reg',
      'made/order-of-sources-undo/order-of-sources-undo-lgpo.txt',
      'made/order-of-sources-undo/Registry.pol',
    ]);
    expect([...(files[0]?.bytes ?? []).slice(0, 2)]).toEqual([0xff, 0xfe]);
  });
});

describe('policy', () => {
  const frequency = 'policy detection-frequency --set state=enabled --set hours=4 --set gpo=Production';

  test('prints every form of one setting, and the way back once the state before is given', () => {
    const { out = '', code } = run(`${frequency} --set before=not-configured`);

    expect(code).toBe(0);
    for (const heading of [
      'By hand',
      'On one test computer',
      'Check the change',
      'Put back exactly what was there before',
    ])
      expect(out).toContain(`${heading}\n${'='.repeat(heading.length)}`);
    expect(out).toContain("Remove-GPRegistryValue -Name 'Production'");
    expect(run(frequency).out).not.toContain('Remove-GPRegistryValue');
  });

  test('answers with the same JSON as a calculator', () => {
    const answer = answerOf(`${frequency} --set before=disabled`);

    expect(shapeOf(answer)).toMatchInlineSnapshot(`
      {
        "commands": [
          "form policy title text why where",
          "form policy title base64 fileName why where",
          "form policy undo title text why where",
          "form policy undo title base64 fileName why where",
        ],
        "keys": [
          "inputs",
          "values",
          "commands",
          "warnings",
          "sources",
        ],
      }
    `);
    expect(answer.warnings).toEqual([]);
  });

  test('says in the JSON which forms there are not, and why', () => {
    expect(answerOf('policy order-of-sources --set state=not-configured --set gpo=Production').warnings).toEqual([
      'order-of-sources: LGPO text for one test computer. LGPO text cannot take FallbackOrder out of a policy again. Set it to Not Configured by hand.',
      'order-of-sources: A Registry.pol file with this change alone. Registry.pol cannot take FallbackOrder out of a policy again. Set it to Not Configured by hand.',
    ]);
  });

  test.each([
    ['', /^gpo: Enter the name of the Group Policy Object\norder: Enter FallbackOrder$/],
    ['--set order=FileShare', /^order: FallbackOrder names FileShare, which is not a source: write FileShares$/],
    ['--set order=MMPC --set gpo=G --set before=enabled', /^before-order: Enter FallbackOrder before the change$/],
  ])('asks for what is missing or wrong with `%s`, and exits with 1', (options, words) => {
    const { err, code } = run(`policy order-of-sources --set state=enabled ${options}`);

    expect(err).toMatch(words);
    expect(code).toBe(1);
  });

  test.each([
    ['policy', /^Name a policy\. The policies are: .*order-of-sources/],
    ['policy order', /^`order` is not a policy\. The policies are: .*order-of-sources/],
    [
      'policy order-of-sources --set sources=MMPC',
      /^`order-of-sources` has no input `sources`\. Its inputs are: state, order, gpo/,
    ],
  ])('answers `%s` with the known words, and exits with 2', (line, words) => {
    const { err, code } = run(line);

    expect(err).toMatch(words);
    expect(code).toBe(2);
  });
});

describe('check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringbook-check-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('finds nothing wrong with the runbooks of this project', () => {
    expect(run('check')).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+ runbooks?, no problems\.$/) });
  });

  test('prints every problem of a file with its place, and exits with 1', () => {
    cpSync(join(projectFolder, 'src/content'), join(folder, 'src/content'), { recursive: true });
    writeFileSync(join(folder, 'src/content/runbooks/broken.mdx'), '---\ntitel: x\n---\n\n<Tsk />\n');
    const { err, code } = runCommandLine(['check'], clock, folder);

    expect(code).toBe(1);
    expect(err).toMatch(/^src\/content\/runbooks\/broken\.mdx\n2:1 {2}/);
    expect(err).toContain('5:1  `<Tsk>`');
  });

  test('takes no words after it', () => {
    expect(run('check all')).toMatchObject({ code: 2 });
  });
});

describe('the command line', () => {
  test.each([
    ['', /^Write one of:/],
    ['drive', /^`drive` is not a verb\. The verbs are: derive, policy, check, plan, run\./],
  ])('answers `%s` with what it knows', (line, words) => {
    expect(run(line).err).toMatch(words);
    expect(run(line).code).toBe(2);
  });
});

describe('plan', () => {
  const window =
    '--set planStartDate=2026-11-30 --set planStartTime=22:00 --set planEndDate=2026-12-01 --set planEndTime=04:00 --set planZone=Europe/Berlin';

  test('writes the change plan as Markdown, with lines to write on for what is not known', () => {
    const { out, code } = run('plan production-gpo-wsus --set upstreamServer=wsus1.contoso.com');

    expect(code).toBe(0);
    expect(out).toMatch(/^# Change plan: Deploy Defender updates to the production ring/);
    expect(out).toContain('| Upstream server | wsus1.contoso.com |');
    expect(out).toContain('| Change number | \\_\\_\\_\\_ |');
  });

  test.each([
    ['csv', /^\uFEFF"Number","Kind"/],
    ['html', /^<!doctype html>/],
    ['ics', /^BEGIN:VCALENDAR\r\n/],
  ])('writes it as %s', (form, words) => {
    expect(run(`plan production-gpo-wsus ${window} --to ${form}`)).toMatchObject({
      out: expect.stringMatching(words),
      code: 0,
    });
  });

  test('shows when each ring gets the update once the schedules of all rings are given', () => {
    const site = '--set firstSync=17:00 --set syncsPerDay=1 --set timeZone=Europe/Berlin --set soakHours=12';
    const others = '--set pilotFirstSync=05:00 --set pilotSyncsPerDay=1 --set pilotTimeZone=Europe/Berlin';
    const rest = '--set detectionHours=4 --set middleRings=0 --set pilotApproval=rule --set approval=rule';
    const { out, err, code } = run(`plan production-gpo-wsus ${window} ${site} ${others} ${rest}`);

    expect({ err, code }).toEqual({ err: undefined, code: 0 });
    expect(out).toContain('first synchronization of 2026-11-30');
    expect(out).toContain('*Rings at a glance, each by the clocks of its own zone*');
    expect(run('plan pilot-gpo-wsus --set pilotFirstSync=05:00').err).toContain('no input `pilotFirstSync`');
  });

  test('writes the blank checklist', () => {
    expect(run('plan production-gpo-wsus --checklist').out).toMatch(/^# Blank checklist: Deploy/);
  });

  test('takes values from a file, and those of the line before them', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ringbook-plan-'));
    const path = join(folder, 'site.json');
    writeFileSync(path, JSON.stringify({ upstreamServer: 'wsus9.contoso.com', upstreamPort: 8531 }));
    const { out } = run(`plan production-gpo-wsus --inputs ${path} --set upstreamServer=wsus1.contoso.com`);
    rmSync(folder, { recursive: true });

    expect(out).toContain('| Upstream server | wsus1.contoso.com |');
    expect(out).toContain('| Upstream port | 8531 |');
  });

  test.each([
    ['--set upstreamPort=70000', 'upstreamPort: Upstream port must be 65535 or less'],
    [
      '--set planStartDate=30.11.2026',
      'planStartDate: Planned day must be written year-month-day, for example 2026-11-30',
    ],
    [
      `${window} --set planEndDate=2026-11-29`,
      'planEndTime: The window must end after it starts: change its day or its time',
    ],
    ['--to ics', 'Enter planned day, planned start, end of the window and its time zone: a calendar needs all of them'],
    [
      '--inputs no-such.json',
      'no-such.json: It cannot be read. Write an object of texts: { "upstreamServer": "wsus1.contoso.com" }.',
    ],
  ])('refuses `%s` in words, and exits with 1', (words, err) => {
    expect(run(`plan production-gpo-wsus ${words}`)).toEqual({ err, code: 1 });
  });

  test.each([
    ['plan', /^Name a runbook\. The runbooks are: .*production-gpo-wsus/],
    ['plan nothing', /^`nothing` is not a runbook\./],
    ['plan production-gpo-wsus --to pdf', /^Write one of these after `--to`: md, csv, html, ics\./],
    ['plan production-gpo-wsus --set proxyPassword=x', /^There is no input `proxyPassword` here\./],
    ['plan production-gpo-wsus --now', /^`--now` is not an option\./],
  ])('answers `%s` with the known words, and exits with 2', (line, words) => {
    const { err, code } = run(line);

    expect(err).toMatch(words);
    expect(code).toBe(2);
  });
});

describe('run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringbook-run-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const save = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const started = (runbook: string): Event => ({
    id: 'e1',
    at: '2026-11-20T03:12:45.120+01:00',
    by: 'Ana Ruiz',
    tier: 3,
    kind: 'started',
    data: { runbook, revision: '298d6547', title: 'Deploy', about: { change: 'CHG0031337' } },
  });
  const fileOf = (runbook: string): string =>
    writeSaveFile({ run: '20261120T031245-abcd', events: [started(runbook)], pictures: new Map() });

  test('writes the record of a save file, with the fingerprint that its paper carries', () => {
    const { out, code } = run(`run ${save('run.json', fileOf('production-gpo-wsus'))}`);

    expect(code).toBe(0);
    expect(out).toMatch(/^# Record: Deploy Defender updates to the production ring/);
    expect(out).toContain('| Change number | CHG0031337 |');
    expect(out).toMatch(/fingerprint [0-9A-F]{4}-[0-9A-F]{4}/);
  });

  test.each([
    ['no-such.json', /^no-such\.json: It cannot be read\./],
    [save('broken.json', '{"events":'), /broken\.json: .+\.$/],
    [
      save('other.json', fileOf('another-runbook')),
      /other\.json: The run is of `another-runbook`\. .*The runbooks are: /,
    ],
  ])('refuses %s in words, and exits with 1', (path, words) => {
    const { err, code } = run(`run ${path}`);

    expect(err).toMatch(words);
    expect(code).toBe(1);
  });

  test.each([
    ['run', /^Name a save file\./],
    [`run x.json --to pdf`, /^Write one of these after `--to`: md, csv, html\./],
    [`run x.json --now`, /^`--now` is not an option\./],
  ])('answers `%s` with the known words, and exits with 2', (line, words) => {
    const { err, code } = run(line);

    expect(err).toMatch(words);
    expect(code).toBe(2);
  });
});
