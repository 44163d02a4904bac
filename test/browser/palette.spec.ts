/** The box in the header: places that a query can mean, and commands. */
import { files, openFile, paste } from './support/give.ts';
import { palette, row, selectedRow, tab } from './support/parts.ts';
import { expect, test } from './support/test.ts';

test('a query lists what it can mean, and keys go there', async ({ page }) => {
  await openFile(page, files.session);
  await expect(selectedRow(page)).toBeVisible();
  const options = page.getByRole('listbox', { name: 'Places and commands' }).getByRole('option');
  await page.keyboard.press('ControlOrMeta+k');
  await expect(palette(page)).toBeFocused();
  await page.keyboard.type('0x30bc5b29');
  await expect(options.first()).toHaveText('0x30bc5b29address');
  await expect(options.filter({ hasText: 'holds this value' }).first()).toBeVisible();
  await palette(page).fill('rbp+8');
  await expect(options.first()).toHaveText('0xc000040da0address');
  await page.keyboard.press('Enter');
  await expect(row(page, '0xc000040da0')).toHaveAttribute('aria-selected', 'true');
  await expect(palette(page)).not.toBeFocused();

  await page.keyboard.press('/');
  await palette(page).fill('gcparkassist');
  await expect(options).toHaveText('No address, function, goroutine, finding or command is called gcparkassist');
  await palette(page).fill('forceg');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('treeitem', { selected: true })).toContainText('runtime.forcegchelper');
});

test('commands are run by name, and Ctrl+Z takes back what was added', async ({ page }) => {
  await openFile(page, files.panic);
  await paste(page, '(gdb) x/2xg 0xc000040ea8\n0xc000040ea8:\t0x01\t0x02\n');
  const notices = page.getByRole('region', { name: 'Notices' });
  await expect(notices).toContainText('Added to this case');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(notices).not.toContainText('Added to this case');
  await expect(tab(page, 'Memory')).toHaveCount(0);
  // What was read again has been announced.
  await expect(page.getByRole('status')).toHaveText(/^main\.\(\*parcel\)\.destination/);

  const dark = () => page.evaluate(() => document.documentElement.dataset['theme']);
  expect(await dark()).toBe('light');
  for (const times of [1, 2]) {
    await page.keyboard.press('ControlOrMeta+k');
    await palette(page).fill('> theme');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('status')).toContainText(times === 1 ? 'Theme: light' : 'Theme: dark');
  }
  expect(await dark()).toBe('dark');

  await page.keyboard.press('ControlOrMeta+k');
  await palette(page).fill('copy the stack');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toContainText('Copied stack');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^goroutine \d+ \[running\]:\nmain\.\(\*parcel\)\.destination\(.*\)\n\t.*\.go:\d+ \+0x/);
});
