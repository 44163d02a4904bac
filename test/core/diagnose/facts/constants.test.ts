import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baseOfEight, immediateOf } from '../../../../src/core/arch/index.ts';
import { framePointerWrites, searchHits, writesValue } from '../../../../src/core/diagnose/facts/constants.ts';
import { instructionWords } from '../../../../src/core/diagnose/facts/instruction-words.ts';
import { makeSnapshot } from '../../../support/snapshot.ts';
import type { ListingSpec } from '../../../support/snapshot-spec.ts';

function writes(...listings: ListingSpec[]) {
  return framePointerWrites(makeSnapshot({ listings }).snapshot).map((write) => [write.function, write.constant, write.last]);
}

describe('immediates', () => {
  it.each([
    ['$0x30bc5b29', 0x30bc5b29n],
    ['$817650473', 0x30bc5b29n],
    ['0x30bc5b29', 0x30bc5b29n],
    ['$-16', 0xfffffffffffffff0n],
    ['#-0x10', 0xfffffffffffffff0n],
    ['%rax', undefined],
    ['$main.x', undefined],
  ])('%s', (text, value) => {
    expect(immediateOf(text)).toBe(value);
  });

  it('compares as the instruction extends it', () => {
    expect(writesValue(0xfffffffffffffff0n, 0xfffffff0n)).toBe(true);
    expect(writesValue(0xfffffff0n, 0xfffffffffffffff0n)).toBe(true);
    expect(writesValue(0x30bc5b29n, 0x30bc5b2an)).toBe(false);
  });
});

describe('writes to the frame-pointer register', () => {
  it('leaves out prologues, saves and restores', () => {
    expect(
      writes({ function: 'a.f', code: ['push %rbp', 'mov %rsp,%rbp', 'sub $0x10,%rsp', 'cmp $0x1,%rbp', 'pop %rbp', 'ret'] }),
    ).toEqual([]);
    expect(writes({ function: 'a.f', code: ['lea 0x20(%rsp),%rbp', 'mov 0x20(%rsp),%rbp', 'ret'] })).toEqual([]);
    expect(writes({ function: 'a.f', syntax: 'arm64', code: ['sub x29, sp, #0x8', 'ldp x29, x30, [sp, #-8]', 'ret'] })).toEqual(
      [],
    );
  });

  it('keeps the last one before each return apart', () => {
    const code = ['mov %rax,%rbp', 'imul %rbx,%rax', 'movabs $0x1b873593,%rbp', 'ret'];
    expect(writes({ function: 'a.f', code })).toEqual([
      ['a.f', undefined, false],
      ['a.f', 0x1b873593n, true],
    ]);
  });

  it('sees a later restore', () => {
    expect(writes({ function: 'a.f', code: ['push %rbp', 'mov $0x5,%rbp', 'pop %rbp', 'ret'] })).toEqual([['a.f', 5n, false]]);
  });

  it('reads memory destinations as no write', () => {
    expect(writes({ function: 'a.f', code: ['mov $0x5,0x8(%rbp)', 'mov %rbp,%rax', 'ret'] })).toEqual([]);
    expect(writes({ function: 'a.f', syntax: 'intel', code: ['mov QWORD PTR [rbp+0x8],0x5', 'ret'] })).toEqual([]);
  });

  it('survives any text', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 5 }), fc.constantFrom('att', 'intel', 'go', 'arm64'), (code, syntax) => {
        writes({ function: 'a.f', syntax, code });
      }),
    );
  });
});

describe('search hits', () => {
  it('names the function from the printed symbol', () => {
    const searches = [{ value: 0x30bc5b29n, hits: [{ address: 0x487df0n, symbol: '<main.mix+48>' }] }];
    expect(searchHits(makeSnapshot({ searches }).snapshot, 0x30bc5b29n)).toMatchObject([{ function: 'main.mix' }]);
  });

  it('skips searches for another value', () => {
    const searches = [{ value: 0x11n, hits: [{ address: 0x487df0n, symbol: 'main.mix+48' }] }];
    expect(searchHits(makeSnapshot({ searches }).snapshot, 0x30bc5b29n)).toEqual([]);
  });
});

describe('base register of a read 8 bytes above', () => {
  it.each([
    ['mov 0x8(%rbx),%rsi', 'rbx'],
    ['ldr x6, [x4, #8]', 'x4'],
    ['mov rsi,QWORD PTR [rbx+0x8]', 'rbx'],
    ['mov 0x18(%rbx),%rsi', undefined],
    ['mov (%rbx),%rsi', undefined],
  ])('%s', (text, register) => {
    expect(baseOfEight(text)).toBe(register);
  });
});

describe('instruction words', () => {
  it('reads a pair behind a call', () => {
    expect(instructionWords(0xf90017e0f9402be0n)?.restored).toBe(false);
  });

  it.each([0x0000c3ffa97ffbfdn, 0xff00c3ffa97ffbfdn])('puts a lost top byte back: %s', (value) => {
    expect(instructionWords(value)).toMatchObject({ value: 0x9100c3ffa97ffbfdn, restored: true });
  });

  it('knows more instructions once the process is known to be arm64', () => {
    expect(instructionWords(0xb4000060f100041fn, true)?.text).toEqual(['cmp', 'cbz']);
    expect(instructionWords(0xb4000060f100041fn)).toBeUndefined();
  });

  it.each([0n, 0x30bc5b29n, 0xc000040ec8n, 0x4000057e70n, 0x7fffffffe000n])('refuses %s', (value) => {
    expect(instructionWords(value)).toBeUndefined();
  });
});
