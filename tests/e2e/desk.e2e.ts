/** What there is to a run beside its ticks: remarks, undo, files, hand-over, several runs. On a share's own terms, and from a disk. */
import { colleague, drop, pick, saved } from './support/files.ts';
import {
  eventsIn,
  expect,
  inHardPlaces,
  items,
  itemsFor,
  runbook,
  runbookPage,
  runIn,
  test,
} from './support/ringbook.ts';
import { site } from './support/site.ts';

const [first, second, third] = itemsFor(site);
if (!first || !second || !third) throw new Error('The runbook has fewer than three steps.');
const gate = items.find(({ kind }) => kind === 'gate');
if (!gate) throw new Error('The runbook has no gate.');

inHardPlaces(() => {
  test('note, evidence, value seen, time and “does not apply” stand at their step, print, and stay', async ({
    book,
    page,
  }) => {
    await book.start();
    const panel = await book.more(first.id, 'Note');
    await panel.getByRole('textbox', { name: 'Note', exact: true }).fill('Port 8531 was closed <b>at first</b>.');
    await panel.getByRole('button', { name: 'Keep note' }).click();
    await expect(book.told).toContainText(`Note kept at step ${first.number}.`);
    await book.more(first.id, 'Evidence');
    await panel.getByRole('textbox', { name: 'Evidence', exact: true }).fill('Name : WSUS1\nVersion : 10.0');
    await panel.getByRole('button', { name: 'Keep evidence' }).click();
    await book.more(first.id, 'Value seen');
    await panel.getByRole('textbox', { name: 'Value seen' }).fill('10.0.20348');
    await panel.getByRole('textbox', { name: 'Value seen' }).press('Enter');
    await book.more(first.id, 'Time');
    await panel.getByRole('textbox', { name: 'Minutes spent' }).fill('x');
    await panel.getByRole('button', { name: 'Keep time' }).click();
    await expect(panel.getByText('Minutes must be a whole number')).toBeVisible();
    await expect(panel.getByRole('textbox', { name: 'Minutes spent' })).toHaveValue('x');
    await panel.getByRole('textbox', { name: 'Minutes spent' }).fill('12');
    await panel.getByRole('button', { name: 'Keep time' }).click();
    await expect(panel).toContainText('Time entered: 12 min');

    const other = await book.more(second.id, 'Does not apply');
    await other.getByRole('button', { name: 'Does not apply' }).last().click();
    await expect(other.getByText('Enter why this step does not apply')).toBeVisible();
    await other.getByRole('textbox', { name: 'Why this step does not apply' }).fill('No proxy here.');
    await other.getByRole('textbox', { name: 'Why this step does not apply' }).press('Enter');
    await expect(book.progress).toHaveText(/^1 of /);

    await page.reload();
    await expect(book.marks(first.id)).toContainText('Port 8531 was closed <b>at first</b>.');
    await expect(book.marks(first.id)).toContainText('Name : WSUS1');
    await expect(book.marks(first.id)).toContainText('10.0.20348');
    await expect(book.marks(second.id)).toContainText('No proxy here.');
    await expect(book.box(second.id)).not.toBeChecked();
    await expect(book.progress).toHaveText(/^1 of /);
    await page.emulateMedia({ media: 'print' });
    await expect(book.marks(first.id)).toBeVisible();
    await expect(book.item(first.id).locator('.rb-more')).toBeHidden();
  });

  test('whatever was done can be taken back and done again, also after a reload', async ({ book, page }) => {
    await book.start();
    const panel = await book.more(first.id, 'Note');
    await panel.getByRole('textbox', { name: 'Note', exact: true }).fill('A slip.');
    await panel.getByRole('button', { name: 'Keep note' }).click();
    await book.told.getByRole('button', { name: 'Undo' }).click();
    await expect(book.marks(first.id)).not.toContainText('A slip.');
    await expect(book.live).toHaveText(/^Undone: /);
    await book.told.getByRole('button', { name: 'Redo' }).click();
    await expect(book.marks(first.id)).toContainText('A slip.');
    await book.box(first.id).click();
    await expect(book.box(first.id)).toBeChecked();

    await page.reload();
    const history = await book.run('History');
    await history.getByRole('button', { name: new RegExp(`^Undo: Step ${first.number} done`) }).click();
    await expect(book.box(first.id)).not.toBeChecked();
    await history.getByRole('button', { name: new RegExp(`^Redo: Step ${first.number} done`) }).click();
    await expect(book.box(first.id)).toBeChecked();

    await book.run('Reset, archive, delete');
    await history.getByRole('button', { name: 'Reset', exact: true }).click();
    await expect(book.box(first.id)).not.toBeChecked();
    await expect(book.marks(first.id)).toContainText('A slip.');
    await page.reload();
    await expect(book.box(first.id)).not.toBeChecked();
    await book.run('History');
    await history.getByRole('button', { name: /^Undo: Run reset/ }).click();
    await expect(book.box(first.id)).toBeChecked();
  });

  test('what can be taken back from the foot of the window is the last act, or nothing', async ({ book, page }) => {
    await book.start();
    const panel = await book.more(first.id, 'Note');
    const keep = async (words: string) => {
      await panel.getByRole('textbox', { name: 'Note', exact: true }).fill(words);
      await panel.getByRole('button', { name: 'Keep note' }).click();
      await expect(book.told).toContainText('Note kept');
    };
    await keep('Kept, and not to be taken back by a slip.');
    await page.keyboard.press('Escape');
    await book.box(second.id).click();
    await expect(book.box(second.id)).toBeChecked();
    await expect(book.told).toHaveCount(0);
    await expect(book.marks(first.id)).toContainText('Kept');

    await book.more(first.id, 'Note');
    await keep('A second one.');
    await book.told.getByRole('button', { name: 'Undo' }).press('Enter');
    await expect(book.told.getByRole('button', { name: 'Redo' })).toBeFocused();
  });

  test('a run is handed over in a file, accepted, and both sides come together again', async ({
    book,
    browser,
    place,
  }) => {
    await book.start('Ann Berg', 3);
    await book.box(first.id).click();
    await expect(book.box(first.id)).toBeChecked();
    const panel = await book.run('Hand over');
    await panel.getByRole('button', { name: 'Hand over' }).last().click();
    await expect(panel.getByText('Enter who takes the run over')).toBeVisible();
    await panel.getByLabel('To whom').fill('Jonas Nox');
    await panel.getByLabel('What is odd').fill('The console is slow.');
    await expect(panel.getByLabel('Hand-over sheet').last()).toContainText('The console is slow.');
    await panel.getByRole('button', { name: 'Hand over' }).last().click();
    await expect(book.told).toContainText('Handed over to Jonas Nox.');
    const given = await saved(book);
    expect(given.name).toMatch(/\.json$/);
    await expect(book.page.locator('[data-who]')).toContainText('saved to a file');

    const other = await colleague(browser, place);
    await other.open();
    await pick(await other.run(), given.text);
    const theirs = other.page.getByRole('region', { name: 'This run' });
    await expect(theirs).toContainText('Nothing has been changed yet.');
    expect(Object.keys(await other.stored())).toEqual([]);
    await theirs.getByRole('button', { name: 'Open this run' }).click();
    await expect(other.box(first.id)).toBeChecked();
    expect(other.page.url()).toContain(`?run=${runIn(await book.stored())}`);
    await other.run();
    await theirs.getByRole('button', { name: 'Accept it' }).click();
    await other.whoForm.getByLabel('Your name').fill('Jonas Nox');
    await other.whoForm.getByLabel('Tier 2').check();
    // Not "Start": whoever takes a run over must see that it is not theirs yet.
    await other.whoForm.getByRole('button', { name: 'Accept', exact: true }).click();
    await expect(other.told).toContainText('Accepted. The run is yours.');
    await other.page.keyboard.press('Escape');
    await other.box(second.id).click();
    await expect(other.box(second.id)).toBeChecked();
    expect(eventsIn(await other.stored(), 'tick').map(({ by }) => by)).toEqual(['Ann Berg', 'Jonas Nox']);

    // Meanwhile the giver went on; nothing of either side is lost.
    await book.page.keyboard.press('Escape');
    await book.box(third.id).click();
    await expect(book.box(third.id)).toBeChecked();
    await pick(await book.run(), (await saved(other)).text);
    await panel.getByRole('button', { name: 'Take in what is new' }).click();
    for (const { id } of [first, second, third]) await expect(book.box(id)).toBeChecked();
    expect(eventsIn(await book.stored(), 'accepted').map(({ by }) => by)).toEqual(['Jonas Nox']);
    await other.page.context().close();
  });

  test('several runs of one runbook stand beside each other, and the start page leads to each', async ({
    book,
    page,
    place,
  }) => {
    await book.open();
    await book.box(first.id).click();
    await book.whoForm.getByRole('button', { name: 'Change number, site and more' }).click();
    await book.whoForm.getByLabel('Site').fill('Munich');
    await book.whoForm.getByLabel('Change number').fill('CHG0031');
    await book.sayWho();
    await expect(book.box(first.id)).toBeChecked();
    await expect(page.locator('.rb-progress__run')).toHaveText('Munich · CHG0031');

    await (await book.run('Runs')).getByRole('link', { name: 'New run' }).click();
    await expect(page.locator('html')).toHaveClass(/is-live/);
    await expect(book.box(first.id)).not.toBeChecked();
    await book.sayWho('Jonas Nox', 2);
    await book.box(second.id).click();
    await expect(book.box(second.id)).toBeChecked();
    await page.reload();
    await expect(book.box(second.id)).toBeChecked();
    await expect(book.box(first.id)).not.toBeChecked();
    await (await book.run('Runs')).getByRole('link', { name: 'CHG0031, Munich' }).click();
    await expect(book.box(first.id)).toBeChecked();
    await expect(book.box(second.id)).not.toBeChecked();

    await page.goto(place.url('index.html'));
    const runs = page.getByRole('region', { name: 'Runs in this browser' });
    await expect(runs.getByRole('link', { name: /^Resume/ })).toHaveCount(2);
    await runs.getByRole('link', { name: 'Resume CHG0031, Munich' }).click();
    await expect(book.box(first.id)).toBeChecked();
    expect(new URL(page.url()).hash).toBe(`#${second.id}`);

    await page.goto(place.url('index.html'));
    await runs.getByRole('button', { name: 'Archive: CHG0031, Munich' }).click();
    await expect(runs.getByText('Archived: 1')).toBeVisible();
    await expect(runs.getByRole('link', { name: /^Resume/ })).toHaveCount(1);
    await runs.getByRole('button', { name: /^Delete: Deploy/ }).click();
    await expect(runs.getByRole('link', { name: /^Resume/ })).toHaveCount(0);
    await page.reload();
    await runs.getByText('Deleted: 1').click();
    await runs.getByRole('button', { name: 'Put back' }).click();
    await expect(runs.getByRole('link', { name: /^Resume/ })).toHaveCount(1);
    await page.getByRole('group', { name: 'Last act' }).getByRole('button', { name: 'Close' }).click();
    await expect(page.getByRole('group', { name: 'Last act' })).toHaveCount(0);
  });

  test('a save file that is dropped on the start page is offered, and one of an unknown runbook can be read', async ({
    book,
    browser,
    place,
  }) => {
    await book.start();
    await book.enter({ upstreamSource: 'wsus' });
    await book.box(first.id).click();
    await expect(book.box(first.id)).toBeChecked();
    const panel = await book.more(first.id, 'Note');
    await panel.getByRole('textbox', { name: 'Note', exact: true }).fill('<img src=x onerror=alert(1)>');
    await panel.getByRole('button', { name: 'Keep note' }).click();
    await expect(book.told).toBeVisible();
    const { text } = await saved(book);

    const other = await colleague(browser, place);
    await other.page.goto(place.url('index.html'));
    const runs = other.page.getByRole('region', { name: 'Runs in this browser' });
    await expect(runs).toContainText('No run is in this browser yet.');
    await drop(other.page, '{"not":"ours"}');
    await expect(runs).toContainText('Nothing was changed');
    await drop(other.page, text);
    await expect(runs).toContainText('Nothing has been changed yet.');
    await runs.getByRole('button', { name: 'Read it' }).click();
    await expect(runs).toContainText('Shown as it was kept.');
    await expect(runs).toContainText('<img src=x onerror=alert(1)>');
    expect(Object.keys(await other.stored())).toEqual([]);
    await runs.getByRole('button', { name: 'Open this run' }).click();
    await runs.getByRole('link', { name: /^Resume/ }).click();
    await expect(other.box(first.id)).toBeChecked();

    await other.page.goto(place.url('run.html'));
    await pick(other.page.getByRole('region', { name: 'The run' }), text);
    await other.page.getByRole('button', { name: 'Read it' }).click();
    await expect(other.page.getByRole('heading', { name: runbook.title })).toBeVisible();
    await expect(other.page.locator('.rb-read')).toContainText('Done, Ann Berg');
    await expect(other.page.locator('.rb-read')).toContainText('Synchronize from: Another WSUS server');
    await other.page.context().close();
  });

  test('without the desk, ticks go on, and the page says what is missing', async ({ book, page, complaints }) => {
    await page.route('**/ringbook-desk.js*', (route) => route.abort());
    await book.open();
    await book.whoForm.getByLabel('Your name').fill('Ann Berg');
    await book.whoForm.getByLabel('Tier 3').check();
    await book.whoForm.getByRole('button', { name: 'Start' }).click();
    await book.box(first.id).click();
    await expect(book.box(first.id)).toBeChecked();
    await book.item(first.id).getByRole('button', { name: 'More' }).click();
    await expect(book.notice).toContainText('ringbook-desk.js is missing or blocked');
    await expect(book.live).toContainText('write the rest on paper');
    await page.reload();
    await expect(book.box(first.id)).toBeChecked();
    // The browser complains of nothing but the file that is not there.
    expect(complaints.filter((words) => !/ringbook-desk|ERR_FAILED/.test(words))).toEqual([]);
    complaints.splice(0);
  });
});

test('go and no-go of two people are shown as a conflict, and one decision settles it', async ({
  book,
  browser,
  place,
}) => {
  await book.start();
  const before = await saved(book);
  const other = await colleague(browser, place);
  await other.open();
  await pick(await other.run(), before.text);
  await other.page.getByRole('button', { name: 'Open this run' }).click();
  await expect(other.page).toHaveURL(/\?run=/);
  await other.item(gate.id).getByRole('button', { name: 'No-go' }).click();
  await other.whoForm.getByLabel('Your name').fill('Jonas Nox');
  await other.whoForm.getByLabel('Tier 1').check();
  await other.whoForm.getByRole('button', { name: 'Start' }).click();
  await expect(other.decision(gate.id)).toContainText('No-go, by Jonas Nox, tier 1');
  await book.page.keyboard.press('Escape');
  for (const box of await book.criteria(gate.id).all()) await box.check();
  await book.item(gate.id).getByRole('button', { name: 'Go', exact: true }).click();
  await expect(book.decision(gate.id)).toHaveText(/^Go, by Ann Berg, tier 3, /);

  await pick(await book.run(), (await saved(other)).text);
  await book.page.getByRole('button', { name: 'Take in what is new' }).click();
  await book.page.keyboard.press('Escape');
  await expect(book.decision(gate.id)).toContainText('Agree on one');
  await expect(book.item(gate.id)).toHaveClass(/is-stopped/);
  await book.item(gate.id).getByRole('button', { name: 'No-go' }).click();
  await expect(book.decision(gate.id)).toHaveText(/^No-go, by Ann Berg/);
  await other.page.context().close();
});

test('escalating makes the text for the ticket, copies it once, and is an entry of the run', async ({ book, page }) => {
  await book.openWith(site);
  await book.sayWho('Ann Berg', 1);
  const panel = await book.more(first.id, 'Escalate');
  await panel.getByRole('button', { name: 'Copy the text and record it' }).click();
  await expect(panel.getByText('Choose why you escalate')).toBeVisible();
  await panel.getByLabel('The time for this step is over').check();
  await panel.getByLabel('Seen instead').fill('Error 0x80072ee2');
  const preview = panel.getByLabel('Text for the ticket');
  await expect(preview).toContainText('Error 0x80072ee2');
  await expect(preview).toContainText(site['wsusServer'] ?? '');
  await panel.getByRole('button', { name: 'Copy the text and record it' }).click();
  await expect(book.told).toContainText('Escalated to tier');
  await expect(book.marks(first.id)).toContainText('The time for this step is over');
  expect(eventsIn(await book.stored(), 'escalated')).toHaveLength(1);
  await page.keyboard.press('Escape');
  await expect(book.item(first.id).getByRole('button', { name: 'More' })).toBeFocused();
});

test('open, mine and changed show only those steps, in place, and one press shows all again', async ({
  book,
  page,
}) => {
  await book.start('Ann Berg', 3);
  await book.box(first.id).click();
  await expect(book.box(first.id)).toBeChecked();
  const panel = await book.run('Show');
  await panel.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(book.item(first.id)).toBeHidden();
  await expect(book.item(second.id)).toBeVisible();
  await expect(page.locator('.rb-showing')).toContainText('Only open steps are shown');
  // What is settled meanwhile stays where it is.
  await page.keyboard.press('Escape');
  await book.box(second.id).click();
  await expect(book.box(second.id)).toBeChecked();
  await expect(book.item(second.id)).toBeVisible();
  await book.run('Show');
  await panel.getByRole('button', { name: 'Mine', exact: true }).click();
  const shown = await page.locator('.rb-step:visible, .rb-gate:visible').evaluateAll((all) => all.map(({ id }) => id));
  const mine = itemsFor({}).filter(({ tier }) => tier === 3);
  expect(shown).toEqual(mine.map(({ id }) => id));
  await page.locator('.rb-showing').getByRole('button', { name: 'Show all' }).click();
  await expect(book.item(first.id)).toBeVisible();
  await expect(page.locator('.rb-showing')).toHaveCount(0);
});

test('values of another run are offered by name, and taken over only when asked for', async ({ book, page }) => {
  await book.openWith({ wsusServer: 'wsus2.contoso.com', sampleClient: 'pc-0117' });
  await book.sayWho();
  await (await book.run('Runs')).getByRole('link', { name: 'New run' }).click();
  await expect(book.whoForm).toBeVisible();
  await book.sayWho('Jonas Nox', 2);
  await expect(book.control('sampleClient')).toHaveValue('');
  await page.getByRole('button', { name: 'Values from other runs' }).click();
  const offers = page.locator('.rb-offers');
  await expect(offers).toContainText('pc-0117 from ');
  await expect(book.control('sampleClient')).toHaveValue('');
  await offers.getByRole('button', { name: /^Use pc-0117/ }).click();
  await expect(book.control('sampleClient')).toHaveValue('pc-0117');
  await expect(book.item('find-computer')).toContainText('pc-0117');
  await expect(book.control('wsusServer')).toHaveValue('');
});

test('what belongs to the pilot ring is named so in production, and is no part of “use all”', async ({
  book,
  page,
  place,
}) => {
  await page.goto(place.url('runbooks/pilot-gpo-wsus.html'));
  await expect(page.locator('html')).toHaveClass(/is-live/);
  await book.enter({
    languages: 'all',
    soakHours: '24',
    wsusServer: 'wsus-pilot.contoso.com',
    sampleClient: 'pc-0012',
  });
  await book.sayWho('Jonas Nox', 2);

  await book.start();
  await page.getByRole('button', { name: 'Values from other runs' }).click();
  const offers = page.locator('.rb-offers');
  const offered = (value: string) => offers.getByRole('listitem').filter({ hasText: value });
  await expect(offered('wsus-pilot.contoso.com')).toContainText('from the pilot ring');
  await expect(offered('pc-0012')).toContainText('from the pilot ring');
  await expect(offered('Soak time')).not.toContainText('from the pilot ring');
  await offers.getByRole('button', { name: 'Use all 2 for the empty fields' }).click();
  await expect(book.control('soakHours')).toHaveValue('24');
  await expect(book.control('wsusServer')).toHaveValue('');
  await expect(book.control('sampleClient')).toHaveValue('');
  // Whoever wants it all the same can have it, one by one.
  await offers
    .getByRole('button', { name: 'Use wsus-pilot.contoso.com from the pilot ring for This WSUS server' })
    .click();
  await expect(book.control('wsusServer')).toHaveValue('wsus-pilot.contoso.com');
  await expect(book.control('sampleClient')).toHaveValue('');
});

test('a form that somebody fills in stays when the run begins in another tab', async ({ book, context, place }) => {
  const other = runbookPage(await context.newPage(), place);
  await Promise.all([book.open(), other.open()]);
  await other.whoForm.getByLabel('Your name').fill('Jonas');
  await book.sayWho();
  await book.box(first.id).click();
  await expect(other.box(first.id)).toBeChecked();
  await expect(other.whoForm.getByLabel('Your name')).toHaveValue('Jonas');
  await expect(other.whoForm).toContainText('Begun in another tab.');
  await other.sayWho('Jonas Nox', 1);
  await other.box(second.id).click();
  await expect(book.item(second.id)).toContainText('Jonas Nox');
});

test('the form that a tick asks for can be sent away; the box keeps the focus and stays empty', async ({ book }) => {
  await book.open();
  await book.box(first.id).click();
  await book.whoForm.getByRole('button', { name: 'Cancel' }).click();
  await expect(book.box(first.id)).toBeFocused();
  await expect(book.box(first.id)).not.toBeChecked();
  expect(Object.keys(await book.stored())).toEqual([]);
});

test('a note that cannot be saved is shown under the red bar, and words being written outlive the page', async ({
  book,
  page,
}) => {
  await book.start();
  const panel = await book.more(first.id, 'Note');
  await panel.getByRole('textbox', { name: 'Note', exact: true }).fill('Half a sentence');
  await page.reload();
  await book.more(first.id, 'Note');
  await expect(panel.getByRole('textbox', { name: 'Note', exact: true })).toHaveValue('Half a sentence');
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('Full.', 'QuotaExceededError');
    };
  });
  await panel.getByRole('button', { name: 'Keep note' }).click();
  await expect(book.alarm).toContainText('Not saved: the browser has no room left for this site.');
  await expect(book.live).toHaveText(/^Not saved/);
});

test('what is being written into the hand-over, the escalation and the notes outlives the page until it is kept', async ({
  book,
  page,
}) => {
  await book.open();
  const atStep = await book.more(first.id, 'Escalate');
  await atStep.getByRole('radio', { name: 'The time for this step is over' }).check();
  await atStep.getByLabel('Seen instead').fill('Error 0x80072ee2');
  await atStep.getByText('More for the ticket').click();
  await atStep.getByLabel('What is not tried yet').fill('Another port.');
  await page.keyboard.press('Escape');
  await book.sayWho('Ann Berg', 1);
  const ofRun = await book.run('Hand over');
  await ofRun.getByLabel('To whom').fill('Jonas Nox');
  await ofRun.getByLabel('What is odd').fill('The console is slow.');
  await book.run('Note');
  await ofRun.getByLabel('Note on the run as a whole').fill('Half a sen');
  await book.run('Finish');
  await ofRun.getByLabel('Closing note').fill('All went');

  await page.reload();
  await book.run('Hand over');
  await expect(ofRun.getByLabel('To whom')).toHaveValue('Jonas Nox');
  await expect(ofRun.getByLabel('Hand-over sheet')).toContainText('The console is slow.');
  await book.run('Note');
  await expect(ofRun.getByLabel('Note on the run as a whole')).toHaveValue('Half a sen');
  await book.run('Finish');
  await expect(ofRun.getByLabel('Closing note')).toHaveValue('All went');
  await book.run('Hand over');
  await ofRun.getByRole('button', { name: 'Hand over', exact: true }).last().click();
  await expect(book.told).toContainText('Handed over to Jonas Nox.');
  await page.keyboard.press('Escape');

  // Written before the run had begun, and now its own.
  await book.more(first.id, 'Escalate');
  await expect(atStep.getByRole('radio', { name: 'The time for this step is over' })).toBeChecked();
  await expect(atStep.getByLabel('Text for the ticket')).toContainText('Error 0x80072ee2');
  await expect(atStep.getByLabel('What is not tried yet')).toBeVisible();
  await atStep.getByRole('button', { name: 'Copy the text and record it' }).click();
  await expect(book.told).toContainText('Escalated to tier');
  await expect(atStep.getByLabel('Text for the ticket')).toContainText('Another port.');

  await page.reload();
  await book.more(first.id, 'Escalate');
  await expect(atStep.getByLabel('Text for the ticket')).toBeVisible();
  await expect(atStep.getByRole('radio', { name: 'The time for this step is over' })).not.toBeChecked();
  await expect(atStep.getByLabel('Seen instead')).toHaveValue('');
  await page.keyboard.press('Escape');
  await book.run('Hand over');
  await expect(ofRun.getByLabel('What is odd')).toHaveValue('');
  const inHand = Object.entries(await book.stored()).filter(([key, text]) => key.startsWith('rb1:words:') && text);
  expect(inHand.map(([, text]) => text).sort()).toEqual(['All went', 'Half a sen']);
});

test('a runbook that has changed says so, and names what is new, reworded and gone', async ({ book, page }) => {
  await book.start();
  await book.box(first.id).click();
  await expect(book.box(first.id)).toBeChecked();
  // As if the run had begun with an earlier revision, which had another step in place of the second.
  await page.evaluate(
    ([secondId, revision]) => {
      for (const [key, text] of Object.entries({ ...localStorage })) {
        if (!/"kind":"(started|outline)"/.test(text)) continue;
        const old = text
          .replaceAll(revision, '0123abcd')
          .replaceAll(`\\"id\\":\\"${secondId}\\"`, '\\"id\\":\\"a-former-step\\"');
        localStorage.setItem(key, old);
      }
      const [run = ''] = Object.keys(localStorage).flatMap((key) => /^rb1:([0-9a-z]{12}):/.exec(key)?.[1] ?? []);
      const gone = {
        at: '2026-11-19T10:00:00.000+01:00',
        by: 'Ann Berg',
        id: 'gone1',
        kind: 'tick',
        step: 'a-former-step',
        stepHash: '0123abcd',
        tier: 3,
      };
      localStorage.setItem(`rb1:${run}:gone1`, JSON.stringify(gone));
    },
    [second.id, runbook.revision] as const,
  );
  await page.reload();
  await expect(page.locator('.rb-progress__run')).toHaveText('The runbook has changed since: see Run');
  const panel = await book.run('What changed');
  await expect(panel).toContainText('No longer in this runbook');
  await expect(panel.getByRole('link', { name: new RegExp(`^${second.number} `) })).toBeVisible();
  await expect(book.item(second.id)).toContainText('New since this run began');
});

for (const [name, size] of [
  ['a wide screen', { width: 1280, height: 720 }],
  ['a narrow screen', { width: 360, height: 740 }],
] as const) {
  test(`panels fit ${name}, and their targets are large enough`, async ({ book, page }) => {
    await page.setViewportSize(size);
    await book.start();
    await book.more(first.id, 'Evidence');
    const faults = (): Promise<string[]> =>
      page.evaluate(() => {
        const wide = document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : [];
        const small = [
          ...document.querySelectorAll<HTMLElement>('.rb-desk :is(button, a, summary), .rb-told button, .rb-more'),
        ]
          .filter((element) => element.checkVisibility())
          .flatMap((element) => {
            const { width, height } = element.getBoundingClientRect();
            return width < 24 || height < 23.9 ? [`${element.textContent} is ${width} by ${height}`] : [];
          });
        return [...wide, ...small];
      });
    expect(await faults()).toEqual([]);
    for (const drawer of [
      'Hand over',
      'Escalate',
      'History',
      'Show',
      'Runs',
      'Title, change, site',
      'Finish',
      'Reset, archive, delete',
    ]) {
      await book.run(drawer);
      expect(await faults(), drawer).toEqual([]);
    }
  });
}
