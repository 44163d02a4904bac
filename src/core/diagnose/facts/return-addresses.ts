/** Return slots that hold something else: what the runtime complained about, and what the known words show. */
import { architectureOf } from '../../arch/index.ts';
import { contains, formatAddress, offsetBy, toAddress, type Address } from '../../model/address.ts';
import type { Evidence } from '../../model/finding.ts';
import { FrameFlag } from '../../model/goroutine.ts';
import { wordAt as valueAt } from '../../model/memory-lookup.ts';
import type { Mapping, Stack } from '../../model/memory.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { SourceRange } from '../../model/source.ts';
import { classifyWord, regionsOf } from '../../words/index.ts';
import { hex, wordsHolding } from './addresses.ts';
import type { BadReturn } from './bad-return.ts';
import { entryReturns } from './entry-returns.ts';
import { listedReturns } from './listed-returns.ts';
import { paddingReturns } from './padding-returns.ts';
import { repeatsCaller } from './repeated-frames.ts';
import { code } from './wording.ts';

const pageSize = 4096n;

export function probeMapping(snapshot: Snapshot): Mapping | undefined {
  return snapshot.mappings.find((mapping) => mapping.file === '[uprobes]');
}

export interface Trampoline {
  /** 'page': the fixed page of the architecture. 'mapping': inside [uprobes]. 'anonymous': page-aligned in an executable page without a file.
   * 'aligned': page-aligned, and nothing says what lies there. */
  by: 'page' | 'mapping' | 'anonymous' | 'aligned';
  source?: SourceRange;
}

/** What makes `value` the address of the kernel's return-probe trampoline; undefined when nothing does. */
export function trampolineOf(snapshot: Snapshot, value: bigint): Trampoline | undefined {
  const mapping = probeMapping(snapshot);
  if (mapping !== undefined && contains(mapping, value)) return { by: 'mapping', source: mapping.source };
  if (value === architectureOf(snapshot.process.arch ?? 'amd64')?.returnProbePage) return { by: 'page' };
  if (value === 0n || value % pageSize !== 0n) return undefined;
  const around = snapshot.mappings.find((one) => contains(one, value));
  const anonymous = around?.permissions?.startsWith('--x') === true || around?.permissions?.startsWith('r-x') === true;
  const nameless = around?.file === undefined || around.file === '';
  return around !== undefined && anonymous && nameless && around.start === value
    ? { by: 'anonymous', source: around.source }
    : undefined;
}

/** The same for a return address: a debugger may list one without the mappings, and few other values start a page. */
export function trampolineAt(snapshot: Snapshot, { value, listed }: Pick<BadReturn, 'value' | 'listed'>): Trampoline | undefined {
  const known = trampolineOf(snapshot, value);
  if (known !== undefined || listed !== true || value % pageSize !== 0n) return known;
  return classifyWord(snapshot, value).kind === 'unknown' ? { by: 'aligned' } : undefined;
}

/** Where the architecture is not known, the place at which the hexdump shows the value: the top of the frame, or its bottom. */
function slotOf(snapshot: Snapshot, frame: { sp: Address; fp: Address } | undefined, value: Address): Address | undefined {
  if (frame === undefined) return undefined;
  const arch = architectureOf(snapshot.process.arch);
  if (arch !== undefined) return arch.returnSlot(frame);
  const { memory } = snapshot;
  return [offsetBy(frame.fp, -memory.wordSize), frame.sp].find((place) => valueAt(memory, place) === value);
}

/** What the runtime complained about; the same slot is named once although a dump may print it twice. */
function complained(snapshot: Snapshot): BadReturn[] {
  const found = new Map<string, BadReturn>();
  for (const complaint of snapshot.complaints) {
    if (complaint.kind !== 'unexpected-return-pc') continue;
    if (complaint.frame !== undefined && repeatsCaller(snapshot, complaint.frame.sp)) continue;
    const slot = slotOf(snapshot, complaint.frame, complaint.value);
    const key = `${complaint.function} ${formatAddress(complaint.value)} ${slot === undefined ? '' : formatAddress(slot)}`;
    if (found.has(key)) continue;
    const evidence: Evidence[] = [
      {
        statement: `The runtime found the return address ${hex(complaint.value)} in the frame of ${code(complaint.function)}; no function contains it.`,
        source: complaint.source,
      },
    ];
    const bad: BadReturn = {
      function: complaint.function,
      value: complaint.value,
      complained: true,
      evidence,
      source: complaint.source,
    };
    if (slot !== undefined) bad.slot = slot;
    if (complaint.goroutine !== undefined) bad.goroutine = complaint.goroutine;
    if (complaint.stack !== undefined) bad.stack = complaint.stack;
    found.set(key, bad);
  }
  return [...found.values()];
}

/** runtime.sigpanic's return address is the pc at which the signal came: the program was executing there. */
export function isInjected(bad: BadReturn): boolean {
  return bad.function === 'runtime.sigpanic' || bad.function?.startsWith('runtime.asyncPreempt') === true;
}

export function badReturns(snapshot: Snapshot): BadReturn[] {
  const invented = [...paddingReturns(snapshot), ...entryReturns(snapshot)];
  // Behind such a word the walk goes on with a frame that does not exist: what it meets next is a consequence.
  const found = [
    ...invented,
    ...complained(snapshot).filter((bad) => !invented.some((one) => (one.behind ?? one.entry) === bad.function)),
  ];
  // A debugger may list what the runtime complained about.
  const listed = listedReturns(snapshot, (value) => trampolineOf(snapshot, value) !== undefined);
  return [...found, ...listed.filter((bad) => !found.some((one) => one.value === bad.value))];
}

/** Known stack words that hold the start of the probe trampoline. */
export function trampolineWords(snapshot: Snapshot): { slot: Address; value: Address; evidence: Evidence }[] {
  const mapping = probeMapping(snapshot);
  const values = new Set<bigint>();
  if (mapping !== undefined) values.add(mapping.start);
  for (const bad of complained(snapshot)) if (trampolineOf(snapshot, bad.value) !== undefined) values.add(bad.value);
  return [...values].flatMap((value) =>
    wordsHolding(snapshot, value).map((word) => ({ slot: word.address, value: word.value, evidence: word.evidence })),
  );
}

/** Function of the frame whose return address lies at `slot`. */
export function functionOfSlot(snapshot: Snapshot, slot: bigint): string | undefined {
  const { frames, strings } = snapshot;
  const arch = architectureOf(snapshot.process.arch);
  const placed = FrameFlag.hasSp | FrameFlag.hasFp;
  if (arch === undefined) return undefined;
  for (let row = 0; row < frames.length; row++) {
    const flags = frames.flags[row] ?? 0;
    if ((flags & placed) !== placed || (flags & FrameFlag.inlined) !== 0) continue;
    const place = { sp: toAddress(frames.sp[row] ?? 0n), fp: toAddress(frames.fp[row] ?? 0n) };
    if (arch.returnSlot(place) !== slot) continue;
    const name = strings[frames.functionName[row] ?? 0] ?? '';
    return name === '' || name === '??' ? undefined : name;
  }
  return undefined;
}

/** The stack that holds `slot`, as far as the case knows bounds. */
export function stackHolding(snapshot: Snapshot, slot: bigint): Stack | undefined {
  return regionsOf(snapshot).stackAt(slot);
}
