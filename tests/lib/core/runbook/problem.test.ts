import { describe, expect, test } from 'vitest';
import { compileLibrary } from '../../../../src/lib/build/library.ts';
import {
  formatProblems,
  inReadingOrder,
  isProblemCode,
  problemCodes,
  type Problem,
  type ProblemCode,
} from '../../../../src/lib/core/runbook/problem.ts';
import { file, fileWithStep, gate, guide, policies, step, task } from '../../../support/compile.ts';

/** Compiles a file and hands over what its author reads. */
type Says = (source: string) => ReturnType<typeof expect<string>>;

/** One mistake for each code. The snapshot is the whole message that an author gets for it. */
const provoked: Readonly<Record<ProblemCode, (says: Says) => void>> = {
  'mdx-syntax': (says) =>
    says(fileWithStep('The service takes <5 minutes to start.')).toMatchInlineSnapshot(`
    "19:19  Unexpected character after \`<\`, expected a valid JSX tag.
           Close every tag, and write \`<\`, \`{\` and \`}\` in text as code in backticks. (mdx-syntax)"
  `),
  'front-matter': (says) =>
    says(file(task(step()), { owner: undefined })).toMatchInlineSnapshot(`
    "2:1  The front matter has no \`owner\`.
         Name the \`owner\` of this runbook. (front-matter)"
  `),
  'unknown-word': (says) =>
    says(fileWithStep('<Tip>The console can be slow.</Tip>')).toMatchInlineSnapshot(`
      "19:1  \`<Tip>\` is not one of the words of a runbook.
            The words are: Caution, ConfigmgrRule, Criterion, Escalate, Evidence, Expect, Gate, IfNot, Note, OffboardingPackage, OnboardingPath, OrderOfSources, Policy, PolicyRefresh, RingSize, RingTimeline, SoakCheck, Step, SyncTimes, Task, Undo, UpdateChannels, UpdateCheck, UpstreamAddress, Value, VersionReader, Wait, Warning, When, Why, WsusClientPolicy. (unknown-word)"
    `),
  'misplaced-word': (says) =>
    says(file(task(`${step()}\n\n<IfNot>Restart it.</IfNot>`))).toMatchInlineSnapshot(`
    "22:1  \`<IfNot>\` cannot stand here.
          Put it directly inside a \`<Step>\` or \`<Gate>\`. (misplaced-word)"
  `),
  'unknown-attribute': (says) =>
    says(fileWithStep('<Note title="Mind">Slow.</Note>')).toMatchInlineSnapshot(`
    "19:1  \`<Note>\` has an attribute \`title\` that it does not know.
          It takes no attributes. (unknown-attribute)"
  `),
  'repeated-word': (says) =>
    says(fileWithStep('<Why>One.</Why>\n\n<Why>Two.</Why>')).toMatchInlineSnapshot(`
    "21:1  \`<Why>\` stands twice in one step or gate.
          Join the two. (repeated-word)"
  `),
  'empty-word': (says) =>
    says(fileWithStep('<Why></Why>')).toMatchInlineSnapshot(`
    "19:1  \`<Why>\` holds nothing.
          Write what belongs in it, or take it away. (empty-word)"
  `),
  'missing-attribute': (says) =>
    says(fileWithStep('<Wait>Long.</Wait>')).toMatchInlineSnapshot(`
    "19:1  \`<Wait>\` has no \`minutes\`.
          Say how long: \`minutes={5}\`. (missing-attribute)"
  `),
  'attribute-value': (says) =>
    says(fileWithStep('<Escalate to={5} after={10} />')).toMatchInlineSnapshot(`
    "19:1  \`to\` of \`<Escalate>\` is \`5\`.
          Write a whole number from 1 to 4 in braces: \`to={1}\`. (attribute-value)"
  `),
  'malformed-id': (says) =>
    says(file(task(step('', 'Start_Service')))).toMatchInlineSnapshot(`
    "16:1  \`Start_Service\` cannot be an id.
          Write lower-case words joined by hyphens, beginning with a letter: \`connect-upstream\`. (malformed-id)"
  `),
  'duplicate-id': (says) =>
    says(file(task(`${step('', 'start')}\n\n${step('', 'start')}`))).toMatchInlineSnapshot(`
    "22:1  The id \`start\` is used twice; it was first used at 16:1.
          Give one of the two another id. Keep the one that was published first. (duplicate-id)"
  `),
  'former-id-in-use': (says) =>
    says(file(task(`${step('', 'start')}\n\n${step('', 'stop" formerly="start')}`))).toMatchInlineSnapshot(`
      "22:1  \`formerly\` names \`start\`, which is still in use.
            An id has one bearer: take it out of \`formerly\`. (former-id-in-use)"
    `),
  expression: (says) =>
    says(fileWithStep('Open {{wsusServer}} now.')).toMatchInlineSnapshot(`
    "19:6  \`{{wsusServer}}\` outside code is JavaScript, not a value.
          Write \`<Value of="wsusServer" />\`. (expression)"
  `),
  import: (says) =>
    says(file(`import Panel from './Panel.astro';\n\n${task(step())}`)).toMatchInlineSnapshot(`
    "14:1  A runbook imports and exports nothing.
          Delete the line; the words are there without it. (import)"
  `),
  'unexpected-content': (says) =>
    says(fileWithStep('## Before you start')).toMatchInlineSnapshot(`
    "19:1  A heading is not among the things a runbook holds.
          Make it the \`title\` of a \`<Task>\`, or a sentence. (unexpected-content)"
  `),
  'no-action': (says) =>
    says(file(task('<Step id="start" tier={2} minutes={1}>\n\n- Start it.\n\n<Expect>It runs.</Expect>\n</Step>')))
      .toMatchInlineSnapshot(`
      "18:1  Step \`start\` does not begin with a paragraph.
            Begin with one paragraph that says the one thing to do; it becomes the label of the box. (no-action)"
    `),
  'link-in-action': (says) =>
    says(
      file(
        task(
          '<Step id="start" tier={2} minutes={1}>\nRead [this](https://example.com).\n\n<Expect>It is there.</Expect>\n</Step>',
        ),
      ),
    ).toMatchInlineSnapshot(`
      "17:1  Step \`start\` has a link in its action, which is the label of a box.
            Move the link into a second paragraph or into \`<Why>\`. (link-in-action)"
    `),
  'no-expected-result': (says) =>
    says(file(task('<Step id="start" tier={2} minutes={1}>\nStart it.\n</Step>'))).toMatchInlineSnapshot(`
      "16:1  Step \`start\` does not say what the technician should see.
            Add \`<Expect>\` with the words on the screen. (no-expected-result)"
    `),
  'empty-task': (says) =>
    says(file(task('This restarts the service.'))).toMatchInlineSnapshot(`
    "14:1  Task \`example-task\` has no step.
          Add a \`<Step>\`, or make the text part of the task before. (empty-task)"
  `),
  'too-few-criteria': (says) =>
    says(file(task(gate('Decide with the owner.')))).toMatchInlineSnapshot(`
    "16:1  Gate \`example-gate\` has no criteria.
          Add a \`<Criterion id="…">\` for each thing that must hold. (too-few-criteria)"
  `),
  'no-backout': (says) =>
    says(file(task(step()), { ring: 'production' })).toMatchInlineSnapshot(`
    "4:1  This runbook changes production and has no way back.
         Add a \`<Task role="backout">\` that undoes the change. (no-backout)"
  `),
  'pre-ticked-box': (says) =>
    says(fileWithStep('- [x] The backup exists.')).toMatchInlineSnapshot(`
    "19:1  A list item carries a tick box of its own.
          Make it a \`<Step>\`, so that its tick is kept, or remove \`[ ]\`. (pre-ticked-box)"
  `),
  'unknown-input': (says) =>
    says(fileWithStep('', ['wsusSever'])).toMatchInlineSnapshot(`
    "10:10  The input \`wsusSever\` is not in the vocabulary.
           Did you mean \`wsusServer\`? (unknown-input)"
  `),
  'unlisted-input': (says) =>
    says(fileWithStep('Open <Value of="wsusServer" />.')).toMatchInlineSnapshot(`
    "19:6  The input \`wsusServer\` is used here, but the front matter does not list it.
          Add \`wsusServer\` to \`inputs\`, where the sheet should ask for it. (unlisted-input)"
  `),
  'unused-input': (says) =>
    says(fileWithStep('', ['wsusServer'])).toMatchInlineSnapshot(`
    "10:10  The input \`wsusServer\` is listed, but the runbook never uses it.
           Take it out of \`inputs\`, so that nobody is asked in vain. (unused-input)"
  `),
  'unknown-value': (says) =>
    says(fileWithStep('Open <Value of="upstreamSever" />.')).toMatchInlineSnapshot(`
    "19:6  No input and no calculator gives \`upstreamSever\`.
          Did you mean \`upstreamServer\`? (unknown-value)"
  `),
  'unknown-option': (says) =>
    says(fileWithStep('<When input="serverRole" is="downstream">\n\nGo on.\n\n</When>', ['serverRole']))
      .toMatchInlineSnapshot(`
      "19:1  The input \`serverRole\` can never be \`downstream\`.
            It can be \`autonomous\`, \`replica\`. (unknown-option)"
    `),
  'unknown-policy': (says) =>
    says(fileWithStep('<Policy id="order-of-source" state="disabled" />')).toMatchInlineSnapshot(`
    "19:1  The policy \`order-of-source\` is not in the catalogue.
          Did you mean \`order-of-sources\`? (unknown-policy)"
  `),
  'policy-data': (says) =>
    says(fileWithStep('<Policy id="detection-frequency" state="enabled" to="48" />')).toMatchInlineSnapshot(`
      "19:1  The policy \`detection-frequency\` cannot be set like this.
            \`hours\` must be 22 or less. (policy-data)"
    `),
  'fence-language': (says) =>
    says(fileWithStep('```bash\ngpupdate /force\n```')).toMatchInlineSnapshot(`
    "19:1  A code fence is in \`bash\`.
          Write \`powershell\` or \`cmd\` for a command to copy, \`text\` for what a screen shows. (fence-language)"
  `),
  'value-in-inline-code': (says) =>
    says(fileWithStep('Run `nslookup {{wsusServer}}`.')).toMatchInlineSnapshot(`
    "19:5  \`nslookup {{wsusServer}}\` has a value by name in inline code.
          Use \`<Value of="…" />\` in text, or a code fence for a command. (value-in-inline-code)"
  `),
  'value-inside-quotes': (says) =>
    says(fileWithStep('```powershell\nGet-Date\nGet-GPO -Name "{{productionGpo}}"\n```', ['productionGpo']))
      .toMatchInlineSnapshot(`
      "21:16  \`{{productionGpo}}\` stands inside quotes.
             Take the quotes away: the value brings its own. For a value with text around it, name a value that holds both. (value-inside-quotes)"
    `),
  'value-in-comment': (says) =>
    says(fileWithStep('```cmd\nrem Shows {{sampleClient}}\n```', ['sampleClient'])).toMatchInlineSnapshot(`
      "20:11  \`{{sampleClient}}\` stands in a comment, where it does nothing.
             Say it in the text of the step, with \`<Value of="…" />\`, or take the value out of the comment. (value-in-comment)"
    `),
  'value-not-a-whole-argument': (says) =>
    says(fileWithStep('```cmd\nping {{wsusServer}}.contoso.com\n```', ['wsusServer'])).toMatchInlineSnapshot(`
      "20:6  \`{{wsusServer}}\` is part of a longer argument.
            Put a space on both sides, so that the value is an argument by itself. If text belongs to it, name a value that holds both. (value-not-a-whole-argument)"
    `),
  'unclosed-value': (says) =>
    says(fileWithStep('```powershell\nGet-GPO {{productionGpo}\n```')).toMatchInlineSnapshot(`
    "20:9  \`{{\` has no \`}}\` on the same line.
          Close the name with two braces, for example \`{{productionGpo}}\`, or put a space between braces that are no value. (unclosed-value)"
  `),
  'value-name': (says) =>
    says(fileWithStep('```powershell\nGet-GPO {{production gpo}}\n```')).toMatchInlineSnapshot(`
    "20:9  \`{{production gpo}}\` is not the name of a value.
          Write letters and digits only, a letter first, without spaces, for example \`{{productionGpo}}\`. (value-name)"
  `),
  'secret-in-command': (says) =>
    says(fileWithStep('```cmd\nnet use {{proxyPassword}}\n```', ['proxyPassword'])).toMatchInlineSnapshot(`
      "20:9  \`proxyPassword\` is a secret and cannot stand in a command.
            Let the command prompt for it, for example with \`Get-Credential\`. (secret-in-command)"
    `),
  'gpupdate-space': (says) =>
    says(fileWithStep('Run `gpupdate / force`.')).toMatchInlineSnapshot(`
    "19:5  \`gpupdate / force\` has a space after the slash, which gpupdate does not take.
          Write \`gpupdate /force\`. (gpupdate-space)"
  `),
  'unknown-source': (says) =>
    says(fileWithStep('Write `InternalDefinitionUpdateServer|FileShare`.')).toMatchInlineSnapshot(`
    "19:7  \`FileShare\` is not a source of updates.
          Write \`FileShares\`. (unknown-source)"
  `),
  'unknown-runbook': (says) =>
    says(fileWithStep('See [the restart](/runbooks/restart-wsus.html).')).toMatchInlineSnapshot(`
      "19:5  The link names the runbook \`restart-wsus\`, which the library does not have.
            There is no other runbook yet. (unknown-runbook)"
    `),
  'unknown-page': (says) =>
    says(fileWithStep('See [the times](/calculators/sink-times.html).')).toMatchInlineSnapshot(`
      "19:5  The link leads to \`sink-times\`, which is no calculator.
            Did you mean \`/calculators/sync-times.html\`? (unknown-page)"
    `),
  'one-sided-order': (says) =>
    says(file(task(step()), { before: ['example'] })).toMatchInlineSnapshot(`
    "13:10  \`before\` names this runbook itself.
           Take it out of the list. (one-sided-order)"
  `),
  'field-spelling': (says) =>
    says(fileWithStep('Select **Micrsoft Defender**.')).toMatchInlineSnapshot(`
    "19:10  \`Micrsoft\` is misspelt.
           Write \`Microsoft\`. (field-spelling)"
  `),
  'outdated-name': (says) =>
    says(fileWithStep('Open **Microsoft 365 Defender**.')).toMatchInlineSnapshot(`
    "19:8  \`Microsoft 365 Defender\` has another name now.
          Write \`Microsoft Defender XDR\`. (outdated-name)"
  `),
  'known-error': (says) =>
    says(fileWithStep('Wait: it refreshes every 90 minutes +/- 30.')).toMatchInlineSnapshot(`
    "19:37  \`+/- 30\` refreshes Group Policy sooner than Windows does.
           Write that it refreshes every 90 minutes and a random 0 to 30 minutes more. (known-error)"
  `),
};

describe('every code', () => {
  test('has a mistake here that provokes it', () => {
    expect(Object.keys(provoked).sort()).toEqual(Object.keys(problemCodes).sort());
  });

  test.each(Object.entries(provoked))('%s is told with its place, what is wrong and the mend', (code, provoke) => {
    provoke((source) => {
      const { faults } = compileLibrary(new Map([['example', source]]), policies, guide);
      const problems = faults.get('example') ?? [];

      expect(problems.map((problem) => problem.code)).toEqual([code]);
      return expect(formatProblems(problems));
    });
  });

  test.each(Object.entries(problemCodes))('%s has a line that is a sentence', (_, line) => {
    expect(line).toMatch(/^[A-Z`‘].*\.$/);
  });
});

describe('formatProblems', () => {
  const problem = { code: 'no-action', message: 'Step `a` is empty.', mend: 'Write it.' } as const;

  test('puts the place first and the mend below what is wrong, as far in', () => {
    expect(
      formatProblems([
        { ...problem, line: 8, column: 3 },
        { ...problem, line: 120, column: 14 },
      ]),
    ).toMatchInlineSnapshot(`
      "8:3  Step \`a\` is empty.
           Write it. (no-action)
      120:14  Step \`a\` is empty.
              Write it. (no-action)"
    `);
  });

  test('says nothing when nothing is wrong', () => {
    expect(formatProblems([])).toBe('');
  });
});

describe('inReadingOrder', () => {
  const at = (line: number, column: number, code: ProblemCode): Problem => ({
    line,
    column,
    code,
    message: '',
    mend: '',
  });

  test('sorts by line, then column, then code, and leaves the list alone', () => {
    const list = [at(2, 1, 'import'), at(1, 9, 'import'), at(1, 9, 'expression'), at(1, 2, 'import')];

    expect(inReadingOrder(list)).toEqual([
      at(1, 2, 'import'),
      at(1, 9, 'expression'),
      at(1, 9, 'import'),
      at(2, 1, 'import'),
    ]);
    expect(list[0]).toEqual(at(2, 1, 'import'));
  });
});

test('isProblemCode knows the codes, and no names that every object has', () => {
  expect(isProblemCode('duplicate-id')).toBe(true);
  expect(isProblemCode('toString')).toBe(false);
});
