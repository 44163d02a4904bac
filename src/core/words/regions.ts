/** What the case knows of the address space, indexed once per snapshot. */
import { contains } from '../model/address.ts';
import type { Mapping, Span, Stack } from '../model/memory.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { goroutineStacks } from './stacks.ts';
import { SymbolTable } from './symbols.ts';

/** runtime/malloc.go heapArenaBytes on 64-bit unix. */
const arenaBytes = 1n << 26n;

/** Names by which mappings say that they are not the program's own memory. */
const special = /^\[(?!heap|stack|anon)/;
/** The area that brk grows, which C's malloc takes; and how Go names its arenas (runtime/set_vma_name_linux.go, since Go 1.25). */
const brkArea = '[heap]';
const goHeap = '[anon: Go: heap]';

/** Words looked at on either side of what a case shows of memory: pieces of memory lie close together. */
const mostSeen = 64;

function seenAddresses({ memory, registers }: Snapshot): bigint[] {
  const { addresses } = memory;
  const words = addresses.length <= 2 * mostSeen ? addresses : [...addresses.slice(0, mostSeen), ...addresses.slice(-mostSeen)];
  const pointers = registers.flatMap((set) =>
    set.origin === 'debugger' ? set.values.filter(({ name }) => name === 'rsp' || name === 'sp').map(({ value }) => value) : [],
  );
  return [...words, ...pointers];
}

export class Regions {
  readonly mappings: readonly Mapping[];
  readonly stacks: readonly Stack[];
  readonly spans: readonly Span[];
  readonly symbols: SymbolTable;
  readonly #arenas: ReadonlySet<bigint>;
  readonly #stackByOwner = new Map<string, Stack>();
  /** Addresses of memory that was read or stood in a stack pointer. */
  readonly #seen: readonly bigint[];
  #listsMappings: boolean | undefined;
  readonly #heapOf = new Map<Mapping, 'C' | 'Go' | undefined>();

  constructor(snapshot: Snapshot) {
    this.mappings = [...snapshot.mappings].sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
    this.stacks = goroutineStacks(snapshot);
    for (const stack of this.stacks) if (!this.#stackByOwner.has(stack.owner)) this.#stackByOwner.set(stack.owner, stack);
    this.spans = snapshot.spans;
    this.symbols = new SymbolTable(snapshot);
    const arenas = new Set<bigint>();
    const isSmall = snapshot.memory.wordSize === 4;
    // Goroutine stacks and g's are allocated from arenas: each proves the arena around it (64-bit, runtime/malloc.go).
    if (!isSmall) {
      for (const stack of this.stacks) if (stack.kind === 'goroutine') arenas.add(stack.start / arenaBytes);
      for (const span of this.spans) arenas.add(span.base / arenaBytes);
      const { gp, length } = snapshot.goroutines;
      for (let row = 0; row < length; row++) {
        const g = gp[row] ?? 0n;
        // g0 of the main thread lies in the program's data, far below any arena.
        if (g >= 1n << 32n) arenas.add(g / arenaBytes);
      }
    }
    this.#arenas = arenas;
    this.#seen = this.mappings.length === 0 ? [] : seenAddresses(snapshot);
  }

  /**
   * True when the case lists the whole address space, so that "in no mapping" means unmapped. A list without the code that the case
   * knows to have run, or without memory that it shows, is a part: cut short, the files of a core (gdb reads its NT_FILE note), or
   * the segments of an executable.
   */
  get listsMappings(): boolean {
    this.#listsMappings ??= this.#isWhole();
    return this.#listsMappings;
  }

  #isWhole(): boolean {
    if (this.mappings.length < 3) return false;
    if (this.mappings.every(({ file }) => file !== undefined && !file.startsWith('['))) return false;
    if (this.#seen.some((address) => this.mappingAt(address) === undefined)) return false;
    const { landmarks } = this.symbols;
    return landmarks.length === 0 || landmarks.some((address) => this.mappingAt(address) !== undefined);
  }

  mappingAt(address: bigint): Mapping | undefined {
    let low = 0;
    let high = this.mappings.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const mapping = this.mappings[middle];
      if (mapping === undefined) return undefined;
      if (address < mapping.start) high = middle - 1;
      else if (address >= mapping.end) low = middle + 1;
      else return mapping;
    }
    return undefined;
  }

  /** Stacks are sorted and do not overlap, but for guesses: of the two that may begin below, the printed one counts. */
  stackAt(address: bigint): Stack | undefined {
    let low = 0;
    let high = this.stacks.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if ((this.stacks[middle]?.start ?? 0n) <= address) low = middle + 1;
      else high = middle - 1;
    }
    const near = this.stacks.slice(Math.max(0, high - 3), high + 1).filter((stack) => contains(stack, address));
    return near.find((stack) => stack.known === 'printed') ?? near.at(-1);
  }

  stackOf(owner: string): Stack | undefined {
    return this.#stackByOwner.get(owner);
  }

  spanAt(address: bigint): Span | undefined {
    return this.spans.find((span) => span.limit !== undefined && address >= span.base && address < span.limit);
  }

  inKnownArena(address: bigint): boolean {
    return this.#arenas.has(address / arenaBytes);
  }

  /** Whose heap `mapping` is, by its name. Goroutine stacks and spans never lie in C's: what holds one is not called so. */
  heapOf(mapping: Mapping): 'C' | 'Go' | undefined {
    if (mapping.file === goHeap) return 'Go';
    if (mapping.file !== brkArea) return undefined;
    if (!this.#heapOf.has(mapping)) {
      const holdsGo =
        this.stacks.some((stack) => stack.kind === 'goroutine' && contains(mapping, stack.start)) ||
        this.spans.some((span) => contains(mapping, span.base));
      this.#heapOf.set(mapping, holdsGo ? undefined : 'C');
    }
    return this.#heapOf.get(mapping);
  }

  /** Whether `address` is code: proved by a mapping or a printed name, inferred from the spread of known pcs. */
  isCode(address: bigint): 'proved' | 'inferred' | undefined {
    const mapping = this.mappingAt(address);
    if (mapping?.permissions !== undefined) return mapping.permissions.includes('x') ? 'proved' : undefined;
    if (this.symbols.at(address)?.proved === true) return 'proved';
    return this.symbols.isAmongCode(address) ? 'inferred' : undefined;
  }

  /** A mapping that the kernel made for itself: [vdso], [uprobes], [vvar]. */
  specialAt(address: bigint): Mapping | undefined {
    const mapping = this.mappingAt(address);
    return mapping?.file !== undefined && special.test(mapping.file) ? mapping : undefined;
  }
}

const cache = new WeakMap<Snapshot, Regions>();

export function regionsOf(snapshot: Snapshot): Regions {
  const known = cache.get(snapshot);
  if (known !== undefined) return known;
  const regions = new Regions(snapshot);
  cache.set(snapshot, regions);
  return regions;
}
