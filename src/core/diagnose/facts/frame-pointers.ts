/**
 * Crashes of the runtime's frame-pointer readers: which value the walk took for a frame pointer, and who may have left it.
 * The walk (runtime/tracestack.go and runtime/mprof.go fpTracebackPCs, fpTracebackPartialExpand, Go 1.21–1.27) reads the return
 * address 8 bytes above a frame pointer first, so the fault address minus 8 is the value.
 */
import { architectureOf, baseOfEight } from '../../arch/index.ts';
import { offsetBy, toAddress, type Address } from '../../model/address.ts';
import type { ChainLink } from '../../model/chain.ts';
import type { Evidence } from '../../model/finding.ts';
import type { Frame } from '../../model/goroutine.ts';
import { packageOf } from '../../model/function-name.ts';
import { currentOf } from '../../model/listing-addresses.ts';
import type { ArchitectureName } from '../../model/process.ts';
import type { RuleContext } from '../rule.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { classifyWord, isNonCanonical, regionsOf } from '../../words/index.ts';
import { crashRegisters, firstLegalPointer, hex, operandRegisters } from './addresses.ts';
import { crashGoroutine } from './crash.ts';
import { failingFrames } from './death.ts';
import { listedCallers } from './listed-callers.ts';
import { instructionWords, type InstructionWords } from './instruction-words.ts';
import { isUserFrame } from './view.ts';
import { code, frameText } from './wording.ts';

const readers =
  /^runtime\.(?:fpTraceback\w*|traceStack(?:ID)?|saveblockevent|traceLocker\.stack|\(\*mLockProfile\)\.captureStack)$/;

export interface FramePointerCrash {
  /** The runtime's frame that followed the chain. It is innocent. */
  reader: Frame;
  /** 'rbp', 'r29': as the architecture calls it. */
  register: string;
  arch?: ArchitectureName;
  /** What the walk took for a frame pointer; absent when the case does not hold it. */
  value?: Address;
  /** Register that still holds the value. */
  heldIn?: string;
  /** Two instructions, when the value is made of code. */
  words?: InstructionWords;
  /** The first slot of the chain whose word is no frame pointer. */
  link?: ChainLink;
  faultAddress?: Address;
  /** True when the value rests on the fault address alone or was picked among registers. */
  inferred: boolean;
  evidence: Evidence[];
  /** Frames of the user's code, innermost first: one of them called the function that did it. */
  callers: Frame[];
  goroutine: string;
}

/** The frame that reads frame pointers, when it is the one that failed. */
export function failedReader(context: RuleContext): Frame | undefined {
  if (context.snapshot.crash === undefined) return undefined;
  const failed = failingFrames(context)[0];
  return failed?.function !== undefined && readers.test(failed.function) ? failed : undefined;
}

/** 0 is no address given; 8 would mean a frame pointer of zero, at which every walk ends. */
function mayBeAccess(address: Address): boolean {
  return address !== 0n && address !== 8n;
}

/** Address of the failed access; undefined where the kernel gave none (SI_KERNEL, emulators). */
function accessed(snapshot: Snapshot): Address | undefined {
  const { crash } = snapshot;
  const address = crash?.faultAddress;
  if (address !== undefined && mayBeAccess(address) && crash?.code !== 0x80) return address;
  // SEGV_MAPERR with the whole address: 0 is then 8 above the frame pointer -8.
  if (address === 0n && crash?.code === 1 && architectureOf(snapshot.process.arch)?.wholeFaultAddress === true) return address;
  const printed = crashRegisters(snapshot).find((register) => register.name === 'fault')?.value;
  return printed !== undefined && mayBeAccess(printed) ? printed : undefined;
}

const low48 = (1n << 48n) - 1n;

/** Register whose value, plus 8, is the accessed address; on arm64 the kernel may have dropped the upper bits. */
function holderOf(snapshot: Snapshot, address: Address): { name: string; value: Address } | undefined {
  const exact = operandRegisters(snapshot).find((register) => offsetBy(register.value, 8) === address);
  if (exact !== undefined) return exact;
  return operandRegisters(snapshot).find(
    (register) => (register.value + 8n) >> 48n !== 0n && ((register.value + 8n) & low48) === (address & low48),
  );
}

/** Base register of the instruction at which a debugger stands: `mov 0x8(%rbx),%rsi`. */
function baseAtStop(snapshot: Snapshot): string | undefined {
  for (const listing of snapshot.listings) {
    const current = currentOf(listing);
    const base = current === undefined ? undefined : baseOfEight(current.text);
    if (base !== undefined) return base.replace(/^x(?=\d)/, 'r');
  }
  return undefined;
}

/** Without a fault address: the register whose value cannot be a frame pointer of anything the case knows. */
function suspect(snapshot: Snapshot, decodes: boolean): { name: string; value: Address } | undefined {
  const registers = operandRegisters(snapshot);
  const base = baseAtStop(snapshot);
  const named = base === undefined ? undefined : registers.find((register) => register.name === base);
  if (named !== undefined) return named;
  if (decodes) {
    const pairs = registers.filter((register) => instructionWords(register.value)?.restored === false);
    return pairs.find((register) => /x29/.test(instructionWords(register.value)?.text.join(' ') ?? '')) ?? pairs[0];
  }
  const wild = registers.filter((register) => isNonCanonical(snapshot, register.value));
  if (wild.length > 0) return wild.length === 1 ? wild[0] : undefined;
  if (snapshot.crash?.code === 0x80) return undefined;
  const odd = registers.filter(
    (register) =>
      register.value >= firstLegalPointer &&
      register.value % 8n !== 0n &&
      ['unknown', 'unmapped', 'ascii', 'float'].includes(classifyWord(snapshot, register.value).kind),
  );
  return odd.length === 1 ? odd[0] : undefined;
}

/** The architecture of the process; where the case does not say it, the one whose instructions the value is made of. */
function architectureBy(snapshot: Snapshot, value: Address | undefined): ArchitectureName | undefined {
  return snapshot.process.arch ?? (value === undefined ? undefined : instructionWords(value)?.arch);
}

function callersOf(context: RuleContext, link: ChainLink | undefined): Frame[] {
  const frames = crashGoroutine(context)?.frames ?? failingFrames(context);
  const at = link?.frameRow === undefined ? -1 : frames.findIndex((frame) => frame.row === link.frameRow);
  const outer = at < 0 ? frames : frames.slice(at + 1);
  const found = outer.filter(isUserFrame);
  if (found.length > 0) return found;
  const listed = listedCallers(context);
  if (listed.length > 0) return listed;
  return outer.filter((frame) => frame.function !== undefined && packageOf(frame.function) !== '' && frame.kind === 'go');
}

/** Undefined unless a frame-pointer reader failed. */
export function framePointerCrash(context: RuleContext): FramePointerCrash | undefined {
  const { snapshot } = context;
  const reader = failedReader(context);
  if (reader === undefined || snapshot.crash === undefined) return undefined;
  const chain = snapshot.chains.find((one) => one.owner === snapshot.crash?.stackOwner) ?? snapshot.chains[0];
  const link = chain?.links.find((one) => one.verdict === 'bogus');
  const address = accessed(snapshot);
  const arch = architectureBy(snapshot, address === undefined ? undefined : offsetBy(address, -8));
  // Instructions of fixed size: two of them fill a word, so code can be read as a frame pointer.
  const decodes = architectureOf(arch)?.decodeInstruction !== undefined;
  const crash: FramePointerCrash = {
    reader,
    register: architectureOf(arch)?.framePointer ?? 'rbp',
    inferred: true,
    evidence: [{ statement: `${frameText(reader)} failed while it followed frame pointers.`, source: reader.source }],
    callers: callersOf(context, link),
    goroutine: snapshot.crash.stackOwner,
  };
  if (arch !== undefined) crash.arch = arch;
  if (link !== undefined) crash.link = link;
  if (address !== undefined) crash.faultAddress = address;
  const event = snapshot.events[snapshot.crash.event];
  const holder = address === undefined ? suspect(snapshot, decodes) : holderOf(snapshot, address);
  if (address !== undefined) {
    crash.value = holder?.value ?? offsetBy(address, -8);
    const statement = `The failed read was at ${hex(address)}, 8 bytes above ${hex(offsetBy(address, -8))}: the walk took that for a frame pointer.`;
    crash.evidence.push(event === undefined ? { statement } : { statement, source: event.source });
    crash.inferred = holder === undefined && link?.value !== crash.value;
  } else if (holder !== undefined) crash.value = holder.value;
  else if (link?.value !== undefined && !decodes) crash.value = link.value;
  if (holder !== undefined) {
    crash.heldIn = holder.name;
    const source = crashRegisters(snapshot).find((register) => register.name === holder.name)?.source;
    const statement = `Register ${code(holder.name)} still holds ${hex(holder.value)}.`;
    crash.evidence.push(source === undefined ? { statement } : { statement, source });
  }
  if (link?.value !== undefined) {
    const why = link.reason === undefined ? '' : `: ${link.reason}`;
    const statement = `The saved frame pointer at ${hex(link.slot)} holds ${hex(link.value)}${why}.`;
    crash.evidence.push(link.source === undefined ? { statement } : { statement, source: link.source });
  }
  const words =
    crash.value === undefined || !decodes ? undefined : instructionWords(crash.value, snapshot.process.arch !== undefined);
  if (words !== undefined) crash.words = words;
  return crash;
}

/** The value lies in a stack: then the chain is stale, not overwritten with a constant. */
export function pointsIntoStack(snapshot: Snapshot, value: Address): boolean {
  return regionsOf(snapshot).stackAt(toAddress(value)) !== undefined;
}
