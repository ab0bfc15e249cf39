/** The settings that the steps of a runbook change, to what, and when: for "what is changed" and for "before and after". */
import { stateButtons } from '../policy/generation.ts';
import { itemsOf } from '../runbook/walk.ts';
import { branchWords } from '../render/runbook-html.ts';
import type { Block, Condition, PolicyBlock, Runbook } from '../runbook/model.ts';
import { inputs } from '../sheet/inputs.ts';
import { holds } from '../sheet/sheet.ts';
import { lineText, type PaperPart } from './paper.ts';
import { resolveData, type Filling } from './resolve.ts';
import { applies } from './work.ts';

/** One setting as one step sets it. */
export interface Setting {
  readonly stepId: string;
  readonly number: string;
  /** In the words of the console that the sheet names; of all consoles while it names none. */
  readonly name: string;
  /**
   * `Enabled: MMPC`; a value that is missing is a named blank. What a branch that nobody has answered for sets says so:
   * `(Only if Proxy: Yes) Enabled`.
   */
  readonly to: string;
}

/** A policy of a step, and the conditions under which it is set, as far as nobody has answered for them. */
interface Found {
  readonly policy: PolicyBlock;
  readonly when: readonly Condition[];
}

const unanswered = (when: readonly Condition[], { sheet }: Filling): readonly Condition[] =>
  when.filter((condition) => holds(condition, sheet) === undefined);

/** Policies that apply on this sheet, in reading order, also those in branches and lists. */
const policiesIn = (blocks: readonly Block[], filling: Filling, when: readonly Condition[]): readonly Found[] =>
  blocks.flatMap((block): readonly Found[] => {
    if (block.type === 'policy') return [{ policy: block, when }];
    if (block.type === 'list') return block.items.flatMap((item) => policiesIn(item, filling, when));
    if (block.type === 'when') {
      return holds(block.when, filling.sheet) === false
        ? []
        : policiesIn(block.children, filling, [...when, ...unanswered([block.when], filling)]);
    }
    return block.type === 'callout' ? policiesIn(block.children, filling, when) : [];
  });

function nameOf({ places, intune, id }: PolicyBlock, { sheet }: Filling): string {
  if (intune) return intune.catalog?.name ?? intune.uri;
  const titles = places
    .filter(
      ({ generation }) => generation === 'any' || holds({ input: 'templates', is: [generation] }, sheet) !== false,
    )
    .map(({ title }) => title);
  return [...new Set(titles)].join(' / ') || id;
}

function toWords({ state, options, intune }: PolicyBlock, filling: Filling): string {
  if (intune) {
    if (!intune.value) return 'Taken out of the profile';
    const data = lineText(resolveData(intune.value.data, filling));
    // A number says nothing to a board; the console's list has words for it.
    return intune.value.entry === undefined ? data : `${intune.value.entry}, value ${data}`;
  }
  const data = options.map((option) => lineText(resolveData(option.data, filling))).filter((text) => text !== '');
  return [stateButtons[state], ...(data.length > 0 ? [data.join(', ')] : [])].join(': ');
}

/** All settings that the work of a runbook changes on this sheet; the ways back are left out. */
export const settingsOf = (runbook: Pick<Runbook, 'tasks'>, filling: Filling): readonly Setting[] =>
  runbook.tasks
    .filter((task) => task.role === 'work' && applies(task.when, filling))
    .flatMap((task) =>
      itemsOf({ tasks: [task] })
        .filter((item) => applies(item.when, filling))
        .flatMap(({ id, number, body, when }) =>
          policiesIn(body, filling, unanswered([...task.when, ...when], filling)).map((found) => ({
            stepId: id,
            number,
            name: nameOf(found.policy, filling),
            to: `${found.when.length > 0 ? `(${branchWords(found.when)}) ` : ''}${toWords(found.policy, filling)}`,
          })),
        ),
    );

/**
 * The table of the state before and after: first what is on the sheet as the state before, then each setting.
 *
 * @param whenOf When a step is planned or was done, in words; empty for a line to write on.
 */
export function beforeAndAfter(
  runbook: Runbook,
  filling: Filling,
  whenOf: (stepId: string) => string,
  spare: number,
): PaperPart {
  const before = runbook.inputs.flatMap((id): string[][] => {
    const input = inputs[id];
    // Inputs that hold what was in force before the change say so in their ids.
    if (!input || input.secret || !/before/i.test(id)) return [];
    const cell = filling.sheet[id];
    return [[input.label, cell?.state === 'given' ? cell.text : '', '', '']];
  });
  const set = settingsOf(runbook, filling).map(({ name, to, number, stepId }) => [
    name,
    '',
    to,
    `Step ${number}${whenOf(stepId) && `, ${whenOf(stepId)}`}`,
  ]);
  return {
    kind: 'grid',
    caption: 'State before and after',
    head: ['What', 'Before', 'After', 'Step, when'],
    rows: [...before, ...set],
    widths: [5, 4, 4, 3],
    spare,
  };
}
