/**
 * amd64: CALL pushes the return address, the prologue pushes BP right under it.
 * Sources: cmd/compile/abi-internal.md "amd64"; runtime/stack.go frame layout; runtime/traceback_fpunwind.go (Go 1.21+).
 */
import { offsetBy } from '../model/address.ts';
import type { Architecture, FramePlace } from './architecture.ts';

export const amd64: Architecture = {
  name: 'amd64',
  wordSize: 8,
  bigEndian: false,
  addressBits: 48,
  stackPointer: 'rsp',
  programCounter: 'rip',
  framePointer: 'rbp',
  framePointerExpression: '$rbp',
  goroutineRegister: 'r14',
  goroutineExpression: '$r14',
  arenaBase: 0x8000_0000_0000n,
  instructionAlignment: 1,
  // CALL of a register.
  shortestCall: 2,
  wholeFaultAddress: true,
  operandsOfAddresslessFault: 'rax rbx rcx rdx rsi rdi rbp r8 r9 r10 r11 r12 r13 r14 r15'.split(' '),
  // cs 0x33, gs 0, fs 0, ss 0x2b (arch/x86/include/uapi/asm/sigcontext.h).
  userSegments: 0x002b000000000033n,
  returnProbePage: 0x7fffffffe000n,
  returnAddressAt: 'frame-top',
  returnSlot: (place: FramePlace) => (place.fp - place.sp >= 8n ? offsetBy(place.fp, -8) : undefined),
  // A frame of 8 bytes holds the return address only: NOFRAME, or a leaf of size 0.
  framePointerSlot: (place: FramePlace) => (place.fp - place.sp >= 16n ? offsetBy(place.fp, -16) : undefined),
  joins: (place: FramePlace) => [place.fp],
};
