/** What is missing of the code: which instruction holds a constant that was taken for a frame pointer, and the code around it. */
import { callTarget } from '../arch/index.ts';
import type { ChainLink } from '../model/chain.ts';
import { formatAddress } from '../model/address.ts';
import { isUserFunction, withoutAbi } from '../model/function-name.ts';
import { instructionOf } from '../model/listing-addresses.ts';
import { instructionCount, listingsWith } from '../model/listing-texts.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Request } from './request.ts';

/** Constants searched for, and functions shown, at most. */
const mostConstants = 4;
/** Bytes, on amd64. */
const longestInstruction = 15n;
/** Mappings of code searched. */
const mostRanges = 2;
const systemFile = /^\[|\/(?:ld-|lib)[^/]*\.so/;
/** A constant in an instruction has 32 bits. */
const largestConstant = 1n << 32n;

/** A bad frame pointer that may be a constant of the code, and the frame from which its writer was called. */
interface Constant {
  value: bigint;
  caller?: ChainLink;
}

function listedFunctions(snapshot: Snapshot): Set<string> {
  return new Set(snapshot.listings.flatMap((listing) => (listing.function === undefined ? [] : [withoutAbi(listing.function)])));
}

/** Numbers below have one hexadecimal digit. */
const fewDigits = 16n;

function isShown(snapshot: Snapshot, value: bigint): boolean {
  const printed = new RegExp(`(?<![\\w.])(?:0x0*${value.toString(16)}|${value.toString()})(?!\\w)`, 'i');
  const words = value < fewDigits ? undefined : [value.toString(16), value.toString()];
  return listingsWith(snapshot.listings, (text) => printed.test(text), words).length > 0;
}

function openConstants(snapshot: Snapshot): Constant[] {
  const constants = new Map<bigint, Constant>();
  for (const { links } of snapshot.chains)
    for (const [index, { verdict, pastBreak, value }] of links.entries()) {
      if (verdict !== 'bogus' || pastBreak || value === undefined || value >= largestConstant || value === 0n) continue;
      const caller = links.find((link, at) => at > index && isUserFunction(link.frame));
      constants.set(value, { value, ...(caller !== undefined && { caller }) });
    }
  for (const search of snapshot.searches) if (search.value !== undefined) constants.delete(search.value);
  return [...constants.values()].filter(({ value }) => !isShown(snapshot, value)).slice(0, mostConstants);
}

/** Delve cannot search memory: there the caller's code names whom it calls, and theirs shows the constant. */
function codeBelow(snapshot: Snapshot, { caller }: Constant): string[] {
  const name = caller?.frame;
  if (caller === undefined || name === undefined) return [];
  const listed = listedFunctions(snapshot);
  if (!listed.has(withoutAbi(name))) {
    const pc = caller.frameRow === undefined ? 0n : (snapshot.frames.pc[caller.frameRow] ?? 0n);
    return [`disassemble -l ${pc === 0n ? name : `*${formatAddress(pc)}`}`];
  }
  const called = snapshot.listings
    .filter((listing) => withoutAbi(listing.function ?? '') === withoutAbi(name))
    .flatMap(({ instructions }) => instructions.map(({ text }) => callTarget(text)))
    .filter((target) => isUserFunction(target) && !listed.has(target));
  return [...new Set(called)].slice(0, mostConstants).map((target) => `disassemble -l ${target}`);
}

/** Where the program's code is mapped: LLDB knows no expression for it. Files of the system have none of Go's. */
function codeRanges({ mappings }: Snapshot): string[] {
  return mappings
    .filter(({ permissions, file }) => permissions?.includes('x') === true && file !== undefined && !systemFile.test(file))
    .slice(0, mostRanges)
    .map(({ start, end }) => `${formatAddress(start)} ${formatAddress(end)}`);
}

/** The bad frame pointers whose origin in the code nobody has searched for. */
function constants(snapshot: Snapshot): Request[] {
  return openConstants(snapshot).map((constant) => {
    const value = formatAddress(constant.value);
    return {
      why: `Which instruction holds the constant ${value} is not in the input`,
      tells: 'Which function puts that constant into the register',
      gdb: [`find /w &'runtime.text', &'runtime.etext', ${value}`],
      delve: codeBelow(snapshot, constant),
      lldb: codeRanges(snapshot).map((range) => `memory find -e '(unsigned)${value}' -c 8 -- ${range}`),
    };
  });
}

/** Does `address` lie in mapped code that no listing shows? LLDB names no function beside what it found. */
function isUnlistedCode({ mappings, listings }: Snapshot, address: bigint): boolean {
  const mapping = mappings.find(({ start, end }) => start <= address && address < end);
  if (mapping?.permissions?.includes('x') !== true) return false;
  return !listings.some((listing) => {
    const [first, last] = [instructionOf(listing, 0), instructionOf(listing, instructionCount(listing) - 1)];
    return (
      first?.address !== undefined &&
      last?.address !== undefined &&
      first.address <= address &&
      address <= last.address + longestInstruction
    );
  });
}

/** Functions in which a search found the constant, and whose code nobody has shown. */
function hits(snapshot: Snapshot): Request[] {
  const listed = listedFunctions(snapshot);
  return snapshot.searches
    .flatMap((search) => search.hits.filter((hit) => hit.symbol !== undefined || isUnlistedCode(snapshot, hit.address)))
    .filter((hit) => !listed.has(withoutAbi((hit.symbol ?? '').replace(/[ ]?\+.*$/, ''))))
    .slice(0, mostConstants)
    .map((hit) => {
      const at = formatAddress(hit.address);
      return {
        why: `The code around ${at}${hit.symbol === undefined ? '' : ` (${hit.symbol})`} is not in the input`,
        tells: 'Whether that function saves the frame pointer and restores it',
        gdb: [`disassemble ${at}`],
        delve: [`disassemble -l *${at}`],
        lldb: [`disassemble -a ${at}`],
      };
    });
}

export function codeRequests(snapshot: Snapshot): Request[] {
  return [...constants(snapshot), ...hits(snapshot)];
}
