/**
 * Runbooks that a reader could have compiled, of any shape and with any text in them.
 */
import * as fc from 'fast-check';
import type { CommandPart } from '../../../../../src/lib/core/commands/command.ts';
import type {
  Block,
  Condition,
  Details,
  Gate,
  Inline,
  Passage,
  PolicyBlock,
  Runbook,
  Step,
  Task,
} from '../../../../../src/lib/core/runbook/model.ts';
import { inputs } from '../../../../../src/lib/core/sheet/inputs.ts';

/** Text that someone who wants to break out of a page would write, and text of every language. */
const hostile = fc.constantFrom(
  '<script>alert(1)</script>',
  '</li></ol></section>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '&lt;b&gt; &amp;amp; &#60;',
  '<!-- ',
  ' -->',
  ']]>',
  '<?php',
  '`${html}`',
  '</textarea></title></style>',
  '\u2028 \u202e \ufeff',
  '\n\n',
  '$& $1 $$',
  'data-of="x"',
);

export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }) },
  { weight: 2, arbitrary: hostile },
  { weight: 2, arbitrary: fc.constantFrom('Open', 'the console', 'on', 'wsus1', 'and wait.') },
);

const yesNo = Object.values(inputs).filter(({ kind }) => kind === 'yes-no');
const anyName = fc.constantFrom('upstreamServer', 'wsusPort', 'useSsl', 'wsusUrl', 'storedUtc', 'productionGpo');

const anyCondition: fc.Arbitrary<Condition> = fc.record({
  input: fc.constantFrom(...yesNo.map(({ id }) => id)),
  is: fc.uniqueArray(fc.constantFrom('yes', 'no'), { minLength: 1 }),
});
const anyBranch = fc.array(anyCondition, { maxLength: 2 });

const anyParts: fc.Arbitrary<CommandPart[]> = fc
  .array(fc.tuple(anyText, anyName), { minLength: 1, maxLength: 3 })
  .map((pairs) => pairs.flatMap(([text, of]): CommandPart[] => [{ text }, { of }]));

const one = <T>(arbitrary: fc.Arbitrary<T>, maxLength = 3): fc.Arbitrary<T[]> =>
  fc.array(arbitrary, { minLength: 1, maxLength });

const policyHead = {
  type: fc.constant('policy' as const),
  id: fc.constantFrom('order-of-sources', 'file-shares'),
  state: fc.constantFrom('enabled' as const, 'disabled' as const, 'not-configured' as const),
  effect: anyText,
  fixed: fc.dictionary(fc.constantFrom('state', 'order'), anyText),
};
const anyGroupPolicy: fc.Arbitrary<PolicyBlock> = fc.record({
  ...policyHead,
  places: one(
    fc.record({ generation: fc.constantFrom('any', 'windows-defender'), path: one(anyText), title: anyText }),
    2,
  ),
  options: fc.array(fc.record({ label: anyText, data: anyParts }), { maxLength: 2 }),
  registry: one(fc.record({ key: anyText, valueName: anyText, type: anyText, data: anyParts }), 2),
  commands: fc.array(anyParts, { maxLength: 2 }),
});
const anyIntunePolicy: fc.Arbitrary<PolicyBlock> = fc.record({
  ...policyHead,
  places: fc.constant([]),
  options: fc.constant([]),
  registry: fc.constant([]),
  commands: fc.constant([]),
  intune: fc.record({
    uri: anyText,
    catalog: fc.option(fc.record({ category: anyText, name: anyText, isList: fc.boolean() }), { nil: undefined }),
    value: fc.option(
      fc.record({
        dataType: fc.constantFrom('String' as const, 'Integer' as const),
        data: anyParts,
        entry: fc.option(anyText, { nil: undefined }),
      }),
      { nil: undefined },
    ),
  }),
});
const anyPolicy = fc.oneof({ weight: 3, arbitrary: anyGroupPolicy }, { weight: 1, arbitrary: anyIntunePolicy });

const content = fc.letrec<{ inline: Inline; line: Inline[]; block: Block; blocks: Block[] }>((tie) => ({
  inline: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.record({ type: fc.constantFrom('text' as const, 'code' as const), value: anyText }),
    fc.record({ type: fc.constant('value' as const), of: anyName }),
    fc.constant<Inline>({ type: 'break' }),
    fc.record({ type: fc.constantFrom('strong' as const, 'emphasis' as const), children: tie('line') }),
    fc.record({
      type: fc.constant('link' as const),
      url: anyText.map((text) => `https://example.com/${text}`),
      children: tie('line'),
    }),
    fc.record({ type: fc.constant('when' as const), when: anyCondition, children: tie('line') }),
  ),
  line: one(tie('inline')),
  block: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.record({ type: fc.constant('paragraph' as const), children: tie('line') }),
    fc.record({ type: fc.constant('output' as const), text: anyText }),
    fc.record({ type: fc.constant('calculator' as const), name: fc.constantFrom('SyncTimes', 'OrderOfSources') }),
    fc.record(
      {
        type: fc.constant('command' as const),
        shell: fc.constantFrom('powershell' as const, 'cmd' as const),
        parts: anyParts,
        where: anyText,
      },
      { requiredKeys: ['type', 'shell', 'parts'] },
    ),
    anyPolicy,
    fc.record({ type: fc.constant('list' as const), ordered: fc.boolean(), items: one(tie('blocks')) }),
    fc.record({
      type: fc.constant('table' as const),
      head: one(tie('line'), 2),
      rows: fc.array(one(tie('line'), 2), { maxLength: 2 }),
    }),
    fc.record({
      type: fc.constant('callout' as const),
      kind: fc.constantFrom('note' as const, 'caution' as const, 'warning' as const),
      children: tie('blocks'),
    }),
    fc.record({ type: fc.constant('when' as const), when: anyCondition, children: tie('blocks') }),
  ),
  blocks: one(tie('block'), 2),
}));

export const anyLine = content.line;
export const anyBlocks = content.blocks;

const anyDetails: fc.Arbitrary<Details> = fc.record(
  { expect: anyBlocks, ifNot: anyBlocks, undo: anyBlocks, evidence: anyBlocks, why: anyBlocks },
  { requiredKeys: [] },
);

const item = {
  id: fc.constant(''),
  number: fc.constant(''),
  tier: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
  minutes: fc.nat({ max: 1440 }),
  when: anyBranch,
  hash: fc.stringMatching(/^[0-9a-f]{8}$/),
  formerly: fc.constant([] as string[]),
  body: fc.oneof(fc.constant<Block[]>([]), anyBlocks),
  details: anyDetails,
};

const anyWait = fc.record({ minutes: fc.nat({ max: 9 }), upTo: fc.integer({ min: 9, max: 99 }), body: anyBlocks });

export const anyStep: fc.Arbitrary<Step> = fc.record(
  {
    kind: fc.constant('step' as const),
    ...item,
    action: anyLine,
    wait: anyWait,
    escalate: fc.record({ to: item.tier, afterMinutes: fc.nat({ max: 99 }), body: anyBlocks }),
  },
  {
    requiredKeys: ['kind', 'id', 'number', 'tier', 'minutes', 'when', 'hash', 'formerly', 'body', 'details', 'action'],
  },
);

export const anyGate: fc.Arbitrary<Gate> = fc.record(
  {
    kind: fc.constant('gate' as const),
    ...item,
    title: anyText,
    criteria: one(
      fc.record({ id: fc.constant(''), text: anyLine, when: anyBranch, formerly: fc.constant([] as string[]) }),
      2,
    ),
    wait: anyWait,
  },
  {
    requiredKeys: [
      'kind',
      'id',
      'number',
      'tier',
      'minutes',
      'when',
      'hash',
      'formerly',
      'body',
      'details',
      'title',
      'criteria',
    ],
  },
);

const anyPassage: fc.Arbitrary<Passage> = fc.record({
  kind: fc.constant('passage' as const),
  when: anyBranch,
  body: anyBlocks,
});

const anyTask: fc.Arbitrary<Task> = fc.record({
  id: fc.constant(''),
  number: fc.constant(0),
  title: anyText,
  role: fc.constantFrom('work' as const, 'backout' as const),
  when: anyBranch,
  formerly: fc.constant([] as string[]),
  items: one(fc.oneof(anyStep, anyGate, anyPassage)),
});

/** Ids and numbers as the reader gives them: the first by the author, unique, the second by place. */
const numbered = (tasks: readonly Task[]): Task[] =>
  tasks.map((task, index) => {
    const id = `task-${index + 1}`;
    let place = 0;
    return {
      ...task,
      id,
      number: index + 1,
      items: task.items.map((inner) => {
        if (inner.kind === 'passage') return inner;
        const named = { id: `${id}-${++place}`, number: `${index + 1}.${place}` };
        return inner.kind === 'step'
          ? { ...inner, ...named }
          : {
              ...inner,
              ...named,
              criteria: inner.criteria.map((criterion, at) => ({ ...criterion, id: `${named.id}-c${at}` })),
            };
      }),
    };
  });

export const anyRunbook: fc.Arbitrary<Runbook> = fc.record({
  id: fc.constant('any-runbook'),
  title: fc.constant('A runbook of any shape'),
  summary: fc.constant('Use this to see whether anything at all is lost.'),
  ring: fc.constantFrom('pilot' as const, 'production' as const, 'any' as const),
  tools: fc.constant(['wsus' as const]),
  tier: item.tier,
  minutes: fc.integer({ min: 1, max: 999 }),
  owner: fc.constant('Endpoint engineering'),
  reviewed: fc.constant('2026-11-01'),
  inputs: fc.constant([] as string[]),
  sources: fc.constant([] as string[]),
  before: fc.constant([] as string[]),
  after: fc.constant([] as string[]),
  changes: fc.constant([{ date: '2026-11-01', what: 'First edition.' }]),
  revision: fc.stringMatching(/^[0-9a-f]{8}$/),
  intro: fc.oneof(fc.constant<Block[]>([]), anyBlocks),
  tasks: one(anyTask, 2).map(numbered),
});
