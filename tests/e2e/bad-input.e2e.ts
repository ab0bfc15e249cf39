/** Bad input: a sentence beside the field, the text left as typed, and no command that needs it. */
import { expect, items, itemsFor, runbook, runbookPath, test } from './support/ringbook.ts';
import { namesThatNeed, site } from './support/site.ts';

const cases: readonly (readonly [input: string, text: string, sentence: string])[] = [
  ['upstreamPort', '0', 'Upstream port must be 1 or more'],
  ['upstreamPort', '70000', 'Upstream port must be 65535 or less'],
  ['upstreamPort', '80a', 'Upstream port must be written in digits 0 to 9 only'],
  ['upstreamServer', 'wsus 1', 'Upstream server must not contain spaces'],
  ['upstreamServer', 'wsus_1', 'Upstream server must not contain underscores; use the name that DNS knows'],
  ['upstreamServer', 'w'.repeat(300), 'Upstream server must be 253 characters or fewer'],
  ['syncsPerDay', '0', 'Synchronizations per day must be 1 or more'],
  ['syncsPerDay', '25', 'Synchronizations per day must be 24 or fewer'],
  ['syncsPerDay', 'three', 'Synchronizations per day must be written in digits 0 to 9 only'],
  ['firstSync', '25:00', 'First synchronization must be from 00:00 to 23:59'],
  [
    'timeZone',
    'Europe/Berlni',
    'Time zone must be in the IANA time zone database, for example Europe/Berlin; check the spelling',
  ],
  [
    'productionOu',
    'OU=Clients, Berlin,DC=contoso,DC=com',
    'Production OU must have OU= or DC= before "Berlin". If that comma belongs to the name of the OU, write \\, in its place',
  ],
  [
    'productionOu',
    "OU=Ann's PCs,DC=contoso,DC=com",
    'Production OU must not have an apostrophe in a name: for that OU use the Group Policy Management console, or enter an OU above it',
  ],
];

/** A sentence with whatever word the style puts before it. */
const endingWith = (sentence: string): RegExp => new RegExp(`${sentence.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`);

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 3)}… (${text.length} letters)` : text);

for (const [input, text, sentence] of cases) {
  test(`${input} ${short(text)}: a sentence beside the field, and no command`, async ({ book, page }) => {
    await book.openWith(site);
    // Everything is given, so whatever waits from here on waits for this field.
    await expect(page.locator('.rb-copy[aria-disabled=true]:visible')).toHaveCount(0);

    await book.enter({ [input]: text });

    await expect(book.error(input)).toHaveText(sentence);
    await expect(book.control(input)).toHaveAttribute('aria-invalid', 'true');
    await expect(book.control(input)).toHaveAccessibleDescription(endingWith(sentence));
    await expect(book.live).toHaveText(sentence);
    await expect(book.control(input)).toHaveValue(text);

    const names = namesThatNeed(input);
    const needing = page
      .locator('.rb-command:visible')
      .filter({ has: page.locator(names.map((name) => `[data-of="${name}"]`).join(', ')) });
    expect(await needing.count()).toBeGreaterThan(0);
    await expect(page.locator('.rb-copy[aria-disabled=true]:visible')).toHaveCount(await needing.count());
    await expect(needing.locator('.rb-copy[aria-disabled=true]')).toHaveCount(await needing.count());
    for (const waits of await needing.locator('.rb-command__waits').all()) await expect(waits).toContainText(sentence);
    await expect(needing.locator(names.map((name) => `code [data-of="${name}"].is-given`).join(', '))).toHaveCount(0);

    const right = site[input] ?? '';
    await book.enter({ [input]: right });
    await expect(book.error(input)).toBeHidden();
    await expect(book.control(input)).toHaveAttribute('aria-invalid', 'false');
    await expect(page.locator('.rb-copy[aria-disabled=true]:visible')).toHaveCount(0);
  });
}

test('a wrong value is judged when its field is left, and its sentence follows while it is mended', async ({
  book,
}) => {
  await book.open();
  const port = book.control('wsusPort');
  await port.focus();
  await port.pressSequentially('70000');
  await expect(book.error('wsusPort')).toHaveCount(0);
  await port.blur();
  await expect(book.error('wsusPort')).toHaveText('Port of this WSUS server must be 65535 or less');
  await port.press('End');
  await port.press('Backspace');
  await expect(book.error('wsusPort')).toBeHidden();
  await expect(port).toHaveValue('7000');
});

test('a wrong value is still there, with its sentence, when the page is opened again', async ({ book, page }) => {
  await book.open();
  await book.enter({ wsusPort: '80a' });
  await page.reload();

  await expect(book.control('wsusPort')).toHaveValue('80a');
  await expect(book.error('wsusPort')).toHaveText('Port of this WSUS server must be written in digits 0 to 9 only');
});

test('what a person types is text, whatever it looks like', async ({ book, page }) => {
  const hostile = '<img src=x onerror=alert(1)>';
  await book.start(hostile);
  await book.enter({ targetGroup: hostile, sharesBeforeState: 'enabled', sharesBefore: "$(calc)'; `whoami`" });
  await book.box(items[0]?.id ?? '').click();

  await expect(book.item('create-group')).toContainText(hostile);
  await expect(book.item(items[0]?.id ?? '')).toContainText(hostile);
  await expect(page.locator('img')).toHaveCount(0);
  const restore = book.item('restore-order').locator('.rb-command').filter({ hasText: '$(calc)' });
  await expect(restore).toContainText("-Value '$(calc)''; `whoami`'");
});

test('the form that starts a run says what it still needs', async ({ book }) => {
  await book.open();
  const start = book.whoForm.getByRole('button', { name: 'Start' });
  await start.click();
  await expect(book.whoForm).toContainText('Enter your name');
  await expect(book.whoForm.getByLabel('Your name')).toBeFocused();
  await book.whoForm.getByLabel('Your name').fill('Ann Berg');
  await start.click();
  await expect(book.whoForm).toContainText('Select your tier');
  expect(await book.stored()).toEqual({});
});

test('the sheet counts what is entered, of what this site has to enter', async ({ book, page }) => {
  await book.open();
  const count = page.locator('[data-sheet-count]');
  await expect(count).toHaveText(/^0 of \d+ entered$/);
  await book.openWith(site);
  const needed = Object.keys(site).length;
  await expect(count).toHaveText(`${needed} of ${needed} entered`);
});

test('no step is lost to a branch that is not known yet', async ({ book, page }) => {
  await book.open();
  await expect(page.locator('.rb-step:visible, .rb-gate:visible')).toHaveCount(items.length);
  await book.openWith(site);
  await expect(page.locator('.rb-step:visible, .rb-gate:visible')).toHaveCount(itemsFor(site).length);
  expect(itemsFor(site).length).toBeLessThan(items.length);
  expect(runbook.inputs).toEqual(expect.arrayContaining(Object.keys(site)));
});

test('a port that belongs to the other protocol is doubted in words, and not refused', async ({ book, page }) => {
  await book.openWith({ ...site, upstreamPort: '8530', useSsl: 'no' });
  const doubt = page.locator('[data-doubt^=upstreamPort]');
  await expect(doubt).toBeHidden();

  await book.enter({ useSsl: 'yes' });
  await expect(doubt).toHaveText('Check the port: WSUS uses 8531 or 443 with SSL, and 8530 or 80 without.');
  await expect(book.live).toHaveText('Check the port: WSUS uses 8531 or 443 with SSL, and 8530 or 80 without.');
  await expect(page.locator('.rb-copy[aria-disabled=true]:visible')).toHaveCount(0);

  await book.enter({ upstreamPort: '8531' });
  await expect(doubt).toBeHidden();
});

test('what is entered before the scripts are there is kept, and fills in', async ({ book, page, place }) => {
  let release = (): void => undefined;
  const isReleased = new Promise<void>((done) => (release = done));
  await page.route('**/ringbook-run.js*', async (route) => {
    await isReleased;
    await route.continue();
  });
  await page.goto(place.url(runbookPath), { waitUntil: 'commit' });
  await book.control('wsusServer').fill('wsus7.contoso.com');
  release();

  await expect(page.locator('.rb-task [data-of=wsusServer].is-given').first()).toHaveText('wsus7.contoso.com');
  await expect(book.control('wsusServer')).toHaveValue('wsus7.contoso.com');
  await page.reload();
  await expect(book.control('wsusServer')).toHaveValue('wsus7.contoso.com');
});
