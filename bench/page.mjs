// node bench/page.mjs [--goroutines N] [--keep DIR] [--runs N] [--no-build]: the built page with a large dump, in headless
// Chromium. When the first goroutines are on screen, the longest tasks of the page's thread, how long a cancel takes.
import { chromium } from '@playwright/test';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, preview } from 'vite';
import { sigquit } from './dumps.mjs';

const { values } = parseArgs({
  options: {
    goroutines: { type: 'string', default: '100000' },
    keep: { type: 'string' },
    runs: { type: 'string', default: '3' },
    'no-build': { type: 'boolean' },
  },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const work = values.keep ?? mkdtempSync(join(tmpdir(), 'framewalk-page-'));
mkdirSync(work, { recursive: true });
const path = join(work, `sigquit-${values.goroutines}.txt`);
if (!existsSync(path)) {
  const file = openSync(path, 'w');
  for (const piece of sigquit(Number(values.goroutines))) writeSync(file, piece);
  closeSync(file);
}
if (!values['no-build']) await build({ root, logLevel: 'error' });
const server = await preview({ root, logLevel: 'error', preview: { host: '127.0.0.1', port: 0 } });
const { port } = server.httpServer.address();
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});

/** Runs in the page before its scripts: notes when things are painted. */
function watch() {
  globalThis.bench = { clicked: 0 };
  const painted = (name) => requestAnimationFrame(() => setTimeout(() => (bench[name] ??= performance.now())));
  const seen = {
    groups: '[role="treeitem"]',
    whole: '[aria-label="Verdict"]',
  };
  new MutationObserver(() => {
    for (const [name, selector] of Object.entries(seen)) {
      if (bench.dropped !== undefined && bench[name] === undefined && document.querySelector(selector) !== null) painted(name);
    }
    if (bench.clicked > 0 && bench.cancelled === undefined && document.querySelector('textarea') !== null) painted('cancelled');
  }).observe(document, { subtree: true, childList: true });
  addEventListener('drop', () => (bench.dropped = performance.now()), { capture: true });
  addEventListener('click', (event) => (bench.clicked = event.timeStamp), { capture: true });
}

async function opened() {
  const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
  await context.addInitScript(watch);
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.locator('textarea').waitFor();
  // The page has loaded its worker and is at rest.
  await page.waitForTimeout(1000);
  const cdp = await context.newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  const drop = async () => {
    for (const type of ['dragEnter', 'dragOver', 'drop']) {
      await cdp.send('Input.dispatchDragEvent', { type, x: 800, y: 500, data });
    }
  };
  const bench = () => page.evaluate(() => globalThis.bench);
  return { page, drop, bench, close: () => context.close() };
}

const whole = (milliseconds) => Math.round(milliseconds);

/** Tasks of the page's thread in milliseconds of its clock; `cpu` without the time in which another process had the core. */
function tasksOf(trace) {
  const { traceEvents } = JSON.parse(trace.toString());
  const zero = traceEvents.find(({ name }) => name === 'bench-zero');
  const { now } = JSON.parse(zero.args.data.detail);
  return traceEvents
    .filter(({ name, pid, tid, ph }) => ph === 'X' && name.endsWith('RunTask') && pid === zero.pid && tid === zero.tid)
    .map(({ ts, dur, tdur }) => ({ start: now + (ts - zero.ts) / 1000, wall: dur / 1000, cpu: (tdur ?? dur) / 1000 }));
}

function longest(tasks, from, to) {
  const most = (key) => whole(Math.max(0, ...tasks.filter(({ start }) => start >= from && start < to).map((task) => task[key])));
  return `${most('wall')} / ${most('cpu')}`;
}

/** Scrolls the box around `selector` to its end, one jump per frame; answers in milliseconds of the page's clock. */
async function scrollThrough(page, selector, jump) {
  return page.evaluate(
    async ([target, pixels]) => {
      const box = document.querySelector(target).parentElement;
      const from = performance.now();
      let frames = 0;
      while (box.scrollTop + box.clientHeight < box.scrollHeight - 1) {
        box.scrollTop += pixels;
        frames++;
        await new Promise(requestAnimationFrame);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { from, to: performance.now(), frames };
    },
    [selector, jump],
  );
}

async function reading() {
  const { page, drop, bench, close } = await opened();
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', 'blink.user_timing'] });
  await page.evaluate(() => performance.mark('bench-zero', { detail: { now: performance.now() } }));
  await drop();
  await page.locator('[aria-label="Verdict"]').waitFor({ timeout: 120_000 });
  await page.waitForTimeout(500);
  const { dropped, groups, whole: all } = await bench();
  const counts = page.locator('[title="Show the members"]');
  // From the last: what opens above another one would push it out of sight.
  for (let at = (await counts.count()) - 1; at >= 0; at--) await counts.nth(at).click();
  const list = await scrollThrough(page, '[role="tree"]', 2600);
  await page.getByRole('tab', { name: 'Text' }).click();
  await page.locator('[role="listbox"][aria-label^="Text of"]').waitFor();
  const text = await scrollThrough(page, '[role="listbox"][aria-label^="Text of"]', 25_000);
  const trace = await browser.stopTracing();
  const tasks = tasksOf(trace);
  await close();
  return {
    'first groups': whole(groups - dropped),
    'whole dump': whole(all - dropped),
    'longest task until the groups': longest(tasks, dropped, groups),
    'while reading on': longest(tasks, groups, all - 200),
    'as the whole replaces them': longest(tasks, all - 200, all + 500),
    'scrolling all goroutines': longest(tasks, list.from, list.to),
    'scrolling the text': longest(tasks, text.from, text.to),
  };
}

async function cancelling(phase) {
  const { page, drop, bench, close } = await opened();
  await drop();
  await page.getByRole('group', { name: 'Reading' }).getByText(phase).first().waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.locator('textarea').waitFor();
  await page.waitForTimeout(200);
  const { clicked, cancelled } = await bench();
  await close();
  return whole(cancelled - clicked);
}

const rows = {};
for (let run = 0; run < Number(values.runs); run++) {
  const figures = {
    ...(await reading()),
    'cancel while loading': await cancelling(/^Loading/),
    'cancel while analysing': await cancelling(/^(?!Loading)/),
  };
  for (const [name, figure] of Object.entries(figures)) (rows[name] ??= []).push(figure);
}
console.log(
  `${whole(statSync(path).size / 1e6)} MB, ${values.goroutines} goroutines; a column for each run; milliseconds, of the longest tasks of the page's thread wall / CPU\n`,
);
for (const [name, figures] of Object.entries(rows))
  console.log(`${name.padEnd(32)}${figures.map((one) => `${one}`.padStart(11)).join('')}`);

await browser.close();
await server.close();
if (values.keep === undefined) rmSync(work, { recursive: true });
