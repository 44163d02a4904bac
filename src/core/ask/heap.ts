/**
 * What is missing of the runtime's own structures: g, m and p of the crashing goroutine, the write-barrier buffer, the span of a bad
 * pointer. Type and field names are those of the runtime's debug information (runtime/runtime2.go, runtime/mheap.go).
 */
import { architectureOf } from '../arch/index.ts';
import { formatAddress, type Address } from '../model/address.ts';
import { lowerBound, wordIndex } from '../model/memory-lookup.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { regionsOf } from '../words/index.ts';
import { knownPs } from '../trail/index.ts';
import { allRegions, wordsAt, type Request } from './request.ts';

const mostPointers = 2;
/** Words of the write-barrier buffer (runtime/mwbbuf.go, 256 pairs up to Go 1.20, 512 words since), and `next` and `end` before them. */
const bufferWords = 512;
const bufferHead = 2;
/** Bytes of a P that hold the buffer in every release. */
const bufferBytes = 0x4000;
/** runtime/malloc.go: heapArenaBytes on 64-bit unix, page size. */
const arenaBytes = 1n << 26n;
const pageBytes = 8192n;

function badPointers(snapshot: Snapshot): Address[] {
  const values = new Set<Address>();
  for (const complaint of snapshot.complaints) if (complaint.kind === 'bad-heap-pointer') values.add(complaint.pointer);
  return [...values].slice(0, mostPointers);
}

const plain = (text: string) => text.replaceAll(' ', '');

function printed(snapshot: Snapshot, expression: string): boolean {
  return (snapshot.structs ?? []).some((struct) => plain(struct.expression) === plain(expression));
}

function goroutine(snapshot: Snapshot): Request[] {
  const row = snapshot.crash?.goroutine;
  const gp = row === undefined ? 0n : (snapshot.goroutines.gp[row] ?? 0n);
  const register = architectureOf(snapshot.process.arch)?.goroutineExpression;
  const g = gp === 0n ? register : formatAddress(gp);
  if (g === undefined || snapshot.crash === undefined) return [];
  const pointer = `(('runtime.g' *)${g})`;
  // Delve's name of the selected goroutine's g (Documentation/cli/expr.md).
  const inDelve = gp === 0n ? 'runtime.curg' : `(*runtime.g)(${g})`;
  if (printed(snapshot, `${pointer}->sched`) || printed(snapshot, `${inDelve}.sched`)) return [];
  // LLDB knows no Go types: there the words of the structure are the answer.
  if (gp !== 0n && wordIndex(snapshot.memory, gp) >= 0) return [];
  return [
    {
      why: 'The scheduler’s record of the crashing goroutine is not in the input: its stack bounds, saved registers, m and p',
      tells: 'Where its stack begins and ends, and which P it ran on',
      gdb: [`p/x ${pointer}->stack`, `p/x ${pointer}->sched`, `p/x ${pointer}->m`, `p/x ${pointer}->m->p`],
      delve: ['stack', 'sched', 'm.p'].map((field) => `print %x ${inDelve}.${field}`),
      lldb: gp === 0n ? [] : [`memory read -s8 -fx -c16 ${g}`],
    },
  ];
}

/** Words known from `start` on, below `end`. */
function wordsBetween({ memory }: Snapshot, start: bigint, end: bigint): number {
  return lowerBound(memory, end) - lowerBound(memory, start);
}

function writeBarrier(snapshot: Snapshot): Request[] {
  const [pointer] = badPointers(snapshot);
  if (pointer === undefined) return [];
  const value = formatAddress(pointer);
  if (snapshot.searches.some((search) => search.value === pointer)) return [];
  const [p] = knownPs(snapshot);
  if (p === undefined || wordsBetween(snapshot, p, p + BigInt(bufferBytes)) >= bufferWords) return [];
  const at = formatAddress(p);
  return [
    {
      why: `Whether ${value} stands in the write-barrier buffer of the P at ${at} is not in the input`,
      tells: 'Whether the collector met it in the write-barrier buffer, and in which of its slots',
      gdb: [`p/x (('runtime.p' *)${at})->wbBuf.next`, `find /g ${at}, +0x${bufferBytes.toString(16)}, ${value}`],
      delve: [
        `print %x (*runtime.p)(${at}).wbBuf.next`,
        `examinemem -fmt hex -count ${(bufferHead + bufferWords).toString()} -size 8 -x &(*runtime.p)(${at}).wbBuf`,
      ],
      lldb: [`memory find -e '(unsigned long)${value}' -c 8 -- ${at} ${formatAddress(p + BigInt(bufferBytes))}`],
    },
  ];
}

function spans(snapshot: Snapshot): Request[] {
  const base = architectureOf(snapshot.process.arch)?.arenaBase;
  if (base === undefined) return [];
  return badPointers(snapshot).flatMap((pointer) => {
    const arena = ((pointer + base) / arenaBytes).toString();
    const page = ((pointer / pageBytes) % (arenaBytes / pageBytes)).toString();
    const span = `(*'runtime.mheap_'.arenas[0])[${arena}]->spans[${page}]`;
    const inDelve = `runtime.mheap_.arenas[0][${arena}].spans[${page}]`;
    if (regionsOf(snapshot).spanAt(pointer)?.elementSize !== undefined) return [];
    if (printed(snapshot, `*${span}`) || printed(snapshot, `*${inDelve}`)) return [];
    return [
      {
        why: `The span that ${formatAddress(pointer)} leads to is not in the input, nor its mark and allocation bits`,
        tells: 'The state of the span, the size of its objects, and whether this one was free',
        gdb: [`p/x *${span}`, `x/8gx ${span}->gcmarkBits`, `x/8gx ${span}->allocBits`],
        delve: [
          `print %x *${inDelve}`,
          ...['gcmarkBits', 'allocBits'].map((bits) => `examinemem -fmt hex -count 8 -size 8 -x ${inDelve}.${bits}`),
        ],
        lldb: [],
      },
    ];
  });
}

/** A slot whose writer nobody saw: the place at which a bad word was found. */
function watch(snapshot: Snapshot): Request[] {
  if (snapshot.events.some((event) => event.kind === 'watchpoint')) return [];
  const bad = snapshot.chains.flatMap((chain) => chain.links).find((link) => link.verdict === 'bogus' && !link.pastBreak);
  const pointers = new Set<bigint>(badPointers(snapshot));
  const hit = snapshot.searches.find((search) => search.value !== undefined && pointers.has(search.value))?.hits[0];
  const slot = bad?.slot ?? hit?.address;
  if (slot === undefined) return [];
  const at = formatAddress(slot);
  return [
    {
      why: `Who wrote the word at ${at} is not in the input`,
      tells: 'The function that wrote it, from where, and what stood there before',
      gdb: [`watch *(long *)${at}`, 'reverse-continue', 'bt 16', ...wordsAt(at, 2).gdb],
      delve: [`watch -w *(*int64)(${at})`],
      lldb: [`watchpoint set expression -w write -s 8 -- ${at}`],
      runs: true,
    },
  ];
}

/** Values whose place in the address space matters: where the listing of all of it is not to be had. */
function suspects(snapshot: Snapshot): bigint[] {
  const links = snapshot.chains.flatMap((chain) => chain.links).filter((link) => link.verdict === 'bogus' && !link.pastBreak);
  const values = new Set<bigint>([...badPointers(snapshot), ...links.flatMap((link) => link.value ?? [])]);
  const [sp] = snapshot.frames.sp.filter((value) => value !== 0n);
  if (sp !== undefined) values.add(sp);
  return [...values].slice(0, mostPointers + 1);
}

function mappings(snapshot: Snapshot): Request[] {
  if (snapshot.mappings.length > 0) return [];
  const pid = snapshot.process.pid;
  return [
    {
      why: 'The mappings of the process are not in the input: what is mapped, readable, code',
      tells: 'Whether a bad value leads anywhere at all',
      gdb: ['info proc mappings'],
      delve: pid === undefined ? [] : [`# in a shell: cat /proc/${pid.toString()}/maps`],
      lldb: [
        'image list',
        'memory region $pc',
        'memory region $sp',
        ...suspects(snapshot).map((value) => `memory region ${formatAddress(value)}`),
        allRegions,
      ],
    },
  ];
}

export function memoryRequests(snapshot: Snapshot): Request[] {
  return [...mappings(snapshot), ...goroutine(snapshot), ...writeBarrier(snapshot), ...spans(snapshot), ...watch(snapshot)];
}
