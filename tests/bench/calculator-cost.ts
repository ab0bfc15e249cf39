/**
 * What a keystroke costs on a calculator's own page: from the change of a field until the answer is worked out and in the
 * page. Fields hold the examples of the vocabulary.
 */
import { chromium } from '@playwright/test';
import { calculators } from '../../src/lib/core/calculators/index.ts';
import { inputs } from '../../src/lib/core/sheet/inputs.ts';
import { findBrowser } from '../support/browser.ts';
import { serveFolder } from '../support/static-server.ts';
import { figure, median, quantile, table } from './statistics.ts';

export interface CalculatorCost {
  readonly id: string;
  /** Milliseconds, one for each change; empty where the examples give no answer. */
  readonly changes: readonly number[];
}

/** What to choose where the first of the choices would turn the calculator off, or leave the most of it out. */
const choices: Readonly<Record<string, string>> = { syncMode: 'automatic', middleRings: '3', approval: 'hand' };

/** Something to enter for each input: the first example, or a choice. */
function exampleValues(names: readonly string[]): URLSearchParams {
  const values = new URLSearchParams();
  for (const name of names) {
    const input = inputs[name];
    const value = choices[name] ?? input?.options?.[0]?.value ?? input?.example?.split(' or ')[0];
    if (value) values.set(name, value);
  }
  return values;
}

/** @param dist The built folder. @param count How many changes to time for each calculator. */
export async function measureCalculators(dist: string, count: number): Promise<readonly CalculatorCost[]> {
  const server = await serveFolder(dist);
  const browser = await chromium.launch(findBrowser());
  const costs: CalculatorCost[] = [];
  for (const { id, live } of Object.values(calculators)) {
    const page = await browser.newPage();
    await page.goto(`${server.url}calculators/${id}.html#${exampleValues([...live.needs, ...live.also])}`);
    const answer = page.locator('.rb-calculator__out');
    await answer
      .filter({ hasNotText: 'Worked example' })
      .waitFor({ timeout: 5000 })
      .catch(() => undefined);
    const changes = await page.evaluate((times) => {
      const out = document.querySelector('.rb-calculator__out');
      const fields = [
        ...document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('form [type=text], form select'),
      ];
      const field = fields.find(({ value }) => value);
      if (!out || !field || out.textContent.includes('Worked example')) return [];
      const { value } = field;
      const costs: number[] = [];
      for (let round = 0; round < times; round++) {
        for (const next of ['', value]) {
          field.value = next;
          const from = performance.now();
          field.dispatchEvent(new Event('input', { bubbles: true }));
          if (next) costs.push(performance.now() - from);
        }
      }
      return costs;
    }, count);
    costs.push({ id, changes });
    await page.close();
  }
  await browser.close();
  await server.close();
  return costs;
}

export function describeCalculators(costs: readonly CalculatorCost[]): string {
  return [
    'A calculator’s answer after a keystroke: milliseconds until it is in the page; 5 are the aim',
    table(
      ['', 'median', '95th percentile'],
      costs.map(({ id, changes }) => [id, figure(median(changes)), figure(quantile(changes, 0.95))]),
    ),
  ].join('\n');
}
