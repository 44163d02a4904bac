/** The doors into the page, used as a person does: the clipboard and Ctrl+V, and files dragged from the disk. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, type Page } from '@playwright/test';

export const files = {
  session: resolve('test/fixtures/debugger/clobbered-frame-pointer.gdb.txt'),
  panic: resolve('public/samples/nil-field.txt'),
};

export function textOf(file: string): string {
  return readFileSync(file, 'utf8');
}

/** The start page, ready to take something: it takes the focus when its listeners stand. */
export async function openStart(page: Page): Promise<void> {
  await page.goto('/');
  await expect(page.getByRole('textbox', { name: /^Paste a Go crash/ })).toBeFocused();
}

/** Pastes with the focus on the page itself, not in a field. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.getByRole('banner').getByText('Framewalk').click();
  await page.keyboard.press('ControlOrMeta+v');
}

type DragStep = 'dragEnter' | 'dragOver' | 'drop';

/** Drags files from the disk over the middle of the page. */
export async function dragFiles(page: Page, paths: readonly string[]): Promise<(step: DragStep) => Promise<void>> {
  const browser = await page.context().newCDPSession(page);
  const { width, height } = page.viewportSize() ?? { width: 800, height: 600 };
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  return async (type) => {
    await browser.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data });
  };
}

export async function drop(page: Page, ...paths: readonly string[]): Promise<void> {
  const drag = await dragFiles(page, paths);
  await drag('dragEnter');
  await drag('dragOver');
  await drag('drop');
}

/** Opens a file as a new case and waits for its verdict. */
export async function openFile(page: Page, path: string): Promise<void> {
  await openStart(page);
  await drop(page, path);
  await page.getByRole('region', { name: 'Verdict' }).waitFor();
}
