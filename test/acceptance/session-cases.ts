/** Recorded sessions with what they prove: the causes, who did it, the bad pointer; and how another process would differ. */
import { fixture } from './run.ts';

export interface SessionCase {
  name: string;
  /** Fixture path without `.txt`. */
  path: string;
  /** Causes that may stand first; none = nothing may be accused. */
  rules: string[];
  /** Further causes that half of the session may tell alone. */
  halves?: string[];
  /** Named by the first finding (in its headline, explanation or evidence). */
  culprit?: string;
  bad?: bigint;
  /** Ranges that a moved process has elsewhere: start, end, by. */
  moves: [bigint, bigint, bigint][];
  names: [string, string][];
  /** A constant of the program's code that becomes another one. */
  constant?: [bigint, bigint];
}

type Move = SessionCase['moves'][number];
const heap: Move = [0xc000000000n, 0xc004000000n, 0x2000000n];
const text: Move = [0x400000n, 0x5a0000n, 0x30000n];
const stack: Move = [0x7fffffff0000n, 0x7ffffffff000n, -0x2000n];
const armHeap: Move = [0x4000000000n, 0x4004000000n, 0x10000n];

const cgoNames: [string, string][] = [
  ['goFillSchema', 'goFillLedger'],
  ['import_schema', 'load_ledger'],
  ['leave_stale', 'dirty_words'],
  ['pull_schema', 'walk_ledger'],
  ['SchemaOut', 'LedgerRow'],
  ['streamexport', 'bookings'],
];
const clobberNames: [string, string][] = [
  ['main.mix', 'main.whirl'],
  ['main[mix]', 'main[whirl]'],
  ['main.(*shard).lookup', 'main.(*ring).probe'],
  ['main.(*shard)[lookup]', 'main.(*ring)[probe]'],
  ['hashload', 'ringload'],
];
const armNames: [string, string][] = [
  ['main._fill', 'main._stamp'],
  ['main[fillNeon]', 'main[stampNeon]'],
  ['main.fillNeon', 'main.stampNeon'],
  ['fillarm', 'stamper'],
];

const cgo = { moves: [heap, text, stack], names: cgoNames };
const clobber = {
  moves: [heap, text],
  names: clobberNames,
  constant: [0x30bc5b29n, 0x1dc3a6d7n] as [bigint, bigint],
};
const arm = { moves: [armHeap], names: armNames };
const probe = { moves: [heap], names: [['main.stacker', 'main.piler'] as [string, string]] };

const at = (name: string): { name: string; path: string } => ({ name, path: `acceptance/sessions/${name}` });

export const sessionCases: SessionCase[] = [
  { ...at('cgo-wb.crash.gdb'), ...cgo, rules: ['CGO-01', 'GC-03'], bad: 0xc001500000n },
  { ...at('cgo-wb.dump'), ...cgo, rules: ['CGO-01', 'GC-03'], bad: 0xc001500000n },
  { ...at('cgo-wb.wbbuf-reverse.gdb'), ...cgo, rules: ['CGO-01', 'GC-03'], culprit: 'goFillSchema', bad: 0xc001580200n },
  {
    ...at('cgo-wb.writer-reverse.gdb'),
    ...cgo,
    rules: ['CGO-01', 'GC-03', 'DBG-02'],
    culprit: 'import_schema',
    bad: 0xc001500000n,
  },
  { ...at('fpclobber-amd64.before-after.gdb'), ...clobber, rules: ['FP-01'], culprit: 'main.mix', bad: 0x30bc5b29n },
  { ...at('fpclobber-amd64.crash.gdb'), ...clobber, rules: ['FP-01'], culprit: 'main.mix', bad: 0x30bc5b29n },
  { ...at('fpclobber-amd64.dump'), ...clobber, rules: ['FP-01'], culprit: 'main.(*shard).lookup', bad: 0x30bc5b29n },
  { ...at('fpclobber-amd64.core.gdb'), ...clobber, rules: [] },
  {
    name: 'fpclobber-amd64.delve',
    path: 'debugger/clobbered-frame-pointer.delve',
    ...clobber,
    rules: ['FP-01'],
    culprit: 'main.mix',
    bad: 0x30bc5b29n,
  },
  {
    name: 'fpclobber-amd64.core.delve',
    path: 'debugger/clobbered-frame-pointer.core.delve',
    ...clobber,
    rules: ['FP-01', 'FP-02'],
    culprit: 'main.(*shard).lookup',
  },
  { name: 'fpclobber-amd64.gef', path: 'debugger/stopped-in-assembly.gef', ...clobber, rules: [], culprit: 'main.mix' },
  { ...at('lrslot-arm64.crash.gdb'), ...arm, rules: ['FP-04', 'FP-05'], culprit: 'main._fill', bad: 0x9100c3ffa97ffbfdn },
  { ...at('lrslot-arm64.store.gdb'), ...arm, rules: ['FP-04', 'FP-05'], culprit: 'main._fill', bad: 0x96690n },
  { ...at('lrslot-arm64.dump'), ...arm, rules: ['FP-04', 'FP-05'], bad: 0x9100c3ffa97ffbfdn },
  {
    name: 'nilmap-value.delve',
    path: 'debugger/nil-map-value.delve',
    moves: [heap],
    names: [
      ['main.(*store).reserve', 'main.(*shelf).take'],
      ['(*main.store)', '(*main.shelf)'],
    ],
    rules: ['NIL-01'],
    culprit: 'main.(*store).reserve',
    bad: 0n,
  },
  { ...at('uretprobe.dump'), ...probe, rules: ['RA-01'], bad: 0x7fffffffe000n },
  { ...at('uretprobe.gdb'), ...probe, rules: ['RA-01', 'RA-02'], bad: 0x7ffff7e25000n },
  { ...at('uretprobe.nil-m.dump'), ...probe, rules: ['RA-02'] },
  { ...at('uprobe-plan.gdb'), moves: [text], names: [['strconv.Atoi', 'strconv.Quote']], rules: [] },
  { name: 'uprobe-plan.objdump', path: 'debugger/returns.objdump', moves: [text], names: [], rules: [] },
  { name: 'uprobe-plan.go-objdump', path: 'debugger/returns.go-objdump', moves: [text], names: [], rules: [] },
  {
    ...at('spool.before-crash.gdb'),
    moves: [heap, [0x400000n, 0x4a5000n, 0x30000n]],
    names: [['main.scramble', 'main.whirl']],
    rules: ['FP-01'],
    culprit: 'main.scramble',
  },
  {
    ...at('spool.listing.delve'),
    moves: [heap],
    names: [['main.scramble', 'main.whirl']],
    constant: [0x6b43a9b5n, 0x1dc3a6d7n],
    rules: ['FP-01'],
    culprit: 'main.scramble',
    bad: 0x6b43a9b5n,
  },
  {
    ...at('shop.nil.gdb'),
    moves: [[0x15c668000000n, 0x15c669000000n, 0x2000000n]],
    names: [['main.(*till).charge', 'main.(*shelf).take']],
    rules: ['NIL-01'],
    culprit: 'main.(*till).charge',
    bad: 0n,
  },
  {
    ...at('neon-arm64.crash.gdb'),
    moves: [armHeap],
    names: [['neon', 'lanes']],
    rules: ['FP-04', 'FP-05'],
    bad: 0xf00001a0d503201fn,
  },
  {
    ...at('ledger.bad-pointer.gdb'),
    moves: [[0xc000000000n, 0xc008000000n, 0x2000000n]],
    names: [
      ['load_rows', 'pull_rows'],
      ['goFillRow', 'goStoreRow'],
    ],
    rules: ['CGO-01', 'GC-03'],
    halves: ['GC-02'],
    culprit: 'load_rows',
    bad: 0xc004400000n,
  },
];

export const sourceOf = ({ path }: SessionCase): string => fixture(`${path}.txt`);
