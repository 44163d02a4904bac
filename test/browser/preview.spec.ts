/** The beginning of a large dump, shown while the rest is read. */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { drop, files, openStart } from './support/give.ts';
import { findings, goroutines, tab, verdict } from './support/parts.ts';
import { quitDump, stackCount } from './support/quit-dump.ts';
import { dropHeld, goroutineCount, largeDump, stillReading } from './support/preview.ts';
import { expect, test } from './support/test.ts';

/** How far a row is below the filter box. */
async function placeInList(page: Page, row: Locator): Promise<number> {
  const field = page.getByRole('searchbox', { name: 'Filter goroutines by function or state' });
  return ((await row.boundingBox())?.y ?? 0) - ((await field.boundingBox())?.y ?? 0);
}

test('the beginning says that it is one, and judges nothing', async ({ page }, info) => {
  const release = await dropHeld(page, largeDump(info));
  await expect(stillReading(page)).toContainText(/Still reading: this is the first 2 of \d\d MB/);
  await expect(page.getByRole('heading', { name: /^Goroutines [\d,]+ so far in \d+ groups$/ })).toBeVisible();
  await expect(stillReading(page)).toContainText('It begins with SIGQUIT: quit. Nothing is judged');
  await expect(verdict(page)).toHaveCount(0);
  await expect(page.getByText(/Nothing inconsistent|was checked|could be checked|no crash|what to ask/i)).toHaveCount(0);
  await expect(findings(page)).toContainText('This is said when all of it is read');
  await expect(page.getByRole('region', { name: 'Notices' })).toBeEmpty();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('Not all of it is read yet').last()).toBeVisible();

  await release();
  await expect(verdict(page)).toBeVisible();
  await expect(stillReading(page)).toHaveCount(0);
  await expect(page.getByRole('heading', { name: `Goroutines 50,000 in ${stackCount + 1} groups` })).toBeVisible();
});

test('what was chosen in the beginning stays when all is read', async ({ page }, info) => {
  const release = await dropHeld(page, largeDump(info));
  await goroutines(page).hover({ position: { x: 60, y: 60 } });
  await page.mouse.wheel(0, 3000);
  await expect(page.locator('#goroutine-row-66')).toBeInViewport();
  const chosen = page.locator('#goroutine-row-68');
  await chosen.click();
  const name = (await chosen.locator('span').nth(2).textContent()) ?? '';
  const before = await placeInList(page, chosen);
  await tab(page, 'Text').click();
  await tab(page, 'Frames').click();
  const frames = page.getByRole('listbox', { name: `Frames of Goroutine ${name}` });
  await expect(frames).toBeVisible();

  await release();
  await expect(verdict(page)).toBeVisible();
  await expect(tab(page, 'Frames')).toHaveAttribute('aria-selected', 'true');
  await expect(frames).toBeVisible();
  const selected = page.getByRole('treeitem', { selected: true });
  await expect(selected).toContainText(name);
  await expect(selected).toContainText(`× ${goroutineCount / stackCount}`);
  await expect(selected).toBeInViewport();
  expect(await placeInList(page, selected)).toBeCloseTo(before, 0);
});

test('lines and arguments of a large text come when they are looked at', async ({ page }, info) => {
  const path = info.outputPath('larger.txt');
  const lines = quitDump(goroutineCount);
  writeFileSync(path, `${lines}\n${lines.replaceAll('goroutine ', 'goroutine 7')}`);
  await openStart(page);
  await drop(page, path);
  await expect(verdict(page)).toBeVisible();
  await page.getByRole('searchbox', { name: 'Filter goroutines by function or state' }).fill('wait249');
  await page.getByRole('treeitem').first().click();
  await tab(page, 'Frames').click();
  await expect(page.getByRole('tabpanel', { name: 'Frames' })).toContainText('0xc0001100f9, 0x1');
  await tab(page, 'Text').click();
  const text = page.getByRole('listbox', { name: /^Text of / });
  await text.focus();
  await page.keyboard.press('End');
  await expect(text).toContainText('goroutine 750000 [');
});

test('a preview can be left by Cancel', async ({ page }, info) => {
  const release = await dropHeld(page, largeDump(info));
  await stillReading(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Read it' })).toBeVisible();
  await expect(page.getByText('Reading was cancelled').last()).toBeVisible();
  await release();
  await drop(page, files.session);
  await expect(verdict(page)).toContainText('Hash64');
});

test('a file that changes while it is read, and a folder, are refused with a reason', async ({ page }, info) => {
  const path = largeDump(info);
  const release = await dropHeld(page, path);
  appendFileSync(path, 'more\n');
  await release();
  await expect(page.getByRole('alert')).toContainText('large.txt could not be read: it changed after it was chosen');
  await page.getByRole('button', { name: 'New case' }).click();

  const folder = info.outputPath('folder');
  mkdirSync(folder, { recursive: true });
  await drop(page, folder, files.panic);
  await expect(page.getByText(/folder was not read: it is a folder/).last()).toBeVisible();
  await expect(verdict(page)).toBeVisible();
});
