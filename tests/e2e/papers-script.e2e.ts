/** `npm run papers`: the three papers of a runbook as PDF, from values in a file. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readPaper, squeeze } from './support/paper.ts';

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringbook-papers-'));
});
test.afterEach(() => rmSync(folder, { recursive: true }));

/** Starts the script with options, and answers with what it printed, and with its exit code. */
const papers = (...options: readonly string[]): Promise<{ out: string; err: string; code: number }> =>
  new Promise((resolve) => {
    execFile(process.execPath, ['scripts/papers.ts', ...options], (error, out, err) =>
      resolve({ out, err, code: error ? Number(error.code) : 0 }),
    );
  });
const withInputs = (values: Readonly<Record<string, string>>): string => {
  const path = join(folder, 'site.json');
  writeFileSync(path, JSON.stringify(values));
  return path;
};

test('plan, checklist and record are written, tagged, with an outline, on the paper that was asked for', async () => {
  const inputs = withInputs({ productionWsusServer: 'wsus2.contoso.com', planChangeNumber: 'CHG0031337' });
  const said = await papers('--only', 'weekly-health', '--size', 'letter', '--out', folder, '--inputs', inputs);
  expect(said).toMatchObject({ err: '', code: 0 });

  const names = ['plan', 'checklist', 'record'].map((kind) => `weekly-health-${kind}.pdf`);
  expect(readdirSync(folder).sort()).toEqual(['site.json', ...names].sort());
  for (const name of names) {
    const paper = await readPaper(readFileSync(join(folder, name)));
    expect(Math.round(paper.sheets[0]?.width ?? 0), name).toBe(612);
    expect([...paper.tags], name).toEqual(expect.arrayContaining(['H1', 'H2', 'Table', 'TH', 'TD']) as unknown);
    // Chromium leaves the space out where a title goes on on the next line.
    expect(squeeze(paper.outline[0] ?? ''), name).toBe(
      squeeze('Check every week that Defender updates reach both rings'),
    );
    expect(
      paper.sheets.map(({ foot }) => foot),
      name,
    ).toEqual(paper.sheets.map((_, index) => `Page ${index + 1} of ${paper.sheets.length}`));
    expect(paper.squeezed, name).toContain('wsus2.contoso.com');
  }
  const plan = await readPaper(readFileSync(join(folder, 'weekly-health-plan.pdf')));
  expect(plan.sheets[0]?.squeezed).toContain(squeeze('CHG0031337'));
});

test('a value that is wrong stops it, in the words of the page', async () => {
  const said = await papers('--out', folder, '--inputs', withInputs({ soakHours: '400', planStartDate: 'soon' }));

  expect(said.code).toBe(1);
  expect(said.err).toContain('soakHours: Soak time must be 336 hours or less');
  expect(said.err).toContain('planStartDate: Planned day must be written year-month-day');
  expect(readdirSync(folder)).toEqual(['site.json']);
});

test('a runbook that is none, and an option that is none, are answered with what there is', async () => {
  expect((await papers('--only', 'nothing')).err).toMatch(
    /^`nothing` is not a runbook. The runbooks are: .*weekly-health/,
  );
  expect((await papers('--paper', 'a5')).err).toMatch(/^`--paper` cannot be used\. Write: --inputs file\.json/);
});
