/**
 * CGO-03: a crash in C code.
 *
 * Mechanism: the thread ran C when the signal came (`signal arrived during cgo execution`, runtime/signal_unix.go; up to Go 1.20 also
 * `unexpected signal during runtime execution` with nothing but sigpanic on the runtime's stack). Go's traceback ends at the call.
 */
import type { BogusPointer, Evidence, NextStep } from '../../model/finding.ts';
import type { Frame } from '../../model/goroutine.ts';
import { contains, formatAddress } from '../../model/address.ts';
import { firstLegalPointer, hex } from '../facts/addresses.ts';
import { argumentWords } from '../facts/arguments.ts';
import { cFunction, calledC, callFrame } from '../facts/cgo.ts';
import { crashEvent, crashGoroutine, userFrame } from '../facts/crash.ts';
import { deathStack, failingFrames } from '../facts/death.ts';
import { badReturns } from '../facts/return-addresses.ts';
import { capitalised, code, eventEvidence, frameText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

const faultSignals: ReadonlySet<string> = new Set(['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP', 'SIGABRT', 'SIGSYS']);

function duringCgo(context: RuleContext): boolean {
  const { snapshot } = context;
  const event = crashEvent(context);
  if (event?.signal?.duringCgo === true || snapshot.events.some((one) => one.signal?.duringCgo === true)) return true;
  if (event?.category !== 'unexpected-signal') return false;
  // Up to Go 1.20: the runtime's stack holds only the report, and the goroutine stands in cgocall.
  const call = callFrame(crashGoroutine(context)?.frames.slice(0, 3) ?? []);
  return (
    call !== undefined &&
    deathStack(context)[0]?.row !== crashGoroutine(context)?.frames[0]?.row &&
    failingFrames(context)[0]?.function === undefined
  );
}

function libraryOf(context: RuleContext, pc: bigint | undefined): { file: string; offset: bigint } | undefined {
  if (pc === undefined) return undefined;
  const mapping = context.snapshot.mappings.find((one) => contains(one, pc));
  if (mapping?.file === undefined || mapping.file === '') return undefined;
  return { file: mapping.file, offset: pc - mapping.start + (mapping.fileOffset ?? 0n) };
}

/** A field of a struct that C was given a pointer to. */
const fieldReach = 4096n;

/** The argument of the call that is the bad address, or a little below it. Stale words count: C had the value. */
function passedAddress(call: Frame, address: bigint | undefined): Evidence | undefined {
  if (address === undefined) return undefined;
  const words = argumentWords(call.arguments);
  const index = words.findIndex(({ value }) => value >= firstLegalPointer && value <= address && address - value < fieldReach);
  const word = words[index];
  // A small address is nil and an offset: a nil argument explains it.
  const nil = address < firstLegalPointer ? words.findIndex(({ value, stale }) => value === 0n && !stale) : -1;
  if (nil >= 0)
    return {
      statement: `Argument ${(nil + 1).toString()} of the call is nil; the access was at ${hex(address)}.`,
      source: call.source,
    };
  if (word === undefined) return undefined;
  const offset = address - word.value;
  const where = offset === 0n ? 'the address that failed' : `${offset.toString()} bytes below the address that failed`;
  return { statement: `Argument ${(index + 1).toString()} of the call, ${hex(word.value)}, is ${where}.`, source: call.source };
}

function examine(context: RuleContext): Conclusion[] {
  const { snapshot } = context;
  const { crash } = snapshot;
  if (crash?.signal === undefined || !faultSignals.has(crash.signal) || badReturns(snapshot).length > 0) return [];
  const abort = crash.signal === 'SIGABRT';
  if (crash.code === 0 || !duringCgo(context)) return [];
  const event = crashEvent(context);
  const frames = crashGoroutine(context)?.frames ?? [];
  const called = calledC(frames);
  const user = userFrame(context);
  const library = libraryOf(context, crash.pc);
  const evidence: Evidence[] = [];
  if (event !== undefined) evidence.push(eventEvidence(event));
  const marked = snapshot.events.find((one) => one.signal?.duringCgo === true);
  if (marked !== undefined)
    evidence.push({ statement: 'The signal arrived while the thread ran C code.', source: marked.source });
  if (called !== undefined)
    evidence.push({
      statement: `Go called ${cFunction(called.name)} through ${code(called.frame.function ?? '')}.`,
      source: called.frame.source,
    });
  if (user !== undefined) evidence.push({ statement: `${frameText(user)} made the call.`, source: user.source });
  const passed = called === undefined || abort ? undefined : passedAddress(called.frame, crash.faultAddress);
  if (passed !== undefined) evidence.push(passed);
  if (library !== undefined)
    evidence.push({
      statement: `The instruction lies in ${code(library.file)} at offset ${hex(library.offset)}.`,
      inferred: true,
    });
  const bogus: BogusPointer[] = [];
  if (!abort && crash.faultAddress !== undefined && crash.faultAddress >= firstLegalPointer)
    bogus.push({ value: crash.faultAddress, why: 'the address that the C code used' });
  const name = called === undefined ? 'C code' : cFunction(called.name);
  const next: NextStep[] = [];
  if (library !== undefined)
    next.push({ why: 'Name the C function', command: `addr2line -f -e ${library.file} ${formatAddress(library.offset)}` });
  next.push(
    { why: 'Take a C backtrace from a core (gdb)', command: 'thread apply all bt' },
    { why: 'Build with the address sanitizer; it names the first wrong access', command: 'go build -asan ./...' },
  );
  return [
    {
      headline: abort
        ? `${capitalised(name)} aborted the process`
        : `${capitalised(name)} crashed with ${code(crash.signal)}${bogus.length === 0 ? '' : ` at ${hex(crash.faultAddress ?? 0n)}`}`,
      confidence: 'very likely',
      explanation: [
        abort
          ? `The process was ended by ${code('SIGABRT')} while it ran C code: ${name}${user === undefined ? '' : `, called from ${frameText(user)},`} called ${code('abort()')}, directly or through a failed check of the C library.`
          : `The process crashed while it ran C code: ${name}${user === undefined ? '' : `, called from ${frameText(user)},`} made a bad access${bogus.length === 0 ? '' : ` to ${hex(crash.faultAddress ?? 0n)}`}.`,
        "Go's traceback ends at the call into C; the C frames are not in it.",
        abort
          ? 'A message that the C code printed before may say why.'
          : passed === undefined
            ? 'Look at the arguments that Go passed and at what C did with them.'
            : 'The bad address came from an argument that Go passed: look at where that value comes from.',
      ].join(' '),
      evidence,
      against: [],
      checks: [
        { statement: 'The thread ran C code when the signal came', held: true },
        { statement: 'The signal was not sent by another process', held: crash.code !== undefined },
      ],
      next,
      references: ['golang/go#10300'],
      bogus,
      focus: { goroutine: crash.goroutineId },
      ...(called === undefined ? {} : { culprit: { function: called.name, inferred: true } }),
    },
  ];
}

export const cgo03: Rule = {
  id: 'CGO-03',
  title: 'Crash in C code',
  explains: ['SIG-01', 'NIL-01', 'FAULT-01', 'NC-01'],
  weight: 9,
  examine,
};
