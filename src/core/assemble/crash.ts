/** Who crashed: the event that names the death, the goroutine that ran, the faulting frame and the first user frame. */
import { toAddress, type Address } from '../model/address.ts';
import { fatalThread, replacesStop, stopRank } from './fatal-stop.ts';
import { behindHandler, deathInStacks, stoppedGoroutine } from './stopped-runtime.ts';
import { currentAfter, inferredFault } from './inferred-fault.ts';
import { programCounterAt } from './step-registers.ts';
import { victimOf } from './victim.ts';
import type { CrashEvent, SignalFacts } from '../model/event.ts';
import { isRuntimeFunction, isUserFunction, withoutAbi } from '../model/function-name.ts';
import { GoroutineFlag } from '../model/goroutine.ts';
import type { Crash, CrashKind, Snapshot } from '../model/snapshot.ts';
import { frameCount, innermostRow } from '../model/thread-frames.ts';

/** A printed stack block in order: a goroutine row, or a thread. */
export type Block = { kind: 'goroutine'; row: number } | { kind: 'thread'; index: number };

export type Draft = Pick<
  Snapshot,
  'events' | 'frames' | 'goroutines' | 'threads' | 'strings' | 'complaints' | 'stacks' | 'registers' | 'listings'
>;

const throwing = new Set([
  'runtime.throw',
  'runtime.fatalthrow',
  'runtime.fatal',
  'runtime.fatalpanic',
  'runtime.dopanic_m',
  'runtime.systemstack',
]);

/** Of panics the last unrecovered one kills; of fatal errors and signals the first: later ones are relayed or follow from it. */
function deathOf(events: readonly CrashEvent[]): number {
  let best = -1;
  let bestRank = 0;
  for (const [index, event] of events.entries()) {
    const rank = rankOf(event);
    if (rank === 0 || rank < bestRank) continue;
    if (rank === bestRank) {
      const replaces =
        (event.kind === 'panic' && events[best]?.kind === 'panic' && (event.recovered !== true || event.repanicked === true)) ||
        replacesStop(event, events[best]);
      if (!replaces) continue;
    }
    best = index;
    bestRank = rank;
  }
  return best;
}

function rankOf(event: CrashEvent): number {
  switch (event.kind) {
    case 'fatal-error':
    case 'throw':
      return 4;
    case 'exception':
    case 'signal':
      return 3;
    case 'panic':
      return 3;
    case 'stop':
      return stopRank(event);
    case 'log':
      // The kernel's or a sanitizer's word on a process whose runtime said nothing.
      return event.signal !== undefined || stoppedBySanitizer(event) ? 0.5 : 0;
    case 'race':
      return 2;
    case 'runtime-message':
    case 'watchpoint':
      return 0;
  }
}

/** Leaks are told when a process ends by itself. */
function stoppedBySanitizer({ detail }: CrashEvent): boolean {
  return detail?.kind === 'sanitizer' && detail.report.tool.endsWith('Sanitizer') && detail.report.tool !== 'LeakSanitizer';
}

function kindOf(event: CrashEvent): CrashKind {
  switch (event.kind) {
    case 'panic':
      return event.category === 'test-timeout' ? 'timeout' : 'panic';
    case 'fatal-error':
    case 'throw':
      return 'fatal-error';
    case 'exception':
      return 'exception';
    case 'race':
      return 'race';
    case 'signal':
    case 'stop':
    case 'log':
      return event.signal?.name === 'SIGQUIT' ? 'dump' : 'signal';
    case 'runtime-message':
    case 'watchpoint':
      return 'dump';
  }
}

const memoryFaults = new Set(['SIGSEGV', 'SIGBUS', 'EXC_BAD_ACCESS', '0xc0000005', '0xb', '0xa']);

/** si_codes with which the kernel gives an address: positive and not SI_KERNEL (0x80). */
function hasAddress(signal: SignalFacts): boolean {
  return (
    signal.address !== undefined &&
    memoryFaults.has(signal.name) &&
    signal.code !== undefined &&
    signal.code > 0 &&
    signal.code !== 0x80
  );
}

/** arm and arm64 print the fault address as a register row, also where the PC line lacks it (before Go 1.22). */
function faultRegister(draft: Draft): Address | undefined {
  const set = draft.registers.find((one) => one.origin === 'runtime');
  return set?.values.find((register) => register.name === 'fault' && register.value !== 0n)?.value;
}

function functionAt(draft: Draft, row: number): string {
  return withoutAbi(draft.strings[draft.frames.functionName[row] ?? 0] ?? '');
}

/** Frame that did it: below the injected signal or panic frames, or the first one that is not the runtime throwing. */
function faultRow(draft: Draft, start: number, end: number): number | undefined {
  let after = -1;
  // A throw right above sigpanic: that signal is the death, and one further out is an earlier panic that is still in flight.
  const thrown = throwing.has(functionAt(draft, start));
  for (let row = start; row < end; row++) {
    const name = functionAt(draft, row);
    if (thrown && after >= 0) break;
    if (name === 'runtime.sigpanic' || name === 'panic' || name === 'runtime.gopanic') after = row;
  }
  let row = after + 1;
  if (after < 0) row = start;
  while (row < end && (throwing.has(functionAt(draft, row)) || functionAt(draft, row).startsWith('runtime.throw.'))) row++;
  if (after >= 0 && functionAt(draft, after) !== 'runtime.sigpanic') {
    // runtime.goPanicIndex, panicmem … raise the panic for their caller.
    while (row < end && isRuntimeFunction(functionAt(draft, row)) && functionAt(draft, row).includes('anic')) row++;
  }
  return row < end ? row : undefined;
}

function userRow(draft: Draft, start: number, end: number): number | undefined {
  for (let row = start; row < end; row++) {
    const file = draft.strings[draft.frames.file[row] ?? 0] ?? '';
    if (isUserFunction(functionAt(draft, row), file)) return row;
  }
  return undefined;
}

function rangeOf(draft: Draft, block: Block): [number, number] {
  if (block.kind === 'goroutine') return [draft.goroutines.frameStart[block.row] ?? 0, draft.goroutines.frameEnd[block.row] ?? 0];
  const thread = draft.threads[block.index];
  const first = thread === undefined ? undefined : innermostRow(thread);
  return thread === undefined || first === undefined ? [0, 0] : [first, first + frameCount(thread)];
}

/** Nobody runs in a deadlock: the first goroutine that is not the runtime's own, which GOTRACEBACK=system prints too. */
function firstOfProgram(draft: Draft, blocks: readonly Block[]): number | undefined {
  for (const block of blocks) {
    if (block.kind === 'goroutine' && userRow(draft, ...rangeOf(draft, block)) !== undefined) return block.row;
  }
  return undefined;
}

function firstRunning(draft: Draft, blocks: readonly Block[]): number | undefined {
  for (const block of blocks) {
    if (block.kind === 'goroutine' && draft.strings[draft.goroutines.status[block.row] ?? 0] === 'running') return block.row;
  }
  return undefined;
}

/**
 * The user goroutine that ran when the process died. A report on g0 (`runtime stack:`, `goroutine 0`) is followed by the
 * goroutine of that thread, if it had one (runtime/panic.go dopanic_m, runtime/signal_unix.go fatalsignal).
 */
function runningGoroutine(draft: Draft, blocks: readonly Block[], death: CrashEvent | undefined): number | undefined {
  const first = blocks[0];
  if (first === undefined) return undefined;
  if (death?.kind === 'fatal-error' && death.category === 'deadlock') return firstOfProgram(draft, blocks);
  if (first.kind === 'goroutine') return first.row;
  // Go code panics on goroutines only: a g0 above is a report inside the panic's value.
  if (death?.kind === 'panic') return firstRunning(draft, blocks);
  const thread = draft.threads[first.index];
  const next = blocks.slice(1).find((block) => block.kind === 'goroutine');
  if (next?.kind !== 'goroutine') return undefined;
  const m = thread?.m;
  if (m !== undefined) {
    for (const block of blocks) if (block.kind === 'goroutine' && draft.goroutines.m[block.row] === m) return block.row;
  }
  if (thread?.kind === 'runtime-stack') return next.row;
  const status = draft.strings[draft.goroutines.status[next.row] ?? 0] ?? '';
  const printedM = (draft.goroutines.flags[next.row] ?? 0) & GoroutineFlag.hasGp;
  // Without m= the block after g0's is the running one, or none was: then the others begin, waiting. In C code the
  // goroutine that called it stands as [syscall].
  const alive = status === 'running' || (status === 'syscall' && death?.signal?.duringCgo === true);
  return alive && (m === undefined || printedM === 0) ? next.row : undefined;
}

/** `selected`: row of the goroutine that a debugger had selected, for cases without a report. */
export function determineCrash(draft: Draft, blocks: readonly Block[], selected?: number): Crash | undefined {
  const index = deathOf(draft.events);
  const death = draft.events[index];
  const dying = death === undefined && blocks.length === 0 ? deathInStacks(draft, selected) : undefined;
  if (death === undefined && blocks.length === 0 && dying === undefined) return undefined;
  const goroutine = blocks.length > 0 ? runningGoroutine(draft, blocks, death) : stoppedGoroutine(draft, death, selected);
  const crash: Crash = {
    kind: death === undefined ? (dying?.kind ?? 'dump') : kindOf(death),
    event: index,
    goroutineId: goroutine === undefined ? '0' : (draft.goroutines.id[goroutine] ?? 0n).toString(),
    stackOwner: '',
  };
  if (blocks.length === 0 && goroutine === undefined) crash.goroutineId = '';
  if (goroutine !== undefined) crash.goroutine = goroutine;
  const signal =
    death?.signal ?? [...draft.events].reverse().find((event) => event.signal !== undefined && event.kind !== 'log')?.signal;
  if (signal !== undefined) {
    crash.signal = signal.name;
    if (signal.code !== undefined) crash.code = signal.code;
    if (signal.pc !== undefined) crash.pc = signal.pc;
    if (signal.address !== undefined && hasAddress(signal)) crash.faultAddress = signal.address;
    const register = signal.address === undefined && memoryFaults.has(signal.name) ? faultRegister(draft) : undefined;
    if (register !== undefined) crash.faultAddress = register;
  }
  if (death?.kind === 'stop') atStop(draft, death, crash);
  const named = draft.events.find((event) => event.address !== undefined && event.category === 'fault');
  if (crash.faultAddress === undefined && named?.address !== undefined && signal?.code !== 0x80)
    crash.faultAddress = toAddress(named.address);
  locate(draft, blocks, crash, dying?.thread);
  if (death?.kind === 'stop') inferFault(draft, death, crash);
  const victim = victimOf(draft, goroutine);
  if (victim !== undefined) crash.victim = victim;
  return crash;
}

/** What the debugger showed at the fatal stop: its place, and `p $_siginfo._sifields._sigfault.si_addr`. */
function atStop(draft: Draft, death: CrashEvent, crash: Crash): void {
  if (death.step !== undefined) crash.step = death.step;
  if (death.stop?.pc !== undefined) crash.pc = death.stop.pc;
  const shown = draft.registers
    .filter((set) => set.origin === 'debugger' && set.step === death.step)
    .flatMap((set) => set.values)
    .find((register) => register.name.endsWith('_sigfault.si_addr'));
  // LLDB names the address beside the signal, without an si_code.
  const printed = memoryFaults.has(crash.signal ?? '') ? death.signal?.address : undefined;
  const address = crash.faultAddress ?? shown?.value ?? printed;
  if (address !== undefined) crash.faultAddress = address;
}

/** Last resort, when the frames are known: what the instruction at the stop reached for. */
function inferFault(draft: Draft, death: CrashEvent, crash: Crash): void {
  if (crash.faultAddress !== undefined || crash.code === 0x80) return;
  const printed = crash.faultFrame === undefined ? 0n : (draft.frames.pc[crash.faultFrame] ?? 0n);
  const counter = crash.step === undefined ? undefined : programCounterAt(draft, crash.step);
  const pc = printed !== 0n ? toAddress(printed) : (counter ?? currentAfter(draft, death.source));
  if (crash.pc === undefined && pc !== undefined) crash.pc = pc;
  const address = inferredFault(draft, crash);
  if (address === undefined) return;
  crash.faultAddress = address;
  crash.faultAddressInferred = true;
}

/** `dying`: the debugger's thread whose stack alone tells of the death. */
function locate(draft: Draft, blocks: readonly Block[], crash: Crash, dying?: number): void {
  const panicked = blocks[0]?.kind === 'thread' && crash.kind === 'panic' ? crash.goroutine : undefined;
  const first: Block | undefined = panicked === undefined ? blocks[0] : { kind: 'goroutine', row: panicked };
  if (first === undefined) {
    const debugged = dying ?? fatalThread(draft.threads, draft.events[crash.event]);
    if (debugged >= 0) crash.thread = debugged;
    else if (crash.goroutine === undefined) return;
    const block: Block = debugged < 0 ? { kind: 'goroutine', row: crash.goroutine ?? 0 } : { kind: 'thread', index: debugged };
    const [start, end] = rangeOf(draft, block);
    if (start >= end) return;
    const behind = behindHandler(draft, start, end);
    const fault = faultRow(draft, behind, end) ?? behind;
    crash.faultFrame = fault;
    const user = userRow(draft, fault, end);
    if (user !== undefined) crash.firstUserFrame = user;
    return;
  }
  if (first.kind === 'thread') crash.thread = first.index;
  const [start, end] = rangeOf(draft, first);
  const fault = faultRow(draft, start, end);
  if (fault !== undefined) crash.faultFrame = fault;
  let user = fault === undefined ? undefined : (userRow(draft, fault, end) ?? userRow(draft, start, end));
  if (user === undefined && crash.goroutine !== undefined) {
    const [from, to] = rangeOf(draft, { kind: 'goroutine', row: crash.goroutine });
    user = userRow(draft, faultRow(draft, from, to) ?? from, to) ?? userRow(draft, from, to);
  }
  if (user !== undefined) crash.firstUserFrame = user;
}
