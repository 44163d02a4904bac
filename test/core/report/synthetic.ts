/** A small case made by hand: two goroutines with one stack, one with its own, a broken chain, one finding. */
import type { AnalysedCase } from '../../../src/core/model/case.ts';
import { toAddress } from '../../../src/core/model/address.ts';
import { FrameColumns, GoroutineColumns, StringTable } from '../../../src/core/model/columns.ts';
import type { SourceDocument } from '../../../src/core/model/document.ts';
import type { Finding } from '../../../src/core/model/finding.ts';
import { FrameFlag, GoroutineFlag } from '../../../src/core/model/goroutine.ts';
import { identityOrigin } from '../../../src/core/model/origin.ts';
import type { Snapshot } from '../../../src/core/model/snapshot.ts';

const lines = [
  'panic: it broke', // 1
  '', // 2
  'goroutine 7 [running]:', // 3
  'main.fill(0x1)', // 4
  '\t/src/fill.go:20 +0x10 fp=0xc000000040 sp=0xc000000020 pc=0x401010', // 5
  'main.main()', // 6
  '\t/src/main.go:5 +0x20 fp=0xc000000080 sp=0xc000000040 pc=0x401220', // 7
  'goroutine 8 [chan receive, 3 minutes]:', // 8
  'main.wait()', // 9
  '\t/src/wait.go:9 +0x1', // 10
  'goroutine 9 [chan receive, 4 minutes]:', // 11
  'main.wait()', // 12
  '\t/src/wait.go:9 +0x1', // 13
];

export function documentOf(text: string, name = 'crash.txt'): SourceDocument {
  const bytes = new TextEncoder().encode(text);
  const starts = [0];
  bytes.forEach((byte, at) => {
    if (byte === 10 && at + 1 < bytes.length) starts.push(at + 1);
  });
  const lineStarts = Uint32Array.from([...starts, bytes.length]);
  const origin = identityOrigin(bytes.length);
  return { id: 0, name, byteLength: bytes.length, bytes, lineStarts, layers: [], text: { bytes, lineStarts, origin } };
}

export interface SyntheticOptions {
  /** Added to every address. */
  shift?: bigint;
  /** Added to every goroutine id. */
  ids?: bigint;
}

export function syntheticCase({ shift = 0n, ids = 0n }: SyntheticOptions = {}): AnalysedCase {
  const document = documentOf(`${lines.join('\n')}\n`);
  const rangeOf = (line: number) => ({
    document: 0,
    start: document.lineStarts[line - 1] ?? 0,
    end: (document.lineStarts[line] ?? 0) - 1,
  });
  const strings = new StringTable();
  const frames = new FrameColumns();
  const goroutines = new GoroutineColumns();

  const addFrame = (name: string, file: string, line: number, textLine: number, place?: [bigint, bigint, bigint]) => {
    const row = frames.add();
    const { data } = frames;
    data.functionName[row] = strings.intern(name);
    data.file[row] = strings.intern(file);
    data.line[row] = line;
    data.textLine[row] = textLine - 1;
    if (place !== undefined) {
      data.flags[row] = FrameFlag.hasSp | FrameFlag.hasFp | FrameFlag.hasPc;
      [data.sp[row], data.fp[row], data.pc[row]] = [place[0] + shift, place[1] + shift, place[2] + shift];
    }
    return row;
  };
  const addGoroutine = (
    id: bigint,
    status: string,
    minutes: number,
    from: number,
    to: number,
    headerLine: number,
    end: number,
  ) => {
    const row = goroutines.add();
    const { data } = goroutines;
    data.id[row] = id + ids;
    data.status[row] = strings.intern(status);
    data.waitMinutes[row] = minutes;
    data.flags[row] = GoroutineFlag.hasHeader;
    data.frameStart[row] = from;
    data.frameEnd[row] = to;
    data.headerLine[row] = headerLine - 1;
    data.endLine[row] = end - 1;
  };
  addFrame('main.fill', '/src/fill.go', 20, 4, [0xc000000020n, 0xc000000040n, 0x401010n]);
  addFrame('main.main', '/src/main.go', 5, 6, [0xc000000040n, 0xc000000080n, 0x401220n]);
  addGoroutine(7n, 'running', 0, 0, 2, 3, 8);
  addFrame('main.wait', '/src/wait.go', 9, 9);
  addGoroutine(8n, 'chan receive', 3, 2, 3, 8, 11);
  addFrame('main.wait', '/src/wait.go', 9, 12);
  addGoroutine(9n, 'chan receive', 4, 3, 4, 11, 14);

  const slot = toAddress(0xc000000030n + shift);
  const bad = toAddress(0x30bc5b29);
  const finding: Finding = {
    id: 'FP-01',
    rule: 'FP-01',
    title: 'A callee left the frame pointer changed',
    headline: '`main.fill` left the frame pointer changed',
    confidence: 'very likely',
    explanation: 'The saved frame pointer of `main.fill` is no stack address.',
    evidence: [
      { statement: 'the frame of `main.fill`', source: rangeOf(5) },
      { statement: 'its caller saved nothing', inferred: true },
    ],
    against: [{ statement: 'one word only', source: rangeOf(6) }],
    checks: [{ statement: 'the return addresses hold', held: true }],
    refutedBy: ['`main.fill` saves the frame pointer before it is changed.'],
    next: [{ why: 'Look at the function', command: 'go tool objdump -s main.fill app' }],
    references: [],
    bogus: [
      { value: bad, at: slot, why: 'in no mapping' },
      { value: bad, at: 'rbp', why: 'the same value' },
    ],
    explains: ['NIL-01'],
  };
  const second: Finding = {
    ...finding,
    id: 'NIL-01',
    rule: 'NIL-01',
    bogus: [{ value: bad, at: slot, why: 'again' }],
    checks: [],
    refutedBy: [],
    explains: [],
  };
  const snapshot: Snapshot = {
    id: 0,
    process: { goVersionRange: ['1.21', null], arch: 'amd64', why: { arch: 'registers' } },
    strings: strings.values,
    events: [{ kind: 'panic', category: 'user-value', text: 'it broke', source: rangeOf(1) }],
    crash: {
      kind: 'panic',
      event: 0,
      goroutine: 0,
      goroutineId: (7n + ids).toString(),
      stackOwner: (7n + ids).toString(),
      firstUserFrame: 0,
    },
    frames: frames.table(),
    goroutines: goroutines.table(),
    threads: [],
    registers: [{ values: [{ name: 'rbp', value: bad, source: rangeOf(1) }], frame: 0, step: 0, origin: 'runtime' }],
    mappings: [],
    memory: {
      wordSize: 8,
      bigEndian: false,
      addresses: BigUint64Array.of(slot, slot + 8n, slot + 32n),
      values: BigUint64Array.of(bad, 0x401220n + shift, 0n),
      sourceDocument: Uint16Array.of(0, 0, 0),
      sourceStart: Uint32Array.of(rangeOf(5).start, rangeOf(5).start, rangeOf(7).start),
      sourceEnd: Uint32Array.of(rangeOf(5).end, rangeOf(5).end, rangeOf(7).end),
      symbol: Uint32Array.of(0, 0, 0),
      conflicts: [],
      unreadable: [],
    },
    stacks: [],
    spans: [],
    objects: [],
    complaints: [],
    symbols: [],
    listings: [],
    searches: [],
    races: [],
    chains: [
      {
        owner: (7n + ids).toString(),
        arch: 'amd64',
        links: [
          {
            slot,
            value: bad,
            expected: toAddress(0xc000000070n + shift),
            verdict: 'bogus',
            reason: 'in no mapping',
            frameRow: 0,
            frame: 'main.fill',
            pastBreak: false,
          },
        ],
      },
    ],
    breaks: [],
    coverage: { lines: 13, recognised: 13, prose: 0, unrecognised: [], headers: 3, frames: 4, createdBy: 0 },
  };
  return {
    documents: [document],
    documentKinds: ['go-dump'],
    snapshots: [{ snapshot, findings: [finding, second], checked: [] }],
    recognised: true,
  };
}
