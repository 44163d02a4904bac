/** What a report asks for has a size that does not depend on the size of the stack. */
import { describe, expect, it } from 'vitest';
import { analyse, askScript } from '../../../src/core/index.ts';

const overflow = `runtime: goroutine stack exceeds 1000000000-byte limit
runtime: sp=0xc0200e0378 stack=[0xc0200e0000, 0xc0400e0000]
fatal error: stack overflow

goroutine 1 gp=0xc000002380 m=0 mp=0x5a1e60 [running]:
main.deep(0x1)
	/home/ci/deep/main.go:9 +0x1d fp=0xc0200e0390 sp=0xc0200e0378 pc=0x46b1bd
main.deep(0x2)
	/home/ci/deep/main.go:9 +0x1d fp=0xc0200e03a8 sp=0xc0200e0390 pc=0x46b1bd
...22369593 frames elided...
main.deep(0x1555556)
	/home/ci/deep/main.go:9 +0x1d fp=0xc0400dff88 sp=0xc0400dff70 pc=0x46b1bd
main.main()
	/home/ci/deep/main.go:13 +0x1c fp=0xc0400dffa0 sp=0xc0400dff88 pc=0x46b1fc
`;

describe('requests for the words of a stack', () => {
  it.each(['gdb', 'delve', 'lldb'] as const)('stay short for a stack of half a gigabyte: %s', async (name) => {
    const analysed = await analyse([{ name: 'overflow.txt', bytes: new TextEncoder().encode(overflow) }]);
    const [main] = analysed.snapshots;
    const script = main === undefined ? '' : askScript(analysed, main, name);
    expect(script).toContain('0xc0200e0378');
    expect(script.length).toBeLessThan(8000);
  });
});
