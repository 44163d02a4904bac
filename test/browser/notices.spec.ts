/** Notices about the parts of a case: output of another run. */
import { openStart, paste } from './support/give.ts';
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
  await expect(notices).toContainText(/expected main\.fill at 0x4718c0, found main\.fill at 0x5718c0/);
  await notices.getByRole('button', { name: /line 2$/ }).click();
  await expect(tab(page, 'Text')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByText('0x571915 <main.fill+85>').first()).toBeInViewport();
  await notices.getByRole('button', { name: 'Show process 2' }).click();
  await expect(notices.getByRole('combobox')).toHaveValue('1');
});
