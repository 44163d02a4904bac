/**
 * What tells one run of one build from another: entries and call sites of functions, mapped files, the place of the heap, version,
 * architecture, pid. Two sets of marks that contradict each other are two processes.
 */
import { formatAddress } from '../model/address.ts';
import type { SourceDocument } from '../model/document.ts';
import { FrameFlag, type FrameTable, type GoroutineTable } from '../model/goroutine.ts';
import type { Mismatch } from '../model/mismatch.ts';
import { code } from '../model/quote.ts';
import type { CaseColumns, TextFact } from '../model/record.ts';
import type { SourceRange } from '../model/source.ts';
import { frameSource } from '../model/tables.ts';

export interface MarkTables {
  frames: FrameTable;
  goroutines: GoroutineTable;
  documents: readonly SourceDocument[];
}

interface Mark {
  value: bigint;
  /** Where it was printed, or the frame that it was worked out from: the place of a row is looked up when it is told. */
  at: SourceRange | number;
}

interface Claim {
  text: string;
  /** The form that says it, without its numbers: only the same form is compared. */
  form: string;
  source: SourceRange;
}

/** Rows of frames looked at in one segment. */
const mostRows = 50_000;
/** Call sites that must be known on both sides before none in common means another build. */
const fewestSites = 3;
/** Functions and call sites at the same addresses that prove one build. */
const fewestAlike = 2;
/** Code of Go programs ends below it; kernels put stacks and libraries of amd64 and arm64 above the second. */
const lowestHeap = 0x80_0000_0000n;
const highestHeap = 0x7e00_0000_0000n;
/** The heap grows in arenas side by side: the same 4 TiB is the same heap. */
const heapBits = 40n;

const sameBuild = 'Record the session with the executable that crashed, or give each run as its own case.';
const sameRun = 'Take the output from the process or the core that crashed, or give each run as its own case.';

export class RunMarks {
  readonly #entries = new Map<string, Mark>();
  /** Rows by their pcs. */
  readonly #sites = new Map<string, Map<bigint, number>>();
  readonly #mapped = new Map<string, Mark>();
  readonly #heaps = new Map<bigint, Mark>();
  readonly #claims = new Map<'version' | 'architecture' | 'pid', Claim>();

  readonly #tables: MarkTables;

  constructor(tables: MarkTables) {
    this.#tables = tables;
  }

  /** Takes the marks of `facts` in; linear in facts and rows. */
  add(facts: readonly TextFact[], columns: CaseColumns): void {
    const { frames, goroutines } = this.#tables;
    let rows = 0;
    const range = (start: number, end: number): void => {
      for (let row = start; row < end && rows < mostRows; row++, rows++) this.#frame(frames, row, columns, row === start);
    };
    for (const fact of facts) {
      if (fact.kind === 'goroutine') range(goroutines.frameStart[fact.row] ?? 0, goroutines.frameEnd[fact.row] ?? 0);
      else if (fact.kind === 'runtime-stack' || fact.kind === 'debugger-stack') range(fact.frameStart, fact.frameEnd);
      else this.#fact(fact);
    }
  }

  #frame(frames: FrameTable, row: number, columns: CaseColumns, innermost: boolean): void {
    const flags = frames.flags[row] ?? 0;
    if (flags & FrameFlag.hasSp) this.#heap(frames.sp[row] ?? 0n, row);
    if ((flags & FrameFlag.hasPc) === 0 || (flags & FrameFlag.inlined) !== 0) return;
    const name = columns.strings.at(frames.functionName[row] ?? 0);
    const pc = frames.pc[row] ?? 0n;
    if (name === '' || pc === 0n) return;
    if (flags & FrameFlag.hasEntryOffset && !this.#entries.has(name))
      this.#entries.set(name, { value: pc - BigInt(frames.entryOffset[row] ?? 0), at: row });
    const line = frames.line[row] ?? 0;
    // An innermost frame stands anywhere in its line; the others at a return address.
    if (innermost || line === 0) return;
    const site = `${name}\n${line.toString()}`;
    const known = this.#sites.get(site);
    if (known === undefined) this.#sites.set(site, new Map([[pc, row]]));
    else if (!known.has(pc)) known.set(pc, row);
  }

  #fact(fact: TextFact): void {
    if (fact.kind === 'symbol') this.#entries.set(fact.symbol.name, { value: fact.symbol.start, at: fact.symbol.source });
    else if (fact.kind === 'mappings') {
      for (const mapping of fact.mappings) {
        if (mapping.file?.startsWith('/') !== true || mapping.permissions?.includes('x') !== true) continue;
        if (!this.#mapped.has(mapping.file)) this.#mapped.set(mapping.file, { value: mapping.start, at: mapping.source });
      }
    } else if (fact.kind === 'registers') {
      for (const { name, value, source } of fact.values) if (/^r?sp$/.test(name)) this.#heap(value, source);
    } else if (fact.kind === 'process') {
      const { goVersion, arch, pid } = fact.facts;
      const form = fact.why.replace(/\d+/g, '');
      if (goVersion !== undefined) this.#claim('version', { text: goVersion, form: '', source: fact.source });
      if (arch !== undefined) this.#claim('architecture', { text: arch, form: '', source: fact.source });
      if (pid !== undefined) this.#claim('pid', { text: pid.toString(), form, source: fact.source });
    }
  }

  #heap(value: bigint, at: SourceRange | number): void {
    if (value < lowestHeap || value >= highestHeap || this.#heaps.has(value >> heapBits)) return;
    this.#heaps.set(value >> heapBits, { value, at });
  }

  /** The first claim counts; a second one that differs takes it back. */
  #claim(kind: 'version' | 'architecture' | 'pid', claim: Claim): void {
    const known = this.#claims.get(kind);
    if (known === undefined) this.#claims.set(kind, claim);
    else if (known.form === claim.form && known.text !== claim.text) known.text = '';
  }

  /** How `other` contradicts these marks; undefined where it may be the same run. */
  mismatch(other: RunMarks): Mismatch | undefined {
    return this.#claimed(other) ?? this.#entered(other) ?? this.#called(other) ?? this.#placed(other) ?? this.#rooted(other);
  }

  /** Whether both have several functions at the same addresses: one build. */
  sameBuild(other: RunMarks): boolean {
    if (this.#entered(other) !== undefined || this.#called(other) !== undefined) return false;
    let same = 0;
    for (const [name, { value }] of other.#entries) if (this.#entries.get(name)?.value === value) same++;
    for (const [site, pcs] of other.#sites) {
      const mine = this.#sites.get(site);
      if (mine !== undefined && [...pcs.keys()].some((pc) => mine.has(pc))) same++;
    }
    return same >= fewestAlike;
  }

  #claimed(other: RunMarks): Mismatch | undefined {
    for (const [kind, mine] of this.#claims) {
      const theirs = other.#claims.get(kind);
      if (theirs === undefined || theirs.form !== mine.form || theirs.text === mine.text) continue;
      // What contradicts itself proves nothing.
      if (theirs.text === '' || mine.text === '') continue;
      // '1.22' and '1.22.12' agree.
      if (kind === 'version' && (theirs.text.startsWith(`${mine.text}.`) || mine.text.startsWith(`${theirs.text}.`))) continue;
      const word = kind === 'pid' ? 'process' : kind === 'version' ? 'Go' : '';
      const say = (claim: Claim): string => (word === '' ? code(claim.text) : `${word} ${code(claim.text)}`);
      return {
        kind,
        expected: say(mine),
        found: say(theirs),
        advice: kind === 'pid' ? sameRun : sameBuild,
        expectedSource: mine.source,
        foundSource: theirs.source,
      };
    }
    return undefined;
  }

  #entered(other: RunMarks): Mismatch | undefined {
    let same = 0;
    let differ = 0;
    let first: Mismatch | undefined;
    for (const [name, theirs] of other.#entries) {
      const mine = this.#entries.get(name);
      if (mine === undefined) continue;
      if (mine.value === theirs.value) same++;
      else {
        differ++;
        first ??= {
          kind: 'function-entry',
          expected: `${code(name)} at ${code(formatAddress(mine.value))}`,
          found: `${code(name)} at ${code(formatAddress(theirs.value))}`,
          advice: sameBuild,
          ...this.#sources(mine, other, theirs),
        };
      }
    }
    return differ > same ? first : undefined;
  }

  #called(other: RunMarks): Mismatch | undefined {
    let differ = 0;
    let first: Mismatch | undefined;
    for (const [site, theirs] of other.#sites) {
      const mine = this.#sites.get(site);
      if (mine === undefined) continue;
      for (const pc of theirs.keys()) if (mine.has(pc)) return undefined;
      differ++;
      const [name = '', line = ''] = site.split('\n');
      const [[expected, at] = [0n, -1]] = mine;
      const [[found, foundAt] = [0n, -1]] = theirs;
      first ??= {
        kind: 'return-address',
        expected: `a return to ${code(name)}, line ${line}, at ${code(formatAddress(expected))}`,
        found: `one at ${code(formatAddress(found))}`,
        advice: sameBuild,
        ...this.#sources({ at }, other, { at: foundAt }),
      };
    }
    return differ >= fewestSites ? first : undefined;
  }

  #placed(other: RunMarks): Mismatch | undefined {
    for (const [file, theirs] of other.#mapped) {
      const mine = this.#mapped.get(file);
      if (mine === undefined || mine.value === theirs.value) continue;
      const base = code(file.slice(file.lastIndexOf('/') + 1));
      const expected = `the code of ${base} at ${code(formatAddress(mine.value))}`;
      const found = `it at ${code(formatAddress(theirs.value))}`;
      return { kind: 'mapping', expected, found, advice: sameRun, ...this.#sources(mine, other, theirs) };
    }
    return undefined;
  }

  /** Goroutine stacks lie in the heap, which has another place in every run since Go 1.26. */
  #rooted(other: RunMarks): Mismatch | undefined {
    for (const key of other.#heaps.keys()) if (this.#heaps.has(key)) return undefined;
    const [mine] = this.#heaps.values();
    const [theirs] = other.#heaps.values();
    if (mine === undefined || theirs === undefined) return undefined;
    const expected = `goroutine stacks near ${code(formatAddress(mine.value))}`;
    const found = `a stack at ${code(formatAddress(theirs.value))}`;
    return { kind: 'heap', expected, found, advice: sameRun, ...this.#sources(mine, other, theirs) };
  }
  #sourceOf({ at }: Pick<Mark, 'at'>): SourceRange {
    return typeof at === 'number' ? frameSource(this.#tables, at) : at;
  }

  #sources(mine: Pick<Mark, 'at'>, other: RunMarks, theirs: Pick<Mark, 'at'>) {
    return { expectedSource: this.#sourceOf(mine), foundSource: other.#sourceOf(theirs) };
  }
}
