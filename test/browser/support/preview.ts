/** The beginning of a large dump, held on the page: the rest is not read before it is wanted. */
import { writeFileSync } from 'node:fs';
import { expect, type Locator, type Page, type TestInfo } from '@playwright/test';
import { drop, openStart } from './give.ts';
import { quitDump } from './quit-dump.ts';
import { holdWorkers } from './workers.ts';

/** More than the 12 MB from which there is a preview. */
export const goroutineCount = 50_000;

export function largeDump(info: TestInfo): string {
  const path = info.outputPath('large.txt');
  writeFileSync(path, quitDump(goroutineCount));
  return path;
}

export function stillReading(page: Page): Locator {
  return page.getByRole('region', { name: 'Still reading' });
}

/** Drops the dump on the start page; all but its beginning is read when the returned function is called. */
export async function dropHeld(page: Page, path: string): Promise<() => Promise<void>> {
  await openStart(page);
  // The worker that reads the beginning was started with the page.
  await expect.poll(() => page.workers().length).toBe(1);
  await page.workers()[0]?.evaluate(() => 0);
  const release = await holdWorkers(page);
  await drop(page, path);
  await expect(stillReading(page)).toBeVisible();
  return release;
}
