/** What differs between architectures, behind one shape: registers, word size, frame layout. Nothing else branches on them. */
import type { Address } from '../model/address.ts';
import type { ArchitectureName } from '../model/process.ts';

/** A physical frame's place: `sp` its own stack pointer, `fp` its caller's (Go's printed meaning). */
export interface FramePlace {
  sp: Address;
  fp: Address;
}

export interface Architecture {
  readonly name: ArchitectureName;
  readonly wordSize: 4 | 8;
  readonly bigEndian: boolean;
  /** Bits of a user address; values beyond are non-canonical. Absent on 32-bit machines. */
  readonly addressBits?: number;
  readonly stackPointer: string;
  readonly programCounter: string;
  /** Register that Go code keeps its frame pointer in; absent where it keeps none. */
  readonly framePointer?: string;
  /** The same register in gdb's words: `$x29`. */
  readonly framePointerExpression?: string;
  readonly linkRegister?: string;
  /** ABIInternal's current g, where a register holds it. */
  readonly goroutineRegister?: string;
  /** The same register in gdb's words: `$x28`. */
  readonly goroutineExpression?: string;
  /** Added to an address before it is divided into arenas (runtime/malloc.go arenaBaseOffset, negated); known machines only. */
  readonly arenaBase?: bigint;
  /** Distance from a call's address to its return address is a multiple of this. */
  readonly instructionAlignment: number;
  /** Bytes of the shortest call: no return address lies nearer to the start of a function. */
  readonly shortestCall?: number;
  /** Whether the kernel gives the address of a failed access with all its bits (arm64: address tags may be dropped). */
  readonly wholeFaultAddress: boolean;
  /**
   * General registers that an access can go through, where the kernel gives 0 for a fault without an address (amd64's general
   * protection; a debugger prints that 0 as the address). Absent where a fault always has one.
   */
  readonly operandsOfAddresslessFault?: readonly string[];
  /** Code and data segments of user mode as one word of a Linux signal frame: cs, gs, fs, ss of 16 bits each. */
  readonly userSegments?: bigint;
  /** Where Linux maps the trampoline of return probes when nothing else lies there: TASK_SIZE - PAGE_SIZE. */
  readonly returnProbePage?: bigint;
  /** Mnemonic of a 32-bit word of the small set that stands around calls; absent where instructions have no fixed size. */
  decodeInstruction?(word: number): string | undefined;
  /** Whether the return address is the last word of its frame (pushed by CALL) or the first (saved link register). */
  readonly returnAddressAt: 'frame-top' | 'frame-bottom';
  /** Where the frame's return address lies; undefined when the frame keeps none on the stack. */
  returnSlot(place: FramePlace): Address | undefined;
  /** Where the frame saves its caller's frame pointer; undefined when it saves none. */
  framePointerSlot(place: FramePlace): Address | undefined;
  /** Where the stack of frame `next`, called by no one in between, must begin after frame `place` of function `name`. */
  joins(place: FramePlace, name: string | undefined): readonly Address[];
}
