/** Logs of containers: the same crash again and again, and files that were cut. */
import { gzipSync } from 'node:zlib';
import { writeFileSync } from 'node:fs';
import { openFile, openStart, paste } from './support/give.ts';
import { tab } from './support/parts.ts';
import { expect, test } from './support/test.ts';

const crash = [
  'panic: runtime error: index out of range [3] with length 3',
  '',
  'goroutine 1 [running]:',
  'main.pick(...)',
  '\t/srv/lot/pick.go:21',
  'main.main()',
  '\t/srv/lot/main.go:9 +0x12',
  'exit status 2',
];

/** `times` restarts a minute apart, as `kubectl logs --prefix --timestamps` prints them. */
function loop(times: number): string {
  return Array.from({ length: times }, (_, restart) =>
    ['lot starts', ...crash].map((line, index) => {
      const clock = `10:${restart.toString().padStart(2, '0')}:${index.toString().padStart(2, '0')}`;
      return `[pod/lot-6c9f7d5b8-k2m4p/server] 2025-03-01T${clock}.000000000Z ${line}\n`;
    }),
  )
    .flat()
    .join('');
}

test('a crash loop is one entry with its count, its times and its place', async ({ page }) => {
  await openStart(page);
  await paste(page, loop(30));
  const notices = page.getByRole('region', { name: 'Notices' });
  await expect(notices).toContainText('× 30');
  await expect(notices).toContainText(/first 2025-03-01 10:00:0\d UTC, last 2025-03-01 10:29:0\d UTC/);
  await expect(notices).toContainText('pod lot-6c9f7d5b8-k2m4p, container server');
  await expect(page.getByRole('treeitem')).toHaveCount(1);
});

test('a compressed file that was cut says so', async ({ page }, info) => {
  const whole = gzipSync(Array.from({ length: 2000 }, (_, line) => `${crash.join('\n')} ${line.toString()}`).join('\n'));
  const path = info.outputPath('crash.txt.gz');
  writeFileSync(path, whole.subarray(0, whole.length / 2));
  await openFile(page, path);
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('crash.txt.gz was read in part');
});

test('every line of a text taller than a browser can lay out is reached', async ({ page }, info) => {
  const count = 900_000;
  const path = info.outputPath('long.txt');
  writeFileSync(
    path,
    `${crash.join('\n')}\n${Array.from({ length: count }, (_, line) => `${line.toString()} filler of the log`).join('\n')}\n`,
  );
  await openFile(page, path);
  await tab(page, 'Text').click();
  const text = page.getByRole('listbox', { name: /^Text of / });
  await text.focus();
  await page.keyboard.press('End');
  await expect(page.getByText(`${(count - 1).toString()} filler`)).toBeInViewport();
  await page.mouse.move(700, 600);
  await page.mouse.wheel(0, -2000);
  // A hundred lines up, not thousands: the wheel moves the text by its own distance.
  await expect(page.getByText(`${(count - 110).toString()} filler`)).toBeInViewport();
  await text.focus();
  await page.keyboard.press('Home');
  await expect(page.getByText('index out of range').first()).toBeInViewport();
});
