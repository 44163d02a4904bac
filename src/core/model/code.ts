/** What the case knows of the program's code: symbols learnt and instructions listed. */
import type { Address } from './address.ts';
import type { Instruction } from './instruction.ts';
import type { InstructionRun } from './instruction-columns.ts';
import type { SourceRange } from './source.ts';

/** `pc <main.fill+64>` teaches that main.fill starts at pc - 64. */
export interface CodeSymbol {
  name: string;
  start: Address;
  end?: Address;
  source: SourceRange;
}

/** A listing of one function: gdb disassemble, `x/i`, or Go assembly source. */
export interface CodeListing {
  function?: string;
  syntax: 'att' | 'intel' | 'go' | 'arm64';
  /** 'disassembly' is what ran; 'assembly' is source text. */
  origin: 'disassembly' | 'assembly';
  /** Assembly: bytes of the frame that the TEXT directive declares, `$0-40` → 0. */
  frameSize?: number;
  readonly instructions: Instruction[];
  /** The same instructions in columns, where `instructions` makes objects of them when it is read. */
  run?: InstructionRun;
  source: SourceRange;
}
