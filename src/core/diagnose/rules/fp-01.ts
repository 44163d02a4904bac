/**
 * FP-01: a constant left in the frame-pointer register.
 *
 * Mechanism: a function in assembly uses BP (R29 on arm64) as a scratch register and returns without putting the caller's frame pointer back
 * (frame size $0: the assembler adds no save and restore). The next Go function saves the constant as if it were a frame pointer.
 * Tracebacks use pc tables and stay sound; the readers of frame pointers (execution tracer since Go 1.21, block and mutex
 * profiles since 1.23) read 8 bytes above the constant and die.
 */
import { anyHasRole } from '../facts/functions.ts';
import { toAddress, type Address } from '../../model/address.ts';
import type { BogusPointer, Confidence, Evidence } from '../../model/finding.ts';
import { classifyWord } from '../../words/index.ts';
import { hex, isMapped, stoppedLevel } from '../facts/addresses.ts';
import { assemblyStopOf } from '../facts/assembly-stop.ts';
import { seenFramePointer } from '../facts/before-after.ts';
import { callerEvidence, clobbererOf, clobberSteps, ordinaryWrite, shownCaller, type Clobberer } from '../facts/clobber.ts';
import { crashEvent, crashGoroutine } from '../facts/crash.ts';
import { chainSentence } from '../facts/examined.ts';
import { framePointerCrash, pointsIntoStack, type FramePointerCrash } from '../facts/frame-pointers.ts';
import { kernelCode } from '../facts/wild.ts';
import { suspectOf, type Suspect } from '../facts/suspects.ts';
import { code, frameText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

const references = ['golang/go#69629', 'golang/go#69838', 'golang/go#63508'];

function headlineOf(
  value: Address,
  register: string,
  culprit: Clobberer | undefined,
  caller: string | undefined,
  suspect?: Suspect,
): string {
  if (culprit !== undefined)
    return `${code(culprit.function)} leaves ${hex(value)} in the frame-pointer register ${code(register)}`;
  if (suspect !== undefined)
    return `${code(suspect.function)} probably left ${hex(value)} in the frame-pointer register ${code(register)}`;
  if (caller !== undefined)
    return `${code(caller)} called a function that left ${hex(value)} in the frame-pointer register ${code(register)}`;
  return `A function that has returned left ${hex(value)} in the frame-pointer register ${code(register)}`;
}

function explanationOf(
  crash: FramePointerCrash,
  value: Address,
  culprit: Clobberer | undefined,
  suspect: Suspect | undefined,
): string {
  const reader = code(crash.reader.function ?? 'the runtime');
  const caller = crash.callers[0];
  const register = code(crash.register);
  const who =
    culprit === undefined
      ? `${suspect === undefined ? 'A function' : `A function, probably ${code(suspect.function)},`} ${caller === undefined ? '' : `called from ${frameText(caller)} `}left it in ${register} and returned without putting its caller's frame pointer back; in Go only assembly can do that`
      : `${code(culprit.function)} leaves it in ${register} and returns without putting its caller's frame pointer back`;
  return [
    `A frame pointer is the address at which a function keeps its caller's frame pointer; profilers and the execution tracer follow these addresses from frame to frame to record a stack. Here one of them is ${hex(value)}, which is no address of a stack.`,
    `${who}.`,
    `${reader} read 8 bytes above the value and died; it is only the reader and is not at fault.`,
    culprit === undefined
      ? 'Ordinary tracebacks do not use frame pointers, so the printed stack can be trusted.'
      : `${code(culprit.function)} had already returned, so it is on no stack: the traceback shows its caller only.`,
  ].join(' ');
}

function checksOf(context: RuleContext, crash: FramePointerCrash, value: Address, culprit: Clobberer | undefined) {
  const { snapshot } = context;
  const checks = [
    { statement: `${code(crash.reader.function ?? '')} is a reader of frame pointers`, held: true },
    { statement: `${hex(value)} lies in no stack of the case`, held: true },
  ];
  const mapped = isMapped(snapshot, value);
  if (mapped !== undefined) checks.push({ statement: `${hex(value)} is in no mapping`, held: !mapped });
  if (crash.link !== undefined)
    checks.push({
      statement: `The saved frame pointer at ${hex(crash.link.slot)} holds the value`,
      held: crash.link.value === value,
    });
  if (culprit !== undefined)
    checks.push({
      statement: `The code of ${code(culprit.function)} writes this value to ${code(crash.register)}`,
      held: culprit.proof === 'listing',
    });
  const frames = crashGoroutine(context)?.frames ?? [];
  if (frames.length > 0)
    checks.push({
      statement: 'The ordinary traceback of the goroutine reaches its start',
      held: anyHasRole(frames, 'stack-start'),
    });
  return checks;
}

function confidenceOf(crash: FramePointerCrash, value: Address, culprit: Clobberer | undefined): Confidence {
  if (culprit?.proof === 'listing') return 'certain';
  if (culprit?.proof === 'search' || crash.link?.value === value || crash.heldIn !== undefined) return 'very likely';
  return crash.faultAddress === undefined ? 'possible' : 'likely';
}

/** A debugger showed the register with a wrong value: the crash need not have come yet. */
function seenInRegister(context: RuleContext): Conclusion[] {
  const { snapshot } = context;
  const seen = seenFramePointer(snapshot);
  if (seen === undefined) return beforeAnything(snapshot);
  const { value } = seen.bad;
  // Code and instructions in R29 are FP-04's and FP-05's.
  const { kind } = classifyWord(snapshot, value);
  if (seen.register !== 'rbp' && (kind === 'text' || kind === 'instructions')) return [];
  const culprit: Clobberer = {
    function: seen.culprit,
    proof: seen.proof === 'listing' ? 'listing' : 'write',
    evidence: { statement: '' },
  };
  const shown = shownCaller(snapshot, seen.culprit);
  return [
    {
      headline: headlineOf(value, seen.register, culprit, undefined),
      confidence: seen.proof === 'listing' ? 'certain' : 'very likely',
      explanation: `${code(seen.culprit)} leaves ${hex(value)} in ${code(seen.register)}, the register that holds the frame pointer, and returns without putting its caller's value back. A frame pointer is the address at which a function keeps its caller's frame pointer: whoever walks them afterwards (profilers, the execution tracer) reads 8 bytes above the wrong value and crashes.`,
      evidence: [...seen.evidence, ...(shown === undefined ? [] : [shown.evidence])],
      against: [],
      checks: [
        { statement: 'The constant in the code equals the value seen in the register', held: seen.proof === 'listing' },
        { statement: `${hex(value)} lies in no stack of the case`, held: true },
      ],
      next: clobberSteps(snapshot, value, seen.register, culprit, []),
      references,
      bogus: [{ value, at: seen.register, why: `left by ${seen.culprit}; no frame pointer` }],
      culprit: { function: seen.culprit, inferred: seen.proof !== 'listing' },
    },
  ];
}

/** Nothing is broken yet: a stop in assembly tells whom somebody suspects, and how to find out. Never more than possible. */
function beforeAnything(snapshot: RuleContext['snapshot']): Conclusion[] {
  const stop = assemblyStopOf(snapshot);
  if (stop === undefined || (snapshot.process.arch !== undefined && snapshot.process.arch !== 'amd64')) return [];
  const name = code(stop.function);
  return [
    {
      headline: `Whether ${name} gives ${code('rbp')} back is not shown yet; nothing is broken at this stop`,
      confidence: 'possible',
      explanation: `${name} is written in assembly, and only assembly can return with another value in ${code('rbp')}, the register that holds the frame pointer, the address at which a function keeps its caller's frame pointer. At this stop the frame pointers that the session shows are sound, so nothing is proved: compare the register before and after the call.`,
      evidence: stop.evidence,
      against: [{ statement: 'No value in the session is wrong.' }],
      checks: [{ statement: 'The register was seen with a wrong value', held: false }],
      next: [
        { why: 'Compare the register before and after (gdb)', command: 'p/x $rbp\nfinish\np/x $rbp' },
        { why: 'See whether the function writes the register (gdb)', command: `disassemble '${stop.function}'` },
      ],
      references,
      bogus: [],
      culprit: { function: stop.function, inferred: true },
    },
  ];
}

/** A debugger shows the stack of the death, but neither the address nor the registers of the frame that failed. */
function unseen(context: RuleContext, crash: FramePointerCrash, level: number): Conclusion {
  const register = code(crash.register);
  const caller = crash.callers[0]?.function;
  const seen = seenFramePointer(context.snapshot);
  const suspect: Suspect | undefined =
    seen === undefined
      ? suspectOf(context.snapshot, crash.callers)
      : { function: seen.culprit, proof: seen.proof === 'listing' ? 'write' : 'assembly', evidence: { statement: '' } };
  const constant = suspect?.constant;
  const left = seen?.bad.value ?? (constant === undefined || constant === 0n ? undefined : toAddress(constant));
  const what = left === undefined ? 'a value' : hex(left);
  const who =
    suspect !== undefined
      ? `${code(suspect.function)} ${suspect.proof === 'write' ? '' : 'probably '}left`
      : `${caller === undefined ? 'A function that has returned' : `${code(caller)} called a function that`} left`;
  const conclusion: Conclusion = {
    headline: `${who} ${what} in the frame-pointer register ${register}${left === undefined ? ' that is no frame pointer' : ''}`,
    confidence: suspect?.proof === 'write' ? 'very likely' : 'likely',
    explanation: `A frame pointer is the address at which a function keeps its caller's frame pointer; profilers and the execution tracer follow these addresses from frame to frame, without checking them. ${code(crash.reader.function ?? 'The runtime')} died on such a walk: it is only the reader. ${suspect !== undefined ? code(suspect.function) : caller === undefined ? 'A function' : `A function called from ${code(caller)}`} used ${register} for something else and returned without putting its caller's frame pointer back; in Go only assembly can do that.`,
    evidence: [
      ...crash.evidence,
      ...(seen === undefined ? (suspect === undefined ? [] : [suspect.evidence]) : seen.evidence),
      ...callerEvidence(crash.callers, suspect?.function),
    ],
    against: left === undefined ? [{ statement: 'The session does not show the value itself.' }] : [],
    checks: [{ statement: `${code(crash.reader.function ?? '')} is a reader of frame pointers`, held: true }],
    next: [
      ...(level > 0
        ? [{ why: 'Read the registers of the frame that failed (Delve)', command: `frame ${level.toString()} regs` }]
        : []),
      ...(caller === undefined ? [] : [{ why: 'List what the caller calls (Delve)', command: `disassemble -l ${caller}` }]),
      {
        why: 'Look for writes to the register in assembly sources',
        command: `grep -rnE ', *BP$' --include='*_amd64.s' . "$(go env GOMODCACHE)"`,
      },
    ],
    references,
    bogus:
      left === undefined || suspect === undefined
        ? []
        : [{ value: left, at: crash.register, why: `left by ${suspect.function}; no frame pointer` }],
    focus: { goroutine: crash.goroutine },
  };
  if (suspect !== undefined) conclusion.culprit = { function: suspect.function, inferred: suspect.proof !== 'write' };
  return conclusion;
}

/** The kernel gave no address and no register was printed: the value cannot be an address, more is not known. */
function withoutValue(crash: FramePointerCrash): Conclusion {
  const register = code(crash.register);
  const caller = crash.callers[0]?.function;
  const who = caller === undefined ? 'A function that has returned' : `${code(caller)} called a function that`;
  return {
    headline: `${who} left a value in the frame-pointer register ${register} that cannot be an address`,
    confidence: 'likely',
    explanation: `A frame pointer is the address at which a function keeps its caller's frame pointer; profilers and the execution tracer follow these addresses from frame to frame. Here one of them is no possible address: the kernel reports no fault address for such an access, so ${code('addr=0x0')} means nothing. ${caller === undefined ? 'A function' : `A function called from ${code(caller)}`} used ${register} for something else and returned without putting its caller's frame pointer back; in Go only assembly can do that. ${code(crash.reader.function ?? 'The runtime')} is only the reader.`,
    evidence: [...crash.evidence, ...callerEvidence(crash.callers)],
    against: [{ statement: 'The dump does not show the value itself.' }],
    checks: [
      { statement: `${code(crash.reader.function ?? '')} is a reader of frame pointers`, held: true },
      { statement: 'The signal code says that the kernel had no address', held: true },
    ],
    next: [
      { why: 'Read the registers at the failed instruction, from a core (gdb)', command: 'x/i $pc\ninfo registers' },
      ...(caller === undefined ? [] : [{ why: 'List what the caller calls (gdb)', command: `disassemble '${caller}'` }]),
      {
        why: 'Look for writes to the register in assembly sources',
        command: `grep -rnE ', *BP$' --include='*_amd64.s' . "$(go env GOMODCACHE)"`,
      },
    ],
    references,
    bogus: [],
    focus: { goroutine: crash.goroutine },
  };
}

function examine(context: RuleContext): Conclusion[] {
  const { snapshot } = context;
  const crash = framePointerCrash(context);
  if (crash === undefined) return seenInRegister(context);
  const { value } = crash;
  if (value === undefined && crash.arch !== 'arm64' && snapshot.crash?.code === kernelCode) return [withoutValue(crash)];
  if (value === undefined && crash.arch === 'amd64') {
    const level = stoppedLevel(snapshot);
    const session = level > 0 || crashEvent(context)?.kind === 'stop';
    if (session) {
      const conclusion = unseen(context, crash, level);
      if (level > 0 || conclusion.culprit !== undefined) return [conclusion];
    }
  }
  if (value === undefined || crash.words !== undefined) return [];
  // A listed routine that computes in R29 is FP-08.
  if (crash.arch === 'arm64' && ordinaryWrite(snapshot) !== undefined) return [];
  if (pointsIntoStack(snapshot, value) || classifyWord(snapshot, value).kind === 'text') return [];
  const culprit = clobbererOf(snapshot, value, crash.register);
  const suspect = culprit === undefined ? suspectOf(snapshot, crash.callers, value) : undefined;
  const caller = crash.callers[0];
  const evidence: Evidence[] = [...crash.evidence];
  if (culprit !== undefined) {
    evidence.push(culprit.evidence);
    const shown = shownCaller(snapshot, culprit.function);
    if (shown !== undefined) evidence.push(shown.evidence);
  }
  if (suspect !== undefined) evidence.push(suspect.evidence);
  evidence.push(...callerEvidence(crash.callers, culprit?.function ?? suspect?.function));
  const meaning = classifyWord(snapshot, value);
  const at = crash.link?.value === value ? crash.link.slot : crash.heldIn;
  const bogus: BogusPointer = {
    value,
    why: `taken for a frame pointer; ${meaning.kind === 'unknown' ? 'no address that the case knows' : meaning.text}`,
  };
  if (at !== undefined) bogus.at = at;
  const conclusion: Conclusion = {
    headline: headlineOf(value, crash.register, culprit, caller?.function, suspect),
    confidence: confidenceOf(crash, value, culprit),
    explanation: explanationOf(crash, value, culprit, suspect),
    evidence,
    against:
      culprit === undefined
        ? [
            {
              statement: `No listing in the case shows a write of ${hex(value)} to ${code(crash.register)}; the function is not proved.`,
            },
          ]
        : [],
    checks: checksOf(context, crash, value, culprit),
    next: clobberSteps(snapshot, value, crash.register, culprit, crash.callers),
    references,
    bogus: [bogus],
    focus:
      crash.link?.value === value ? { goroutine: crash.goroutine, address: crash.link.slot } : { goroutine: crash.goroutine },
  };
  if (culprit !== undefined) conclusion.culprit = { function: culprit.function, inferred: culprit.proof !== 'listing' };
  else if (suspect !== undefined) conclusion.culprit = { function: suspect.function, inferred: true };
  return [conclusion];
}

export const fp01: Rule = {
  id: 'FP-01',
  title: 'Constant left in the frame-pointer register',
  explains: ['FP-02', 'FP-03', 'NC-01', 'FAULT-01', 'NIL-01', 'SIG-01'],
  weight: 10,
  examine,
  checked: ({ snapshot }) => chainSentence(snapshot),
};
