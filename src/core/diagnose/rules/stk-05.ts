/**
 * STK-05: an assembly function with a frame that is too small.
 *
 * Mechanism: the TEXT directive declares the bytes of the frame; the assembler reserves just those. A store at or past that size lands
 * on the saved frame pointer, the return address, or the caller's variables.
 */
import { isNamed } from '../facts/functions.ts';
import { conclusion } from '../facts/conclusion.ts';
import { storeOutside } from '../facts/assembly-frames.ts';
import { crashFrames } from '../facts/crash.ts';
import { withoutAbi } from '../../model/function-name.ts';
import { code } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

function examine(context: RuleContext): Conclusion[] {
  const { snapshot } = context;
  for (const listing of snapshot.listings) {
    const found = storeOutside(listing);
    if (found === undefined) continue;
    const name = withoutAbi(found.function);
    const onStack = crashFrames(context).find((frame) => isNamed(withoutAbi(frame.function ?? ''), name));
    return [
      conclusion({
        headline: `${code(name)} writes past its frame of ${found.frameSize.toString()} bytes, over its caller's stack`,
        confidence: onStack !== undefined ? 'likely' : 'possible',
        explanation: `${code(name)} declares a frame of ${found.frameSize.toString()} bytes but stores at offset ${found.offset.toString()} from the stack pointer. What lies there is not its own: the address at which its caller goes on, the one from which profilers walk the stack (the saved frame pointer), or variables of the caller, which then crashes later.`,
        evidence: [
          { statement: `${code(name)} has ${code(found.instruction.text)}.`, source: found.instruction.source },
          { statement: `Its frame is declared with ${found.frameSize.toString()} bytes.`, source: listing.source },
          ...(onStack === undefined ? [] : [{ statement: 'It is on the stack that crashed.', source: onStack.source }]),
        ],
        against: [{ statement: 'A store into the frame of the results would be right, if it is meant so.' }],
        checks: [
          { statement: 'The store lies past the declared frame', held: true },
          { statement: 'The function is on the stack that crashed', held: onStack !== undefined },
        ],
        next: [
          { why: 'Check declared frame sizes', command: 'go vet -asmdecl ./...' },
          { why: 'Declare the largest offset plus the size of the store in the TEXT directive' },
        ],
        references: ['klauspost/compress#1176'],
        culprit: { function: name, inferred: onStack === undefined },
      }),
    ];
  }
  return [];
}

export const stk05: Rule = { id: 'STK-05', title: 'Assembly frame too small', weight: 3, examine };
