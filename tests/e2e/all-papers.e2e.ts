/** Every paper of every runbook, printed and read back: whole, in order, tagged, and with nothing that a reader would stumble over. */
import { type Page } from '@playwright/test';
import { expect, pagePaths, test } from './support/ringbook.ts';
import { print, squeeze, type Paper } from './support/paper.ts';
import { site } from './support/site.ts';

const papers = pagePaths.filter((path) => path.startsWith('papers/'));
const kinds = ['plan', 'checklist', 'record'] as const;

/** Texts of the page that must stand on one sheet, with white space taken out, and of the commands in it. */
const textsOf = async (page: Page): Promise<Record<'whole' | 'commands' | 'headings' | 'all', string[]>> => {
  const found = await page.evaluate(() => {
    const texts = (selector: string): string[] =>
      [...document.querySelectorAll(`[data-paper] ${selector}`)].map(({ textContent }) => textContent);
    return {
      whole: texts(':is(tbody.step, tbody.gate, .whole, .prose)'),
      commands: texts('pre'),
      headings: texts(':is(h1, h2, h3)'),
      all: texts(':is(h1, h2, h3, p, th, td:not(:has(p, pre, table, div)), caption, pre)'),
    };
  });
  return {
    whole: found.whole.map(squeeze),
    commands: found.commands.map(squeeze),
    // As they are: a reader of the outline needs their spaces.
    headings: found.headings,
    all: found.all.map(squeeze),
  };
};

const plain = (text: string): string => text.replaceAll('→', '');

/** Whether little more than the heads of table and task stands before a text on its sheet: then it may be longer than the sheet. */
const isFirstOn = (paper: Paper, text: string): boolean =>
  paper.sheets.some(({ squeezed }) => {
    const at = plain(squeezed).indexOf(text.slice(0, 40));
    return at >= 0 && at < 900;
  });

for (const [format, how, values] of [
  ['A4', 'filled in', site],
  ['Letter', 'blank', {}],
] as const) {
  test(`on ${format}, ${how}: everything is there, no step is split, no sheet is empty, pages are numbered, tags and outline`, async ({
    page,
    place,
  }) => {
    test.setTimeout(300_000);
    const faults: string[] = [];
    for (const path of papers) {
      const id = path.replace(/^papers\/|\.html$/g, '');
      await page.goto(place.url(path));
      await page.evaluate(
        ([prefix, texts]) => {
          for (const [input, text] of Object.entries(texts)) localStorage.setItem(prefix + input, text);
        },
        [`rb1:draft:${id}:`, values as Readonly<Record<string, string>>] as const,
      );
      await page.reload();
      for (const kind of kinds) {
        await page.locator(`input[name="paper"][value="${kind}"]`).check();
        await expect(page.locator('[data-paper] .control')).toContainText(`${id} · revision`);
        const what = `${id}, ${kind}`;
        const paper = await print(page, format);
        const { whole, commands, headings, all } = await textsOf(page);
        const text = plain(paper.squeezed);
        // What stands at the foot of each sheet comes first in what is read.
        const control = squeeze(await page.locator('[data-paper] .control').innerText());
        for (const { squeezed } of paper.sheets) expect(squeezed, `${what}: foot`).toContain(control);
        const sheets = paper.sheets.map(({ squeezed }) => plain(squeezed).replace(control, ''));

        const fault = (name: string, found: readonly unknown[]): void => {
          if (found.length > 0) faults.push(`${what}: ${name}: ${found.join(' | ').slice(0, 200)}`);
        };
        fault(
          'missing',
          all.filter((each) => !text.includes(plain(each))),
        );
        const isWhole = (each: string): boolean => sheets.some((sheet) => sheet.includes(plain(each)));
        // What is longer than a sheet begins at the head of one.
        fault(
          'split',
          whole.filter((each) => !isWhole(each) && !isFirstOn(paper, plain(each))),
        );
        fault(
          'command on two sheets',
          commands.filter((each) => each.length < 2000 && !isWhole(each)),
        );
        fault(
          'nearly empty',
          sheets.flatMap((sheet, index) =>
            sheet.length < 100 ? [`sheet ${index + 1} of ${sheets.length}: ${sheet}`] : [],
          ),
        );
        fault(
          'page number',
          paper.sheets.flatMap(({ foot }, index) =>
            foot === `Page ${index + 1} of ${sheets.length}` ? [] : [`${foot} on sheet ${index + 1}`],
          ),
        );
        fault(
          'beside the sheet',
          paper.sheets.flatMap(({ texts, width }) =>
            texts.flatMap(({ text, x }) => (x < 0 || x > width ? [text] : [])),
          ),
        );
        fault(
          'no tag',
          ['H1', 'H2', 'Table', 'TH', 'TD', 'P'].filter((tag) => !paper.tags.has(tag)),
        );
        fault(
          'not in the outline',
          headings.filter((title) => !paper.outline.includes(title)),
        );
        if (kind === 'plan') {
          fault(
            'not on the decision page',
            ['Approvals', 'Changeboard', 'Pointofnoreturn'].filter((each) => !sheets[0]?.includes(each)),
          );
          fault(
            'not on the second sheet',
            ['Why,andwhatcouldgowrong'].filter((each) => !sheets[1]?.startsWith(each)),
          );
        }
      }
    }
    expect(faults).toEqual([]);
  });
}
