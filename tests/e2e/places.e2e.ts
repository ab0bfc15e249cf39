import { expect, inEveryPlace, test } from '../support/places.ts';

inEveryPlace(() => {
  test('the start page opens without a complaint of the browser, and asks nobody else for anything', async ({
    page,
    place,
  }) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('requestfailed', (request) => complaints.push(`${request.url()} failed`));
    const elsewhere: string[] = [];
    page.on('request', (request) => {
      if (!place.owns(request.url())) elsewhere.push(request.url());
    });

    await page.goto(place.url('index.html'));

    await expect(page.locator('h1')).toBeVisible();
    expect(complaints).toEqual([]);
    expect(elsewhere).toEqual([]);
  });

  test('storage keeps a value over a reload', async ({ page, place }) => {
    await page.goto(place.url('index.html'));
    await page.evaluate(() => localStorage.setItem('rb-test:places', 'kept'));
    await page.reload();

    expect(await page.evaluate(() => localStorage.getItem('rb-test:places'))).toBe('kept');
  });
});
