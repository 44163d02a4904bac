/** Dumps of many goroutines. */

/** Different stacks of the goroutines that wait. */
export const stackCount = 250;

/** A process stopped by SIGQUIT whose goroutines, all but the first, wait in `stackCount` different functions. */
export function quitDump(goroutines: number): string {
  const parts = [
    'SIGQUIT: quit\nPC=0x46a561 m=0 sigcode=0\n',
    'goroutine 1 [sleep]:\ntime.Sleep(0x3b9aca00)\n\t/usr/local/go/src/runtime/time.go:364 +0x115',
    'main.main()\n\t/src/queue/main.go:52 +0x1d1\n',
  ];
  for (let id = 2; id <= goroutines; id++) {
    const stack = id % stackCount;
    parts.push(
      `goroutine ${id} [${stack % 2 === 0 ? 'select' : 'chan receive'}, ${stack % 50} minutes]:`,
      `example.com/queue/worker.(*pool).wait${stack}(0xc00011${stack.toString(16).padStart(4, '0')}, 0x1)`,
      `\t/src/queue/worker/pool.go:${100 + stack} +0x1c5`,
      'example.com/queue/worker.run(0xc000112000)',
      '\t/src/queue/worker/run.go:41 +0x85',
      'created by example.com/queue/worker.start in goroutine 1',
      '\t/src/queue/worker/start.go:19 +0x9a\n',
    );
  }
  return parts.join('\n');
}
