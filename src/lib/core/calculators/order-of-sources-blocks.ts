/**
 * The order of sources as content of a runbook: the same commands that `orderOfSources` makes of known values, with
 * holes that the sheet of the page fills. So the page needs none of the code that makes them.
 */
import {
  groupPolicyTemplates,
  settingTemplate,
  verifyTemplates,
  type CommandTemplate,
  type Datum,
  type Hole,
  type SettingChange,
} from '../policy/setting-change.ts';
import type { PolicyState } from '../policy/generation.ts';
import type { Result } from '../result.ts';
import type { Block, Inline } from '../runbook/model.ts';
import { orderConditions, orderSentences, type OrderNote } from './order-notes.ts';
import { orderSetting } from './order-of-sources.ts';

const gpo: Hole = { of: 'productionGpo' };

const words = (value: string): Inline[] => [{ type: 'text', value }];

const paragraph = (...children: (Inline | string)[]): Block => ({
  type: 'paragraph',
  children: children.map((child) => (typeof child === 'string' ? { type: 'text', value: child } : child)),
});

/** Commands under one heading; the fixed data of this calculator is known to pass every door, and a test says so. */
function commands(heading: string, templates: Result<readonly CommandTemplate[]>): Block[] {
  if (!templates.ok) return [paragraph(templates.why)];
  return [
    paragraph({ type: 'strong', children: [{ type: 'text', value: heading }] }),
    ...templates.value.flatMap(({ shell, parts, why, where }): Block[] => [
      { type: 'command', shell, parts: [...parts], ...(where && { where }) },
      paragraph(why),
    ]),
  ];
}

const change = (state: PolicyState, order: Hole): SettingChange<Datum | Hole> => {
  const made = settingTemplate(orderSetting, state, state === 'enabled' ? { order } : {});
  return made.ok ? made.value : { policy: orderSetting.id, state, writes: [], clicks: [] };
};

const undo = (state: PolicyState): Block => {
  const back = change(state, { of: 'orderBefore' });
  return {
    type: 'when',
    when: { input: 'orderBeforeState', is: [state] },
    children: commands('Undo it in the Group Policy Object', groupPolicyTemplates(back, gpo)),
  };
};

/**
 * What `<OrderOfSources />` stands for, beside the `<Policy>` that sets it. The runbook records the state before in a step
 * of its own, earlier; the trial on one computer is on the calculator's page.
 */
export function orderOfSourcesBlocks(): Block[] {
  const wanted = change('enabled', { of: 'productionOrder' });
  return [
    {
      type: 'table',
      head: [words('Order'), words('What it means')],
      rows: (Object.keys(orderConditions) as OrderNote[]).map((note) => [
        words(orderConditions[note]),
        words(orderSentences[note]),
      ]),
    },
    ...commands('Check it', verifyTemplates(wanted, orderSetting, gpo)),
    undo('not-configured'),
    undo('disabled'),
    undo('enabled'),
  ];
}
