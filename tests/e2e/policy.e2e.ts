/** A policy on its own page: from what is chosen to commands and files, to the byte, in every place. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { settingForms, type FileForm } from '../../src/lib/core/policy/forms.ts';
import { settingChange } from '../../src/lib/core/policy/setting-change.ts';
import { policyNamed } from '../lib/core/policy/support/catalogue.ts';
import { expect, inEveryPlace, pagePaths, test } from './support/ringbook.ts';

const order = policyNamed('order-of-sources');
const change = settingChange(order, 'enabled', { order: 'MMPC|FileShares' });
if (!change.ok) throw new Error(change.why);
const files: readonly FileForm[] = settingForms(order, change.value, { gpo: 'G' }).flatMap((item) =>
  'bytes' in item ? [item] : [],
);

const path = 'policies/order-of-sources.html';
const answers = '#state=enabled&order=MMPC%7CFileShares&gpo=Bob%27s+ring';
/** What was chosen or typed in a field. */
const control = (page: Page, name: string) =>
  page.locator(`[data-field="${name}"]`).locator('input:checked, select, input:not([type=radio])');
const forms = (page: Page) => page.locator('[data-forms]');

inEveryPlace(() => {
  test('saves the files that core makes, to the byte, under their names', async ({ page, place }) => {
    await page.goto(place.url(path + answers));
    expect(files).toHaveLength(3);
    for (const { fileName, bytes } of files) {
      const download = page.waitForEvent('download');
      await forms(page)
        .getByRole('button', { name: `Save ${fileName}` })
        .click();
      const saved = await download;
      expect(saved.suggestedFilename()).toBe(fileName);
      expect([...readFileSync(await saved.path())]).toEqual([...bytes]);
    }
  });
});

test('gives nothing to copy or to save before everything needed is right, and says what is missing', async ({
  page,
  place,
}) => {
  await page.goto(place.url(path));
  await expect(forms(page)).toHaveText('Cannot be worked out until this is given: State.');

  await page.getByRole('group', { name: 'State', exact: true }).getByLabel('Enabled').check();
  await expect(forms(page)).toHaveText('Cannot be worked out until this is given: FallbackOrder.');

  const field = page.getByLabel('FallbackOrder', { exact: true });
  await field.fill('MMPC|FileShare');
  await field.blur();
  await expect(page.locator('[data-field=order] .rb-field__error')).toHaveText(
    'FallbackOrder names FileShare, which is not a source: write FileShares',
  );
  await expect(forms(page)).toContainText('Cannot be worked out. FallbackOrder: FallbackOrder names FileShare');
  await expect(forms(page).getByRole('button')).toHaveCount(0);
  await expect(field).toHaveValue('MMPC|FileShare');

  await field.fill('MMPC');
  await expect(forms(page)).toContainText('Set-MpPreference');
  await expect(forms(page)).toContainText('Cannot be worked out until this is given: Group Policy Object.');
  await expect(forms(page)).not.toContainText('Set-GPRegistryValue');

  await page.getByRole('textbox', { name: 'Group Policy Object' }).fill("Bob's ring");
  await expect(forms(page)).toContainText("Set-GPRegistryValue -Name 'Bob''s ring'");
  await expect(page).toHaveURL(/#state=enabled&order=MMPC&gpo=Bob%27s\+ring$/);
});

test('puts back what was there before, once that is given', async ({ page, place }) => {
  await page.goto(place.url(path + answers));
  const undo = page.getByRole('region', { name: 'Put back exactly what was there before' });
  await expect(undo).toContainText('Cannot be worked out until this is given: State before.');

  await page.getByRole('group', { name: 'State before' }).getByLabel('Enabled').check();
  await page.getByLabel('FallbackOrder before').fill('Some Thing|MMPC');
  await expect(undo).toContainText("-Value 'Some Thing|MMPC'");
  await expect(undo.getByRole('button', { name: 'Save order-of-sources-undo.reg' })).toBeVisible();
});

inEveryPlace(() => {
  test('a runbook leads to the forms of its setting, with what it fixes filled in', async ({ page, place }) => {
    await page.goto(place.url('runbooks/gpo-microsoft-update.html'));
    const link = page.locator('a[href*="policies/"][href*="channel="]:visible').first();
    const fields = new URL((await link.getAttribute('href')) ?? '', place.url('')).hash.slice(1);
    await link.click();
    for (const [name, value] of new URLSearchParams(fields)) {
      await expect(control(page, name)).toHaveValue(value);
    }
    await page.getByLabel('Group Policy Object', { exact: true }).fill('MDAV_Ring');
    await expect(forms(page)).toContainText('MDAV_Ring');
    // And back to the step.
    await page.goBack();
    await expect(page.locator('h1')).toHaveText(/Microsoft Update/);
  });
});

test('what any runbook fixes is taken by the page of its policy', async ({ page, place }) => {
  const links = new Set<string>();
  for (const path of pagePaths.filter((one) => one.startsWith('runbooks/'))) {
    const markup = readFileSync(`dist/${path}`, 'utf8').replaceAll('&amp;', '&');
    for (const [, to = ''] of markup.matchAll(/\bhref="?\.\.\/(policies\/[^\s">]*#[^\s">]*)/g)) links.add(to);
  }
  expect(links.size).toBeGreaterThan(10);
  for (const to of links) {
    await page.goto('about:blank');
    await page.goto(place.url(to));
    await expect(page.locator('[data-sheet-count]')).toHaveText(/^[1-9]/);
    for (const [name, value] of new URLSearchParams(to.split('#')[1])) {
      await expect(control(page, name), to).toHaveValue(value);
    }
    await expect(page.locator('[data-field].is-wrong'), to).toHaveCount(0);
  }
});
