import { describe, expect, test } from 'vitest';
import { calculators } from '../../../../src/lib/core/calculators/index.ts';
import { inputs as vocabulary } from '../../../../src/lib/core/sheet/inputs.ts';
import { branchesOfInputs } from '../../../../src/lib/core/runbook/uses.ts';
import { compiled, file, gate, step, task } from '../../../support/compile.ts';

/** Each input with its branches in short: `always`, or `useProxy=yes`, and all that must hold with `+` between. */
function usesIn(body: string, more: readonly string[] = []): Record<string, string[]> {
  const inputs = Object.keys(vocabulary).filter(
    (name) => more.includes(name) || new RegExp(`["{]${name}["}]`).test(body),
  );
  const uses = branchesOfInputs(compiled(file(body, { inputs })));
  return Object.fromEntries(
    [...uses].map(([name, branches]) => [
      name,
      branches.map((branch) => branch.map(({ input, is }) => `${input}=${is.join('/')}`).join(' + ') || 'always'),
    ]),
  );
}
const when = (input: string, is: string, body: string): string =>
  `<When input="${input}" is="${is}">\n\n${body}\n\n</When>`;
const value = (name: string): string => `<Value of="${name}" />`;

describe('an input is asked', () => {
  test('always, when it is used outside of any branch', () => {
    expect(usesIn(task(step(`At ${value('wsusServer')}.`)))).toEqual({ wsusServer: ['always'] });
  });

  test('only in its branch, and the input that picks the branch always', () => {
    expect(usesIn(task(step(when('useProxy', 'yes', `At ${value('proxyServer')}.`))))).toEqual({
      useProxy: ['always'],
      proxyServer: ['useProxy=yes'],
    });
  });

  test('only where all branches around it hold, and what picks an inner branch where the outer one holds', () => {
    const inner = when('proxyCredentials', 'yes', `As ${value('proxyUser')}.`);

    expect(usesIn(task(step(when('useProxy', 'yes', inner))))).toEqual({
      useProxy: ['always'],
      proxyCredentials: ['useProxy=yes'],
      proxyUser: ['useProxy=yes + proxyCredentials=yes'],
    });
  });

  test('in each of its branches, once', () => {
    const twice = `${value('proxyServer')} and ${value('proxyServer')}`;

    expect(
      usesIn(
        task(
          step(
            `${when('useProxy', 'yes', twice)}\n\n${when('useSsl', 'no', twice)}\n\n${when('useProxy', 'yes', twice)}`,
          ),
        ),
      ),
    ).toEqual({ useProxy: ['always'], useSsl: ['always'], proxyServer: ['useProxy=yes', 'useSsl=no'] });
  });

  test('always and in a branch, when it is used in both', () => {
    expect(usesIn(task(step(`${value('proxyServer')}\n\n${when('useProxy', 'yes', value('proxyServer'))}`)))).toEqual({
      proxyServer: ['always', 'useProxy=yes'],
      useProxy: ['always'],
    });
  });

  test('outside of the branch that it picks itself', () => {
    expect(usesIn(task(step(when('useProxy', 'yes', `It is ${value('useProxy')}.`))))).toEqual({
      useProxy: ['always'],
    });
  });

  test('through the values that are worked out of it', () => {
    expect(
      usesIn(task(step(when('useProxy', 'yes', value('wsusUrl')))), ['wsusServer', 'wsusPort', 'wsusSsl']),
    ).toEqual({
      useProxy: ['always'],
      wsusSsl: ['useProxy=yes'],
      wsusServer: ['useProxy=yes'],
      wsusPort: ['useProxy=yes'],
    });
  });

  test('for a setting, with the templates where they decide', () => {
    const policy = '<Policy id="order-of-sources" to="{{productionOrder}}" gpo="productionGpo" />';

    expect(
      usesIn(task(step(when('useProxy', 'no', policy))), ['templates', 'productionOrder', 'productionGpo']),
    ).toMatchObject({
      productionOrder: ['useProxy=no'],
      productionGpo: ['useProxy=no'],
      templates: ['useProxy=no'],
    });
    expect(usesIn(task(step('<Policy id="no-internet-locations" state="enabled" />')))).toEqual({});
  });

  test.each(Object.entries(calculators))('for the calculator %s, which asks for all that it uses', (word, { live }) => {
    const asked = [...live.needs, ...live.also];
    const uses = usesIn(task(step(when('useProxy', 'yes', `<${word} />`))), asked);

    for (const input of Object.keys(uses)) expect(['useProxy', ...asked]).toContain(input);
    expect(Object.keys(uses)).toContain('useProxy');
    for (const [name, branches] of Object.entries(uses)) {
      expect(branches.every((branch) => name === 'useProxy' || branch.startsWith('useProxy=yes'))).toBe(true);
    }
  });
});

describe('no place is overlooked', () => {
  const item = step(`${value('upstreamServer')}

- ${value('upstreamPort')}

| ${value('proxyServer')} |
|---|
| **${value('proxyPort')}** |

<Note>[${value('proxyUser')}](https://example.com)</Note>

\`\`\`cmd
ping {{sampleClient}}
\`\`\`

<Expect>${value('soakHours')}</Expect>
<IfNot>${value('detectionHours')}</IfNot>
<Wait minutes={1}>${value('freezeUntil')}</Wait>
<Escalate to={3} after={1}>${value('backupFolder')}</Escalate>`).replace(
    'Try the example.',
    `Try ${value('wsusServer')}.`,
  );
  const names = [
    'upstreamServer',
    'upstreamPort',
    'proxyServer',
    'proxyPort',
    'proxyUser',
    'sampleClient',
    'soakHours',
    'detectionHours',
    'freezeUntil',
    'backupFolder',
    'wsusServer',
  ];

  test('in a step, and the branches of step and task count', () => {
    const source = when('useSsl', 'no', task(when('useProxy', 'yes', item)));

    expect(usesIn(source)).toEqual({
      useSsl: ['always'],
      useProxy: ['useSsl=no'],
      ...Object.fromEntries(names.map((name) => [name, ['useSsl=no + useProxy=yes']])),
    });
  });

  test('in introduction, passages, gates and criteria', () => {
    const source = `${value('wsusServer')}

${task(`${value('wsusPort')}

${when('useProxy', 'yes', value('proxyServer'))}

${gate(`${value('soakHours')}

<Criterion id="a">${value('targetGroup')}</Criterion>
${when('useSsl', 'yes', `<Criterion id="b">${value('detectionHours')} <When input="useProxy" is="no">${value('sampleClient')}</When></Criterion>`)}`)}

${step()}`)}`;

    expect(usesIn(source)).toEqual({
      wsusServer: ['always'],
      wsusPort: ['always'],
      useProxy: ['always', 'useSsl=yes'],
      proxyServer: ['useProxy=yes'],
      soakHours: ['always'],
      targetGroup: ['always'],
      useSsl: ['always'],
      detectionHours: ['useSsl=yes'],
      sampleClient: ['useSsl=yes + useProxy=no'],
    });
  });
});
