/**
 * One measurement in a process of its own, so that its peak memory is its own: `measure.js <contestant> <file>` prints
 * a line of JSON. `open`, `text` and `analyse` begin with a file that is not open yet; `scan` and `report` with its bytes.
 */
import { readFileSync } from 'node:fs';
import { tuneEngine } from '../src/cli/engine.ts';
import { openStore } from '../src/cli/file-store.ts';
import { analyse } from '../src/core/index.ts';
import { openDocuments } from '../src/core/input/index.ts';
import { FrameColumns, GoroutineColumns, StringTable } from '../src/core/model/columns.ts';
import type { SourceDocument } from '../src/core/model/document.ts';
import { toReport } from '../src/core/report/index.ts';
import { readText } from '../src/core/text/index.ts';
import { countRecords } from './records.ts';

// As the command does.
tuneEngine();

const [contestant = '', path = ''] = process.argv.slice(2);

/** VmHWM: `maxRSS` begins with the peak of the process that started this one. Bytes; 0 where /proc is absent. */
function peak(): number {
  try {
    const status = readFileSync('/proc/self/status', 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === 10) lines++;
  return lines;
}

/** What a reading gave; `count` is asked when the clock has stopped. */
interface Gave {
  goroutines: number;
  count?: () => number;
}

/** Runs `work` and prints what it cost. 0 = not counted. */
async function measure(work: () => number | Gave | Promise<number | Gave>): Promise<void> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const gave = await work();
  const wall = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const figures = { wall, cpu: (user + system) / 1e6, peak: peak() };
  const { goroutines, count } = typeof gave === 'number' ? { goroutines: gave } : gave;
  console.log(JSON.stringify({ ...figures, goroutines, records: count?.() ?? 0 }));
}

const read = () => {
  const buffer = readFileSync(path);
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
};

function fileStore() {
  const store = openStore(path, 0);
  if (store === undefined) throw new Error(`${path} is no file`);
  return store;
}

async function openAll(): Promise<SourceDocument> {
  const [document] = await openDocuments([{ name: path, bytes: fileStore() }]);
  if (document === undefined) throw new Error(`${path} gave no document`);
  return document;
}

function readAll(document: SourceDocument): Gave {
  const columns = { strings: new StringTable(), frames: new FrameColumns(), goroutines: new GoroutineColumns() };
  const records = readText(document, columns);
  return { goroutines: records.headers, count: () => countRecords(records, columns) };
}

switch (contestant) {
  case 'nothing':
    await measure(() => 0);
    break;
  case 'scan': {
    const bytes = read();
    await measure(() => (countLines(bytes) > 0 ? 0 : 0));
    break;
  }
  case 'open':
    await measure(async () => (await openDocuments([{ name: path, bytes: fileStore() }])).length * 0);
    break;
  case 'text':
    await measure(async () => readAll(await openAll()));
    break;
  case 'text-again': {
    const document = await openAll();
    // Twice before: the engine has compiled the readers then.
    for (let round = 0; round < 2; round++) readAll(document);
    await measure(() => readAll(document));
    break;
  }
  case 'analyse':
    await measure(async () => {
      const analysed = await analyse([{ name: path, bytes: fileStore() }]);
      return analysed.snapshots[0]?.snapshot.coverage.headers ?? 0;
    });
    break;
  case 'report': {
    const analysed = await analyse([{ name: path, bytes: read() }]);
    await measure(() => toReport(analysed, { summary: true }).goroutines.count);
    break;
  }
}
