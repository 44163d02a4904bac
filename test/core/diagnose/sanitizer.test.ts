/** Reports of AddressSanitizer: who made the access, on what, and that names and numbers are read, not known. */
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/core/index.ts';
import { edited, own, type Input } from './cases/case.ts';

async function first(input: Input) {
  const { snapshots } = await analyse([{ name: 'paste.txt', bytes: new TextEncoder().encode(input.text) }]);
  return { finding: snapshots[0]?.findings[0], report: snapshots[0]?.snapshot.events[0]?.detail };
}

describe('a sanitizer report', () => {
  it('is typed: problem, access, region and stacks', async () => {
    const { report } = await first(own('cgo-04-use-after-free'));
    expect(report).toMatchObject({
      kind: 'sanitizer',
      report: {
        tool: 'AddressSanitizer',
        problem: 'heap-use-after-free',
        address: 0x603000000044n,
        access: { kind: 'read', bytes: 4 },
        region: { lo: 0x603000000040n, hi: 0x603000000058n, bytes: 24, side: 'inside', distance: 4 },
      },
    });
    const stacks = report?.kind === 'sanitizer' ? report.report.stacks : [];
    expect(stacks.map((stack) => [stack.role, stack.frames[0]?.function, stack.frames[1]?.place])).toEqual([
      ['access', 'late', '/src/crate/crate.c:8'],
      ['freed', '__interceptor_free', '/src/crate/crate.c:8'],
      ['allocated', '__interceptor_malloc', '/src/crate/crate.c:8'],
    ]);
    expect(stacks[0]?.frames.at(-1)).toMatchObject({ function: '_start', place: '/src/crate/crate+0x1110' });
  });

  it('names the C function that made the access, and the address', async () => {
    const { finding } = await first(own('cgo-04-past-the-end'));
    expect(finding).toMatchObject({ rule: 'CGO-04', confidence: 'certain' });
    expect(finding?.headline).toBe('`stack_pallets` (`main.go:5`) wrote 1 byte past the end of a block of 20 bytes');
    expect(finding?.culprit).toEqual({ function: 'stack_pallets', inferred: false });
    expect(finding?.bogus.map((pointer) => pointer.value)).toEqual([0x603000000174n]);
  });

  it('follows other names, addresses and words of newer releases', async () => {
    const { finding } = await first(
      edited(
        own('cgo-04-past-the-end'),
        ['stack_pallets', 'heap_boxes'],
        ['0x603000000174', '0x603000000994'],
        ['to the right of 20-byte', 'after 36-byte'],
        ['WRITE of size 1', 'READ of size 8'],
      ),
    );
    expect(finding?.headline).toBe('`heap_boxes` (`main.go:5`) read 8 bytes past the end of a block of 36 bytes');
    expect(finding?.bogus.map((pointer) => pointer.value)).toEqual([0x603000000994n]);
  });

  it('passes over the wrappers of the sanitizer and the C library', async () => {
    const { finding } = await first(
      edited(own('cgo-04-past-the-end'), [
        '    #0 0x536e0e in stack_pallets /src/silo/main.go:5',
        '    #0 0x7f11 in __interceptor_memcpy (/lib/libasan.so.8+0x3c19)\n    #1 0x7f12 in memcpy (/lib/libc.so.6+0x11)\n    #2 0x536e0e in stack_pallets /src/silo/main.go:5',
      ]),
    );
    expect(finding?.culprit?.function).toBe('stack_pallets');
  });
});
