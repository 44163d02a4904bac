/**
 * FP-05: a fault address made of instruction words (arm64).
 *
 * Mechanism: a saved frame pointer was overwritten with a return address (FP-04). The walk reads the code there as if it were a frame
 * record: the next "frame pointer" is the two instructions behind a call, and the read 8 bytes above it fails. Linux drops or
 * sign-extends the top byte of the address it reports; macOS prints all 64 bits.
 */
import { formatAddress, offsetBy } from '../../model/address.ts';
import type { BogusPointer, Evidence, NextStep } from '../../model/finding.ts';
import { hex } from '../facts/addresses.ts';
import { callerEvidence, callerNames } from '../facts/clobber.ts';
import { framePointerCrash } from '../facts/frame-pointers.ts';
import type { InstructionWords } from '../facts/instruction-words.ts';
import { code } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

function halves(words: InstructionWords): [string, string] {
  return [formatAddress(words.value & 0xffffffffn), formatAddress(words.value >> 32n)];
}

function wordEvidence(words: InstructionWords): Evidence {
  const [low, high] = halves(words);
  const restored = words.restored ? ' (the top byte, which the kernel does not report, is put back)' : '';
  return {
    statement: `${hex(words.value)} is two instructions${restored}: ${code(low)} is ${code(words.text[0])} and ${code(high)} is ${code(words.text[1])}.`,
    inferred: true,
  };
}

function nextOf(words: InstructionWords, caller: string | undefined): NextStep[] {
  const [low, high] = halves(words);
  const steps: NextStep[] = [
    {
      why: 'Find the two instructions in the code (gdb); the call just before the hit is the call of the culprit',
      command: `find /w &'runtime.text', &'runtime.etext', ${low}, ${high}`,
    },
  ];
  if (caller !== undefined) steps.push({ why: 'List what the caller calls (gdb)', command: `disassemble '${caller}'` });
  steps.push({
    why: 'Look for the store that does it in assembly sources, your own and those of modules',
    command: `grep -rniE 'a9b.7bfd' --include='*_arm64.s' . "$(go env GOMODCACHE)"`,
  });
  return steps;
}

function examine(context: RuleContext): Conclusion[] {
  const crash = framePointerCrash(context);
  if (crash?.value === undefined || crash.words === undefined) return [];
  const { words, value } = crash;
  const [caller] = callerNames(crash.callers);
  const bogus: BogusPointer[] = [
    {
      value,
      ...(crash.heldIn === undefined ? {} : { at: crash.heldIn }),
      why: `two instructions (${words.text.join('; ')}) taken for a frame pointer`,
    },
  ];
  const read = crash.faultAddress;
  if (read !== undefined && read !== value)
    bogus.push({
      value: read,
      at: 'fault address',
      why:
        read === offsetBy(value, 8)
          ? 'the address that was read, 8 bytes above the wrong frame pointer'
          : 'the address that was read, 8 bytes above the wrong frame pointer, without the bits that the kernel drops',
    });
  const reader = code(crash.reader.function ?? 'the runtime');
  return [
    {
      headline:
        caller === undefined
          ? `A saved frame pointer was overwritten with a code address: the walk read instructions (${hex(value)})`
          : `${code(caller)} called a function that overwrote a saved frame pointer with a code address`,
      confidence: 'very likely',
      explanation: [
        `A frame pointer is the address at which a function keeps its caller's frame pointer; profilers and the execution tracer follow these addresses from frame to frame. Here one of them pointed into code, so ${reader} read the instructions ${code(words.text[0])} and ${code(words.text[1])} as the next address and failed at it.`,
        `Such a pair stands behind a call: the slot holds a return address, because an assembly function${caller === undefined ? '' : ` called from ${code(caller)}`} stored the link register one word below its caller's frame, where Go keeps the saved frame pointer.`,
        'That function has returned and is on no stack.',
      ].join(' '),
      evidence: [...crash.evidence, wordEvidence(words), ...callerEvidence(crash.callers)],
      against:
        crash.arch === 'arm64' && context.snapshot.process.arch === 'arm64'
          ? []
          : [{ statement: 'The case does not say that the process ran on arm64; the instructions suggest it.' }],
      checks: [
        { statement: 'The frame that failed is a reader of frame pointers', held: true },
        { statement: 'Both halves of the value are arm64 instructions, one of them about the stack pointer', held: true },
      ],
      next: nextOf(words, caller),
      references: ['apache/arrow#44319', 'apache/arrow-go#150'],
      bogus,
      focus: { goroutine: crash.goroutine },
    },
  ];
}

export const fp05: Rule = {
  id: 'FP-05',
  title: 'Instructions taken for a frame pointer',
  explains: ['FP-02', 'FP-03', 'NC-01', 'NIL-01', 'FAULT-01', 'SIG-01'],
  weight: 11,
  examine,
};
