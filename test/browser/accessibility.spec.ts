/** Axe on every view, in both themes. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { files, openFile, paste } from './support/give.ts';
import { plainText, row, tab, type View } from './support/parts.ts';
import { dropHeld, largeDump } from './support/preview.ts';
import { holdEditor } from './support/text.ts';
import { expect, test } from './support/test.ts';

const levels = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

async function expectNoViolation(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(levels)
    .analyze();
  const told = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  );
  expect(told, where).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('start page', async ({ page }) => {
      await page.goto('/');
      await expect(page.getByRole('region', { name: 'Samples' }).getByRole('listitem')).toHaveCount(6);
      await expectNoViolation(page, 'start page');
    });

    test('the beginning of a large dump', async ({ page }, info) => {
      await dropHeld(page, largeDump(info));
      await expectNoViolation(page, 'preview');
    });

    test('a link that cannot be opened, and a text in which nothing is recognised', async ({ page }) => {
      await holdEditor(page);
      await page.goto('/#2.abc');
      await expect(page.getByRole('heading', { name: 'This link could not be opened' })).toBeVisible();
      await expectNoViolation(page, 'failed link');
      await page.getByRole('button', { name: 'Go to the start page' }).click();
      await paste(page, 'hello world');
      await expect(page.getByRole('alert')).toBeVisible();
      await expectNoViolation(page, 'nothing recognised');
    });

    test('views of a case and the sheet of shortcuts', async ({ page }) => {
      test.slow();
      const letEditorLoad = await holdEditor(page);
      await openFile(page, files.session);
      await expect(row(page, '0xc000040ec8')).toBeVisible();
      await expectNoViolation(page, 'Stack');
      for (const view of ['Trail', 'Frames', 'Memory', 'Text'] satisfies View[]) {
        await tab(page, view).click();
        await expect(page.getByRole('tabpanel', { name: view }).locator('[aria-busy]')).toHaveCount(0);
        await expectNoViolation(page, view);
      }
      letEditorLoad();
      await expect(plainText(page)).toHaveCount(0);
      await expectNoViolation(page, 'Text in the editor');
      await page.getByRole('button', { name: 'Shortcuts' }).click();
      await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible();
      await expectNoViolation(page, 'Shortcuts');
    });
  });
}
