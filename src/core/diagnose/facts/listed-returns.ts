/**
 * Return addresses that a debugger's stack shows to be none: a compiled Go function returns to a place where the debugger knows no
 * function and where the case knows that there is no code. Compiled code is described exactly for the debugger (DWARF frame
 * information); behind assembly, C and such a place a debugger guesses.
 */
import { architectureOf } from '../../arch/index.ts';
import { contains, toAddress } from '../../model/address.ts';
import { isRuntimeFunction, withoutAbi } from '../../model/function-name.ts';
import { FrameFlag } from '../../model/goroutine.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { stackLeftBy } from '../../model/stack-switch.ts';
import { frameCount, innermostRow, threadsWith } from '../../model/thread-frames.ts';
import { classifyWord } from '../../words/index.ts';
import { hex, wordAt } from './addresses.ts';
import type { BadReturn } from './bad-return.ts';
import { accessOf } from './mapping.ts';
import { code } from './wording.ts';

/** Frames of one stack that are looked at. */
const mostFrames = 64;

const known = new WeakMap<Snapshot, BadReturn[]>();

/** `isTrampoline`: of a return probe, in a page that can be executed. */
export function listedReturns(snapshot: Snapshot, isTrampoline: (value: bigint) => boolean): BadReturn[] {
  let found = known.get(snapshot);
  if (found === undefined) known.set(snapshot, (found = look(snapshot, isTrampoline)));
  return found;
}

function look(snapshot: Snapshot, isTrampoline: (value: bigint) => boolean): BadReturn[] {
  const found: BadReturn[] = [];
  for (const thread of threadsWith(snapshot, isNameless)) {
    const start = thread.kind === 'debugger' && thread.foundBy === undefined ? innermostRow(thread) : undefined;
    if (start === undefined) continue;
    const rows = leavingGo(snapshot, start, start + Math.min(frameCount(thread), mostFrames));
    if (rows === undefined) continue;
    const bad = badReturn(snapshot, rows.inner, rows.outer, isTrampoline);
    if (bad === undefined || found.some((one) => one.value === bad.value && one.function === bad.function)) continue;
    const outer = thread.frames[rows.outer - start];
    if (outer !== undefined) bad.source = outer.source;
    const [evidence] = bad.evidence;
    if (evidence !== undefined && outer !== undefined) evidence.source = outer.source;
    if (thread.goroutine !== undefined) bad.goroutine = thread.goroutine;
    found.push(bad);
  }
  return found;
}

const isNameless = (name: string): boolean => withoutAbi(name) === '';

/** The first row without a function, where compiled Go code and nothing else stands in front of it. */
function leavingGo(snapshot: Snapshot, start: number, end: number): { inner: number; outer: number } | undefined {
  const { frames, strings } = snapshot;
  let inner = -1;
  for (let row = start; row < end; row++) {
    const flags = frames.flags[row] ?? 0;
    const name = withoutAbi(strings[frames.functionName[row] ?? 0] ?? '');
    const file = strings[frames.file[row] ?? 0] ?? '';
    if (name === '') return inner >= 0 && file === '' && (flags & FrameFlag.hasPc) !== 0 ? { inner, outer: row } : undefined;
    // The runtime's leaves in assembly keep the stack pointer as they find it.
    const isLeaf = row === start && isRuntimeFunction(name) && stackLeftBy(name) === undefined;
    if (!file.endsWith('.go') && !isLeaf) return undefined;
    inner = file.endsWith('.go') ? row : -1;
  }
  return undefined;
}

function badReturn(
  snapshot: Snapshot,
  inner: number,
  outer: number,
  isTrampoline: (value: bigint) => boolean,
): BadReturn | undefined {
  const { frames, strings } = snapshot;
  const value = toAddress(frames.pc[outer] ?? 0n);
  if (value === 0n || !(isTrampoline(value) || isNoCode(snapshot, value))) return undefined;
  const name = withoutAbi(strings[frames.functionName[inner] ?? 0] ?? '');
  const bad: BadReturn = {
    function: name,
    value,
    complained: false,
    listed: true,
    evidence: [{ statement: `The debugger lists ${hex(value)}, where it knows no function, as what ${code(name)} returns to.` }],
    source: { document: frames.document[outer] ?? 0, start: 0, end: 0 },
  };
  const placed = FrameFlag.hasSp | FrameFlag.hasFp;
  const place = { sp: toAddress(frames.sp[inner] ?? 0n), fp: toAddress(frames.fp[inner] ?? 0n) };
  const hasPlace = ((frames.flags[inner] ?? 0) & placed) === placed;
  const slot = hasPlace ? architectureOf(snapshot.process.arch)?.returnSlot(place) : undefined;
  const word = slot === undefined ? undefined : wordAt(snapshot, slot);
  if (slot !== undefined && word?.value === value) {
    bad.slot = slot;
    bad.evidence.push(word.evidence);
  }
  return bad;
}

function isNoCode(snapshot: Snapshot, value: bigint): boolean {
  switch (classifyWord(snapshot, value).kind) {
    case 'text':
    case 'nil':
    case 'mapped-file':
      return false;
    case 'mapped':
      return accessOf(snapshot.mappings.find((mapping) => contains(mapping, value)))?.execute === false;
    case 'unknown':
      // LLDB guesses from instructions how compiled code keeps its frames; what it lists proves less.
      return snapshot.debugger !== 'lldb';
    default:
      return true;
  }
}
