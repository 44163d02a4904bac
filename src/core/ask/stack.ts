/** What is missing of stacks: registers, frames, the predicted slots of saved frame pointers. */
import { architectureOf } from '../arch/index.ts';
import { formatAddress, offsetBy } from '../model/address.ts';
import { wordIndex } from '../model/memory-lookup.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { codeRequests } from './code.ts';
import { wordsAt, type Request } from './request.ts';

/** Slots asked for at most. */
const mostSlots = 32;

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

/** Words below which a stack is placed: what a debugger prints of one says functions and code addresses, not where the frames lie. */
const stackWords = 96;

/** The printed stack of the thread that stopped, where neither its frames have places nor the words at its stack pointer are known. */
function places(snapshot: Snapshot): Request[] {
  const architecture = architectureOf(snapshot.process.arch);
  const thread = snapshot.threads.find(({ kind, frames }) => kind === 'debugger' && frames.length > 0);
  if (architecture === undefined || thread === undefined || thread.frames.some(({ sp }) => sp !== undefined)) return [];
  if (snapshot.frames.sp.some((sp) => sp !== 0n)) return [];
  const name = architecture.stackPointer;
  const sp = thread.registers?.values.find((value) => value.name === name)?.value;
  if (sp !== undefined && wordIndex(snapshot.memory, sp) >= 0) return [];
  const at = sp === undefined ? undefined : formatAddress(sp);
  return [
    {
      why: `The words of the stack of ${thread.name} are not in the input`,
      tells: 'Where each frame lies, and what it saved: the frame-pointer chain and the return addresses',
      gdb: [`x/${stackWords.toString()}gx ${at ?? `$${name}`}`],
      delve: [
        'stack 64 -offsets',
        `examinemem -fmt hex -count ${stackWords.toString()} -size 8 ${at ?? `-x ${name.toUpperCase()}`}`,
      ],
      lldb: [`memory read -s8 -fx -c${stackWords.toString()} ${at ?? `$${name}`}`],
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

export function stackRequests(snapshot: Snapshot): Request[] {
  return [...registers(snapshot), ...frames(snapshot), ...places(snapshot), ...slots(snapshot), ...codeRequests(snapshot)];
}
