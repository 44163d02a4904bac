/** A session that stopped in the program's own assembly before anything broke: whoever set that breakpoint has a suspicion. */
import { isReturn, parseInstruction } from '../../arch/index.ts';
import type { Evidence } from '../../model/finding.ts';
import { isLibraryFunction, withoutAbi } from '../../model/function-name.ts';
import { listingsWith } from '../../model/listing-texts.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { framePointerWrites } from './constants.ts';
import { code } from './wording.ts';

export interface AssemblyStop {
  function: string;
  evidence: Evidence[];
}

function returns(text: string): boolean {
  return isReturn(parseInstruction(text, 'att').mnemonic);
}

/** Undefined once the program has crashed, and where a listing of the function shows that it leaves the register alone. */
export function assemblyStopOf(snapshot: Snapshot): AssemblyStop | undefined {
  if (snapshot.crash !== undefined) return undefined;
  for (const { kind, stop, source } of snapshot.events) {
    if (kind !== 'stop' || stop?.function === undefined || stop.file?.endsWith('.s') !== true) continue;
    const name = withoutAbi(stop.function);
    // The library's assembly is no suspect.
    if (isLibraryFunction(name, stop.file)) continue;
    const statement = `The debugger stopped in ${code(name)}, which is written in assembly (${code(stop.file.slice(stop.file.lastIndexOf('/') + 1))}).`;
    const write = framePointerWrites(snapshot).find((one) => one.last && one.function === name);
    if (write !== undefined) {
      const evidence = `${code(name)} has ${code(write.instruction.text)} and restores nothing before it returns.`;
      return {
        function: name,
        evidence: [
          { statement, source },
          { statement: evidence, source: write.instruction.source },
        ],
      };
    }
    const returning = listingsWith(snapshot.listings, returns, ['ret', 'leave']);
    const listed = returning.some((listing) => withoutAbi(listing.function ?? '') === name);
    if (!listed) return { function: name, evidence: [{ statement, source }] };
  }
  return undefined;
}
