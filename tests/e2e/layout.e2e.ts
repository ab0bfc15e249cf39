/** The page on every screen: no sideways scrolling, nothing too small to hit, and meaning without colour or motion. */
import { type Locator, type Page } from '@playwright/test';
import { expect, inEveryPlace, itemsFor, items, pageKinds, pagePaths, runbookPath, test } from './support/ringbook.ts';
import { proxy, site } from './support/site.ts';

// 320 is a screen of 1280 at 400 %.
const widths = [320, 360, 768, 1280, 1920];

/** Paints what is below the fold, too: what is not laid out cannot stick out. */
const layOutAll = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>('.rb-task, .rb-book, .rb-tasks li'))
      element.style.contentVisibility = 'visible';
    for (const panel of document.querySelectorAll('details')) panel.open = true;
  });

/** What reaches beyond the right edge of the window, or is cut off by what it stands in. */
const sticksOut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found =
      document.documentElement.scrollWidth > innerWidth
        ? [`the page is ${document.documentElement.scrollWidth} wide`]
        : [];
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (!element.checkVisibility() || element.closest('.rb-unseen, .rb-skip, svg')) continue;
      // On a narrow screen a table that is too wide scrolls in its own box, so that words stay whole.
      const scroller = element.parentElement?.closest('table, .scroll');
      if (scroller && getComputedStyle(scroller).overflowX === 'auto') continue;
      const { right, left, width } = element.getBoundingClientRect();
      const name = `${element.tagName}.${element.className} "${element.textContent?.trim().slice(0, 30)}"`;
      if (width > 0 && (right > innerWidth + 1 || left < -1)) found.push(`${name} from ${left} to ${right}`);
    }
    return found.slice(0, 5);
  });

for (const path of pagePaths) {
  test(`${path} fits every screen from 320 to 1920 wide`, async ({ page, place }) => {
    await page.goto(place.url(path));
    await layOutAll(page);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      expect(await sticksOut(page), `at ${width}`).toEqual([]);
    }
  });
}

test('a runbook full of long values fits every screen', async ({ book, page }) => {
  const long = 'a-name-without-any-place-to-break-it-'.repeat(5);
  await book.openWith({
    ...site,
    ...proxy,
    upstreamServer: `${'w'.repeat(60)}.${'s'.repeat(60)}.${'u'.repeat(60)}.contoso.com`,
    productionGpo: long,
    productionOu: `OU=${'Clients'.repeat(8)},OU=${'Devices'.repeat(8)},OU=Berlin,DC=contoso,DC=com`,
    targetGroup: long,
    orderBefore: long,
    backupFolder: `\\\\server\\share\\${'folder'.repeat(20)}`,
    wsusPort: '80a',
  });
  await book.sayWho('A name as long as names can be, of people with three names and a title'.slice(0, 80));
  await book.box(items[0]?.id ?? '').click();
  await layOutAll(page);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    expect(await sticksOut(page), `at ${width}`).toEqual([]);
  }
});

/** What is pressed and is less than 24 pixels in one direction. */
const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const sizeOf = (element: Element): DOMRect => {
      // A label is pressed in the place of what it names.
      const label = element.matches('input[type=radio], input[type=checkbox]') ? element.closest('label') : null;
      return (label ?? element).getBoundingClientRect();
    };
    return (
      [...document.querySelectorAll('button, input, select, textarea, summary, a[href]')]
        .filter((element) => element.checkVisibility() && !element.closest('.rb-skip'))
        // A link in a sentence is as high as its line: WCAG 2.5.8 leaves it out.
        .filter(
          (element) => !(element.matches('a') && element.closest('p, dd, td, li:not(.rb-tasks li), .rb-step__body')),
        )
        .filter((element) => {
          const { width, height } = sizeOf(element);
          return width < 24 || height < 24;
        })
        .map(
          (element) =>
            `${element.tagName} ${element.className} ${element.getAttribute('name') ?? element.textContent?.trim()}`,
        )
    );
  });

for (const width of [360, 1280]) {
  test(`everything that is pressed is 24 pixels or more in both directions, at ${width}`, async ({
    book,
    page,
    place,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    await book.openWith({ ...site, ...proxy });
    await layOutAll(page);
    expect(await smallTargets(page)).toEqual([]);
    for (const path of pageKinds) {
      await page.goto(place.url(path));
      await expect(page.locator('html')).toHaveClass(/is-live/);
      await layOutAll(page);
      expect(await smallTargets(page), path).toEqual([]);
    }
  });
}

test('for a finger, what is pressed is 44 pixels high', async ({ browser, place }) => {
  const context = await browser.newContext({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await page.goto(place.url(runbookPath));
  for (const target of [
    page.getByRole('button', { name: /^Size/ }),
    page.getByRole('link', { name: 'Guide', exact: true }),
    page.locator('[data-next]'),
    page.locator('[data-sheet] > summary'),
  ])
    expect((await target.boundingBox())?.height, await target.innerText()).toBeGreaterThanOrEqual(44);
  await context.close();
});

test('at 400 %, nothing stands in front of the text', async ({ book, page }) => {
  await page.setViewportSize({ width: 320, height: 256 });
  await book.start();
  await book.item('pilot-healthy').evaluate((element) => element.scrollIntoView());
  await expect(book.progress).not.toBeInViewport();
  const standing = await page.evaluate(
    () =>
      [...document.querySelectorAll('body *')].filter(
        (element) =>
          element.checkVisibility() &&
          /fixed|sticky/.test(getComputedStyle(element).position) &&
          element.getBoundingClientRect().height > 0 &&
          element.getBoundingClientRect().top < innerHeight,
      ).length,
  );
  expect(standing).toBe(0);
});

for (const path of [...pageKinds, runbookPath]) {
  test(`${path} fits a telephone, large and with letters of twice the usual size`, async ({ page, place }) => {
    await page.goto(place.url(path));
    await expect(page.locator('html')).toHaveClass(/is-live/);
    await layOutAll(page);
    await page.evaluate(() => (document.documentElement.dataset['size'] = 'large'));
    for (const width of [320, 768]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await sticksOut(page), `large, at ${width}`).toEqual([]);
    }
    await page.evaluate(() => (document.documentElement.dataset['size'] = 'usual'));
    const session = await page.context().newCDPSession(page);
    await session.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await sticksOut(page), 'at 200 %').toEqual([]);
  });
}

/** How many of a hundred pixels of a screenshot differ from another of the same size. */
async function difference(page: Page, one: Locator, other: Locator): Promise<number> {
  const images = [await one.screenshot(), await other.screenshot()].map((image) => image.toString('base64'));
  return page.evaluate(async ([a = '', b = '']) => {
    const pixelsOf = async (base64: string): Promise<ImageData> => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      if (!context) throw new Error('There is no canvas.');
      context.drawImage(bitmap, 0, 0);
      return context.getImageData(0, 0, bitmap.width, bitmap.height);
    };
    const [left, right] = await Promise.all([pixelsOf(a), pixelsOf(b)]);
    let differing = 0;
    for (let place = 0; place < left.data.length; place += 4) {
      const by = [0, 1, 2].reduce(
        (sum, channel) => sum + Math.abs((left.data[place + channel] ?? 0) - (right.data[place + channel] ?? 0)),
        0,
      );
      if (by > 150) differing++;
    }
    return (100 * differing) / (left.data.length / 4);
  }, images);
}

for (const [name, media] of [
  ['forced colours', { forcedColors: 'active' }],
  ['forced colours on dark', { forcedColors: 'active', colorScheme: 'dark' }],
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
] as const) {
  test(`with ${name}, a ticked box, the next step and a no-go can be told apart`, async ({ book, page }) => {
    await page.emulateMedia({ ...media, reducedMotion: 'reduce' });
    await book.openWith(site);
    await book.sayWho();
    const [first, second, third] = itemsFor(site);
    await book.box(first?.id ?? '').click();
    await expect(book.box(first?.id ?? '')).toBeChecked();
    await page.mouse.move(0, 0);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());

    expect(await difference(page, book.box(first?.id ?? ''), book.box(third?.id ?? ''))).toBeGreaterThan(10);
    const next = book.item(second?.id ?? '');
    await expect(next).toHaveClass(/is-next/);
    const words = await next
      .locator('.rb-step__number')
      .evaluate((element) => getComputedStyle(element, '::after').content);
    expect(words).toContain('Next');
    const edge = (of: Locator): Promise<string> =>
      of.evaluate((element) => getComputedStyle(element).borderInlineStartColor);
    expect(await edge(next)).not.toBe(await edge(book.item(third?.id ?? '')));

    const gate = book.item('pilot-healthy');
    await gate.getByRole('button', { name: 'No-go' }).click();
    await expect(book.decision('pilot-healthy')).toHaveText(/^No-go/);
    const pressed = gate.getByRole('button', { name: 'No-go' });
    const ground = (of: Locator): Promise<string> =>
      of.evaluate((element) => getComputedStyle(element).backgroundColor);
    expect(await ground(pressed)).not.toBe(await ground(gate.getByRole('button', { name: 'Go', exact: true })));
  });
}

test('who wants no motion gets none', async ({ book, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await book.open();
  const moving = await page.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter((element) =>
        ['', '::before', '::after'].some((part) => {
          const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element, part);
          return !/^0s(, 0s)*$/.test(transitionDuration) || animationName !== 'none' || scrollBehavior === 'smooth';
        }),
      ).length,
  );
  expect(moving).toBe(0);
});

test('on a wide screen progress, tasks and sheet stay in view; on a narrow one they fold', async ({ book, page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await book.open();
  await book.item('take-back').scrollIntoViewIfNeeded();
  await book.item('take-back').evaluate((element) => element.scrollIntoView());
  await expect(book.progress).toBeInViewport();
  await expect(page.getByRole('navigation', { name: 'Tasks' })).toBeInViewport();
  await expect(page.locator('[data-sheet] summary')).toBeInViewport();

  await page.setViewportSize({ width: 360, height: 640 });
  await page.reload();
  await expect(page.locator('[data-sheet]')).not.toHaveAttribute('open', '');
  await expect(book.progress).toBeInViewport();
  await page.locator('[data-sheet] summary').click();
  await expect(book.control('upstreamServer')).toBeHidden();
  await expect(book.control('sampleClient')).toBeVisible();
});

test('text of the runbook is one column no wider than 70 letters', async ({ book, page }) => {
  for (const width of [1280, 1920]) {
    await page.setViewportSize({ width, height: 800 });
    await book.open();
    const widest = await page.evaluate(() => {
      const ruler = document.createElement('span');
      ruler.textContent = '0'.repeat(70);
      document.querySelector('.rb-runbook__text')?.append(ruler);
      ruler.style.cssText = 'position: absolute; white-space: pre';
      const most = ruler.getBoundingClientRect().width;
      ruler.remove();
      return [...document.querySelectorAll('.rb-runbook__text p, .rb-step__action')].filter(
        (element) => element.getBoundingClientRect().width > most + 1,
      ).length;
    });
    expect(widest).toBe(0);
  }
});

inEveryPlace(() => {
  test('the theme goes from the system’s to light, to dark, and stays over a reload', async ({ page, place }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(place.url('index.html'));
    const ground = (): Promise<string> =>
      page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const button = page.getByRole('button', { name: /^Theme/ });
    await expect(button).toHaveText('Theme: system');
    const dark = await ground();

    await button.click();
    await expect(button).toHaveText('Theme: light');
    await expect(page.locator('#rb-live')).toHaveText('Theme: light');
    const light = await ground();
    expect(light).not.toBe(dark);

    await page.goto(place.url(runbookPath));
    await expect(page.getByRole('button', { name: /^Theme/ })).toHaveText('Theme: light');
    expect(await ground()).toBe(light);

    await page.emulateMedia({ colorScheme: 'light' });
    await button.click();
    await expect(button).toHaveText('Theme: dark');
    expect(await ground()).toBe(dark);
    await page.reload();
    expect(await ground()).toBe(dark);
    await expect(button).toHaveText('Theme: dark');
    await button.click();
    await expect(button).toHaveText('Theme: system');
    expect(await ground()).toBe(light);
  });
});
