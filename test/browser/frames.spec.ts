/** A panic without stack addresses: the Frames view, never an empty diagram. */
import { files, openFile } from './support/give.ts';
import { findings, tab } from './support/parts.ts';
import { expect, test } from './support/test.ts';

test.beforeEach(async ({ page }) => {
  await openFile(page, files.panic);
});

test('a default panic opens on its frames, at the first of the own code', async ({ page }) => {
  await expect(tab(page, 'Frames')).toHaveAttribute('aria-selected', 'true');
  await expect(tab(page, 'Stack')).toHaveCount(0);
  const frames = page.getByRole('listbox', { name: 'Frames of Goroutine 1' });
  await expect(frames.getByRole('option', { selected: true })).toContainText('main.(*parcel).destination');
  await expect(frames.getByRole('option')).toHaveCount(3);
});

test('it says what would show more', async ({ page }) => {
  const more = page.getByRole('region', { name: 'What would show more' });
  await expect(more).toContainText('GOTRACEBACK=system');
  await expect(more).toContainText('x/100xg $sp');
  await expect(more).toContainText('core');
});

test('arrow keys walk the frames, and the panel follows', async ({ page }) => {
  const frames = page.getByRole('listbox', { name: 'Frames of Goroutine 1' });
  await frames.getByRole('option', { selected: true }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(frames.getByRole('option', { selected: true })).toContainText('main.label');
  await expect(frames.getByRole('option', { selected: true })).toBeFocused();
  await expect(findings(page)).toContainText('main.label');
});
