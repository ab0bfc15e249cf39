/**
 * Playwright's `test` for the browser tests: every one of them also fails when the browser complains, when the content
 * security policy refuses something, or when anything is asked of another host.
 */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { globSync, readFileSync } from 'node:fs';
import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test';
import type { Gate, Runbook, Step } from '../../../src/lib/core/runbook/model.ts';
import { itemsOf } from '../../../src/lib/core/runbook/walk.ts';
import { inputs } from '../../../src/lib/core/sheet/inputs.ts';
import { holdsAll, makeSheet } from '../../../src/lib/core/sheet/sheet.ts';
import { compiled } from '../../support/compile.ts';
import { test as base, type Place } from '../../support/places.ts';
import { type Values } from './site.ts';

export { expect } from '@playwright/test';
export { inEveryPlace, inHardPlaces, type Place } from '../../support/places.ts';

const projectFolder = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

const id = 'production-gpo-wsus';
/** Path of the runbook's page in the built folder. */
export const runbookPath = `runbooks/${id}.html`;
/** The runbook as the build reads it: what the page must hold. */
export const runbook: Runbook = compiled(
  readFileSync(resolve(projectFolder, 'src/content/runbooks', `${id}.mdx`), 'utf8'),
  id,
);
export const items: readonly (Step | Gate)[] = itemsOf(runbook);
/** Every page of the site as it was built. */
export const pagePaths: readonly string[] = globSync('**/*.html', { cwd: resolve(projectFolder, 'dist') })
  .map((path) => path.replaceAll('\\', '/'))
  .sort();

/** One page of each kind; those that are in no folder are each a kind of their own. */
export const pageKinds: readonly string[] = [
  ...Map.groupBy(pagePaths, (path) => /^.*\//.exec(path)?.[0] ?? path).values(),
].flatMap(([path]) => path ?? []);

/** @returns The steps and gates that apply to a site; `work` leaves out the ways back, which count for no progress. */
export function itemsFor(values: Values, { work = false } = {}): (Step | Gate)[] {
  const sheet = makeSheet(values, inputs, { today: '2026-11-20' });
  const applies = ({ when }: Pick<Step, 'when'>): boolean => holdsAll(when, sheet) !== false;
  return itemsOf({ tasks: runbook.tasks.filter((task) => applies(task) && !(work && task.role === 'backout')) }).filter(
    applies,
  );
}

/** The first command of a step as the runbook has it, with each value between single quotes. */
export function commandOf(stepId: string, values: Values): string {
  const block = items.find(({ id }) => id === stepId)?.body.find(({ type }) => type === 'command');
  if (block?.type !== 'command') throw new Error(`${stepId} has no command.`);
  return block.parts.map((part) => ('of' in part ? `'${values[part.of]}'` : part.text)).join('');
}

/** Writes down what the browser complains about in any page of a context. */
export function watch(context: BrowserContext, place: Place): string[] {
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (message.text() === 'Service Worker registration blocked by Playwright') return;
    // A refusal by the content security policy comes this way, too.
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(error.error().message));
  context.on('requestfailed', (request) => {
    // Whoever leaves a page does not wait for what it had still asked for.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`${request.url()} failed`);
  });
  context.on('request', (request) => {
    if (!place.owns(request.url())) complaints.push(`asks ${request.url()}`);
  });
  context.on('dialog', (dialog) => complaints.push(`asks in a dialog: ${dialog.message()}`));
  return complaints;
}

export const test = base.extend<{ complaints: string[]; book: RunbookPage }>({
  complaints: [
    async ({ context, place }, use) => {
      const complaints = watch(context, place);
      await use(complaints);
      expect(complaints, 'complaints of the browser').toEqual([]);
    },
    { auto: true },
  ],
  book: async ({ page, place }, use) => {
    await use(runbookPage(page, place));
  },
});

/** What a person sees and does on the page of the runbook. */
export type RunbookPage = ReturnType<typeof runbookPage>;

export function runbookPage(page: Page, place: Place) {
  const item = (id: string): Locator => page.locator(`[id="${id}"]`);
  const field = (input: string): Locator => page.locator(`[data-field="${input}"]`);
  const control = (input: string): Locator => field(input).locator('input, select').first();

  const whoForm = page.getByRole('form', { name: 'Start the run' });
  const book = {
    page,
    item,
    field,
    control,
    whoForm,
    box: (id: string): Locator => item(id).locator('.rb-step__row > .rb-box'),
    criteria: (gateId: string): Locator => item(gateId).getByRole('checkbox'),
    progress: page.locator('[data-progress]'),
    alarm: page.getByRole('alert'),
    notice: page.locator('[data-notice]'),
    live: page.locator('#rb-live'),
    decision: (gateId: string): Locator => item(gateId).locator('.rb-decision__words'),
    error: (input: string): Locator => field(input).locator('.rb-field__error'),
    command: (stepId: string, place = 0): Locator => item(stepId).locator('.rb-command').nth(place),

    open: async (): Promise<void> => {
      await page.goto(place.url(runbookPath));
      await expect(page.locator('html')).toHaveClass(/is-live/);
    },

    /** Fills in the sheet as a person does, leaving each field before the next. */
    enter: async (values: Values): Promise<void> => {
      const panel = page.locator('[data-sheet]');
      if ((await panel.getAttribute('open')) === null) await panel.locator('summary').click();
      for (const [input, value] of Object.entries(values)) {
        const radio = field(input).locator(`input[type=radio][value="${value}"]`);
        if ((await radio.count()) > 0) await radio.check();
        else if ((await field(input).locator('select').count()) > 0) await control(input).selectOption(value);
        else {
          await control(input).fill(value);
          await control(input).blur();
        }
      }
    },
    /** Opens the page with fields already filled in, as they stand in storage before a run is started. */
    openWith: async (values: Values): Promise<void> => {
      await page.addInitScript(
        ([prefix, texts]) => {
          for (const [input, text] of Object.entries(texts)) {
            // Only once: what the test changes afterwards stays over a reload.
            if (localStorage.getItem(prefix + input) === null) localStorage.setItem(prefix + input, text);
          }
        },
        [`rb1:draft:${runbook.id}:`, values] as const,
      );
      await book.open();
      await expect(page.locator('[data-sheet-count]')).toHaveText(/^[1-9]/);
    },

    /** Answers the one question about name and tier, wherever on the page it stands. */
    sayWho: async (name = 'Ann Berg', tier = 3): Promise<void> => {
      await whoForm.getByLabel('Your name').fill(name);
      await whoForm.getByLabel(`Tier ${tier}`).check();
      await whoForm.getByRole('button', { name: 'Start' }).click();
      await expect(whoForm).toHaveCount(0);
      // The desk comes with the first act, and writes down how the runbook reads.
      await page.waitForFunction(() => Reflect.get(Reflect.get(globalThis, 'ringbook'), 'desk') !== undefined);
    },
    start: async (name?: string, tier?: number): Promise<void> => {
      await book.open();
      await book.sayWho(name, tier);
    },

    /** What more there is to a step or a gate. */
    panel: (id: string): Locator => item(id).locator('.rb-desk'),
    more: async (id: string, drawer?: string): Promise<Locator> => {
      const panel = item(id).locator('.rb-desk');
      if ((await panel.count()) === 0) await item(id).getByRole('button', { name: 'More' }).click();
      if (drawer !== undefined) await panel.getByRole('button', { name: drawer, exact: true }).first().click();
      return panel;
    },
    /** What there is to the run as a whole. */
    run: async (drawer?: string): Promise<Locator> => {
      const panel = page.getByRole('region', { name: 'This run' });
      if ((await panel.count()) === 0) await page.locator('.rb-progress').getByRole('button', { name: 'Run' }).click();
      const opens = panel.getByRole('button', { name: drawer ?? '', exact: true });
      if (drawer !== undefined && (await opens.getAttribute('aria-expanded')) === 'false') await opens.click();
      return panel;
    },
    marks: (id: string): Locator => item(id).locator('.rb-marks'),
    told: page.getByRole('group', { name: 'Last act' }),

    /** Everything in the browser's storage. */
    stored: (): Promise<Record<string, string>> => page.evaluate(() => ({ ...localStorage })),
    /** Ids of the steps and criteria that the page shows as ticked. */
    ticked: (): Promise<string[]> =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLInputElement>('.rb-box:checked')].map(
          (box) => box.closest<HTMLElement>('[data-criterion]')?.dataset['criterion'] ?? box.closest('li')?.id ?? '',
        ),
      ),
  };
  return book;
}

/** The id of the one run that a storage holds. */
export const runIn = (stored: Readonly<Record<string, string>>): string =>
  Object.keys(stored).flatMap((key) => /^rb1:([0-9a-z]{12}):/.exec(key)?.[1] ?? [])[0] ?? '';

interface StoredEvent {
  readonly id: string;
  readonly kind: string;
  readonly step?: string;
  readonly by: string;
  readonly data?: { readonly undoes?: readonly string[] };
}

/** Events of a kind in a storage, in the order of their ids; entries that are no events are passed over. */
export const eventsIn = (stored: Readonly<Record<string, string>>, kind: string): StoredEvent[] =>
  Object.entries(stored)
    .filter(([key, text]) => /^rb1:[0-9a-z]{12}:/.test(key) && text.includes(`"kind":"${kind}"`) && text.endsWith('}'))
    .map(([, text]) => JSON.parse(text) as StoredEvent)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
