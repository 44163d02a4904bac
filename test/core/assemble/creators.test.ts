import { describe, expect, it } from 'vitest';
import { GoroutineFlag } from '../../../src/core/model/goroutine.ts';
import { snapshotOf } from './support.ts';

describe('stacks of creators (GODEBUG=tracebackancestors)', () => {
  const creator = (line: number) => `[originating from goroutine 1]:
main.start(...)
	/srv/a.go:${line} +0x97
main.main(...)
	/srv/a.go:9 +0x17
`;
  const dump = `panic: x

goroutine 7 [running]:
main.work()
	/srv/a.go:30 +0x1d
created by main.start in goroutine 1
	/srv/a.go:20 +0x97
${creator(20)}
goroutine 8 [select]:
main.work()
	/srv/a.go:31 +0x1d
created by main.start in goroutine 1
	/srv/a.go:21 +0x97
${creator(21)}
goroutine 9 [select]:
main.work()
	/srv/a.go:31 +0x1d
created by main.start in goroutine 1
	/srv/a.go:21 +0x97
${creator(21)}`;

  it('are kept where they differ', async () => {
    const { goroutines } = await snapshotOf(dump);
    const listed = Array.from({ length: goroutines.length }, (_, row) => row).filter(
      (row) => ((goroutines.flags[row] ?? 0) & GoroutineFlag.duplicate) === 0,
    );
    expect(listed.map((row) => goroutines.id[row])).toEqual([7n, 1n, 8n, 1n, 9n]);
  });
});
