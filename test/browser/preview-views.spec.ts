/** The views of the beginning of a large dump. */
import { findings, goroutines, tab } from './support/parts.ts';
import { dropHeld, largeDump, stillReading } from './support/preview.ts';
import { expect, test } from './support/test.ts';

test('Frames and Text show the beginning, and ask for nothing', async ({ page }, info) => {
  const release = await dropHeld(page, largeDump(info));
  const row = page.locator('#goroutine-row-6');
  await expect(row).toBeVisible();
  await row.click();
  const chosen = (await goroutines(page).getByRole('treeitem', { selected: true }).locator('span').nth(2).textContent()) ?? '';
  await tab(page, 'Frames').click();
  const frames = page.getByRole('listbox', { name: `Frames of Goroutine ${chosen}` });
  await expect(frames.getByRole('option', { selected: true })).toContainText('worker.(*pool).wait');
  await expect(page.getByRole('heading', { name: 'What would show more' })).toHaveCount(0);
  await tab(page, 'Text').click();
  const text = page.getByRole('listbox', { name: /^Text of / });
  await expect(text).toContainText('SIGQUIT: quit');
  await text.focus();
  await page.keyboard.press('End');
  await expect(text).not.toContainText('SIGQUIT: quit');
  await expect(text).toContainText(/goroutine \d+ \[/);

  await release();
  await expect(stillReading(page)).toHaveCount(0);
  await tab(page, 'Frames').click();
  await expect(page.getByRole('heading', { name: 'What would show more' })).toBeVisible();
});

test('on a phone the words of the band have room', async ({ page }, info) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const release = await dropHeld(page, largeDump(info));
  const box = await stillReading(page).boundingBox();
  expect(box?.height).toBeLessThan(200);
  await expect(stillReading(page).getByRole('button', { name: 'Cancel' })).toBeInViewport();
  await release();
});

test('the goroutine that opens is the one whose frame is chosen', async ({ page }, info) => {
  const release = await dropHeld(page, largeDump(info));
  await expect(goroutines(page).getByRole('treeitem', { selected: true })).toHaveCount(1);
  await expect(page.getByRole('listbox', { name: /^Frames of Goroutine/ }).getByRole('option', { selected: true })).toHaveCount(
    1,
  );
  await expect(findings(page)).not.toContainText('main.main');
  await release();
});
