/**
 * The register through which a nil pointer was followed, and where its value came from: read off the listing that holds the failed
 * instruction.
 */
import { isCall, isLoad, memoryOperand, mentionedTarget, parseInstruction, registerName } from '../../arch/index.ts';
import type { CodeListing } from '../../model/code.ts';
import type { Instruction } from '../../model/instruction.ts';
import type { Evidence } from '../../model/finding.ts';
import { withoutAbi } from '../../model/function-name.ts';
import { instructionOf, listedAt } from '../../model/listing-addresses.ts';
import type { RuleContext } from '../rule.ts';
import { faultFrame } from './crash.ts';
import { hex } from './addresses.ts';
import { code } from './wording.ts';

export interface NilOperand {
  /** 'rdx', or the variable that the debugger printed as nil. */
  at: string;
  /** What the pointer was, as the end of a sentence: 'the value that a map lookup gave'. Absent where the listing does not tell. */
  origin?: string;
  evidence: Evidence[];
}

/** Instructions looked at before the failed one. */
const mostBefore = 40;
const mapAccess = /^(?:runtime\.mapaccess\w*|internal\/runtime\/maps\.\w*access\w*)/;
/** Registers of ABIInternal's first result, on amd64 and arm64. */
const resultRegisters = new Set(['rax', 'r0']);

function calledIn(instruction: Instruction): string | undefined {
  return isCall(instruction.text) ? mentionedTarget(instruction.text) : undefined;
}

/** Where the value in `register` came from, seen from instruction `at`. */
function originOf(listing: CodeListing, at: number, register: string): { text: string; instruction: Instruction } | undefined {
  const { instructions } = listing;
  let wanted = register;
  let through: Instruction | undefined;
  for (let index = at - 1; index >= 0 && at - index <= mostBefore; index--) {
    const instruction = instructions[index];
    if (instruction === undefined) return undefined;
    const called = calledIn(instruction);
    if (called !== undefined) {
      if (!resultRegisters.has(wanted)) continue;
      if (!mapAccess.test(called)) {
        const text = through === undefined ? `what ${code(called)} returned` : `a field of what ${code(called)} returned`;
        return called === '' ? undefined : { text, instruction };
      }
      return { text: 'the value that a map lookup gave; for a key that is not in the map it is nil', instruction };
    }
    const parsed = parseInstruction(instruction.text, listing.syntax);
    if (registerName(parsed.destination) !== wanted || !isLoad(parsed)) continue;
    const operand = memoryOperand(instruction.text);
    if (operand === undefined) {
      wanted = registerName(parsed.sources[0] ?? '');
      continue;
    }
    if (operand.base === 'rsp' || operand.base === 'sp') return undefined;
    if (through !== undefined || operand.displacement !== 0n || operand.indexed) {
      const text = operand.indexed
        ? 'an element of a slice or array'
        : `the field ${operand.displacement.toString()} bytes into another struct`;
      return { text, instruction };
    }
    through = instruction;
    wanted = operand.base;
  }
  return undefined;
}

/** Local variable or argument that the debugger printed as nil at the stop of the crash, or behind it. */
function nilVariable(context: RuleContext): { name: string; evidence: Evidence } | undefined {
  const { crash, structs = [], events } = context.snapshot;
  const stop = crash === undefined ? undefined : events[crash.event];
  for (const struct of structs) {
    if (stop === undefined || struct.source.document !== stop.source.document || struct.source.start < stop.source.start)
      continue;
    if (struct.address !== undefined) continue;
    const owner = /^(?:locals|arguments) of (.+)$/.exec(struct.expression)?.[1];
    if (owner !== undefined && withoutAbi(owner) !== withoutAbi(faultFrame(context)?.function ?? '')) continue;
    const field = struct.fields.find((one) => one.value === 0n && one.decimal !== true && !/[.[]/.test(one.name));
    const name = field === undefined ? '' : field.name === '' ? struct.expression : field.name;
    if (field === undefined || !/^[A-Za-z_]\w*$/.test(name)) continue;
    return { name, evidence: { statement: `The debugger shows ${code(name)} as nil.`, source: field.source } };
  }
  return undefined;
}

/** Undefined where the session neither lists the failed instruction nor shows a nil variable. `address`: of the access, when known. */
export function nilOperand(context: RuleContext, address: bigint | undefined): NilOperand | undefined {
  const { snapshot } = context;
  const printed = faultFrame(context)?.pc;
  const pc = printed === undefined || printed === 0n ? snapshot.crash?.pc : printed;
  const variable = nilVariable(context);
  for (const { listing, index } of pc === undefined ? [] : listedAt(snapshot.listings, pc)) {
    if (listing.origin !== 'disassembly') continue;
    const failed = instructionOf(listing, index);
    const operand = failed === undefined ? undefined : memoryOperand(failed.text);
    if (failed === undefined || operand === undefined || operand.indexed) continue;
    if (address !== undefined && BigInt.asUintN(64, operand.displacement) !== address) continue;
    const origin = originOf(listing, index, operand.base);
    const found: NilOperand = {
      at: variable?.name ?? operand.base,
      evidence: [
        {
          statement: `The instruction that failed, ${code(failed.text)} at ${hex(failed.address ?? 0n)}, follows ${code(operand.base)}, which is nil.`,
          source: failed.source,
          inferred: true,
        },
        ...(variable === undefined ? [] : [variable.evidence]),
      ],
    };
    if (origin !== undefined) {
      found.origin = origin.text;
      found.evidence.push({
        statement: `${code(operand.base)} holds ${origin.text} (${code(origin.instruction.text)}).`,
        source: origin.instruction.source,
        inferred: true,
      });
    }
    return found;
  }
  return variable === undefined ? undefined : { at: variable.name, evidence: [variable.evidence] };
}
