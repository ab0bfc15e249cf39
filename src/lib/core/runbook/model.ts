/**
 * The shape of a compiled runbook. Schema and type share a name, and every type is inferred.
 *
 * The model holds the whole content, not only the outline: page, paper, command line, search and tests
 * are all made from this one value.
 */
import * as z from 'zod/mini';
import { shells, type CommandPart as Part } from '../commands/command.ts';
import { isCalendarDate } from '../sheet/zones.ts';

const Shell = z.enum(shells);
const CommandPart: z.ZodMiniType<Part> = z.union([z.object({ text: z.string() }), z.object({ of: z.string() })]);

/** An authored id: kebab-case, permanent, unique in its runbook. Letters, digits and single hyphens. */
export const Id = z.string().check(
  z.regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, {
    error: 'An id is lower-case words joined by hyphens, for example `connect-upstream`.',
  }),
);
export type Id = z.infer<typeof Id>;

/** 1 first contact, 2 pilot and restarts, 3 production, 4 the vendor. */
export const Tier = z.literal([1, 2, 3, 4], { error: 'Say who may run it: `tier` is 1, 2, 3 or 4.' });
export type Tier = z.infer<typeof Tier>;

/** Shown only where `input` has one of the values `is`. Several conditions on one thing must all hold. */
export const Condition = z.object({ input: z.string(), is: z.array(z.string()) });
export type Condition = z.infer<typeof Condition>;

/** Another runbook of the library, or a task, step or gate of it: where a link may lead beside the web. */
export const RunbookPlace = z.object({ runbook: Id, id: z.optional(Id) });
export type RunbookPlace = z.infer<typeof RunbookPlace>;

/** Another page of the site that a link may lead to: a calculator, a policy, a page of the guide. */
export const PagePlace = z.object({ page: z.enum(['calculator', 'policy', 'guide']), id: z.string() });
export type PagePlace = z.infer<typeof PagePlace>;

export type Inline =
  | { type: 'text'; value: string }
  | { type: 'code'; value: string }
  | { type: 'value'; of: string }
  | { type: 'break' }
  | { type: 'strong' | 'emphasis'; children: Inline[] }
  | { type: 'link'; url: string; to?: RunbookPlace | PagePlace | undefined; children: Inline[] }
  | { type: 'when'; when: Condition; children: Inline[] };
export const Inline: z.ZodMiniType<Inline> = z.lazy(() =>
  z.union([
    z.object({ type: z.literal('text'), value: z.string() }),
    z.object({ type: z.literal('code'), value: z.string() }),
    z.object({ type: z.literal('value'), of: z.string() }),
    z.object({ type: z.literal('break') }),
    z.object({ type: z.enum(['strong', 'emphasis']), children: z.array(Inline) }),
    z.object({
      type: z.literal('link'),
      url: z.string(),
      to: z.optional(z.union([RunbookPlace, PagePlace])),
      children: z.array(Inline),
    }),
    z.object({ type: z.literal('when'), when: Condition, children: z.array(Inline) }),
  ]),
);

export const CalloutKind = z.enum(['note', 'caution', 'warning']);
export type CalloutKind = z.infer<typeof CalloutKind>;

/** How one registry value of a policy reads in a row of the page: fixed data, or a sheet value. */
export const RegistryRow = z.object({
  key: z.string(),
  valueName: z.string(),
  type: z.string(),
  data: z.array(CommandPart),
});
export type RegistryRow = z.infer<typeof RegistryRow>;

/** How a setting stands in Intune: in the Settings Catalog where it is there, and as OMA-URI. */
export const MdmRow = z.object({
  uri: z.string(),
  catalog: z.optional(z.object({ category: z.string(), name: z.string(), isList: z.boolean() })),
  /** Absent where the setting is taken out of the profile. */
  value: z.optional(
    z.object({
      dataType: z.enum(['String', 'Integer']),
      data: z.array(CommandPart),
      /** What its entry in the list of the Settings Catalog begins with. */
      entry: z.optional(z.string()),
    }),
  ),
});
export type MdmRow = z.infer<typeof MdmRow>;

/** A Group Policy setting as the reader meets it, in every template generation, with the registry beside it. */
export const PolicyBlock = z.object({
  type: z.literal('policy'),
  id: z.string(),
  state: z.enum(['enabled', 'disabled', 'not-configured']),
  places: z.array(z.object({ generation: z.string(), path: z.array(z.string()), title: z.string() })),
  options: z.array(z.object({ label: z.string(), data: z.array(CommandPart) })),
  registry: z.array(RegistryRow),
  effect: z.string(),
  /** What the runbook fixes, by the names of the fields on the policy's own page: the state, and data that is no value. */
  fixed: z.record(z.string(), z.string()),
  /** PowerShell that makes this change in the Group Policy Object, one command a row; empty when no `gpo` was named. */
  commands: z.array(z.array(CommandPart)),
  /** The setting as Intune takes it. Then there are no places, options, registry rows and commands. */
  intune: z.optional(MdmRow),
});
export type PolicyBlock = z.infer<typeof PolicyBlock>;

export type Block =
  | { type: 'paragraph'; children: Inline[] }
  | { type: 'list'; ordered: boolean; items: Block[][] }
  | { type: 'table'; head: Inline[][]; rows: Inline[][][] }
  | { type: 'command'; shell: z.infer<typeof Shell>; parts: Part[]; where?: string | undefined }
  | { type: 'output'; text: string }
  | { type: 'callout'; kind: CalloutKind; children: Block[] }
  | { type: 'calculator'; name: string }
  | { type: 'when'; when: Condition; children: Block[] }
  | PolicyBlock;
export const Block: z.ZodMiniType<Block> = z.lazy(() =>
  z.union([
    z.object({ type: z.literal('paragraph'), children: z.array(Inline) }),
    z.object({ type: z.literal('list'), ordered: z.boolean(), items: z.array(z.array(Block)) }),
    z.object({ type: z.literal('table'), head: z.array(z.array(Inline)), rows: z.array(z.array(z.array(Inline))) }),
    z.object({
      type: z.literal('command'),
      shell: Shell,
      parts: z.array(CommandPart),
      where: z.optional(z.string()),
    }),
    z.object({ type: z.literal('output'), text: z.string() }),
    z.object({ type: z.literal('callout'), kind: CalloutKind, children: z.array(Block) }),
    z.object({ type: z.literal('calculator'), name: z.string() }),
    z.object({ type: z.literal('when'), when: Condition, children: z.array(Block) }),
    PolicyBlock,
  ]),
);

/** What belongs to a step beside its action. Each is content; the order on the page is the order here. */
export const Details = z.object({
  expect: z.optional(z.array(Block)),
  ifNot: z.optional(z.array(Block)),
  undo: z.optional(z.array(Block)),
  evidence: z.optional(z.array(Block)),
  why: z.optional(z.array(Block)),
});
export type Details = z.infer<typeof Details>;

/** How long to wait before a result can be judged, in minutes: from `minutes` to `upTo`. */
export const Wait = z.object({ minutes: z.number(), upTo: z.number(), body: z.array(Block) });
export type Wait = z.infer<typeof Wait>;

/** Whom to call, after how many minutes without the expected result, with what. */
export const Escalation = z.object({ to: Tier, afterMinutes: z.number(), body: z.array(Block) });
export type Escalation = z.infer<typeof Escalation>;

const Item = {
  id: Id,
  /** Number on every paper and page, for example `2.4`: task, then place in the task, branches included. */
  number: z.string(),
  tier: Tier,
  minutes: z.number(),
  /** All conditions that must hold for this item to apply, outermost first. */
  when: z.array(Condition),
  /** First 8 hex digits of the SHA-256 over what the item means (see `identity.ts`). */
  hash: z.string(),
  formerly: z.array(Id),
};

/** One action with a box to tick. */
export const Step = z.object({
  kind: z.literal('step'),
  ...Item,
  action: z.array(Inline),
  body: z.array(Block),
  details: Details,
  wait: z.optional(Wait),
  escalate: z.optional(Escalation),
});
export type Step = z.infer<typeof Step>;

export const Criterion = z.object({
  id: Id,
  text: z.array(Inline),
  when: z.array(Condition),
  formerly: z.array(Id),
});
export type Criterion = z.infer<typeof Criterion>;

/** A go/no-go decision on named criteria. */
export const Gate = z.object({
  kind: z.literal('gate'),
  ...Item,
  title: z.string(),
  body: z.array(Block),
  criteria: z.array(Criterion),
  details: Details,
  /** How long after what stands before it, at the least, it can be decided. */
  wait: z.optional(Wait),
});
export type Gate = z.infer<typeof Gate>;

/** Content between steps; it has no box. */
export const Passage = z.object({ kind: z.literal('passage'), when: z.array(Condition), body: z.array(Block) });
export type Passage = z.infer<typeof Passage>;

/** A heading's worth of work. */
export const Task = z.object({
  id: Id,
  number: z.number(),
  title: z.string(),
  /** `backout` marks the task that undoes the change; it counts towards no progress. */
  role: z.enum(['work', 'backout']),
  when: z.array(Condition),
  formerly: z.array(Id),
  items: z.array(z.union([Step, Gate, Passage])),
});
export type Task = z.infer<typeof Task>;

export const Ring = z.enum(['pilot', 'production', 'any'], { error: '`ring` is `pilot`, `production` or `any`.' });
const tools = ['group-policy', 'wsus', 'microsoft-update', 'file-share', 'intune', 'configuration-manager'] as const;
export const Tool = z.enum(tools, { error: `\`tools\` is a list of these: ${tools.join(', ')}.` });

/** One revision in the words of its author: what changed for whoever follows the runbook. */
export const Change = z.strictObject(
  {
    date: z
      .string({ error: 'Begin each of `changes` with its day: `date: 2026-11-01`.' })
      .check(z.refine(isCalendarDate, { error: 'Write the `date` of a change as one in the calendar: 2026-11-01.' })),
    what: z
      .string({ error: 'Say what changed, in a sentence: `what: First edition.`.' })
      .check(z.minLength(5, { error: 'Say what changed, in a sentence: `what: First edition.`.' })),
  },
  { error: 'Write each of `changes` as `{ date: 2026-11-01, what: First edition. }`.' },
);
export type Change = z.infer<typeof Change>;

const neighbours = (key: string): z.ZodMiniDefault<z.ZodMiniArray<typeof Id>> =>
  z._default(z.array(Id, { error: `\`${key}\` is a list of the ids of runbooks; leave it out for none.` }), []);

/** Front matter of a runbook: strict, so that a misspelt key stops the build. Each `error` is the author's mend. */
export const RunbookMeta = z.strictObject(
  {
    title: z
      .string({ error: 'Give `title` as text, beginning with a verb.' })
      .check(z.minLength(10, { error: 'Give `title` in ten or more characters.' })),
    summary: z
      .string({ error: 'Give `summary`: one sentence that says when to use this and when not.' })
      .check(z.minLength(20, { error: 'Give `summary` in a whole sentence: when to use this and when not.' })),
    ring: Ring,
    tools: z
      .array(Tool, { error: `\`tools\` is a list of these: ${tools.join(', ')}.` })
      .check(z.minLength(1, { error: 'Name at least one tool in `tools`.' })),
    tier: Tier,
    minutes: z
      .int({ error: 'Give `minutes` as a whole number.' })
      .check(z.minimum(1, { error: '`minutes` must be 1 or more.' })),
    owner: z
      .string({ error: 'Name the `owner` of this runbook.' })
      .check(z.minLength(1, { error: 'Name the `owner` of this runbook.' })),
    reviewed: z
      .string({ error: 'Write `reviewed` as a date: 2026-11-01.' })
      .check(z.refine(isCalendarDate, { error: 'Write `reviewed` as a date that is in the calendar: 2026-11-01.' })),
    inputs: z.array(z.string({ error: '`inputs` is a list of names.' }), {
      error: '`inputs` is a list of names; `inputs: []` for none.',
    }),
    sources: z.array(
      z.url({ protocol: /^https$/, error: 'Each of `sources` is an address that begins with https://.' }),
      { error: '`sources` is a list of addresses; `sources: []` for none.' },
    ),
    /** What is carried out before this one. */
    before: neighbours('before'),
    /** What follows this one. */
    after: neighbours('after'),
    /** Newest first. */
    changes: z
      .array(Change, { error: 'Write `changes` as a list: `- { date: 2026-11-01, what: First edition. }`.' })
      .check(
        z.minLength(1, { error: 'Name at least the first edition: `- { date: 2026-11-01, what: First edition. }`.' }),
        z.refine((list) => list.every(({ date }, index) => date <= (list[index - 1]?.date ?? date)), {
          error: 'Order `changes` by date, the newest first.',
        }),
      ),
  },
  { error: 'Write the keys of a runbook, one a line: `title: …`.' },
);
export type RunbookMeta = z.infer<typeof RunbookMeta>;

export const Runbook = z.object({
  id: Id,
  ...RunbookMeta.shape,
  /** First 8 hex digits of the SHA-256 over title, tasks and items: changes when the meaning of any of them does. */
  revision: z.string(),
  intro: z.array(Block),
  tasks: z.array(Task),
});
export type Runbook = z.infer<typeof Runbook>;
