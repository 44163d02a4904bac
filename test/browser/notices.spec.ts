/** Notices about the parts of a case: output of another run, files of knowledge. */
import { writeFileSync } from 'node:fs';
import { drop, openStart, paste } from './support/give.ts';
import { tab, verdict } from './support/parts.ts';
import { expect, test } from './support/test.ts';

const crash = [
  'panic: gone',
  '',
  'goroutine 7 gp=0xc000006a80 m=0 mp=0x50e6a0 [running]:',
  'main.fill(0x1)',
  '\t/src/app/main.go:15 +0x55 fp=0xc000040f08 sp=0xc000040ed8 pc=0x471915',
  '',
].join('\n');
const otherBuild = '(gdb) x/i 0x571915\n   0x571915 <main.fill+85>:\tret\n(gdb) x/2xg 0xc000040ed8\n0xc000040ed8:\t0x01\t0x02\n';

test('output of another build is kept apart, says why, and links to its lines', async ({ page }) => {
  await openStart(page);
  await paste(page, crash);
  await expect(verdict(page)).toBeVisible();
  await paste(page, otherBuild);
  const notices = page.getByRole('region', { name: 'Notices' });
  await expect(notices).toContainText('This case holds 2 processes');
  await expect(notices).toContainText(
    /expected main\.fill at 0x4718c0 \(Pasted text, line 4\), found main\.fill at 0x5718c0 \(Pasted text 2, line 2\)/,
  );
  await notices.getByRole('button', { name: /line 2$/ }).click();
  await expect(tab(page, 'Text')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByText('0x571915 <main.fill+85>').first()).toBeInViewport();
  await notices.getByRole('button', { name: 'Show process 2' }).click();
  await expect(notices.getByRole('combobox')).toHaveValue('1');
});

test('a dropped file of knowledge says what was taken of it, or what is wrong with it', async ({ page }, info) => {
  const release = { go: { from: '1.20' }, rules: ['PANIC-01'], says: 'Our services panic so on purpose.' };
  const write = (name: string, file: object) => {
    const path = info.outputPath(name);
    writeFileSync(path, JSON.stringify({ schema: 'framewalk.knowledge/1', ...file }));
    return path;
  };
  await openStart(page);
  await paste(page, crash);
  await expect(verdict(page)).toBeVisible();
  const notices = page.getByRole('region', { name: 'Notices' });
  await drop(page, write('ours.json', { releases: [release, release] }));
  await expect(notices).toContainText('ours.json is used as knowledge: 2 entries');
  await drop(page, write('theirs.json', { releases: [{ ...release, rules: 'PANIC-01' }] }));
  await expect(notices.getByRole('alert')).toContainText(
    /theirs\.json is not used as knowledge:.*releases\[0\]\.rules.*expected.*found/,
  );
  await expect(notices).toContainText('ours.json is used as knowledge');
});
