/** A case of several pastes. */
import { writeFileSync } from 'node:fs';
import { drop, openStart, paste, files, textOf } from './support/give.ts';
import { row, verdict } from './support/parts.ts';
import { expect, test } from './support/test.ts';

/** The session in two: what the program printed, and the debugger's words of the same process. */
function split(): { crash: string; words: string } {
  const text = textOf(files.session);
  const words = text.slice(text.indexOf('(gdb) x/100xg $sp'), text.indexOf('(gdb) info proc mappings'));
  return { crash: text.slice(text.indexOf('fatal error:')), words };
}

test('words pasted under a crash fill its stack, and Undo takes them out again', async ({ page }) => {
  const { crash, words } = split();
  await openStart(page);
  await paste(page, crash);
  await expect(verdict(page)).toBeVisible();
  const slot = row(page, '0xc000040ec8');
  await expect(slot).toHaveAccessibleName(/not in the paste/);

  await paste(page, words);
  await expect(page.getByText('Added to this case: Pasted text 2')).toBeVisible();
  await expect(slot).toHaveAccessibleName(/value 0x30bc5b29, bogus/);
  await expect(page.getByRole('region', { name: 'What was pasted' })).toContainText('100 words');

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(slot).toHaveAccessibleName(/not in the paste/);
  await expect(page.getByText('Added to this case')).toBeHidden();
  await expect(page.getByRole('region', { name: 'What was pasted' })).not.toContainText('100 words');
});

test('a file dropped on an open case is added', async ({ page }, info) => {
  const { crash, words } = split();
  const path = info.outputPath('words.txt');
  writeFileSync(path, words);
  await openStart(page);
  await paste(page, crash);
  await expect(verdict(page)).toBeVisible();
  await drop(page, path);
  await expect(page.getByText('Added to this case: words.txt')).toBeVisible();
  await expect(row(page, '0xc000040ec8')).toHaveAccessibleName(/value 0x30bc5b29, bogus/);
  await page.getByRole('button', { name: 'Keep' }).click();
  await expect(page.getByText('Added to this case')).toBeHidden();
});
