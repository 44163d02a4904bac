/** *Copy link*, and links opened in another profile without a network. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { files, openFile, textOf } from './support/give.ts';
import { diagram, row, selectedRow, tab, verdict } from './support/parts.ts';
import { expect, test, type Watch } from './support/test.ts';

const built = resolve('dist/app');

/** A fresh profile that is offline: the page's own files come from the disk, everything else is refused and noted. */
async function offlineProfile(
  browser: Browser,
  watched: Watch,
  baseURL = '',
): Promise<{ context: BrowserContext; refused: string[] }> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1600, height: 1000 } });
  await watched.add(context);
  const refused: string[] = [];
  await context.route('**/*', async (route) => {
    const { origin, pathname } = new URL(route.request().url());
    const path = join(built, pathname === '/' ? 'index.html' : pathname);
    if (origin === baseURL && existsSync(path)) {
      await route.fulfill({ path });
      return;
    }
    refused.push(route.request().url());
    await route.abort();
  });
  await context.setOffline(true);
  return { context, refused };
}

async function copyLink(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByRole('status')).toContainText(/^Link copied, [\d,]+ characters\. It contains the whole paste/);
  return page.evaluate(() => navigator.clipboard.readText());
}

test('a link opens the same case, view, goroutine and word in a fresh profile without a network', async ({
  page,
  browser,
  watched,
  baseURL,
}) => {
  await openFile(page, files.session);
  await page.getByRole('treeitem', { name: /chan receive/ }).click();
  await expect(diagram(page)).toHaveAccessibleName('Stack of goroutine 1');
  await row(page, '0xc000040700').click();
  await expect(selectedRow(page)).toHaveAccessibleName(/^0xc000040700,/);
  const name = (await selectedRow(page).getAttribute('aria-label')) ?? '';
  const headline = (await verdict(page).textContent()) ?? '';
  expect(page.url()).not.toContain('#');
  const link = await copyLink(page);
  expect(link).toBe(page.url());
  expect(new URL(link).hash).toMatch(/^#1\.[\w-]+$/);

  const { context, refused } = await offlineProfile(browser, watched, baseURL);
  const other = await context.newPage();
  await other.goto(link);
  await expect(verdict(other)).toHaveText(headline);
  await expect(tab(other, 'Stack')).toHaveAttribute('aria-selected', 'true');
  await expect(diagram(other)).toHaveAccessibleName('Stack of goroutine 1');
  await expect(other.getByRole('treeitem', { selected: true })).toContainText('chan receive');
  await expect(selectedRow(other)).toHaveAccessibleName(name);
  await expect(selectedRow(other)).toBeInViewport();
  expect(refused).toEqual([]);
  await context.close();
});

test('a link keeps the view, and the whole text', async ({ page, browser, watched, baseURL }) => {
  await openFile(page, files.panic);
  await tab(page, 'Text').click();
  const link = await copyLink(page);
  const { context, refused } = await offlineProfile(browser, watched, baseURL);
  const other = await context.newPage();
  await other.goto(link);
  await expect(tab(other, 'Text')).toHaveAttribute('aria-selected', 'true');
  await expect(verdict(other)).toContainText('main.(*parcel).destination');
  for (const line of textOf(files.panic).split('\n').slice(0, 4)) await expect(other.getByRole('tabpanel')).toContainText(line);
  expect(refused).toEqual([]);
  await context.close();
});

test('links that cannot be opened say why', async ({ page }) => {
  await openFile(page, files.panic);
  const { hash } = new URL(await copyLink(page));
  const middle = Math.floor(hash.length / 2);
  const swapped = hash.slice(middle, middle + 6) === 'AAAAAA' ? 'BBBBBB' : 'AAAAAA';
  const damaged = [
    { fragment: hash.slice(0, middle), says: /cut off/ },
    { fragment: hash.replace(/^#1/, '#2'), says: /newer version/ },
    { fragment: hash.slice(0, middle) + swapped + hash.slice(middle + 6), says: /damaged/ },
  ];
  for (const { fragment, says } of damaged) {
    await page.goto('about:blank');
    await page.goto(`/${fragment}`);
    await expect(page.getByRole('heading', { name: 'This link could not be opened' })).toBeVisible();
    await expect(page.getByRole('main')).toContainText(says);
    await expect(page.getByRole('textbox', { name: 'What the link holds, as it arrived' })).toHaveValue(fragment);
  }
  await page.getByRole('button', { name: 'Go to the start page' }).click();
  await expect(page.getByRole('button', { name: 'Read it' })).toBeVisible();
  expect(page.url()).not.toContain('#');
});

test('a damaged link does not take the open case away', async ({ page }) => {
  await openFile(page, files.panic);
  await page.evaluate(() => {
    location.hash = '#2.abc';
  });
  await expect(page.getByRole('status')).toContainText('newer version');
  await expect(verdict(page)).toContainText('main.(*parcel).destination');
});
