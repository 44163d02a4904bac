/** Megabytes a second of the text stage, and of a bare scan for line feeds over the same bytes. */
import { openDocuments } from '../src/core/input/index.ts';
import { FrameColumns, GoroutineColumns, StringTable } from '../src/core/model/columns.ts';
import { readText } from '../src/core/text/index.ts';

const goroutines = Number(process.argv[2] ?? 20_000);
const rounds = 5;

/** A SIGQUIT dump: `count` goroutines of five frames, as runtime/traceback.go prints them. */
function syntheticDump(count: number): Uint8Array {
  const blocks = ['SIGQUIT: quit\nPC=0x4653d2 m=0 sigcode=0\n\n'];
  for (let id = 1; id <= count; id++) {
    const at = (0xc000000000 + id * 0x800).toString(16);
    blocks.push(
      `goroutine ${id} [chan receive, ${id % 90} minutes]:\n` +
        `runtime.gopark(0x${at}?, 0x1?, 0xf3?, 0x6?, 0xd?)\n\t/usr/lib/go/src/runtime/proc.go:424 +0xce\n` +
        `runtime.chanrecv(0x${at}, 0x${at}, 0x1)\n\t/usr/lib/go/src/runtime/chan.go:639 +0x41c\n` +
        `example.com/queue.(*consumer).next(0x${at})\n\t/srv/app/queue/consumer.go:${100 + (id % 7)} +0x55\n` +
        `main.work({0x${at}, 0x2, 0x4}, 0x${id.toString(16)})\n\t/srv/app/main.go:61 +0x1b\n` +
        `created by main.main in goroutine 1\n\t/srv/app/main.go:33 +0x9c\n\n`,
    );
  }
  return new TextEncoder().encode(blocks.join(''));
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === 10) lines++;
  return lines;
}

/** Best of `rounds`, in milliseconds: the least disturbed one. */
async function bestOf(work: () => unknown): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await work();
    best = Math.min(best, performance.now() - started);
  }
  return best;
}

const bytes = syntheticDump(goroutines);
const megabytes = bytes.length / 1e6;
const [document] = await openDocuments([{ name: 'synthetic', bytes }]);
if (document === undefined) throw new Error('The synthetic dump gave no document.');

const scan = await bestOf(() => countLines(bytes));
const open = await bestOf(() => openDocuments([{ name: 'synthetic', bytes }]));
const read = await bestOf(() =>
  readText(document, { strings: new StringTable(), frames: new FrameColumns(), goroutines: new GoroutineColumns() }),
);

const speed = (milliseconds: number) => `${(megabytes / (milliseconds / 1000)).toFixed(0).padStart(6)} MB/s`;
console.log(`${goroutines} goroutines, ${megabytes.toFixed(1)} MB, best of ${rounds}`);
console.log(`line feeds only  ${speed(scan)}`);
console.log(`open documents   ${speed(open)}  ${(open / scan).toFixed(1)} × the scan`);
console.log(`read text        ${speed(read)}  ${(read / scan).toFixed(1)} × the scan`);
