/** What a case opens on, and that nothing that proves it is cut away. */
import { writeFileSync } from 'node:fs';
import { drop, files, openFile, openStart, paste } from './support/give.ts';
import { diagram, findings, row, selectedRow, tab, verdict } from './support/parts.ts';
import { expect, test } from './support/test.ts';

const deadlock = [
  'fatal error: all goroutines are asleep - deadlock!',
  '',
  'goroutine 1 gp=0xc000006a80 m=nil [chan receive]:',
  'runtime.gopark(0x1?, 0x2?, 0x0?, 0x0?, 0x0?)',
  '\t/usr/local/go/src/runtime/proc.go:435 +0xce fp=0xc000040ea8 sp=0xc000040e88 pc=0x46a20e',
  'runtime.chanrecv(0xc000062070, 0x0, 0x1)',
  '\t/usr/local/go/src/runtime/chan.go:664 +0x445 fp=0xc000040f20 sp=0xc000040ea8 pc=0x405d45',
  'main.main()',
  '\t/src/app/main.go:15 +0x55 fp=0xc000040fd8 sp=0xc000040f20 pc=0x471915',
  'runtime.goexit({})',
  '\t/usr/local/go/src/runtime/asm_amd64.s:1700 +0x1 fp=0xc000040fe0 sp=0xc000040fd8 pc=0x4693c1',
  '',
].join('\n');

const race = [
  '==================',
  'WARNING: DATA RACE',
  'Read at 0x00c00001c0b8 by goroutine 8:',
  '  main.(*gauge).show()',
  '      /src/gauge/main.go:14 +0x30',
  '  main.watch()',
  '      /src/gauge/main.go:22 +0x8f',
  '',
  'Previous write at 0x00c00001c0b8 by goroutine 7:',
  '  main.(*gauge).step()',
  '      /src/gauge/main.go:10 +0x47',
  '==================',
  '',
].join('\n');

test('a stack without words opens on its calls, and its slots say what they must hold', async ({ page }) => {
  await openStart(page);
  await paste(page, deadlock);
  await expect(verdict(page)).toBeVisible();
  await expect(tab(page, 'Frames')).toHaveAttribute('aria-selected', 'true');
  await tab(page, 'Stack').click();
  const slot = row(page, '0xc000040e98');
  await expect(slot).toContainText('c000040f10');
  await expect(slot).toContainText('expected: chanrecv’s frame');
  await expect(slot).toHaveAccessibleName(/not in the paste, must be 0xc000040f10/);
});

test('the stacks of a race stand under what each goroutine did', async ({ page }) => {
  await openStart(page);
  await paste(page, race);
  const frames = page.getByRole('listbox', { name: 'Frames of A data race' });
  await expect(frames).toContainText('Read at 0x00c00001c0b8 by goroutine 8');
  await expect(frames).toContainText('Previous write at 0x00c00001c0b8 by goroutine 7');
  await expect(frames.getByRole('option')).toHaveCount(3);
  await expect(page.getByRole('region', { name: 'What would show more' })).toHaveCount(0);
  await frames.getByRole('option').first().click();
  for (const step of ['main.watch', 'main.(*gauge).step']) {
    await page.keyboard.press('ArrowDown');
    await expect(frames.getByRole('option', { selected: true })).toContainText(step);
  }
});

test('quoted lines are whole, open in the text, and Backspace comes back to the view', async ({ page }) => {
  await openFile(page, files.session);
  await expect(selectedRow(page)).toBeVisible();
  const evidence = findings(page).getByRole('region', { name: 'Evidence' });
  const quotes = evidence.locator('.finding-source code');
  for (const quote of await quotes.all()) {
    expect(
      await quote.evaluate((code) => code.scrollWidth <= code.clientWidth + 1 || getComputedStyle(code).display === 'inline'),
    ).toBe(true);
    await expect(quote).not.toHaveText(/…$/);
  }
  // An address in a sentence leads to its word, also from another view.
  await tab(page, 'Frames').click();
  await evidence.getByRole('button', { name: '0xc000040ec8', exact: true }).first().click();
  await expect(tab(page, 'Stack')).toHaveAttribute('aria-selected', 'true');
  await expect(row(page, '0xc000040ec8')).toHaveAttribute('aria-selected', 'true');
  await evidence
    .getByRole('button', { name: /^line / })
    .first()
    .click();
  await expect(tab(page, 'Text')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Backspace');
  await expect(tab(page, 'Stack')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Alt+ArrowRight');
  await expect(tab(page, 'Text')).toHaveAttribute('aria-selected', 'true');
});

test('on a phone the whole of a word has room, and the verdict two lines until all is asked for', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openFile(page, files.session);
  const word = row(page, '0xc000040ec8').getByRole('gridcell').nth(2);
  await expect(word).toContainText('30bc5b29');
  const box = await word.boundingBox();
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  const band = page.getByRole('region', { name: 'Verdict' });
  const short = (await band.boundingBox())?.height ?? 0;
  await band.getByRole('button', { name: 'Show all of it' }).click();
  expect((await band.boundingBox())?.height ?? 0).toBeGreaterThan(short);
});

test('on paper stand the verdict, what happened, and the whole stack', async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 500 });
  await openFile(page, files.session);
  await expect(row(page, '0xc000040ec8')).toBeVisible();
  await expect(row(page, '0xc000040fd8')).toHaveCount(0);
  await page.emulateMedia({ media: 'print' });
  await expect(row(page, '0xc000040fd8')).toBeVisible();
  await expect(row(page, '0xc000040d98')).toBeVisible();
  await expect(findings(page).getByRole('region', { name: 'What happened' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Copy report' })).toBeHidden();
  const last = await row(page, '0xc000040fd8').boundingBox();
  const whole = await diagram(page).boundingBox();
  expect((last?.y ?? Infinity) + (last?.height ?? 0)).toBeLessThanOrEqual((whole?.y ?? 0) + (whole?.height ?? 0) + 1);
});

test('a file that is no text is named, with what to do, and its bytes are shown', async ({ page }, info) => {
  const core = new Uint8Array(4096);
  core.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  core[16] = 4;
  const path = info.outputPath('core.4711');
  writeFileSync(path, core);
  await openStart(page);
  await drop(page, path);
  const notice = page.getByRole('alert');
  await expect(notice).toContainText('core.4711 is a core file');
  await expect(notice.getByRole('button', { name: 'Copy command' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Bytes of core.4711' })).toContainText('7f 45 4c 46 02 01 01');
  await expect(findings(page)).toContainText('What can be read');
});
