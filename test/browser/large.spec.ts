/** Large inputs, and inputs that are nothing of Go. */
import { writeFileSync } from 'node:fs';
import { drop, files, openFile, openStart, paste } from './support/give.ts';
import { quitDump, stackCount } from './support/quit-dump.ts';
import { holdWorkers } from './support/workers.ts';
import { goroutines, tab, verdict } from './support/parts.ts';
import { holdEditor } from './support/text.ts';
import { expect, test } from './support/test.ts';

const goroutineCount = 20_000;

test('20,000 goroutines appear in groups that scroll and filter', async ({ page }, info) => {
  const path = info.outputPath('quit.txt');
  writeFileSync(path, quitDump(goroutineCount));
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
    await expect(page.getByRole('alert')).toContainText('No Go traceback or debugger output recognised');
    if (what.includes('Java')) await expect(page.getByRole('alert')).toContainText('looks like a Java stack trace');
    await expect(tab(page, 'Text')).toHaveAttribute('aria-selected', 'true');
    for (const line of text.split('\n')) await expect(page.getByRole('tabpanel', { name: 'Text' })).toContainText(line.trim());
    await expect(verdict(page)).toHaveCount(0);
  });
}
