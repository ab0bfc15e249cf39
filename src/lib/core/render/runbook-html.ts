/**
 * A runbook's content as HTML: complete without scripts, readable on paper, and marked so that the page's scripts can
 * fill in values (`data-of`), follow branches (`data-when`), and keep ticks by id with what was ticked (`data-hash`).
 */
import { calculators } from '../calculators/index.ts';
import type { CommandPart } from '../commands/command.ts';
import { pathAbove, stateButtons } from '../policy/generation.ts';
import type {
  Block,
  Condition,
  Details,
  Gate,
  Inline,
  MdmRow,
  PolicyBlock,
  Runbook,
  Step,
  Task,
} from '../runbook/model.ts';
import { derived } from '../sheet/derived.ts';
import { inputs } from '../sheet/inputs.ts';
import { labelOf as labelIn } from '../sheet/sheet.ts';
import { writeBranch } from './branch.ts';
import { betweenTags, codeText, html, type Html } from './html.ts';
import { clickPath, commandFrame } from './frames.ts';
import { reportHtml } from './report-html.ts';
import type { Report } from './report.ts';

const labelOf = (name: string): string => labelIn(name, inputs);

/** "Proxy server needed is Yes": one condition in the words of the sheet. */
const conditionWords = ({ input, is }: Condition): string => {
  const options = inputs[input]?.options ?? [];
  const values = is.map((value) => options.find((option) => option.value === value)?.label ?? value);
  return `${labelOf(input)}: ${values.join(' or ')}`;
};

/** "Only if …", shown while the sheet does not say whether a branch applies. */
export const branchWords = (conditions: readonly Condition[]): string =>
  `Only if ${conditions.map(conditionWords).join(', and ')}`;

const valueSpan = (name: string): Html =>
  html`<span${derived[name]?.isProse && html` class="rb-words"`} data-of="${name}">${labelOf(name)}</span>`;

const inlineHtml = (nodes: readonly Inline[]): Html =>
  html`${nodes.map((node): Html => {
    switch (node.type) {
      case 'text':
        return betweenTags(node.value);
      case 'code':
        return html`<code>${codeText(node.value)}</code>`;
      case 'break':
        return html`<br>`;
      case 'value':
        return valueSpan(node.of);
      case 'strong':
        return html`<b>${inlineHtml(node.children)}</b>`;
      case 'emphasis':
        return html`<em>${inlineHtml(node.children)}</em>`;
      case 'link':
        return html`<a href="${node.url}">${inlineHtml(node.children)}</a>`;
      case 'when':
        return html`<span class="rb-if" data-when="${writeBranch([node.when])}"><span class="rb-if__words">(${branchWords([node.when])}) </span>${inlineHtml(node.children)}</span>`;
    }
  })}`;

const partsHtml = (parts: readonly CommandPart[]): Html =>
  html`${parts.map((part) => ('of' in part ? valueSpan(part.of) : betweenTags(part.text)))}`;

/** A row of a table of facts. */
const factRow = (name: string, value: Html): Html => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`;

/** Leads to the policy's own page, with what is fixed here filled in; on that page each form of the change is. */
function formsLink({ id, fixed }: PolicyBlock): Html {
  const fields = Object.entries(fixed).map(([name, data]) => `${name}=${encodeURIComponent(data)}`);
  return html`<p class="rb-screen" data-site-only=""><a href="/policies/${id}.html#${fields.join('&')}">Every form of this setting</a></p>`;
}

function intuneHtml(policy: PolicyBlock, { uri, catalog, value }: MdmRow): Html {
  const data = value && html`<code>${partsHtml(value.data)}</code>`;
  const choice = !value
    ? 'Take the setting out of the profile.'
    : value.entry !== undefined
      ? html`The entry that begins with <b>${value.entry}</b>`
      : catalog &&
        html`${data}${catalog.isList && '. Select Add for each part between |, and enter one in each box, in this order.'}`;
  return html`<div class="rb-policy"><table class="rb-facts"><caption>In Intune</caption><tbody>${catalog && factRow('Settings Catalog', clickPath([catalog.category, catalog.name]))}${choice && factRow('Choose', html`${choice}`)}${factRow('OMA-URI', html`<code>${uri}</code>`)}${value && factRow('Value', html`${data}, data type ${value.dataType}`)}</tbody></table><p>${policy.effect}</p>${formsLink(policy)}</div>`;
}

function policyHtml(policy: PolicyBlock): Html {
  if (policy.intune) return intuneHtml(policy, policy.intune);
  const commands = policy.commands.flatMap((parts, index) => (index ? [{ text: '\n' }, ...parts] : parts));
  return html`<div class="rb-policy">${policy.places.map(({ generation, path, title }) =>
    generation === 'any'
      ? html`<p class="rb-policy__place">${clickPath([...pathAbove, ...path])}<br>Setting: <b>${title}</b></p>`
      : html`<div class="rb-policy__place" data-when="${writeBranch([{ input: 'templates', is: [generation] }])}"><p class="rb-if__words">${branchWords([{ input: 'templates', is: [generation] }])}</p><p>${clickPath([...pathAbove, ...path])}<br>Setting: <b>${title}</b></p></div>`,
  )}<table class="rb-facts"><caption>What to choose in the setting</caption><tbody><tr><th scope="row">State</th><td><b>${stateButtons[policy.state]}</b></td></tr>${policy.options.map(
    ({ label, data }) => html`<tr><th scope="row">${label}</th><td>${partsHtml(data)}</td></tr>`,
  )}</tbody></table><p>${policy.effect}</p><table><caption>In the registry, the same for every template</caption><thead><tr><th scope="col">Value</th><th scope="col">Type</th><th scope="col">Data</th></tr></thead><tbody>${policy.registry.map(
    (row) =>
      html`<tr><td><code>${codeText(row.key)}</code> <code><b>${row.valueName}</b></code></td><td>${row.type}</td><td>${partsHtml(row.data)}</td></tr>`,
  )}</tbody></table>${commands.length > 0 && commandFrame('powershell', 'a computer with the Group Policy module, in place of the clicks', partsHtml(commands))}${formsLink(policy)}</div>`;
}

export const calloutNames = { note: 'Note', caution: 'Caution', warning: 'Warning' } as const;

function blockHtml(block: Block): Html {
  switch (block.type) {
    case 'paragraph':
      return html`<p>${inlineHtml(block.children)}</p>`;
    case 'list': {
      const items = block.items.map((item) => {
        const [only] = item;
        // A one-paragraph item reads as one line, on screen and on paper.
        return html`<li>${item.length === 1 && only?.type === 'paragraph' ? inlineHtml(only.children) : blocksHtml(item)}</li>`;
      });
      return block.ordered ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`;
    }
    case 'table':
      return html`<table><thead><tr>${block.head.map((cell) => html`<th scope="col">${inlineHtml(cell)}</th>`)}</tr></thead><tbody>${block.rows.map(
        (row) => html`<tr>${row.map((cell) => html`<td>${inlineHtml(cell)}</td>`)}</tr>`,
      )}</tbody></table>`;
    case 'command':
      return commandFrame(block.shell, block.where, partsHtml(block.parts));
    case 'output':
      return html`<pre class="rb-output"><samp>${block.text}</samp></pre>`;
    case 'callout':
      return html`<div class="rb-callout rb-callout--${block.kind}"><b class="rb-callout__kind">${calloutNames[block.kind]}</b><div>${blocksHtml(block.children)}</div></div>`;
    case 'calculator':
      return calculatorHtml(block.name);
    case 'when':
      return html`<div class="rb-if" data-when="${writeBranch([block.when])}"><p class="rb-if__words">${branchWords([block.when])}</p>${blocksHtml(block.children)}</div>`;
    case 'policy':
      return policyHtml(block);
  }
}

export const blocksHtml = (blocks: readonly Block[]): Html => html`${blocks.map(blockHtml)}`;

/** A live calculator shows its worked example until the page's script puts the reader's own answer in its place. */
export function calculatorHtml(name: string): Html {
  const calculator = calculators[name];
  if (!calculator) return html``;
  const { id, title, blocks, example, live, background } = calculator;
  return html`<section class="rb-calculator" aria-label="${title}"${!blocks && html` data-calculator="${id}" data-needs="${live.needs.join(' ')}"`}><p class="rb-calculator__title">${title}</p>${blocks ? blocksHtml(blocks()) : html`${exampleHtml(example(), live.needs)}${background && backgroundHtml(background())}`}</section>`;
}

/** What a calculator says whatever is entered. */
export const backgroundHtml = (report: Report): Html =>
  html`<div class="rb-calculator__more">${reportHtml(report)}</div>`;

/** A worked example, marked as such, with what is needed for the reader's own answer. */
export const exampleHtml = (report: Report, needs: readonly string[]): Html =>
  html`<div class="rb-calculator__out"><p class="rb-callout rb-scripted">Worked out for your site once these are given: ${needs.map(labelOf).join(', ')}.</p><p class="rb-label">Worked example, not your site</p>${reportHtml(report)}</div>`;

const detailNames: readonly (readonly [keyof Details, string])[] = [
  ['expect', 'Expect'],
  ['ifNot', 'If not'],
  ['undo', 'Undo'],
  ['evidence', 'Record'],
  ['why', 'Why'],
];

/** @example minutesWords(1) //=> '1 minute' */
export const minutesWords = (minutes: number): string => (minutes === 1 ? '1 minute' : `${minutes} minutes`);

/** @example spanWords(5, 20) //=> '5 to 20 minutes' */
export const spanWords = (from: number, to: number): string =>
  from === to ? minutesWords(to) : `${from} to ${minutesWords(to)}`;

function detailsHtml(item: Step | Gate): Html {
  const rows: (readonly [string, string, Html])[] = [];
  const wait = item.kind === 'step' ? item.wait : undefined;
  const escalate = item.kind === 'step' ? item.escalate : undefined;
  for (const [key, name] of detailNames) {
    if (key === 'expect' && wait)
      rows.push(['wait', 'Wait', html`<p><b>${spanWords(wait.minutes, wait.upTo)}</b></p>${blocksHtml(wait.body)}`]);
    const blocks = item.details[key];
    if (blocks?.length) rows.push([key === 'ifNot' ? 'if-not' : key, name, blocksHtml(blocks)]);
    if (key === 'ifNot' && escalate) {
      const after = escalate.afterMinutes ? ` after ${minutesWords(escalate.afterMinutes)}` : '';
      rows.push([
        'escalate',
        'Escalate',
        html`<p><b>To tier ${escalate.to}${escalate.to === 4 && ' (the vendor)'}${after}</b></p>${blocksHtml(escalate.body)}`,
      ]);
    }
  }
  if (!rows.length) return html``;
  return html`<dl class="rb-details">${rows.map(
    ([key, name, body]) =>
      html`<div class="rb-detail${key === 'why' && ' rb-detail--why'}"><dt>${name}</dt><dd>${body}</dd></div>`,
  )}</dl>`;
}

const branchAttribute = (when: readonly Condition[]): Html =>
  when.length ? html` data-when="${writeBranch(when)}"` : html``;
/** Ids that it had before: what was done under them is shown as done in an earlier wording. */
const formerlyAttribute = ({ formerly }: Step | Gate): Html =>
  formerly.length ? html` data-formerly="${formerly.join(' ')}"` : html``;
const branchLine = (when: readonly Condition[]): Html =>
  when.length ? html`<p class="rb-if__words">${branchWords(when)}</p>` : html``;

const metaHtml = (item: Step | Gate): Html =>
  html`<span class="rb-step__meta">Tier ${item.tier}${item.minutes > 0 && ` · ${item.minutes} min`}</span>`;

function stepHtml(step: Step): Html {
  return html`<li class="rb-step" id="${step.id}" data-hash="${step.hash}"${formerlyAttribute(step)}${branchAttribute(step.when)}><label class="rb-step__row"><input type="checkbox" class="rb-box"><span class="rb-step__number">${step.number}</span><span class="rb-step__action">${inlineHtml(step.action)}</span>${metaHtml(step)}</label><div class="rb-step__body">${branchLine(step.when)}${blocksHtml(step.body)}${detailsHtml(step)}</div></li>`;
}

function gateHtml(gate: Gate): Html {
  return html`<li class="rb-gate" id="${gate.id}" data-hash="${gate.hash}" data-tier="${gate.tier}"${formerlyAttribute(gate)}${branchAttribute(gate.when)}><div class="rb-gate__head"><span class="rb-step__number">${gate.number}</span><h3 class="rb-gate__title"><span class="rb-gate__word">Gate</span> ${gate.title}</h3>${metaHtml(gate)}</div><div class="rb-step__body">${branchLine(gate.when)}${blocksHtml(gate.body)}<ul class="rb-criteria" aria-label="Criteria">${gate.criteria.map(
    ({ id, text, when }) =>
      html`<li class="rb-criterion" data-criterion="${id}"${branchAttribute(when)}><label><input type="checkbox" class="rb-box"><span>${inlineHtml(text)}</span></label></li>`,
  )}</ul><div class="rb-decision"><button type="button" class="rb-button" data-decide="go">Go</button><button type="button" class="rb-button" data-decide="no-go">No-go</button><span class="rb-decision__words"></span><span class="rb-decision__paper"><span class="rb-pen-box"></span> GO <span class="rb-pen-box"></span> NO-GO <span class="rb-pen-line">Name</span> <span class="rb-pen-line">Time</span></span></div>${detailsHtml(gate)}</div></li>`;
}

function taskHtml(task: Task): Html {
  return html`<section class="rb-task${task.role === 'backout' && ' rb-task--backout'}" id="${task.id}" aria-labelledby="rb-t${task.number}"${branchAttribute(task.when)}><h2 class="rb-task__title" id="rb-t${task.number}"><span class="rb-task__number">${task.number}</span> ${task.title}${task.role === 'backout' && html` <span class="rb-task__role">Way back</span>`}</h2>${branchLine(task.when)}<ol class="rb-steps" role="list">${task.items.map(
    (item) =>
      item.kind === 'step'
        ? stepHtml(item)
        : item.kind === 'gate'
          ? gateHtml(item)
          : html`<li class="rb-passage"${branchAttribute(item.when)}>${branchLine(item.when)}${blocksHtml(item.body)}</li>`,
  )}</ol></section>`;
}

/** All tasks of a runbook, numbered as on every paper. */
export const tasksHtml = (runbook: Pick<Runbook, 'tasks'>): string => html`${runbook.tasks.map(taskHtml)}`.toString();
export const introHtml = (runbook: Pick<Runbook, 'intro'>): string => blocksHtml(runbook.intro).toString();
