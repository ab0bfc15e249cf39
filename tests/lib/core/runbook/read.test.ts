import { describe, expect, test } from 'vitest';
import { calculators } from '../../../../src/lib/core/calculators/index.ts';
import { Runbook } from '../../../../src/lib/core/runbook/model.ts';
import { formatProblems } from '../../../../src/lib/core/runbook/problem.ts';
import { readRunbook, words, type TreeNode } from '../../../../src/lib/core/runbook/read.ts';
import {
  codesOf,
  compile,
  compiled,
  file,
  fileWithStep,
  gate,
  outline,
  policies,
  problemsOf,
  step,
  task,
} from '../../../support/compile.ts';

describe('a good runbook', () => {
  const source = file(
    `Agree on a window with the owner of **Windows patching**.

<When input="useProxy" is="yes">

Have the user of the proxy at hand.

</When>

<Task id="connect" title="Connect this server to its upstream">

Keep the console open all the time.

<Step id="choose-upstream" tier={2} minutes={2}>
On the **Choose Upstream Server** page, enter <Value of="upstreamServer" /> and port
<Value of="upstreamPort" />.

Then read \`what it says\`[^see below](#start-sync).

<Expect>The page shows the name, and **Next** is enabled.</Expect>
<IfNot>

1. Check the name:

   \`\`\`cmd where="the WSUS server"
   nslookup {{upstreamServer}}
   \`\`\`

2. Escalate.
   - With the answer of \`nslookup\`.

</IfNot>
<Undo>Choose the former upstream.</Undo>
<Evidence>A picture of the page.</Evidence>
<Why>The pilot has tested what is there.</Why>
<Wait minutes={5} upTo={20}>Longer over a slow line.</Wait>
<Escalate to={3} after={10}>With the picture.</Escalate>
</Step>

<When input="useProxy" is="yes">

<Note>The proxy is for synchronization only.</Note>

<Step id="enter-proxy" tier={2} minutes={1} formerly="proxy old-proxy">
Enter <Value of="proxyServer" /><When input="proxyCredentials" is="yes"> and its user</When>.
<When input="proxyCredentials" is="yes">
<Expect>The user is shown.</Expect>
</When>
<When input="proxyCredentials" is="no">
<Expect>No user is shown.</Expect>
</When>
</Step>

</When>

| Page | What it says |
|---|---|
| **Proxy** | <Value of="proxyServer" /> |

<SyncTimes />

</Task>

<Task id="point-clients" title="Point the clients at this server">

<Gate id="go" title="Is the pilot healthy?" tier={3} minutes={5}>

The pilot has run for <Value of="soakHours" /> hours.

<Criterion id="no-alarms">No alarms since.</Criterion>
<When input="useProxy" is="no">
<Criterion id="direct">The server reaches its upstream **directly**.</Criterion>
</When>

<Why>What fails in the pilot fails in production.</Why>
</Gate>

<Step id="start-sync" tier={3} minutes={1}>
Set the policy.

<Policy id="client-side-targeting" state="enabled" to="{{targetGroup}}" gpo="productionGpo" />

<Caution>

Wait for replication.

</Caution>

<Expect>It is there.</Expect>
</Step>

</Task>

<When input="useProxy" is="yes">

<Task id="way-back" title="Undo everything" role="backout">
<Step id="unset" tier={3} minutes={0}>
Take the proxy away.

<Expect>

\`\`\`text
Proxy: none {{not a value}}
\`\`\`

</Expect>
</Step>
</Task>

</When>`.replace('[^see below]', '[see below]'),
    {
      ring: 'production',
      inputs: [
        'upstreamServer',
        'upstreamPort',
        'useProxy',
        'proxyServer',
        'proxyCredentials',
        ...(calculators['SyncTimes']?.live.needs ?? []),
        'soakHours',
        'targetGroup',
        'productionGpo',
      ],
    },
  );

  test('keeps its shape', () => {
    expect(outline(compiled(source))).toMatchInlineSnapshot(`
      "“Agree on a window with the owner of **Windows patching**.”
      if useProxy=yes
        “Have the user of the proxy at hand.”
      1 work connect: Connect this server to its upstream
        passage
          “Keep the console open all the time.”
        1.1 step choose-upstream (tier 2, 2 min)
          On the **Choose Upstream Server** page, enter {upstreamServer} and port⏎{upstreamPort}.
          “Then read \`what it says\`[see below](#start-sync).”
          wait 5 to 20
            “Longer over a slow line.”
          escalate to tier 3 after 10
            “With the picture.”
          expect
            “The page shows the name, and **Next** is enabled.”
          ifNot
            1.
              “Check the name:”
              cmd @ the WSUS server: nslookup {{upstreamServer}}
            2.
              “Escalate.”
              -
                “With the answer of \`nslookup\`.”
          undo
            “Choose the former upstream.”
          evidence
            “A picture of the page.”
          why
            “The pilot has tested what is there.”
        passage if useProxy=yes
          note
            “The proxy is for synchronization only.”
        1.2 step enter-proxy (tier 2, 1 min) if useProxy=yes formerly proxy old-proxy
          Enter {proxyServer}(if proxyCredentials=yes:  and its user).
          expect
            if proxyCredentials=yes
              “The user is shown.”
            if proxyCredentials=no
              “No user is shown.”
        passage
          | Page | What it says |
          | **Proxy** | {proxyServer} |
          calculator SyncTimes
      2 work point-clients: Point the clients at this server
        2.1 gate go (tier 3, 5 min)
          Is the pilot healthy?
          “The pilot has run for {soakHours} hours.”
          criterion no-alarms: No alarms since.
          criterion direct if useProxy=no: The server reaches its upstream **directly**.
          why
            “What fails in the pilot fails in production.”
        2.2 step start-sync (tier 3, 1 min)
          Set the policy.
          policy client-side-targeting enabled
            any: Enable client-side targeting
            TargetGroup REG_SZ {{targetGroup}}
            TargetGroupEnabled REG_DWORD 1
            Set-GPRegistryValue -Name {{productionGpo}} -Key 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate' -ValueName 'TargetGroup' -Type String -Value {{targetGroup}}
            Set-GPRegistryValue -Name {{productionGpo}} -Key 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate' -ValueName 'TargetGroupEnabled' -Type DWord -Value 1
          caution
            “Wait for replication.”
          expect
            “It is there.”
      3 backout way-back: Undo everything if useProxy=yes
        3.1 step unset (tier 3, 0 min)
          Take the proxy away.
          expect
            output: Proxy: none {{not a value}}"
    `);
  });

  test('fits the schema, with nothing left over', () => {
    const runbook = compiled(source);

    expect(Runbook.parse(runbook)).toEqual(runbook);
    expect(JSON.parse(JSON.stringify(runbook))).toEqual(runbook);
  });

  test('has the keys of its front matter, and its id from its file', () => {
    expect(compiled(source, 'restart-wsus')).toMatchObject({
      id: 'restart-wsus',
      title: 'Restart the WSUS service',
      ring: 'production',
      tools: ['wsus'],
      tier: 2,
      minutes: 5,
      owner: 'Endpoint engineering',
      reviewed: '2026-11-01',
      sources: [],
    });
  });

  test('is the same whatever the tree says of places, but for their problems', () => {
    const bare = (node: TreeNode): TreeNode => {
      const { position, children, ...rest } = node;
      return { ...rest, ...(position && {}), ...(children && { children: children.map(bare) }) };
    };
    const tree: TreeNode = {
      type: 'root',
      children: [
        {
          type: 'mdxJsxFlowElement',
          name: 'Task',
          position: { start: { line: 3, column: 1 } },
          children: [
            { type: 'mdxJsxFlowElement', name: 'Stpe', position: { start: { line: 4, column: 1 } }, children: [] },
          ],
        },
      ],
    };
    const context = { id: 'example', meta: {}, policies };

    expect(
      readRunbook(bare(tree), context).problems.map(({ code, line, column }) => `${line}:${column} ${code}`),
    ).toEqual(
      readRunbook(tree, context)
        .problems.map(({ code }) => `1:1 ${code}`)
        .sort(),
    );
  });
});

describe('numbers', () => {
  test('count tasks, and in each task steps and gates, whatever branches and passages stand between', () => {
    const source = file(
      [
        task(
          `Text.\n\n${step('', 'a')}\n\nText.\n\n<When input="useProxy" is="yes">\n\n${step('', 'b')}\n\n</When>\n\n${gate()}`,
        ),
        `<Task id="second" title="Try another example">\n${step('', 'c')}\n</Task>`,
      ].join('\n\n'),
      { inputs: ['useProxy'] },
    );
    const numbers = compiled(source).tasks.flatMap(({ number, items }) => [
      number,
      ...items.flatMap((item) => (item.kind === 'passage' ? [] : [`${item.number} ${item.id}`])),
    ]);

    expect(numbers).toEqual([1, '1.1 a', '1.2 b', '1.3 example-gate', 2, '2.1 c']);
  });
});

describe('bad input', () => {
  test('a misspelt key of the front matter', () => {
    expect(problemsOf(file(task(step()), { reviewed: undefined, reveiwed: '2026-11-01' }))).toMatchInlineSnapshot(`
      "12:1  The front matter has a key \`reveiwed\` that runbooks do not know.
            Did you mean \`reviewed\`? (front-matter)"
    `);
  });

  test('an unknown component', () => {
    expect(problemsOf(fileWithStep('<Panel id="b">Do it.</Panel>'))).toMatchInlineSnapshot(`
      "19:1  \`<Panel>\` is not one of the words of a runbook.
            The words are: Caution, ConfigmgrRule, Criterion, Escalate, Evidence, Expect, Gate, IfNot, Note, OffboardingPackage, OnboardingPath, OrderOfSources, Policy, PolicyRefresh, RingSize, RingTimeline, SoakCheck, Step, SyncTimes, Task, Undo, UpdateChannels, UpdateCheck, UpstreamAddress, Value, VersionReader, Wait, Warning, When, Why, WsusClientPolicy. (unknown-word)"
    `);
  });

  test('a duplicate id', () => {
    expect(problemsOf(file(`${task(step('', 'example-task'))}`))).toMatchInlineSnapshot(`
      "16:1  The id \`example-task\` is used twice; it was first used at 14:1.
            Give one of the two another id. Keep the one that was published first. (duplicate-id)"
    `);
  });

  test('a missing id', () => {
    expect(problemsOf(file(task(step()).replace(' id="example-step"', '')))).toMatchInlineSnapshot(`
      "16:1  \`<Step>\` has no \`id\`.
            Write an id that will never change: \`id="connect-upstream"\`. (missing-attribute)"
    `);
  });

  test('a policy that is not in the catalogue', () => {
    expect(problemsOf(fileWithStep('<Policy id="firewall" state="enabled" />'))).toMatchInlineSnapshot(`
      "19:1  The policy \`firewall\` is not in the catalogue.
            The catalogue has: client-side-targeting, configure-automatic-updates, detection-frequency, disable-gradual-rollout, engine-update-channel, file-shares, intranet-update-service, no-internet-locations, order-of-sources, platform-update-channel, randomization-window, randomize-scheduled-tasks, scan-after-update, security-intelligence-update-channel, spyware-out-of-date, update-before-scan, update-catch-up, update-check-day, update-check-interval, update-check-time, update-on-battery, update-on-startup, update-without-engine, vdi-shared-location, virus-out-of-date. (unknown-policy)"
    `);
  });

  test('a value that no input or calculator gives', () => {
    expect(problemsOf(fileWithStep('Open <Value of="serverName" />.'))).toMatchInlineSnapshot(`
      "19:6  No input and no calculator gives \`serverName\`.
            The values are in the guide, under “Inputs, values and policies”. (unknown-value)"
    `);
  });

  test('an unclosed tag', () => {
    expect(problemsOf(fileWithStep('<Note>'))).toMatchInlineSnapshot(`
      "22:1  Unexpected closing tag \`</Step>\`, expected corresponding closing tag for \`<Note>\` (19:1).
            Close every tag, and write \`<\`, \`{\` and \`}\` in text as code in backticks. (mdx-syntax)"
    `);
  });

  test('braces outside code', () => {
    expect(problemsOf(fileWithStep('Open {{wsusServer}}, {wsusPort}, {1 + 1} and {/* more */}.')))
      .toMatchInlineSnapshot(`
      "19:6  \`{{wsusServer}}\` outside code is JavaScript, not a value.
            Write \`<Value of="wsusServer" />\`. (expression)
      19:22  \`{wsusPort}\` outside code is JavaScript, not a value.
             Write \`<Value of="wsusPort" />\`. (expression)
      19:34  \`{1 + 1}\` outside code is JavaScript, not a value.
             Write it as text, or in a code fence. (expression)
      19:46  \`{/* more */}\` outside code is JavaScript.
             Delete it, or make it a comment in the front matter, after \`#\`. (expression)"
    `);
  });

  test('all of it at once, in reading order', () => {
    const source = file(
      `${task(
        `<Step tier={7} minutes={2}>
- Start.
</Step>

${step('{{upstreamServer}} <Value of="nobody" />\n\n<Tip>It is **Micrsoft**.</Tip>\n\n<Policy id="firewall" />\n\n```\ngpupdate / force\n```')}

${step()}`,
      )}

After all.`,
      { ring: 'production', tier: 9, inputs: ['useProxy', 'useSsl', 'useProxy'], sorces: [] },
    );

    expect(formatProblems(compile(source).problems)).toMatchInlineSnapshot(`
      "4:1  This runbook changes production and has no way back.
           Add a \`<Task role="backout">\` that undoes the change. (no-backout)
      6:1  \`tier\` in the front matter is \`9\`.
           Say who may run it: \`tier\` is 1, 2, 3 or 4. (front-matter)
      10:10  The input \`useProxy\` is listed, but the runbook never uses it.
             Take it out of \`inputs\`, so that nobody is asked in vain. (unused-input)
      10:21  The input \`useSsl\` is listed, but the runbook never uses it.
             Take it out of \`inputs\`, so that nobody is asked in vain. (unused-input)
      10:30  \`inputs\` names \`useProxy\` twice.
             Take one of the two away. (front-matter)
      13:1  The front matter has a key \`sorces\` that runbooks do not know.
            Did you mean \`sources\`? (front-matter)
      17:1  \`tier\` of \`<Step>\` is \`7\`.
            Write a whole number from 1 to 4 in braces: \`tier={1}\`. (attribute-value)
      17:1  \`<Step>\` has no \`id\`.
            Write an id that will never change: \`id="connect-upstream"\`. (missing-attribute)
      17:1  This step does not say what the technician should see.
            Add \`<Expect>\` with the words on the screen. (no-expected-result)
      18:1  This step does not begin with a paragraph.
            Begin with one paragraph that says the one thing to do; it becomes the label of the box. (no-action)
      24:1  \`{{upstreamServer}}\` outside code is JavaScript, not a value.
            Write \`<Value of="upstreamServer" />\`. (expression)
      24:20  No input and no calculator gives \`nobody\`.
             The values are in the guide, under “Inputs, values and policies”. (unknown-value)
      26:1  \`<Tip>\` is not one of the words of a runbook.
            The words are: Caution, ConfigmgrRule, Criterion, Escalate, Evidence, Expect, Gate, IfNot, Note, OffboardingPackage, OnboardingPath, OrderOfSources, Policy, PolicyRefresh, RingSize, RingTimeline, SoakCheck, Step, SyncTimes, Task, Undo, UpdateChannels, UpdateCheck, UpstreamAddress, Value, VersionReader, Wait, Warning, When, Why, WsusClientPolicy. (unknown-word)
      26:14  \`Micrsoft\` is misspelt.
             Write \`Microsoft\`. (field-spelling)
      28:1  The policy \`firewall\` is not in the catalogue.
            The catalogue has: client-side-targeting, configure-automatic-updates, detection-frequency, disable-gradual-rollout, engine-update-channel, file-shares, intranet-update-service, no-internet-locations, order-of-sources, platform-update-channel, randomization-window, randomize-scheduled-tasks, scan-after-update, security-intelligence-update-channel, spyware-out-of-date, update-before-scan, update-catch-up, update-check-day, update-check-interval, update-check-time, update-on-battery, update-on-startup, update-without-engine, vdi-shared-location, virus-out-of-date. (unknown-policy)
      30:1  A code fence has no language.
            Write \`powershell\` or \`cmd\` for a command to copy, \`text\` for what a screen shows. (fence-language)
      31:1  \`gpupdate / force\` has a space after the slash, which gpupdate does not take.
            Write \`gpupdate /force\`. (gpupdate-space)
      37:1  The id \`example-step\` is used twice; it was first used at 21:1.
            Give one of the two another id. Keep the one that was published first. (duplicate-id)
      45:1  Text stands between or after the tasks.
            Put it inside a \`<Task>\`, or before the first one. (unexpected-content)"
    `);
  });
});

describe('one slip is one problem', () => {
  test.each([
    ['a misspelt step', task(step().replaceAll('Step', 'Stpe')), ['unknown-word']],
    ['a misspelt task', task(step()).replaceAll('Task', 'Tsak'), ['unknown-word']],
    [
      'a misspelt detail',
      task(step('<Expct>It works.</Expct>').replace('\n\n<Expect>It works.</Expect>', '')),
      ['unknown-word'],
    ],
    ['a strange word around a task', `<div>\n\n${task(step())}\n\n</div>`, ['unknown-word']],
    [
      'a strange word around a step',
      task(`<Steps>\n\n${step()}\n\n</Steps>`.replaceAll('Steps', 'Sequence')),
      ['unknown-word'],
    ],
    ['HTML in text', task(step('Press <kbd>F5</kbd> now.')), ['unknown-word']],
    ['a fragment', task(step('Press <>F5</> now.')), ['unknown-word']],
    ['a step outside a task', `${step('Open <Value of="wsusServer" />.')}`, ['empty-task', 'misplaced-word']],
    ['a step inside a step', task(step(step('Open <Value of="wsusServer" />.', 'inner'))), ['misplaced-word']],
    ['a task inside a task', task(`${step()}\n\n${task(step('Open <Value of="wsusServer" />.'))}`), ['misplaced-word']],
    ['a detail in the action', task(step().replace('example.\n\n<Expect>', 'example. <Expect>')), ['misplaced-word']],
    ['a detail outside a step', task(`${step()}\n\n<Why><Value of="wsusServer" /></Why>`), ['misplaced-word']],
    ['text after the tasks', `${task(step())}\n\nSee <Value of="wsusServer" />.`, ['unexpected-content']],
    [
      'a policy that is not there',
      task(step('<Policy id="nobody" gpo="productionGpo" to="{{wsusServer}}" />')),
      ['unknown-policy'],
    ],
    ['a policy without an id', task(step('<Policy state="enabled" />')), ['missing-attribute']],
  ])('%s', (_, body, codes) => {
    const inputs = ['wsusServer', 'productionGpo'].filter((name) => body.includes(name));

    expect(codesOf(file(body, { inputs }))).toEqual(codes);
  });

  test('an unlisted input is told at its first use only', () => {
    expect(problemsOf(fileWithStep('<Value of="useProxy" /> <Value of="useProxy" />'))).toMatch(/^19:1 .*\n.*$/);
  });

  test('a list of inputs that is missing is one problem, not one for each use', () => {
    const source = file(task(step('<Value of="useProxy" /> <Value of="useSsl" />')), { inputs: undefined });

    expect(codesOf(source)).toEqual(['front-matter']);
  });
});

describe('formerly', () => {
  const withFormerly = (first: string, second: string): string =>
    file(task(`${step('', `a${first}`)}\n\n${gate(`<Criterion id="b${second}">It holds.</Criterion>`)}`));

  test('names what a step, a gate or a criterion stands in for', () => {
    const [item] = compiled(withFormerly('" formerly="old older', '')).tasks[0]?.items ?? [];

    expect(item).toMatchObject({ id: 'a', formerly: ['old', 'older'] });
  });

  test('names no id that something has, be it its own', () => {
    expect(problemsOf(withFormerly('" formerly="b', '" formerly="b'))).toMatchInlineSnapshot(`
      "16:1  \`formerly\` names \`b\`, which is still in use.
            An id has one bearer: take it out of \`formerly\`. (former-id-in-use)
      24:1  \`formerly\` names \`b\`, which is still in use.
            An id has one bearer: take it out of \`formerly\`. (former-id-in-use)"
    `);
  });

  test('names no id that another one stands in for', () => {
    expect(problemsOf(withFormerly('" formerly="old', '" formerly="old'))).toMatchInlineSnapshot(`
      "24:1  \`formerly\` names \`old\`, and another \`formerly\` does, too.
            An id has one bearer: name it only on what took its place. (former-id-in-use)"
    `);
  });

  test('names ids', () => {
    expect(problemsOf(withFormerly('" formerly="Old, older', ''))).toMatchInlineSnapshot(`
      "16:1  \`Old,\` in \`formerly\` cannot be an id.
            Write ids separated by spaces. (malformed-id)"
    `);
  });
});

describe('a link within the runbook', () => {
  test.each(['example-task', 'example-step', 'example-gate'])('leads to %s', (id) => {
    expect(problemsOf(file(task(`${step(`See [there](#${id}).`)}\n\n${gate()}`)))).toBe('');
  });

  test('leads to no criterion and to nothing that is not there', () => {
    expect(problemsOf(file(task(`${step('See [a](#example-criterion), [b](#example-stpe), [c](#).')}\n\n${gate()}`))))
      .toMatchInlineSnapshot(`
      "19:5  The link \`#example-criterion\` leads to no task, step or gate.
            Write \`#\` and the id of one of them. (unexpected-content)
      19:30  The link \`#example-stpe\` leads to no task, step or gate.
             Did you mean \`#example-step\`? (unexpected-content)
      19:50  The link \`#\` leads to no task, step or gate.
             Write \`#\` and the id of one of them. (unexpected-content)"
    `);
  });
});

test('the closed list of words is in order, and names the calculators', () => {
  expect(words).toEqual([...words].sort());
  expect(words).toContain('SyncTimes');
});
