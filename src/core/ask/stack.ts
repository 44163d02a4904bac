/** What is missing of stacks: registers, frames, the predicted slots of saved frame pointers, who put a constant there. */
import { architectureOf } from '../arch/index.ts';
import { formatAddress, offsetBy } from '../model/address.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { wordsAt, type Request } from './request.ts';

/** Slots asked for at most, and constants searched for. */
const mostSlots = 32;
const mostConstants = 4;
/** A constant in an instruction has 32 bits. */
const largestConstant = 1n << 32n;

function registers(snapshot: Snapshot): Request[] {
  const name = architectureOf(snapshot.process.arch)?.stackPointer;
  const shown = snapshot.registers.some(
    (set) => set.values.length > 3 && set.values.some((value) => value.name === name || name === undefined),
  );
  if (shown) return [];
  return [
    {
      why: 'The registers at the crash are not in the input',
      tells: 'Where the stack pointer and the frame pointer stood, and which register holds the bad value',
      gdb: ['info registers'],
      delve: ['regs'],
      lldb: ['register read'],
    },
  ];
}

function frames(snapshot: Snapshot): Request[] {
  const places = snapshot.frames.sp.some((sp) => sp !== 0n);
  if (places || snapshot.threads.some((thread) => thread.kind === 'debugger')) return [];
  return [
    {
      why: 'No stack with the places of its frames is in the input',
      tells: 'Who called whom, and where each frame lies',
      gdb: ['bt 64'],
      delve: ['stack 64 -offsets'],
      lldb: ['bt 64'],
    },
  ];
}

function slots(snapshot: Snapshot): Request[] {
  const missing = snapshot.chains.flatMap((chain) =>
    chain.links.filter((link) => link.verdict === 'unknown' && link.value === undefined),
  );
  const seen = new Set<bigint>();
  return missing
    .filter((link) => !seen.has(link.slot) && seen.add(link.slot))
    .slice(0, mostSlots)
    .map((link) => ({
      why: `The frame pointer saved at ${formatAddress(link.slot)}${link.frame === undefined ? '' : ` by ${link.frame}`} is not in the input`,
      tells: 'Whether the frame-pointer chain holds at this link',
      reads: { start: link.slot, end: offsetBy(link.slot, 16) },
      ...wordsAt(formatAddress(link.slot), 2),
    }));
}

/** The bad frame pointers whose origin in the code nobody has searched for. */
function constants(snapshot: Snapshot): Request[] {
  const values = new Set<bigint>();
  for (const chain of snapshot.chains)
    for (const link of chain.links)
      if (
        link.verdict === 'bogus' &&
        !link.pastBreak &&
        link.value !== undefined &&
        link.value < largestConstant &&
        link.value > 0n
      )
        values.add(link.value);
  for (const search of snapshot.searches) if (search.value !== undefined) values.delete(search.value);
  return [...values].slice(0, mostConstants).map((value) => ({
    why: `Which instruction holds the constant ${formatAddress(value)} is not in the input`,
    tells: 'Which function puts that constant into the register',
    gdb: [`find /w &'runtime.text', &'runtime.etext', ${formatAddress(value)}`],
    delve: [],
    lldb: [`memory find -e '(unsigned)${formatAddress(value)}' -c 8 -- &runtime.text &runtime.etext`],
  }));
}

/** Functions in which a search found the constant, and whose code nobody has shown. */
function code(snapshot: Snapshot): Request[] {
  const listed = new Set(snapshot.listings.flatMap((listing) => (listing.function === undefined ? [] : [listing.function])));
  const hits = snapshot.searches.flatMap((search) => search.hits.filter((hit) => hit.symbol !== undefined));
  return hits
    .filter((hit) => !listed.has((hit.symbol ?? '').replace(/[ ]?\+.*$/, '').replace(/\.abi0$/, '')))
    .slice(0, mostConstants)
    .map((hit) => {
      const at = formatAddress(hit.address);
      return {
        why: `The code around ${at} (${hit.symbol ?? ''}) is not in the input`,
        tells: 'Whether that function saves the frame pointer and restores it',
        gdb: [`disassemble ${at}`],
        delve: [`disassemble -a ${at} ${formatAddress(hit.address + 64n)}`],
        lldb: [`disassemble -a ${at}`],
      };
    });
}

export function stackRequests(snapshot: Snapshot): Request[] {
  return [...registers(snapshot), ...frames(snapshot), ...slots(snapshot), ...constants(snapshot), ...code(snapshot)];
}
