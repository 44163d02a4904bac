import { describe, expect, it } from 'vitest';
import { diagnoseWith } from '../../../../src/core/diagnose/engine.ts';
import { gc06 } from '../../../../src/core/diagnose/rules/gc-06.ts';
import { gc07 } from '../../../../src/core/diagnose/rules/gc-07.ts';
import { gc08 } from '../../../../src/core/diagnose/rules/gc-08.ts';
import { nc01 } from '../../../../src/core/diagnose/rules/nc-01.ts';
import { nc02 } from '../../../../src/core/diagnose/rules/nc-02.ts';
import { nc03 } from '../../../../src/core/diagnose/rules/nc-03.ts';
import { toAddress } from '../../../../src/core/model/address.ts';
import type { StateDetail } from '../../../../src/core/model/complaint.ts';
import type { ListingSpec, SnapshotSpec } from '../../../support/snapshot-spec.ts';
import { crashed, only, statements, user } from './support.ts';

type Counts = NonNullable<Extract<StateDetail, { kind: 'span-record' }>['counts']>;

function withoutAddress(more: SnapshotSpec, bytes?: number[]) {
  const signal = {
    name: 'SIGSEGV',
    code: 0x80,
    pc: toAddress(0x46a2c0),
    ...(bytes === undefined ? {} : { instructionBytes: Uint8Array.from(bytes) }),
  };
  return crashed([{ kind: 'signal', text: 'SIGSEGV', category: 'signal', signal }], [user('app.encode')], {
    process: { arch: 'amd64' },
    ...more,
    crash: { kind: 'signal', signal: 'SIGSEGV', code: 0x80, pc: 0x46a2c0n },
  });
}

const listing = (text: string): ListingSpec[] => [{ function: 'encode', code: [{ text, address: 0x46a2c0n }] }];

describe('NC-02', () => {
  it('finds the misaligned operand, and explains the impossible address', () => {
    const built = withoutAddress({ listings: listing('movaps %xmm0,0x20(%rsp)'), registers: { rsp: 0x7ffd00001238n } });
    const found = only(nc02, built);
    expect(found.headline).toContain('`0x7ffd00001258` that is not aligned: the stack was misaligned');
    expect(found.confidence).toBe('very likely');
    const findings = diagnoseWith([nc01, nc02], [built.snapshot], built.documents)[0]?.findings ?? [];
    expect(findings.map((finding) => finding.rule)).toEqual(['NC-02', 'NC-01']);
  });

  it.each([
    ['movaps [rsp+0x20]', [0x0f, 0x29, 0x44, 0x24, 0x20], { rsp: 0x7ffd00001238n }, '0x7ffd00001258'],
    ['movdqa [r8]', [0x66, 0x41, 0x0f, 0x6f, 0x00], { r8: 0xc000012348n }, '0xc000012348'],
    ['movdqa [rax-0x8]', [0x66, 0x0f, 0x7f, 0x40, 0xf8], { rax: 0xc000012340n }, '0xc000012338'],
  ])('reads the bytes at the pc: %s', (_name, bytes, registers, address) => {
    expect(statements(only(nc02, withoutAddress({ registers }, bytes)))).toContain(`\`${address}\``);
  });

  it('is silent for an aligned operand, an impossible one, and other instructions', () => {
    const listings = listing('movaps %xmm0,0x20(%rsp)');
    expect(nc02.examine(withoutAddress({ listings, registers: { rsp: 0x7ffd00001230n } }).context)).toEqual([]);
    expect(nc02.examine(withoutAddress({ listings, registers: { rsp: 0x5ddf6126c6c3bb78n } }).context)).toEqual([]);
    const plain = listing('movups %xmm0,0x20(%rsp)');
    expect(nc02.examine(withoutAddress({ listings: plain, registers: { rsp: 0x7ffd00001238n } }).context)).toEqual([]);
    expect(nc02.examine(withoutAddress({ registers: { rax: 1 } }, [0x48, 0x8b, 0x00]).context)).toEqual([]);
  });
});

describe('NC-03', () => {
  const lost = (rax: bigint, code = 1, text = 'mov 0x8(%rax),%rcx') =>
    crashed(
      [
        {
          kind: 'signal',
          text: 'SIGSEGV',
          category: 'signal',
          signal: { name: 'SIGSEGV', code, address: toAddress(0), pc: toAddress(0x46a2c0) },
        },
      ],
      [user('app.encode')],
      { listings: listing(text), registers: { rax }, crash: { kind: 'signal', signal: 'SIGSEGV', code, pc: 0x46a2c0n } },
    );

  it('takes the address from the register', () => {
    expect(only(nc03, lost(0x5bd1e995n)).headline).toContain('near `0x5bd1e99d`');
  });

  it('is silent when the register is nil too, for another code, and without the instruction', () => {
    expect(nc03.examine(lost(0n).context)).toEqual([]);
    expect(nc03.examine(lost(0x5bd1e995n, 0x80).context)).toEqual([]);
    expect(nc03.examine(lost(0x5bd1e995n, 1, 'nop').context)).toEqual([]);
  });
});

describe('GC-06', () => {
  const swept = (counts: Counts | undefined, category: 'span-corruption' | 'index' = 'span-corruption') =>
    crashed([{ kind: 'fatal-error', text: 'sweep increased allocation count', category }], [{ function: 'runtime.bgsweep' }], {
      complaints: [
        { kind: 'runtime-state', what: 'of a span', numbers: {}, detail: { kind: 'span-record', ...(counts && { counts }) } },
      ],
    });
  const counts: Counts = { elements: 256n, marked: 300n, allocated: 1n };

  it('reads the counts, and explains the damaged record', () => {
    const built = swept(counts);
    const found = only(gc06, built);
    expect(statements(found)).toContain('300 objects of the span are marked, but only 1');
    expect(found.explanation).toContain('exceeds what the span can hold');
    const findings = diagnoseWith([gc08, gc06], [built.snapshot], built.documents)[0]?.findings ?? [];
    expect(findings.map((finding) => finding.rule)).toEqual(['GC-06', 'GC-08']);
  });

  it('is silent for other records and other reasons', () => {
    expect(gc06.examine(swept(undefined).context)).toEqual([]);
    expect(gc06.examine(swept(counts, 'index').context)).toEqual([]);
  });
});

describe('GC-07', () => {
  const dump = (goVersion: string, base: bigint, pointer?: bigint) =>
    crashed([{ kind: 'fatal-error', text: 'found bad pointer in Go heap', category: 'bad-heap-pointer' }], [user('app.run')], {
      process: { goVersion, arch: 'amd64' },
      stacks: [{ lo: base, hi: base + 0x2000n, owner: '1' }],
      complaints: pointer === undefined ? [] : [{ kind: 'bad-heap-pointer', pointer: toAddress(pointer) }],
    });

  it('says that the place is no error', () => {
    const found = only(gc07, dump('1.26.3', 0x8b297f80000n, 0x8b298000000n));
    expect(found.headline).toContain('that is no error');
    expect(found.confidence).toBe('possible');
  });

  it('is silent for older versions, for the customary place and where no pointer is in question', () => {
    expect(gc07.examine(dump('1.25.5', 0x8b297f80000n, 0x8b298000000n).context)).toEqual([]);
    expect(gc07.examine(dump('1.26.3', 0xc000080000n, 0xc000100000n).context)).toEqual([]);
    expect(gc07.examine(dump('1.26.3', 0x8b297f80000n).context)).toEqual([]);
  });
});
