/** The ways into the page: Ctrl+V, a dropped file, the file picker, and the six samples. */
import { dragFiles, files, openStart, paste, textOf } from './support/give.ts';
import { findings, row, tab, verdict } from './support/parts.ts';
import { expect, test } from './support/test.ts';

/** From the paste to a complete page. */
const readingLimit = 5000;

test('a pasted gdb session names the function that left its value in the frame pointer', async ({ page }) => {
  await openStart(page);
  await paste(page, textOf(files.session));
  const within = { timeout: readingLimit };
  await expect(verdict(page)).toContainText('metro.Hash64', within);
  await expect(verdict(page)).not.toContainText('runtime.');
  await expect(tab(page, 'Stack')).toHaveAttribute('aria-selected', 'true');
  const broken = row(page, '0xc000040ec8');
  await expect(broken).toBeVisible(within);
  await expect(broken).toHaveAccessibleName(
    /^0xc000040ec8, saved frame pointer, value 0x30bc5b29, bogus\b.*, expected 0xc000040ef8, .*frame chansend1$/,
  );
  await expect(broken).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('treeitem', { selected: true })).toContainText('2');
  const steps = findings(page).getByRole('region', { name: 'What happened' }).getByRole('listitem');
  expect(await steps.count()).toBeGreaterThan(1);
  await expect(findings(page).getByRole('region', { name: 'Evidence' })).toContainText('mov $0x30bc5b29,%rbp');
  await expect(page.getByRole('region', { name: 'What was pasted' })).toContainText('100 words');
  expect(new URL(page.url()).hash).toBe('');
});

test('a file dragged over the page is announced and opened by the drop', async ({ page }) => {
  await openStart(page);
  const drag = await dragFiles(page, [files.session]);
  await drag('dragEnter');
  await drag('dragOver');
  await expect(page.getByText('Drop to open it')).toBeVisible();
  await drag('drop');
  await expect(page.getByText('Drop to open it')).toBeHidden();
  await expect(verdict(page)).toContainText('metro.Hash64');
});

test('the file picker opens a file', async ({ page }) => {
  await openStart(page);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('main').getByRole('button', { name: 'Open files…' }).click();
  await (await chooser).setFiles(files.panic);
  await expect(verdict(page)).toContainText('main.(*parcel).destination');
});

test('a typed text is read by the button', async ({ page }) => {
  await openStart(page);
  await page.getByRole('textbox', { name: /^Paste a Go crash/ }).fill(textOf(files.panic));
  await page.getByRole('button', { name: 'Read it' }).click();
  await expect(verdict(page)).toContainText('main.(*parcel).destination');
});

const samples = [
  { title: 'A clobbered frame pointer', says: 'digest.Mix64' },
  { title: 'The link register in the slot', says: 'main._fill' },
  { title: 'A return probe on a Go function', says: 'main.report' },
  { title: 'Go writes into uninitialised C memory', says: 'main.fillRow' },
  { title: 'A pointer into a freed span', says: 'freed' },
  { title: 'A plain nil dereference', says: 'main.(*parcel).destination' },
];

test('each sample opens with a verdict that names what matters', async ({ page }) => {
  await openStart(page);
  for (const { title, says } of samples) {
    await page.getByRole('region', { name: 'Samples' }).getByRole('button', { name: title }).click();
    await expect(verdict(page)).toContainText(says);
    const main = page.getByRole('main');
    await expect(main.getByRole('tabpanel')).not.toBeEmpty();
    for (const view of await main.getByRole('tab').all()) {
      await view.click();
      await expect(main.getByRole('tabpanel').locator('[aria-busy]')).toHaveCount(0);
    }
    await page.getByRole('button', { name: 'New case' }).click();
  }
});

test('the page cannot ask another host, and a try would not go unnoticed', async ({ page, watched }) => {
  await openStart(page);
  const answered = await page.evaluate(() =>
    fetch('http://127.0.0.2:9/').then(
      () => true,
      () => false,
    ),
  );
  expect(answered).toBe(false);
  await expect.poll(() => watched.errors.join()).toContain('Content-security policy: connect-src');
  expect(watched.foreign).toEqual([]);
  watched.errors.length = 0;
});
