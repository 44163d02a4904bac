/** Both ways between the text and what was made of it, in the plain view and in the editor. */
import type { Page } from '@playwright/test';
import { files, openFile } from './support/give.ts';
import { diagram, findings, plainText, row, selectedRow, tab } from './support/parts.ts';
import { clickCharacters, highlighted, holdEditor, lineWith } from './support/text.ts';
import { expect, test } from './support/test.ts';

/** Follows every line of evidence; returns how many there were. */
async function followEvidence(page: Page): Promise<number> {
  const steps = findings(page).getByRole('region', { name: 'Evidence' }).getByRole('listitem');
  let followed = 0;
  for (const step of await steps.all()) {
    const link = step.getByRole('button', { name: /^line / });
    if ((await link.count()) === 0) continue;
    const quoted = await step.locator('code').last().textContent();
    await link.click();
    await expect(tab(page, 'Text')).toHaveAttribute('aria-selected', 'true');
    await expect.poll(() => highlighted(page)).toContain((quoted ?? '').replace(/…$/, ''));
    followed++;
  }
  return followed;
}

test('in the plain view', async ({ page }) => {
  await holdEditor(page);
  await openFile(page, files.session);

  await test.step('evidence shows its characters', async () => {
    expect(await followEvidence(page)).toBeGreaterThan(1);
    await expect(plainText(page).getByRole('option', { selected: true }).first()).toBeInViewport();
  });

  await test.step('a word of the diagram shows its digits', async () => {
    await tab(page, 'Stack').click();
    await row(page, '0xc000040ec8').click();
    await tab(page, 'Text').click();
    expect(await highlighted(page)).toBe('0x0000000030bc5b29');
  });

  await test.step('a frame of the diagram shows its line', async () => {
    await tab(page, 'Stack').click();
    await diagram(page)
      .getByRole('rowgroup', { name: /^Frame main\.worker/ })
      .getByText('main.worker', { exact: true })
      .click();
    await tab(page, 'Text').click();
    expect(await highlighted(page)).toContain('main.worker');
  });

  await test.step('a register beside a word shows where it was printed', async () => {
    await tab(page, 'Stack').click();
    await row(page, '0xc000040d98').getByText('RBP', { exact: true }).click();
    await expect(tab(page, 'Text')).toHaveAttribute('aria-selected', 'true');
    expect(await highlighted(page)).toMatch(/^rbp\b.*0xc000040d98/);
  });

  await test.step('a frame of the list shows its line', async () => {
    await tab(page, 'Frames').click();
    await page.getByRole('option', { name: /main\.drain/ }).click();
    await tab(page, 'Text').click();
    expect(await highlighted(page)).toContain('main.drain');
  });

  await test.step('a word of the text is marked in the diagram', async () => {
    await tab(page, 'Stack').click();
    await row(page, '0xc000040ec8').click();
    await tab(page, 'Text').click();
    await clickCharacters(page, lineWith(page, /^0xc000040ee8:/), '0x0000018030b445f5');
    await tab(page, 'Stack').click();
    await expect(row(page, '0xc000040ee8')).toHaveAttribute('aria-selected', 'true');
    await expect(selectedRow(page)).toBeInViewport();
  });

  await test.step('a line chosen by keyboard is marked as well', async () => {
    await tab(page, 'Text').click();
    await plainText(page).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Alt+1');
    await expect(row(page, '0xc000040ef8')).toHaveAttribute('aria-selected', 'true');
  });
});

test('in the editor', async ({ page }) => {
  const letEditorLoad = await holdEditor(page);
  await openFile(page, files.session);

  await test.step('it takes over with the same highlight', async () => {
    await row(page, '0xc000040ec8').click();
    await tab(page, 'Text').click();
    await expect(plainText(page)).toBeVisible();
    expect(await highlighted(page)).toBe('0x0000000030bc5b29');
    letEditorLoad();
    await expect(plainText(page)).toHaveCount(0);
    await expect.poll(() => highlighted(page)).toBe('0x0000000030bc5b29');
  });

  await test.step('evidence shows its characters', async () => {
    expect(await followEvidence(page)).toBeGreaterThan(1);
  });

  await test.step('the caret is marked in the diagram', async () => {
    await tab(page, 'Stack').click();
    await row(page, '0xc000040ec8').click();
    await tab(page, 'Text').click();
    await clickCharacters(page, lineWith(page, /^0xc000040ee8:/), '0x0000018030b445f5');
    await expect.poll(() => highlighted(page)).toBe('0x0000018030b445f5');
    await tab(page, 'Stack').click();
    await expect(row(page, '0xc000040ee8')).toHaveAttribute('aria-selected', 'true');
  });

  await test.step('moved by the arrow keys too', async () => {
    await tab(page, 'Text').click();
    await clickCharacters(page, lineWith(page, /^0xc000040ee8:/), '0x0000018030b445f5');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => highlighted(page)).toBe('0x000000c000040f38');
    await page.keyboard.press('Alt+1');
    await expect(row(page, '0xc000040ef8')).toHaveAttribute('aria-selected', 'true');
    await expect(diagram(page)).toBeVisible();
  });
});
