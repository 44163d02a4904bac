import { describe, expect, it } from 'vitest';
import { factsOf, proseOf, quoted, read } from './support.ts';

function listingsOf(text: string) {
  return factsOf(read(text), 'listing').map((fact) => fact.listing);
}

describe('disassembly', () => {
  it('reads Intel syntax, quotes, the ABI suffix and the current line', () => {
    const reading = read(`(gdb) disas
Dump of assembler code for function main.swap.abi0:
=> 0x0000000000497800 <+0>:	mov    rax,QWORD PTR [rsp+0x18]
   0x0000000000497805 <+5>:	mov    QWORD PTR [rsp+0x28],rax
   0x0000000000497828 <+0x28>:	ret
End of assembler dump.
`);
    const [listing] = factsOf(reading, 'listing').map((fact) => fact.listing);
    expect(listing).toMatchObject({ function: 'main.swap', syntax: 'intel', origin: 'disassembly' });
    expect(listing?.instructions.map((instruction) => [instruction.offset, instruction.current])).toEqual([
      [0, true],
      [5, false],
      [40, false],
    ]);
    const first = listing?.instructions[0];
    expect(first === undefined ? '' : quoted(reading, first.source)).toBe(
      '=> 0x0000000000497800 <+0>:\tmov    rax,QWORD PTR [rsp+0x18]',
    );
    expect(factsOf(reading, 'symbol').map((fact) => [fact.symbol.name, fact.symbol.start])).toEqual([['main.swap', 0x497800n]]);
    expect(proseOf(reading)).toEqual([]);
  });

  it('reads /r bytes and the source lines of /s', () => {
    const [listing] = listingsOf(`Dump of assembler code for function main.mix:
hash_amd64.s:
18		MOVQ CX, AX
   0x0000000000487ded <+45>:	48 c7 c5 29 5b bc 30	mov    $0x30bc5b29,%rbp

19		RET
   0x0000000000487dfd <+61>:	c3	ret
End of assembler dump.
`);
    expect(listing?.instructions.map((instruction) => instruction.text)).toEqual(['mov $0x30bc5b29,%rbp', 'ret']);
    expect([...(listing?.instructions[0]?.bytes ?? [])]).toEqual([0x48, 0xc7, 0xc5, 0x29, 0x5b, 0xbc, 0x30]);
    expect(listing?.syntax).toBe('att');
  });

  it('joins instructions that were wrapped', () => {
    const [listing] = listingsOf(`Dump of assembler code for function main.f:
   0x0000000000468157 <+215>:	mov    rdx,QWORD PTR
[rip+0xc5582]        # 0x52d6e0 <main.Err>
   0x000000000046815e <+222>:	ret
End of assembler dump.
`);
    expect(listing?.instructions.map((instruction) => instruction.text)).toEqual([
      'mov rdx,QWORD PTR [rip+0xc5582] # 0x52d6e0 <main.Err>',
      'ret',
    ]);
  });

  it('reads x/i rows of arm64, with and without symbols', () => {
    const [listing] = listingsOf(`(gdb) x/3i $x29
   0x96690 <main.fillNeon+64>:	ldp	x29, x30, [sp, #-8]
=> 0x96694 <main.fillNeon+68>:	add	sp, sp, #0x30
   0x96698 <main.fillNeon+72>:	ret
`);
    expect(listing).toMatchObject({ function: 'main.fillNeon', syntax: 'arm64' });
    expect(listing?.instructions.map((instruction) => instruction.current)).toEqual([false, true, false]);
    const [mixed] = listingsOf('=> 0x4778e1 <main.f+33>:\tret\n   0x4778e2:\tint3\n');
    expect(mixed?.function).toBeUndefined();
    expect(mixed?.instructions.map((instruction) => instruction.function)).toEqual(['main.f', undefined]);
  });
});

describe('Go assembly', () => {
  const body = ['MOVQ seed+24(FP), AX', 'CMPQ CX, $32', 'JLT after32', 'MOVQ $817650473, BP // the constant', 'RET'];

  it('reads one instruction a line, with labels, comments and directives between', () => {
    const reading = read(`Here is the function:

// func Hash(p uintptr) uint64
TEXT ·Hash(SB),4,$0-40
	MOVQ	seed+24(FP), AX
	CMPQ	CX, $32
	// a comment line
	JLT	after32
#ifdef GOAMD64_v3
after32:
	MOVQ	$817650473, BP	// the constant
	RET

The MOVQ AX, BP instruction is a problem.
`);
    const [listing] = factsOf(reading, 'listing').map((fact) => fact.listing);
    expect(listing).toMatchObject({ function: 'Hash', syntax: 'go', origin: 'assembly', frameSize: 0 });
    expect(listing?.instructions.map((instruction) => instruction.text)).toEqual(body);
    expect(proseOf(reading)).toEqual([
      'Here is the function:',
      '// func Hash(p uintptr) uint64',
      'The MOVQ AX, BP instruction is a problem.',
    ]);
  });

  it('splits a function that lost its line ends', () => {
    const reading = read(`// func Hash(p uintptr) uint64 TEXT ·Hash(SB),4,$0-40 ${body.join(' ')} [ ... ]`);
    const [listing] = factsOf(reading, 'listing').map((fact) => fact.listing);
    expect(listing?.instructions.map((instruction) => instruction.text)).toEqual(body);
    const clobber = listing?.instructions[3];
    expect(clobber === undefined ? '' : quoted(reading, clobber.source)).toBe('MOVQ $817650473, BP // the constant');
  });

  it('keeps the comments of WORD instructions, packages and the ABI out of the name', () => {
    const [listing] = listingsOf(
      'TEXT runtime·_fill<ABIInternal>(SB), NOSPLIT|NOFRAME, $112-24 MOVD buf+0(FP), R0 WORD $0xa9bf7bfd // stp x29, x30, [sp, #-16]! WORD $0x910003fd // mov x29, sp BLS LBB0_7 [ ... ]',
    );
    expect(listing).toMatchObject({ function: 'runtime._fill', frameSize: 112 });
    expect(listing?.instructions.map((instruction) => instruction.text)).toEqual([
      'MOVD buf+0(FP), R0',
      'WORD $0xa9bf7bfd // stp x29, x30, [sp, #-16]!',
      'WORD $0x910003fd // mov x29, sp',
      'BLS LBB0_7',
    ]);
  });

  it('leaves listings of objdump and Delve, and prose, alone', () => {
    const lines = [
      'TEXT main.foldKey.abi0(SB) /home/jo/src/edgeroute/fold_amd64.s',
      'TEXT ·Hash(SB),4,$0-40',
      'is how it begins, and BP',
      'BP',
      'RET',
      '00000000004cf1a0 <main.foldKey.abi0>:',
      '  4cf1a0:	48 8b 74 24 08       	mov    0x8(%rsp),%rsi',
    ];
    expect(proseOf(read(lines.join('\n')))).toEqual(lines);
  });
});
