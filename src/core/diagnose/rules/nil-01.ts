/**
 * Read or write through a nil pointer. runtime/signal_unix.go sigpanic turns SIGSEGV below 4096 with code 0, 1 or 2 into
 * `invalid memory address or nil pointer dereference`: the address is then the offset of the field or element.
 * A general-protection fault (code 0x80, address 0) is another thing: NC-01.
 */
import { hasRole } from '../facts/functions.ts';
import { formatAddress, toAddress } from '../../model/address.ts';
import type { Frame } from '../../model/goroutine.ts';
import { argumentWords } from '../facts/arguments.ts';
import { crashEvent, crashFrames, faultFrame, hasReason, raisingFrames, reasonOf } from '../facts/crash.ts';
import { deathStack } from '../facts/death.ts';
import { failedReader } from '../facts/frame-pointers.ts';
import { moreDetail } from '../facts/next-steps.ts';
import { nilOperand, type NilOperand } from '../facts/nil-operand.ts';
import { panicConclusion, panicStory } from '../facts/panic-story.ts';
import { crashSignal, signalCode } from '../facts/signal.ts';
import { hasNoAddress } from '../facts/wild.ts';
import { code, frameEvidence, frameText, subjectText } from '../facts/wording.ts';
import { isUserFrame } from '../facts/view.ts';
import type { BogusPointer, Evidence } from '../../model/finding.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** runtime/signal_unix.go: below it an address is nil plus an offset. */
const nilLimit = 4096n;

/** 'The 1st argument word' … of those that are 0 and not marked as stale. */
function nilArguments(frame: Frame): Evidence[] {
  const words = argumentWords(frame.arguments);
  const first = words.findIndex((word) => word.value === 0n && !word.stale);
  if (first < 0) return [];
  const which = first === 0 ? 'first argument word (the receiver, if it is a method)' : `argument word ${String(first + 1)}`;
  return [frameEvidence(frame, `The ${which} of ${frameText(frame)} is 0.`)];
}

function offsetText(address: bigint | undefined): string {
  if (address === undefined) return 'The dump gives no address, so the field is to be read at that line.';
  if (address === 0n) return 'The address is 0: the pointer itself, or the first field behind it, was used.';
  return (
    `The address ${code(formatAddress(address))} is nil plus the offset of a field or element: ` +
    `look for the field ${String(address)} bytes into the struct.`
  );
}

/** Known only to sessions that show the code or the variables of the frame. */
function bogusOf(operand: NilOperand | undefined): BogusPointer[] {
  if (operand === undefined) return [];
  const why = operand.origin === undefined ? 'nil, and followed' : `nil, and followed; it is ${operand.origin}`;
  return [{ value: toAddress(0n), at: operand.at, why }];
}

const originText = (operand: NilOperand | undefined): string =>
  operand?.origin === undefined ? '' : ` The pointer was ${operand.origin}.`;

function ofPanic(context: RuleContext): Conclusion[] {
  const reason = reasonOf(context, ['nil-dereference']);
  if (reason === undefined) return [];
  const signal = reason.event.signal;
  const address = reason.root ? (crashSignal(context)?.address ?? signal?.address) : signal?.address;
  if (signal?.code === signalCode.kernel || (address !== undefined && address >= nilLimit)) return [];
  const story = panicStory(context, reason);
  const frames = raisingFrames(crashFrames(context));
  const fault = faultFrame(context) ?? frames[0];
  const operand = nilOperand(context, address);
  const inLibrary = fault !== undefined && !isUserFrame(fault);
  const offset = address === undefined ? '' : `, offset ${code(formatAddress(address))}`;
  const conclusion = panicConclusion(reason, story, {
    headline: `${story.frame === undefined ? 'The program' : frameText(story.frame)} ${inLibrary && story.frame !== undefined ? 'led to a use of' : 'uses'} a nil pointer${offset}`,
    explanation:
      (inLibrary && story.frame !== undefined
        ? `A nil pointer was followed in ${frameText(fault)}, called by ${frameText(story.frame)}. `
        : `A nil pointer was followed${story.where}. `) +
      `${offsetText(address)}${originText(operand)} Most often such a value was never set; nothing points to damaged memory.`,
    evidence: [
      ...(inLibrary ? [frameEvidence(fault, `The instruction that failed is in ${frameText(fault)}.`)] : []),
      ...frames.slice(0, 4).flatMap(nilArguments).slice(0, 2),
      ...(operand?.evidence ?? []),
    ],
    checks: [
      ...(address === undefined ? [] : [{ statement: 'The address is below 4096, so it is nil plus an offset', held: true }]),
      ...(signal?.code === undefined ? [] : [{ statement: 'The signal carries an address (its code is not 0x80)', held: true }]),
    ],
    next: [{ why: 'Find where this pointer should have been set, and which error was ignored before' }, ...moreDetail(context)],
  });
  return [{ ...conclusion, bogus: bogusOf(operand) }];
}

/** The runtime or foreign code itself followed nil: `fatal error: unexpected signal …` or a bare signal block. */
function ofSignal(context: RuleContext): Conclusion[] {
  const signal = crashSignal(context);
  if (signal?.address === undefined || signal.address >= nilLimit || signal.name !== 'SIGSEGV') return [];
  // A debugger's stop has no si_code: there the address was printed, or follows from the instruction and its registers.
  const stopped = crashEvent(context)?.kind === 'stop';
  if ((signal.code === undefined && !stopped) || signal.sent) return [];
  if (stopped && hasNoAddress(context.snapshot)) return [];
  // They end at a frame pointer of nil: an address of 0 there is one that the kernel or an emulator did not give.
  if (failedReader(context) !== undefined) return [];
  const fault = faultFrame(context) ?? crashFrames(context)[0];
  const operand = nilOperand(context, signal.address);
  const user = fault !== undefined && isUserFrame(fault);
  const inferred = context.snapshot.crash?.faultAddressInferred === true;
  const where = fault === undefined ? 'code without a printed frame' : frameText(fault);
  return [
    {
      headline: `${signal.duringCgo ? 'C code' : subjectText(fault)} followed a nil pointer, offset ${code(formatAddress(signal.address))}`,
      confidence: signal.duringCgo || !user ? 'possible' : stopped && operand !== undefined ? 'very likely' : 'likely',
      explanation:
        `The fault address ${code(formatAddress(signal.address))} is below 4096: nil plus an offset, read in ${where}.${originText(operand)} ` +
        (user
          ? 'Under a debugger the signal is seen before the runtime turns it into a panic.'
          : 'Outside of Go code this is often the second damage: a structure was wrong before.'),
      evidence: [
        {
          statement: inferred
            ? `The access that raised ${code(signal.name)} was at ${code(formatAddress(signal.address))}, as its instruction and the registers say.`
            : `${code(signal.name)} came with address ${code(formatAddress(signal.address))}.`,
          ...(inferred ? { inferred } : {}),
          ...(signal.source === undefined ? {} : { source: signal.source }),
        },
        ...(fault === undefined ? [] : [frameEvidence(fault, `The instruction that failed is in ${frameText(fault)}.`)]),
        ...(operand?.evidence ?? []),
      ],
      against: user ? [] : [{ statement: 'It is not a Go panic: the fault lies in the runtime or in foreign code.' }],
      checks: [{ statement: 'The address is below 4096', held: true }],
      next: moreDetail(context),
      references: [],
      bogus: stopped ? bogusOf(operand) : [],
    },
  ];
}

/** A debugger's stop without any address, in a frame whose variable is shown as nil. */
function ofVariable(context: RuleContext): Conclusion[] {
  const signal = crashSignal(context);
  const fault = faultFrame(context);
  if (crashEvent(context)?.kind !== 'stop' || signal?.name !== 'SIGSEGV' || signal.address !== undefined) return [];
  if (fault === undefined || !isUserFrame(fault)) return [];
  const operand = nilOperand(context, undefined);
  if (operand === undefined) return [];
  return [
    {
      headline: `${frameText(fault)} followed a nil pointer, ${code(operand.at)}`,
      confidence: 'likely',
      explanation: `The program stopped at an access in ${frameText(fault)}, where ${code(operand.at)} is nil.${originText(operand)} Under a debugger the signal is seen before the runtime turns it into a panic.`,
      evidence: [frameEvidence(fault, `The instruction that failed is in ${frameText(fault)}.`), ...operand.evidence],
      against: [
        { statement: 'The session shows neither the address nor the registers: the access may have gone through another value.' },
      ],
      checks: [{ statement: 'A variable of the frame is nil', held: true }],
      next: [
        {
          why: 'See the address and the instruction (gdb)',
          command: 'p $_siginfo._sifields._sigfault.si_addr\nx/i $pc\ninfo registers',
        },
      ],
      references: [],
      bogus: bogusOf(operand),
    },
  ];
}

/** No line names a reason, but the debugger's stack has the function that raises the panic for nil pointers (runtime/panic.go). */
function ofStack(context: RuleContext): Conclusion[] {
  const frames = deathStack(context);
  const raised = frames.findIndex((frame) => hasRole(frame.function, 'nil-panic'));
  const raise = frames[raised];
  if (raise === undefined || hasReason(context) || frames[raised + 1]?.function !== 'runtime.sigpanic') return [];
  const fault = frames[raised + 2];
  const user = frames.slice(raised + 2).find(isUserFrame);
  const operand = nilOperand(context, undefined);
  if (fault === undefined) return [];
  return [
    {
      headline: `${user === undefined ? 'The program' : frameText(user)} ${user === fault ? 'uses' : 'led to a use of'} a nil pointer`,
      confidence: 'very likely',
      explanation: `The stack shows ${code('runtime.panicmem')}, which the runtime calls for a nil pointer that was followed, in ${frameText(fault)}.${originText(operand)} Most often such a value was never set; nothing points to damaged memory.`,
      evidence: [
        frameEvidence(raise, `${frameText(raise)} raises the panic for nil pointers.`),
        frameEvidence(fault, `The instruction that failed is in ${frameText(fault)}.`),
        ...(operand?.evidence ?? []),
      ],
      against: [],
      checks: [{ statement: 'A line of the runtime names the reason', held: false }],
      next: moreDetail(context),
      references: [],
      bogus: bogusOf(operand),
    },
  ];
}

function examine(context: RuleContext): Conclusion[] {
  const found = [...ofPanic(context), ...ofStack(context)];
  if (found.length > 0) return found;
  if (reasonOf(context, ['nil-dereference', 'deadlock', 'out-of-memory']) !== undefined) return [];
  return [...ofSignal(context), ...ofVariable(context)];
}

export const nil01: Rule = { id: 'NIL-01', title: 'Nil pointer dereference', weight: 5, examine };
