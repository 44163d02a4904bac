/**
 * RA-08: the traceback did not reach the end of the stack.
 *
 * Mechanism (runtime/traceback.go): every frame size comes from tables that the assembler wrote. A routine that moves the stack pointer
 * by hand, or declares a wrong size, sends the unwinder past the real frames: it stops short of the stack's top (`traceback did not
 * unwind completely`), gets stuck, or meets a function that writes the stack pointer freely (`unexpected SPWRITE function`).
 * A walk also ends short of the top where a return slot holds zero: zero is taken for the end of the stack.
 */
import { formatAddress, offsetBy } from '../../model/address.ts';
import type { TracebackForm } from '../../model/complaint.ts';
import type { Evidence } from '../../model/finding.ts';
import { isRuntimeFunction } from '../../model/function-name.ts';
import type { Frame } from '../../model/goroutine.ts';
import { hex } from '../facts/addresses.ts';
import type { TracebackComplaint } from '../facts/complaints.ts';
import { conclusion } from '../facts/conclusion.ts';
import { crashFrames } from '../facts/crash.ts';
import { badReturns } from '../facts/return-addresses.ts';
import { isUserFrame } from '../facts/view.ts';
import { code, frameText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

const forms: ReadonlySet<TracebackForm> = new Set(['unfinished', 'stuck', 'spwrite']);

/** The innermost assembly function of the program: the one whose tables were written by hand. */
function assemblyFrame(frames: readonly Frame[]): Frame | undefined {
  return frames.find((frame) => frame.kind === 'assembly' && isUserFrame(frame));
}

/** The runtime's own assembly switches stacks by right (mcall, systemstack): a walk of a system stack that ends there is sound. */
function isStackSwitch({ form, function: name }: TracebackComplaint): boolean {
  return form === 'spwrite' && name !== undefined && isRuntimeFunction(name);
}

function evidenceOf(complaint: TracebackComplaint): Evidence {
  const where = complaint.sp === undefined ? '' : ` at stack pointer ${hex(complaint.sp)}`;
  return { statement: `The runtime printed: ${code(complaint.what)}${where}.`, source: complaint.source };
}

function examine(context: RuleContext): Conclusion[] {
  const { snapshot } = context;
  if (badReturns(snapshot).length > 0) return [];
  const complaint = snapshot.complaints.find(
    (one): one is TracebackComplaint => one.kind === 'traceback' && forms.has(one.form) && !isStackSwitch(one),
  );
  if (complaint === undefined) return [];
  const named = complaint.function;
  const assembly = assemblyFrame(crashFrames(context));
  const evidence = [evidenceOf(complaint)];
  if (assembly !== undefined)
    evidence.push({ statement: `${frameText(assembly)} is an assembly function on the stack.`, source: assembly.source });
  const culprit = named ?? assembly?.function;
  const unfinished = complaint.form === 'unfinished';
  const place = complaint.sp === undefined ? '' : ` below ${hex(complaint.sp)}`;
  const zero = unfinished
    ? ` A walk also ends where the return address reads as zero, before the top of the stack: then something cleared the return slot${place}, and the function of that frame is where to look.`
    : '';
  return [
    conclusion({
      headline:
        culprit === undefined
          ? unfinished
            ? 'A stack walk ended too early: a return address is zero, or a frame has another size than declared'
            : 'The runtime could not walk a stack to its end: a frame has another size than declared'
          : `The runtime could not walk the stack past ${code(culprit)}, an assembly function`,
      confidence: named !== undefined ? 'very likely' : assembly !== undefined || unfinished ? 'likely' : 'possible',
      explanation: `To walk a stack the runtime needs the size of every frame, which the assembler writes into tables. ${culprit === undefined ? 'A routine in assembly' : code(culprit)} moves the stack pointer in another way than its declaration says, so the walk went past the real frames.${zero} The printed stack behind that point cannot be trusted.`,
      evidence,
      against: culprit === undefined ? [{ statement: 'No assembly function of the program is on the printed stack.' }] : [],
      checks: [
        { statement: 'The runtime itself gave up the walk', held: true },
        { statement: 'An assembly function is on the stack', held: assembly !== undefined || named !== undefined },
      ],
      next: [
        ...(unfinished && complaint.sp !== undefined
          ? [
              {
                why: 'See the words where the walk ended: the return slot is the word below this stack pointer (gdb)',
                command: `x/8gx ${formatAddress(offsetBy(complaint.sp, -32))}`,
              },
            ]
          : []),
        { why: 'Check declared frame sizes of assembly functions', command: 'go vet -asmdecl ./...' },
        {
          why: 'List the instructions that move the stack pointer',
          command: "grep -rnE '(ADD|SUB)Q?.*, *R?SP$' --include='*.s' .",
        },
      ],
      references: ['prysmaticlabs/gohashtree#13', 'golang/go#44269'],
      ...(culprit === undefined ? {} : { culprit: { function: culprit, inferred: named === undefined } }),
      ...(complaint.goroutine === undefined ? {} : { focus: { goroutine: complaint.goroutine } }),
    }),
  ];
}

export const ra08: Rule = {
  id: 'RA-08',
  title: 'Traceback did not reach the end of the stack',
  explains: ['FAULT-01', 'GC-08'],
  weight: 6,
  examine,
};
