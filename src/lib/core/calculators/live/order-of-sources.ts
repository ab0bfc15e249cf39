import { commandValue } from '../../sheet/sheet.ts';
import type { LiveCalculator } from '../calculator.ts';
import { describeOrderOfSources, orderOfSources, OrderOfSourcesInput } from '../order-of-sources.ts';

const needs = ['productionOrder', 'templates', 'productionGpo', 'orderBeforeState'] as const;

export const calculator: LiveCalculator = {
  needs,
  also: ['orderBefore'],
  answer: (sheet) => {
    const [order, templates, gpo, stateBefore] = needs.map((id) => commandValue(sheet[id]));
    const wanted = stateBefore === 'enabled' ? [...needs, 'orderBefore'] : needs;
    const waitsFor = wanted.filter((id) => sheet[id]?.state !== 'given');
    if (waitsFor.length > 0) return { state: 'waiting', waitsFor };
    const orderBefore = stateBefore === 'enabled' ? commandValue(sheet['orderBefore']) : undefined;
    const read = OrderOfSourcesInput({ order: String(order).split('|'), templates, gpo, stateBefore, orderBefore });
    // The sheet and this calculator read the same texts; should they ever differ, the reader gets the sentence.
    if (!read.ok) return { state: 'ready', value: read, report: [{ kind: 'warning', text: read.why }] };
    const value = orderOfSources(read.value);
    const { change, undo, gpo: object } = value;
    const changes = [{ change, undo: undo.ok ? undo.value.change : undefined, gpo: object }];
    return { state: 'ready', value, report: describeOrderOfSources(value), changes };
  },
};
