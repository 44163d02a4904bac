/** The page by keyboard alone. */
import type { Locator, Page } from '@playwright/test';
import { files, openFile } from './support/give.ts';
import { diagram, palette, row, selectedRow, tab } from './support/parts.ts';
import { expect, test } from './support/test.ts';

const broken = '0xc000040ec8';

/** The diagram's one tab stop. */
function stop(page: Page): Locator {
  return diagram(page).locator('[role="row"][tabindex="0"]');
}

test.beforeEach(async ({ page }) => {
  await openFile(page, files.session);
  await expect(row(page, broken)).toBeVisible();
});

test('the diagram: words, frames, problems, direction, folding', async ({ page }) => {
  await stop(page).focus();
  await expect(row(page, broken)).toBeFocused();

  await page.keyboard.press('ArrowDown');
  await expect(row(page, '0xc000040ed0')).toBeFocused();
  await expect(row(page, '0xc000040ed0')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await expect(row(page, broken)).toBeFocused();

  await page.keyboard.press(']');
  await expect(stop(page)).toHaveAccessibleName(/frame main\.\(\*shard\)\.add$/);
  await page.keyboard.press('[');
  await expect(stop(page)).toHaveAccessibleName(/frame chansend1$/);

  await page.keyboard.press('Home');
  await expect(row(page, broken)).not.toBeFocused();
  await page.keyboard.press('e');
  await expect(row(page, broken)).toBeFocused();

  const folding = page.getByRole('button', { name: 'Fold quiet words' });
  await expect(folding).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('z');
  await expect(folding).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('z');
  await expect(folding).toHaveAttribute('aria-pressed', 'true');

  await page.keyboard.press('i');
  await expect(page.getByRole('button', { name: 'High addresses first' })).toBeVisible();
  await stop(page).focus();
  await page.keyboard.press('ArrowUp');
  await expect(row(page, '0xc000040ed0')).toBeFocused();
  await page.keyboard.press('i');
  await expect(page.getByRole('button', { name: 'Low addresses first' })).toBeVisible();
});

test('Enter follows a pointer, Backspace comes back', async ({ page }) => {
  const link = row(page, '0xc000040ef8');
  await link.click();
  await stop(page).focus();
  await page.keyboard.press('Enter');
  await expect(selectedRow(page)).toHaveAccessibleName(/^0xc000040f38,/);
  await page.keyboard.press('Backspace');
  await expect(selectedRow(page)).toHaveAccessibleName(/^0xc000040ef8,/);
  await page.keyboard.press('Alt+ArrowRight');
  await expect(selectedRow(page)).toHaveAccessibleName(/^0xc000040f38,/);
});

test('fields, views and the sheet of shortcuts', async ({ page }) => {
  await page.keyboard.press('Shift+?');
  const sheet = page.getByRole('dialog', { name: 'Shortcuts' });
  await expect(sheet).toBeVisible();
  await expect(sheet).toContainText('Next problem');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();

  await page.keyboard.press('/');
  const search = palette(page);
  await expect(search).toBeFocused();
  await page.keyboard.type('0xc000040fb8');
  await page.keyboard.press('Enter');
  await expect(row(page, '0xc000040fb8')).toHaveAttribute('aria-selected', 'true');
  await expect(row(page, '0xc000040fb8')).toBeInViewport();

  await expect(search).not.toBeFocused();
  await page.keyboard.press('g');
  const filter = page.getByRole('searchbox', { name: 'Filter goroutines by function or state' });
  await expect(filter).toBeFocused();
  await page.keyboard.type('force');
  await expect(page.getByRole('treeitem')).toHaveCount(1);
  await expect(page.getByRole('treeitem')).toContainText('force gc');
  await filter.blur();

  for (const [key, view] of [
    ['2', 'Frames'],
    ['3', 'Memory'],
    ['4', 'Text'],
    ['1', 'Stack'],
  ] as const) {
    await page.keyboard.press(`Alt+${key}`);
    await expect(tab(page, view)).toHaveAttribute('aria-selected', 'true');
  }
});

test('letters do nothing while a field is written in, nor when they are switched off', async ({ page }) => {
  const filter = page.getByRole('searchbox', { name: 'Filter goroutines by function or state' });
  const folding = page.getByRole('button', { name: 'Fold quiet words' });
  await filter.focus();
  await page.keyboard.type('zieg/?[]');
  await expect(filter).toHaveValue('zieg/?[]');
  await expect(filter).toBeFocused();
  await expect(folding).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('button', { name: 'Low addresses first' })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await filter.fill('');
  await filter.blur();

  await page.getByRole('button', { name: 'Shortcuts' }).click();
  await page.getByRole('checkbox', { name: 'Single-letter keys' }).uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('z');
  await expect(folding).toHaveAttribute('aria-pressed', 'true');
});

/** More stops than the page may have. */
const maximumStops = 60;

test('Tab reaches every zone, and each stop shows that it has the focus', async ({ page }) => {
  await page.getByRole('banner').getByText('Framewalk').click();
  const stops: string[] = [];
  for (let count = 0; count < maximumStops; count++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return undefined;
      // Trees and lists show the focus at their active row, some fields at the box around them.
      const active = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
      const seen = [element, element.parentElement, active].some((one) => {
        if (one === null) return false;
        const style = getComputedStyle(one);
        return (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none';
      });
      const zone = element.closest('header, nav, main, aside, section[aria-label="Verdict"]')?.localName ?? '';
      return {
        seen,
        zone,
        name: `${element.localName} ${element.getAttribute('aria-label') ?? element.textContent.slice(0, 40)}`,
      };
    });
    if (at === undefined) break;
    expect(at, at.name).toMatchObject({ seen: true });
    stops.push(at.zone);
  }
  expect(stops.length).toBeLessThan(maximumStops);
  expect(new Set(stops)).toEqual(new Set(['header', 'section', 'nav', 'main', 'aside']));
});
