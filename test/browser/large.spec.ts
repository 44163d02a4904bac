/** Large inputs, and inputs that are nothing of Go. */
import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { drop, files, openFile, openStart, paste } from './support/give.ts';
import { goroutines, tab, verdict } from './support/parts.ts';
import { holdEditor } from './support/text.ts';
import { expect, test } from './support/test.ts';

const goroutineCount = 20_000;
const stackCount = 250;

/** A process stopped by SIGQUIT whose goroutines, all but the first, wait in `stackCount` different functions. */
function quitDump(): string {
  const parts = [
    'SIGQUIT: quit\nPC=0x46a561 m=0 sigcode=0\n',
    'goroutine 1 [sleep]:\ntime.Sleep(0x3b9aca00)\n\t/usr/local/go/src/runtime/time.go:364 +0x115',
    'main.main()\n\t/src/queue/main.go:52 +0x1d1\n',
  ];
  for (let id = 2; id <= goroutineCount; id++) {
    const stack = id % stackCount;
    parts.push(
      `goroutine ${id} [${stack % 2 === 0 ? 'select' : 'chan receive'}, ${stack % 50} minutes]:`,
      `example.com/queue/worker.(*pool).wait${stack}(0xc00011${stack.toString(16).padStart(4, '0')}, 0x1)`,
      `\t/src/queue/worker/pool.go:${100 + stack} +0x1c5`,
      'example.com/queue/worker.run(0xc000112000)',
      '\t/src/queue/worker/run.go:41 +0x85',
      'created by example.com/queue/worker.start in goroutine 1',
      '\t/src/queue/worker/start.go:19 +0x9a\n',
    );
  }
  return parts.join('\n');
}

test('20,000 goroutines appear in groups that scroll and filter', async ({ page }, info) => {
  const path = info.outputPath('quit.txt');
  writeFileSync(path, quitDump());
  await openStart(page);
  await drop(page, path);
  await expect(page.getByRole('heading', { name: /^Goroutines 20,000 in 251 groups$/ })).toBeVisible();
  await expect(verdict(page)).not.toContainText(/bogus|corrupt/i);
  const groups = page.getByRole('treeitem');
  await expect(groups.filter({ hasText: 'crashed' })).toHaveCount(0);
  expect(await groups.count()).toBeLessThan(100);
  await expect(groups.nth(1)).toContainText('× 80');

  await goroutines(page).hover({ position: { x: 60, y: 60 } });
  await page.mouse.wheel(0, 5000);
  await expect(page.locator('#goroutine-row-110')).toBeInViewport();
  await goroutines(page).focus();
  await page.keyboard.press('End');
  await expect(page.locator(`#goroutine-row-${stackCount}`)).toBeInViewport();

  await page.getByRole('searchbox', { name: 'Filter goroutines by function or state' }).fill('wait137');
  await expect(groups).toHaveCount(1);
  await groups.first().click();
  await tab(page, 'Frames').click();
  await expect(page.getByRole('listbox', { name: 'Frames of Goroutine 137' })).toContainText('wait137');
});

/** Keeps new analysis workers from loading, so that what is given next is not read before it is cancelled. */
async function holdWorkers(page: Page): Promise<() => Promise<void>> {
  await page.route('**/assets/analysis.worker-*', () => undefined);
  return () => page.unroute('**/assets/analysis.worker-*');
}

test('Cancel during reading goes back to the page as it was', async ({ page }) => {
  const reading = page.getByRole('group', { name: 'Reading' });
  const cancel = reading.getByRole('button', { name: 'Cancel' });
  const start = page.getByRole('button', { name: 'Read it' });
  await openFile(page, files.panic);

  await test.step('to the open case', async () => {
    const release = await holdWorkers(page);
    await drop(page, files.session);
    await cancel.click();
    await release();
    await expect(reading).toBeHidden();
    await expect(verdict(page)).toContainText('main.(*parcel).destination');
    await expect(page.getByRole('button', { name: 'Undo' })).toBeHidden();
    await tab(page, 'Text').click();
    await expect(page.getByRole('combobox', { name: 'Document' })).toHaveCount(0);
  });

  await test.step('to the start page', async () => {
    await page.getByRole('button', { name: 'New case' }).click();
    const release = await holdWorkers(page);
    await drop(page, files.session);
    await expect(cancel).toBeVisible();
    await page.keyboard.press('Escape');
    await release();
    await expect(reading).toBeHidden();
    await expect(start).toBeVisible();
  });

  await test.step('and the next file is read', async () => {
    await drop(page, files.session);
    await expect(verdict(page)).toContainText('Hash64');
  });
});

const foreignTexts = {
  'two words': 'hello world',
  'a Java stack trace': [
    'Exception in thread "main" java.lang.NullPointerException: Cannot read field "size" because "box" is null',
    '\tat com.example.parcel.Box.size(Box.java:17)',
    '\tat com.example.parcel.Main.main(Main.java:8)',
    'Caused by: java.lang.IllegalStateException: closed',
    '\t... 2 more',
  ].join('\n'),
};

for (const [what, text] of Object.entries(foreignTexts)) {
  test(`${what}: nothing is recognised, and the text is kept`, async ({ page }) => {
    await holdEditor(page);
    await openStart(page);
    await paste(page, text);
    await expect(page.getByRole('alert')).toContainText('No Go traceback, debugger output or ELF file recognised');
    await expect(tab(page, 'Text')).toHaveAttribute('aria-selected', 'true');
    for (const line of text.split('\n')) await expect(page.getByRole('tabpanel', { name: 'Text' })).toContainText(line.trim());
    await expect(verdict(page)).toHaveCount(0);
  });
}
