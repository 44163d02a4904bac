/**
 * arm64: the callee stores R30 at the bottom of its frame and its caller's R29 one word below its own stack pointer.
 * Sources: cmd/compile/abi-internal.md "arm64"; cmd/internal/obj/arm64/obj7.go prologue (Go 1.12+); runtime/signal_arm64.go.
 */
import { offsetBy, type Address } from '../model/address.ts';
import { decodeInstruction } from './arm64-instructions.ts';
import type { Architecture, FramePlace } from './architecture.ts';

/** Functions pushed by the signal handler: preparePanic and pushCall lower sp by 16 for the saved LR. */
const injected = /^runtime\.(?:sigpanic|asyncPreempt|debugCall)/;

export const arm64: Architecture = {
  name: 'arm64',
  wordSize: 8,
  bigEndian: false,
  addressBits: 48,
  stackPointer: 'sp',
  programCounter: 'pc',
  framePointer: 'r29',
  framePointerExpression: '$x29',
  linkRegister: 'lr',
  goroutineRegister: 'r28',
  goroutineExpression: '$x28',
  arenaBase: 0n,
  instructionAlignment: 4,
  shortestCall: 4,
  wholeFaultAddress: false,
  decodeInstruction,
  returnAddressAt: 'frame-bottom',
  returnSlot: (place: FramePlace) => (place.fp > place.sp ? place.sp : undefined),
  framePointerSlot: (place: FramePlace) => (place.fp > place.sp ? offsetBy(place.sp, -8) : undefined),
  joins: (place: FramePlace, name: string | undefined): readonly Address[] =>
    name !== undefined && injected.test(name) ? [offsetBy(place.fp, 16), place.fp] : [place.fp],
};
