/** A raw excerpt of memory: the page asks where it begins. */
import { writeFileSync } from 'node:fs';
import { drop, files, openStart, paste, textOf } from './support/give.ts';
import { row, verdict } from './support/parts.ts';
import { expect, test } from './support/test.ts';

test('the words of a dropped excerpt lie where the person says that it begins', async ({ page }, info) => {
  const session = textOf(files.session);
  const excerpt = Buffer.alloc(64);
  // The word at 0xc000040ec8, in an excerpt that begins at 0xc000040ec0.
  excerpt.writeBigUInt64LE(0x30bc5b29n, 8);
  const path = info.outputPath('stack.bin');
  writeFileSync(path, excerpt);
  await openStart(page);
  await paste(page, session.slice(session.indexOf('fatal error:')));
  await expect(verdict(page)).toBeVisible();
  const slot = row(page, '0xc000040ec8');
  await expect(slot).toHaveAccessibleName(/not in the paste/);
  await drop(page, path);
  const where = page.getByRole('textbox', { name: /^stack\.bin is no text/ });
  await where.fill('somewhere');
  await where.press('Enter');
  await expect(page.getByText('An address has 1 to 16 hexadecimal digits')).toBeVisible();
  await where.fill('0xc000040ec0');
  await page.getByRole('button', { name: 'Place its words' }).click();
  await expect(slot).toHaveAccessibleName(/value 0x30bc5b29, bogus/);
  await expect(where).toHaveCount(0);
});
