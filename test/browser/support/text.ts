/** The Text view: its two surfaces, and places in them. */
import { expect, type Locator, type Page } from '@playwright/test';

/** Keeps the editor from loading until the returned function is called: the plain view stays. */
export async function holdEditor(page: Page): Promise<() => void> {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/assets/monaco-editor-*', async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

/** The highlighted characters, of either surface, with white space folded. */
export async function highlighted(page: Page): Promise<string> {
  const marks = page.getByRole('tabpanel', { name: 'Text' }).locator('mark, .text-found');
  await marks.first().waitFor();
  const texts = await marks.allTextContents();
  return texts.join('').replace(/\s+/g, ' ').trim();
}

/** The line that contains `text`, in either surface, among those in sight. */
export function lineWith(page: Page, text: string | RegExp): Locator {
  return page.getByRole('tabpanel', { name: 'Text' }).locator('[data-text], .view-line').filter({ hasText: text }).first();
}

interface Point {
  x: number;
  y: number;
}

/** Where the middle of the characters `needle` of a line is on the page. */
function placeOf(line: Locator, needle: string): Promise<Point | undefined> {
  return line.evaluate((element, wanted) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const nodes: { node: Node; start: number }[] = [];
    let text = '';
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      nodes.push({ node, start: text.length });
      text += (node.textContent ?? '').replaceAll('\u00a0', ' ');
    }
    const middle = text.indexOf(wanted) + Math.floor(wanted.length / 2);
    const at = nodes.findLast(({ start }) => start <= middle);
    if (at === undefined || !text.includes(wanted)) return undefined;
    const range = document.createRange();
    range.setStart(at.node, middle - at.start);
    range.setEnd(at.node, middle - at.start + 1);
    const { left, top, height } = range.getBoundingClientRect();
    return { x: left + 1, y: top + height / 2 };
  }, needle);
}

/** Clicks in the middle of the characters `needle` of a line in sight, once the text stands still. */
export async function clickCharacters(page: Page, line: Locator, needle: string): Promise<void> {
  let point: Point | undefined;
  await expect(async () => {
    point = await placeOf(line, needle);
    await page.evaluate(() => new Promise(requestAnimationFrame));
    expect(point).toBeDefined();
    expect(await placeOf(line, needle)).toEqual(point);
  }).toPass();
  if (point !== undefined) await page.mouse.click(point.x, point.y);
}
