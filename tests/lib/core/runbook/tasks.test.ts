import { describe, expect, test } from 'vitest';
import { codesOf, compiled, file, outline, problemsOf, step, task } from '../../../support/compile.ts';

const second = task(step('', 'second-step')).replace('example-task', 'second-task');

describe('tasks', () => {
  test('may stand in branches, and in branches of branches', () => {
    const source = file(
      `<When input="useProxy" is="yes">\n\n${task(step())}\n\n<When input="serverRole" is="replica">\n\n${second}\n\n</When>\n\n</When>`,
      { inputs: ['useProxy', 'serverRole'] },
    );

    expect(compiled(source).tasks.map(({ number, id, when }) => ({ number, id, when }))).toEqual([
      { number: 1, id: 'example-task', when: [{ input: 'useProxy', is: ['yes'] }] },
      {
        number: 2,
        id: 'second-task',
        when: [
          { input: 'useProxy', is: ['yes'] },
          { input: 'serverRole', is: ['replica'] },
        ],
      },
    ]);
  });

  test('keep text before them in the branch in which it stands', () => {
    const source = file(`<When input="useProxy" is="yes">\n\nMind this.\n\n${task(step())}\n\n</When>`, {
      inputs: ['useProxy'],
    });

    expect(outline(compiled(source))).toMatchInlineSnapshot(`
      "if useProxy=yes
        “Mind this.”
      1 work example-task: Try the example if useProxy=yes
        1.1 step example-step (tier 2, 1 min)
          Try the example.
          expect
            “It works.”"
    `);
  });

  test('have a role, which is work or the way back', () => {
    const withRole = (role: string): string => file(task(step()).replace('<Task', `<Task role="${role}"`));

    expect(compiled(withRole('backout')).tasks[0]?.role).toBe('backout');
    expect(compiled(file(task(step()))).tasks[0]?.role).toBe('work');
    expect(problemsOf(withRole('undo'))).toMatchInlineSnapshot(`
      "14:1  \`role\` of \`<Task>\` is \`undo\`.
            Write \`backout\`, or leave it out. (attribute-value)"
    `);
  });

  test('may be one, and not none', () => {
    expect(problemsOf(file('Just text.'))).toMatchInlineSnapshot(`
      "1:1  The runbook has no task.
           Add a \`<Task>\` with at least one \`<Step>\`. (empty-task)"
    `);
  });

  test('have no text between or after them', () => {
    expect(problemsOf(file(`${task(step())}\n\nBetween.\n\n${second}\n\n- After.`))).toMatchInlineSnapshot(`
      "24:1  Text stands between or after the tasks.
            Put it inside a \`<Task>\`, or before the first one. (unexpected-content)
      36:1  Text stands between or after the tasks.
            Put it inside a \`<Task>\`, or before the first one. (unexpected-content)"
    `);
  });

  test('hold steps and gates, which cannot stand outside', () => {
    expect(codesOf(file(`${task(step())}\n\n${step('', 'alone')}`))).toEqual(['misplaced-word']);
  });

  test('of production need a way back, and nothing else does', () => {
    const back = second.replace('<Task', '<Task role="backout"');

    expect(codesOf(file(`${task(step())}\n\n${back}`, { ring: 'production' }))).toEqual([]);
    expect(codesOf(file(task(step()), { ring: 'pilot' }))).toEqual([]);
    expect(codesOf(file(task(step()), { ring: 'production', owner: undefined }))).toEqual([
      'front-matter',
      'no-backout',
    ]);
  });
});
