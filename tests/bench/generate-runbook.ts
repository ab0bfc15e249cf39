/**
 * Makes up runbooks of any length: the same number gives the same text, on every computer, and no two numbers share
 * one. Each can be written as a runbook in Ringbook's words and as a plain MDX page that says the same.
 */
import { inputs } from '../../src/lib/core/sheet/inputs.ts';

/** In texts and commands, `{productionGpo}` stands for the value of that input. */
interface Step {
  readonly id: string;
  readonly action: string;
  readonly command: string | undefined;
  readonly expect: string;
  readonly ifNot: string | undefined;
  readonly why: string | undefined;
  readonly evidence: string | undefined;
  readonly points: readonly string[];
  readonly branch: { readonly input: string; readonly is: string } | undefined;
}

interface Gate {
  readonly id: string;
  readonly title: string;
  readonly criteria: readonly string[];
  readonly expect: string;
}

interface Task {
  readonly id: string;
  readonly title: string;
  readonly isBackout: boolean;
  readonly steps: readonly Step[];
  readonly gate: Gate | undefined;
}

export interface MadeUpRunbook {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly intro: readonly string[];
  readonly tasks: readonly Task[];
}

export const stepsInTask = 5;

// --- Making one up ------------------------------------------------------------------------------------------------

/** Mulberry32: numbers from 0 up to 1, the same for the same seed. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const acts = [
  'Open **Update Services**, select the group {targetGroup}, and compare its computers with the list of',
  'On the server {wsusServer}, look at **Synchronization Results** and write down the last result of',
  'In the Group Policy Object {productionGpo}, read the state of the setting that decides about',
  'Approve for the group {targetGroup} the updates that the pilot has kept for {soakHours} hours in',
  'On the sample client {sampleClient}, read the version and the age of what it has installed for',
  'Set the port {wsusPort} in the field **Port number**, select **Next**, and check the line about',
];
const things = [
  'the security intelligence, the engine and the platform',
  'the computers that have not reported for three days',
  'the clients of the production ring in the second building',
  'the servers that take their updates at night only',
  'the products and classifications that were chosen last time',
  'the proxy, its user and the exceptions of the firewall',
];
const results = [
  'The column **Status** says **Succeeded**, and the time is later than the last synchronization.',
  'The list holds every computer of {productionOu}, and none of them says **Not yet reported**.',
  'The report names {productionGpo} once, with the state **Enabled** and the date of today.',
  'The version is that of the pilot ring or a later one, and `AntivirusSignatureAge` is 0 or 1.',
];
const remedies = [
  'Wait ten minutes and look again. If it stays as it is, read the event log of the server, and send what it says.',
  'Check the name with `nslookup`, the port with `Test-NetConnection`, and the time zone {timeZone} on the sheet.',
  'Stop here, and give the number of this step and the words on the screen to the owner of the runbook.',
];
const reasons = [
  'A client that finds no server does not fail: it waits, and reports nothing, for as long as nobody looks.',
  'The console shows the state of the last contact, which may be a day old; only the client knows its own.',
  'Approvals are inherited from above, so that one tick too far up reaches every computer of the company.',
];
const points = [
  'The name in the title bar is {wsusServer}.',
  'The last synchronization was **automatic**, not by hand.',
  'No update of another product is among them.',
  'The count is the same as in the report of yesterday.',
];
const commands = [
  `Get-GPO -Name {productionGpo}\nGet-GPPermission -Name {productionGpo} -All\nGet-GPInheritance -Target {productionOu}`,
  `$server = Get-WsusServer -Name {wsusServer} -PortNumber {wsusPort}\n$server.GetSubscription() | Format-List -Property Sync*, Number*`,
  `$report = Join-Path -Path {backupFolder} -ChildPath 'before.html'\nGet-GPOReport -Name {productionGpo} -ReportType Html -Path $report`,
  `Get-MpComputerStatus -CimSession {sampleClient} | Format-List -Property AMRunningMode, AMEngineVersion, AntivirusSignatureAge`,
];
const branches = [
  { input: 'useProxy', is: 'yes' },
  { input: 'useSsl', is: 'no' },
  { input: 'serverRole', is: 'autonomous' },
  { input: 'syncMode', is: 'automatic' },
] as const;

/** What a made-up runbook asks of its reader; the compiler wants each to be used. */
const usedInputs = [
  ...new Set(
    [...JSON.stringify([acts, results, remedies, points, commands]).matchAll(/\{([a-zA-Z]+)\}/g)].map(
      ([, name = '']) => name,
    ),
  ),
  ...branches.map(({ input }) => input),
];

/**
 * Makes up a runbook in tasks of five steps, with a gate half-way; the last task is the way back.
 *
 * @param seed Any whole number; it is part of the id and of the text.
 * @param stepCount A multiple of five, 60 or more: a shorter one would not use every value that it asks for.
 */
export function makeUpRunbook(seed: number, stepCount: number): MadeUpRunbook {
  const random = createRandom(seed);
  let count = 0;
  /** In turn, so that every text is used, and from a place in the list that chance picks. */
  const pick = <Item>(list: readonly Item[]): Item => {
    const item = list[(count + Math.floor(random() * 2)) % list.length];
    if (item === undefined) throw new Error('There is nothing to pick from.');
    return item;
  };
  const sometimes = <Item>(every: number, make: () => Item): Item | undefined =>
    count % every === 0 ? make() : undefined;

  const makeStep = (): Step => {
    count++;
    return {
      id: `step-${count}`,
      action: `${pick(acts)} ${pick(things)}, round ${count} of ${seed}.`,
      command: sometimes(3, () => commands[(count / 3) % commands.length] ?? ''),
      expect: pick(results),
      ifNot: sometimes(2, () => pick(remedies)),
      why: sometimes(4, () => pick(reasons)),
      evidence: sometimes(5, () => `The time, the count of computers, and the name of who looked (${count}).`),
      points: sometimes(6, () => points) ?? [],
      branch: sometimes(7, () => branches[(count / 7) % branches.length]),
    };
  };

  const taskCount = stepCount / stepsInTask;
  const tasks = Array.from({ length: taskCount }, (_, index): Task => {
    const isBackout = index === taskCount - 1;
    return {
      id: `task-${index + 1}`,
      title: isBackout ? `Go back to what stood before ${seed}` : `Bring part ${index + 1} of ${seed} up to date`,
      isBackout,
      steps: Array.from({ length: stepsInTask }, makeStep),
      gate:
        index === Math.floor(taskCount / 2) - 1
          ? { id: 'gate-1', title: 'May production follow the pilot?', criteria: points, expect: results[0] ?? '' }
          : undefined,
    };
  });
  return {
    id: `made-up-${seed}`,
    title: `Bring the made-up ring ${seed} up to date`,
    summary: `Use this to measure what a runbook of ${stepCount} steps costs; do not use it on any computer.`,
    intro: [
      `This text was made up from the number ${seed}. It reads like a runbook and is about as long as one.`,
      `Every task is done before the next one begins, and **nothing** is undone without the last one.`,
    ],
    tasks,
  };
}

// --- Writing it down ----------------------------------------------------------------------------------------------

const withValues = (text: string, write: (name: string) => string): string =>
  text.replace(/\{([a-zA-Z]+)\}/g, (_, name: string) => write(name));

const where = 'the management computer, Windows PowerShell as administrator';

/** A file for `src/content/runbooks`. */
export function writeRunbook(runbook: MadeUpRunbook): string {
  const prose = (text: string): string => withValues(text, (name) => `<Value of="${name}" />`);
  const word = (name: string, text: string | undefined): string[] =>
    text === undefined ? [] : [`<${name}>\n\n${prose(text)}\n\n</${name}>`];
  const step = (item: Step): string => {
    const written = [
      `<Step id="${item.id}" tier={2} minutes={3}>`,
      prose(item.action),
      ...(item.points.length > 0 ? [item.points.map((point) => `- ${prose(point)}`).join('\n')] : []),
      ...(item.command === undefined
        ? []
        : [`\`\`\`powershell where="${where}"\n${withValues(item.command, (name) => `{{${name}}}`)}\n\`\`\``]),
      ...word('Expect', item.expect),
      ...word('IfNot', item.ifNot),
      ...word('Why', item.why),
      ...word('Evidence', item.evidence),
      '</Step>',
    ].join('\n\n');
    return item.branch
      ? `<When input="${item.branch.input}" is="${item.branch.is}">\n\n${written}\n\n</When>`
      : written;
  };
  const gate = (item: Gate): string =>
    [
      `<Gate id="${item.id}" title="${item.title}" tier={3} minutes={5}>`,
      ...item.criteria.map((text, index) => `<Criterion id="criterion-${index + 1}">${prose(text)}</Criterion>`),
      ...word('Expect', item.expect),
      '</Gate>',
    ].join('\n\n');
  const task = (item: Task): string =>
    [
      `<Task id="${item.id}" title="${item.title}"${item.isBackout ? ' role="backout"' : ''}>`,
      ...item.steps.map(step),
      ...(item.gate ? [gate(item.gate)] : []),
      '</Task>',
    ].join('\n\n');
  return [
    [
      '---',
      `title: ${runbook.title}`,
      `summary: ${runbook.summary}`,
      'ring: production',
      'tools: [group-policy, wsus]',
      'tier: 3',
      'minutes: 120',
      'owner: Endpoint engineering',
      'reviewed: 2026-11-01',
      `inputs: [${usedInputs.join(', ')}]`,
      'sources: []',
      'changes: [{ date: 2026-11-01, what: First edition. }]',
      '---',
    ].join('\n'),
    ...runbook.intro,
    ...runbook.tasks.map(task),
    '',
  ].join('\n\n');
}

/** The same words as a page of plain MDX: headings, task lists, paragraphs and fences, and no component. */
export function writePlainPage(runbook: MadeUpRunbook): string {
  const labelOf = (name: string): string => inputs[name]?.label ?? name;
  const prose = (text: string): string => withValues(text, labelOf);
  const detail = (name: string, text: string | undefined): string[] =>
    text === undefined ? [] : [`**${name}** ${prose(text)}`];
  const condition = ({ input, is }: NonNullable<Step['branch']>): string =>
    `Only if ${labelOf(input)}: ${inputs[input]?.options?.find(({ value }) => value === is)?.label ?? is}`;
  /** Everything after the first line belongs to the list item. */
  const item = (paragraphs: readonly string[]): string =>
    `- [ ] ${paragraphs.join('\n\n').replace(/\n(?=.)/g, '\n  ')}`;
  const step = (
    number: string,
    { action, points: list, command, expect, ifNot, why, evidence, branch }: Step,
  ): string =>
    item([
      `${number} ${prose(action)} Tier 2, 3 min`,
      ...(branch ? [condition(branch)] : []),
      ...(list.length > 0 ? [list.map((point) => `- ${prose(point)}`).join('\n')] : []),
      ...(command === undefined
        ? []
        : [
            `PowerShell, ${where}:`,
            `\`\`\`powershell\n${withValues(command, (name) => `'${labelOf(name)}'`)}\n\`\`\``,
          ]),
      ...detail('Expect', expect),
      ...detail('If not', ifNot),
      ...detail('Why', why),
      ...detail('Record', evidence),
    ]);
  const task = (task: Task, index: number): string =>
    [
      `## ${index + 1} ${task.title}`,
      ...task.steps.map((each, place) => step(`${index + 1}.${place + 1}`, each)),
      ...(task.gate
        ? [
            `### ${task.gate.title}`,
            task.gate.criteria.map((text) => `- [ ] ${prose(text)}`).join('\n'),
            ...detail('Expect', task.gate.expect),
          ]
        : []),
    ].join('\n\n');
  return [
    `---\ntitle: ${runbook.title}\nsummary: ${runbook.summary}\n---`,
    ...runbook.intro,
    ...runbook.tasks.map(task),
    '',
  ].join('\n\n');
}
