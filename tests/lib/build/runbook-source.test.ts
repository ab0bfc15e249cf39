import { describe, expect, test } from 'vitest';
import { compile, compiled, file, fileWithStep, outline, problemsOf, step, task } from '../../support/compile.ts';

describe('a file as editors write it', () => {
  const text = fileWithStep('Open <Value of="wsusServer" />.\n\n```powershell\nGet-Date\nGet-GPO\n```\n\n- a\n- b', [
    'wsusServer',
  ]);
  const broken = fileWithStep('First line\nsecond line of it.\n\n    <Tip>Nothing</Tip>\n\nMicrsoft');

  test.each([
    ['carriage returns', (source: string) => source.replaceAll('\n', '\r\n')],
    ['old Macintosh line ends', (source: string) => source.replaceAll('\n', '\r')],
    ['a byte order mark', (source: string) => `\uFEFF${source}`],
    ['both', (source: string) => `\uFEFF${source.replaceAll('\n', '\r\n')}`],
    ['spaces after the fences of the front matter', (source: string) => source.replaceAll('\n---\n', '\n---  \n')],
    ['no line end at its end', (source: string) => source.trimEnd()],
  ])('means the same, and has its problems in the same places, with %s', (_, written) => {
    expect(compile(written(text))).toEqual(compile(text));
    expect(compiled(text).revision).toMatch(/^[0-9a-f]{8}$/);
    expect(problemsOf(written(broken))).toBe(problemsOf(broken));
    expect(problemsOf(broken)).not.toBe('');
  });

  test('gives places in the file, not below the front matter', () => {
    expect(problemsOf(broken)).toMatchInlineSnapshot(`
      "22:5  \`<Tip>\` is not one of the words of a runbook.
            The words are: Caution, ConfigmgrRule, Criterion, Escalate, Evidence, Expect, Gate, IfNot, Note, OffboardingPackage, OnboardingPath, OrderOfSources, Policy, PolicyRefresh, RingSize, RingTimeline, SoakCheck, Step, SyncTimes, Task, Undo, UpdateChannels, UpdateCheck, UpstreamAddress, Value, VersionReader, Wait, Warning, When, Why, WsusClientPolicy. (unknown-word)
      24:1  \`Micrsoft\` is misspelt.
            Write \`Microsoft\`. (field-spelling)"
    `);
  });

  test('counts columns in characters as editors do, whatever the letters', () => {
    expect(problemsOf(fileWithStep('Größe 日本 😀 <Value of="wsusSever" />'))).toMatchInlineSnapshot(`
      "19:13  No input and no calculator gives \`wsusSever\`.
             Did you mean \`wsusServer\`? (unknown-value)"
    `);
  });

  test('turns no quote or dash of the author into another one', () => {
    expect(outline(compiled(fileWithStep('He said "go" -- it\'s fine...')))).toContain(
      '“He said "go" -- it\'s fine...”',
    );
  });

  test('has no NUL, which HTML could not carry', () => {
    expect(outline(compiled(fileWithStep('a\0b')))).toContain('a\uFFFDb');
  });
});

describe('front matter', () => {
  test.each([
    ['is missing', task(step())],
    ['is missing, but text has a rule', `${task(step())}\n\n---\n`],
  ])('that %s is one problem, beside those of the text', (_, source) => {
    expect(problemsOf(source).split('\n')[0]).toBe('1:1  The file has no front matter.');
    expect(compile(source).problems.filter(({ code }) => code === 'front-matter')).toHaveLength(1);
  });

  test('that has no end is the only problem', () => {
    expect(problemsOf('---\ntitle: Restart\n\n<Tip />\n')).toMatchInlineSnapshot(`
      "1:1  The front matter has no end.
           Write \`---\` on a line of its own below its last key. (front-matter)"
    `);
  });

  test('without keys lacks all of them', () => {
    expect(problemsOf(`---\n---\n\n${task(step())}`)).toMatchInlineSnapshot(`
      "2:1  The front matter holds no keys.
           Write the keys of a runbook, one a line: \`title: …\`. (front-matter)"
    `);
  });

  test.each([
    ['a colon in a text', 'summary: Use this: always'],
    ['a tab', '\tsummary: Use this'],
    ['a key twice', 'ring: any'],
    ['an alias without its anchor', 'owner: *nobody'],
    ['an open bracket', 'tools: [wsus'],
  ])('that is not YAML because of %s is one problem, beside those of the text', (_, line) => {
    const source = file(task(step('Micrsoft'))).replace('ring: "any"\n', `ring: any\n${line}\n`);
    const { problems } = compile(source);

    expect(problems.map(({ code }) => code)).toEqual(['front-matter', 'field-spelling']);
    expect(problems[0]?.message).toMatch(/^The front matter is not well-formed YAML: .*\.$/);
    expect(problems[0]?.message).not.toMatch(/line \d/);
  });

  test('that is not YAML is told with its place', () => {
    const source = file(task(step())).replace('ring: "any"', 'ring: any: all');

    expect(problemsOf(source)).toMatchInlineSnapshot(`
      "4:7  The front matter is not well-formed YAML: Nested mappings are not allowed in compact mappings.
           Mend the line; a text with a colon needs quotes. (front-matter)"
    `);
  });

  test('may hold comments', () => {
    expect(problemsOf(file(task(step())).replace('ring: "any"', 'ring: any # or production'))).toBe('');
  });
});

describe('text that is not MDX', () => {
  test.each([
    ['a tag that is not closed', '<Note>\nSlow.'],
    ['a tag that closes another', '<Note>\nSlow.\n</Caution>'],
    ['a tag that is closed in another paragraph', '<Note>Slow.\n\nVery slow.\n</Note>'],
    ['a brace that is not closed', 'The service { starts.'],
    ['a comment of HTML', '<!-- Ask Ann -->'],
    ['an address in angle brackets', 'See <https://example.com>.'],
    ['braces with nonsense', 'A {b c} d.'],
  ])('%s is a problem with its place and the mend', (_, body) => {
    const { problems } = compile(fileWithStep(body));

    expect(problems).toEqual([
      {
        code: 'mdx-syntax',
        line: expect.any(Number),
        column: expect.any(Number),
        message: expect.stringMatching(/^[A-Z].*[^.]\.$/),
        mend: 'Close every tag, and write `<`, `{` and `}` in text as code in backticks.',
      },
    ]);
    expect(problems[0]?.line).toBeGreaterThanOrEqual(14);
    expect(problems[0]?.message).not.toMatch(/note:|mdx-jsx/);
  });

  test('names both ends of an unclosed tag where the author sees them', () => {
    expect(problemsOf(file('<Task id="a" title="b">\n\n<Step id="c" tier={1} minutes={1}>\n\nDo it.\n\n</Task>')))
      .toMatchInlineSnapshot(`
      "20:1  Unexpected closing tag \`</Task>\`, expected corresponding closing tag for \`<Step>\` (16:1).
            Close every tag, and write \`<\`, \`{\` and \`}\` in text as code in backticks. (mdx-syntax)"
    `);
  });

  test('does not hide what is wrong with the front matter', () => {
    expect(problemsOf(file('<Note>', { ring: 'staging', inputs: ['wsusSever'] }))).toMatchInlineSnapshot(`
      "4:1  \`ring\` in the front matter is \`staging\`.
           \`ring\` is \`pilot\`, \`production\` or \`any\`. (front-matter)
      10:10  The input \`wsusSever\` is not in the vocabulary.
             Did you mean \`wsusServer\`? (unknown-input)
      14:1  Expected a closing tag for \`<Note>\` (14:1).
            Close every tag, and write \`<\`, \`{\` and \`}\` in text as code in backticks. (mdx-syntax)"
    `);
  });
});

test('the name of the file must be able to be an id', () => {
  expect(problemsOf(file(task(step())), 'Restart WSUS')).toMatchInlineSnapshot(`
    "1:1  The file’s name makes \`Restart WSUS\` the id of this runbook, and it cannot be one.
         Name the file with lower-case words joined by hyphens, beginning with a letter: \`production-gpo-wsus.mdx\`. (malformed-id)"
  `);
});
