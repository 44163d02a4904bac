/** A hunt with a debugger: the life of a value, the structs that held it, what to ask next. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { huntText } from '../core/trail/hunt.ts';
import { openStart, paste, files, textOf } from './support/give.ts';
import { findings, row, tab } from './support/parts.ts';
import { highlighted } from './support/text.ts';
import { expect, test } from './support/test.ts';

function cards(page: Page): Locator {
  return page.getByRole('list', { name: 'What happened to it, oldest first' }).getByRole('listitem');
}

async function openTrail(page: Page): Promise<void> {
  await openStart(page);
  await paste(page, huntText());
  await tab(page, 'Trail').click();
  await expect(cards(page)).toHaveCount(5);
}

test('the life of a value is told oldest first, and each card leads to its lines', async ({ page }) => {
  await openTrail(page);
  await expect(cards(page).nth(0)).toContainText('runtime.copystack writes it');
  await expect(cards(page).nth(0)).toContainText('observed');
  await expect(cards(page).nth(1)).toContainText('*out still holds it');
  await expect(cards(page).nth(1)).toContainText('inferred');
  await expect(cards(page).nth(2)).toContainText('slot 341 of p.wbBuf, old contents');
  await expect(cards(page).nth(4)).toContainText('crash');
  await cards(page)
    .nth(2)
    .getByRole('button', { name: /^line / })
    .click();
  await expect(tab(page, 'Text')).toHaveAttribute('aria-selected', 'true');
  expect(await highlighted(page)).toContain('Hardware watchpoint 1');
});

test('frames of the runtime and the struct of C lie on one stack, with the distance between', async ({ page }) => {
  await openTrail(page);
  const stack = page.getByRole('region', { name: /^One stack/ });
  await expect(stack).toContainText('runtime.throw');
  await expect(stack).toContainText('64 bytes');
  await expect(stack.getByRole('button', { name: '0x7f11220f9480' })).toBeVisible();
});

test('a card marks its word, here and in the drawn stack', async ({ page }) => {
  await openTrail(page);
  const word = page.getByRole('region', { name: /^One stack/ }).getByRole('button', { name: '0x7f11220f9480' });
  await expect(word).toHaveAttribute('aria-pressed', 'false');
  await page.getByRole('button', { name: 'runtime.copystack writes it' }).click();
  await expect(word).toHaveAttribute('aria-pressed', 'true');
  await expect(findings(page)).toContainText('format of *out');
  await tab(page, 'Stack').click();
  await expect(row(page, '0x7f11220f9480')).toHaveAttribute('aria-selected', 'true');
  await expect(row(page, '0x7f11220f9480')).toHaveAccessibleName(/value 0xc0003fe000, bogus/);
});

test('cards are reached by keys', async ({ page }) => {
  await openTrail(page);
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Alt+5');
  await page.getByRole('button', { name: 'runtime.copystack writes it' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const barrier = page.getByRole('button', { name: 'The write barrier records it' });
  await expect(barrier).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(barrier).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Tab');
  await expect(
    cards(page)
      .nth(2)
      .getByRole('button', { name: /^line / }),
  ).toBeFocused();
});

test('a struct shows what each field is, and which cannot be what they say', async ({ page }) => {
  await openTrail(page);
  await tab(page, 'Memory').click();
  const struct = page.getByRole('region', { name: /^\*out/ });
  await expect(struct.getByRole('row', { name: /^format / })).toContainText('freed Go span');
  await expect(struct.getByRole('row', { name: /^flags / })).toContainText('leftover code address');
  await expect(struct.getByRole('row', { name: /^children / })).toContainText('nil');
  await struct
    .getByRole('row', { name: /^flags / })
    .getByRole('button', { name: /^line / })
    .click();
  expect(await highlighted(page)).toContain('flags = ');
});

test('one press copies the script of all questions', async ({ page }) => {
  await openTrail(page);
  const ask = page.getByRole('region', { name: /^What to ask next/ });
  await expect(ask.getByRole('tab', { name: 'rr', selected: true })).toBeVisible();
  await ask.getByRole('button', { name: 'Copy all' }).click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toMatch(/^set pagination off\n[^]*python ask\("info registers"\)\n/);
  await ask.getByRole('tab', { name: 'rr' }).press('ArrowRight');
  await expect(ask.getByRole('tab', { name: 'Delve', selected: true })).toBeFocused();
  await ask.getByRole('button', { name: 'Copy all' }).click();
  await expect.poll(copied).toMatch(/^# [^]*\nregs\n/);
});

test('pasted answers satisfy their questions', async ({ page }) => {
  const session = textOf(files.session);
  const crash = session.slice(session.indexOf('fatal error:'));
  await openStart(page);
  await paste(page, crash);
  const ask = page.getByRole('region', { name: /^What to ask next/ });
  await expect(ask).toContainText('The registers at the crash are not in the input');
  await paste(page, session.slice(session.indexOf('(gdb) info registers'), session.indexOf('(gdb) x/')));
  await expect(page.getByText('Added to this case')).toBeVisible();
  await expect(ask).not.toContainText('The registers at the crash are not in the input');
  await ask.getByText(/answered by the input/).click();
  await expect(ask).toContainText('answered: The registers at the crash');
});

test('a session without a trail says what would make one', async ({ page }) => {
  await openStart(page);
  await paste(page, textOf(files.session));
  await tab(page, 'Trail').click();
  await expect(page.getByRole('tabpanel', { name: 'Trail' })).toContainText('reverse-continue');
  await page.getByRole('tabpanel', { name: 'Trail' }).getByRole('button', { name: 'Copy command' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^watch /);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('the trail has no accessibility violation', async ({ page }) => {
      test.slow();
      await openTrail(page);
      await page.getByRole('button', { name: 'runtime.copystack writes it' }).click();
      for (const view of ['Trail', 'Memory'] as const) {
        await tab(page, view).click();
        await expect(page.getByRole('tabpanel', { name: view }).locator('[aria-busy]')).toHaveCount(0);
        const { violations } = await new AxeBuilder({ page })
          .options({ resultTypes: ['violations'] })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
          .analyze();
        expect(violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`))).toEqual([]);
      }
    });
  });
}
