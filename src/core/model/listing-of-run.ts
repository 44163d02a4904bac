/** A listing over the columns of its instructions. */
import type { CodeListing } from './code.ts';
import type { Instruction } from './instruction.ts';
import type { InstructionRun } from './instruction-columns.ts';
import type { SourceRange } from './source.ts';

/**
 * A listing whose instructions are a run: `instructions` makes objects of them each time that it is read. Not to be cloned as it is
 * (`plainListing`).
 */
export class ListingOfRun implements CodeListing {
  readonly origin = 'disassembly';
  readonly function?: string;
  readonly syntax: CodeListing['syntax'];
  readonly run: InstructionRun;
  readonly source: SourceRange;

  constructor(name: string | undefined, syntax: CodeListing['syntax'], run: InstructionRun, source: SourceRange) {
    if (name !== undefined) this.function = name;
    this.syntax = syntax;
    this.run = run;
    this.source = source;
  }

  get instructions(): Instruction[] {
    const { columns, from, to } = this.run;
    return Array.from({ length: to - from }, (_unused, index) => columns.instruction(from + index));
  }
}

/** The same listing as data of its own, for other threads. */
export function plainListing(listing: CodeListing): CodeListing {
  if (listing.run === undefined) return listing;
  const { function: name, syntax, origin, instructions, source } = listing;
  return name === undefined ? { syntax, origin, instructions, source } : { function: name, syntax, origin, instructions, source };
}
