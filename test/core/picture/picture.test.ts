/** The stack as it is drawn: bands, rows, gaps, predicted slots, callouts, pills. */
import { describe, expect, it } from 'vitest';
import { toAddress } from '../../../src/core/model/address.ts';
import type { Finding } from '../../../src/core/model/finding.ts';
import type { StackPicture } from '../../../src/core/model/picture.ts';
import { pictureOf } from '../../../src/core/picture/index.ts';
import { makeSnapshot } from '../../support/snapshot.ts';
import type { FrameSpec, SnapshotSpec } from '../../support/snapshot-spec.ts';

function draw(spec: SnapshotSpec, owner = '1', findings: readonly Finding[] = []): StackPicture {
  const { snapshot, documents } = makeSnapshot({ process: { arch: 'amd64' }, ...spec });
  const picture = pictureOf(snapshot, documents, owner, findings);
  if (picture === undefined) throw new Error('no picture');
  return picture;
}

const frames: FrameSpec[] = [
  { function: 'main.small', file: '/src/a.go', line: 3, inlined: true },
  { function: 'main.a', file: '/src/a.go', line: 9, pc: 0x401010n, entryOffset: 0x10, sp: 0x8100n, fp: 0x8130n },
  {
    function: 'main.b',
    file: '/src/b.go',
    line: 7,
    pc: 0x402020n,
    entryOffset: 0x20,
    sp: 0x8130n,
    fp: 0x8180n,
    arguments: '0x11, 0x22',
  },
  { function: 'main.c', file: '/src/c.go', line: 5, pc: 0x403030n, entryOffset: 0x30, sp: 0x8180n, fp: 0x81c0n },
];
const stacks = [{ lo: 0x8000n, hi: 0x9000n }];
const rootFrame: FrameSpec = { function: 'runtime.goexit', file: '/src/asm_amd64.s', sp: 0x81c0n, fp: 0x81c8n };

function rowAt(picture: StackPicture, address: bigint) {
  return picture.bands.flatMap((band) => band.rows).find((row) => row.address === address);
}

describe('without words', () => {
  const picture = draw({ frames, stacks });

  it('draws a band for each physical frame with its inlined calls', () => {
    expect(picture.bands.map(({ function: name, start, end, inlined, placed }) => [name, start, end, inlined, placed])).toEqual([
      ['main.a', 0x8100n, 0x8130n, ['main.small'], 'printed'],
      ['main.b', 0x8130n, 0x8180n, [], 'printed'],
      ['main.c', 0x8180n, 0x81c0n, [], 'printed'],
    ]);
    expect(picture.bands[0]).toMatchObject({ file: '/src/a.go', line: 9, user: true, kind: 'go' });
  });

  it('predicts the slots', () => {
    expect(picture.bands.map(({ rows }) => rows.map(({ address, role, value }) => [address, role, value]))).toEqual([
      [
        [0x8120n, 'saved-frame-pointer', undefined],
        [0x8128n, 'return-address', undefined],
      ],
      [
        [0x8170n, 'saved-frame-pointer', undefined],
        [0x8178n, 'return-address', undefined],
      ],
      [
        [0x81b0n, 'saved-frame-pointer', undefined],
        [0x81b8n, 'return-address', undefined],
      ],
    ]);
    expect(rowAt(picture, 0x8128n)?.meaning).toMatchObject({ text: 'main.b +0x20', inferred: true });
    expect(rowAt(picture, 0x8120n)?.verdict).toBe('none');
  });

  it('offers the command for each gap and for the whole', () => {
    expect(picture.bands[0]?.gaps).toEqual([{ start: 0x8100n, bytes: 32, command: 'x/4xg 0x8100' }]);
    expect(picture.wordsKnown).toBe(0);
    expect(picture.missing).toEqual({ why: 'Add stack words to see the chain', command: 'x/24xg 0x8100' });
  });

  it('knows the bounds, the guard and what is unused', () => {
    expect(picture.bounds).toEqual({ lo: 0x8000n, hi: 0x9000n, known: 'printed', guard: 0x83a0n, unused: 0x100 });
  });
});

describe('with words', () => {
  const words: [bigint, bigint][] = [
    [0x8120n, 0x8170n],
    [0x8128n, 0x402020n],
    [0x8130n, 0x55n],
    [0x8170n, 0x1357n],
    [0x8178n, 0x999999999999n],
    [0x81b0n, 0n],
  ];
  const picture = draw({ frames, stacks, words });

  it('judges links and return addresses', () => {
    expect(rowAt(picture, 0x8120n)).toMatchObject({
      verdict: 'ok',
      link: 0,
      meaning: { text: 'main.b’s frame', target: 0x8170n },
    });
    expect(rowAt(picture, 0x8128n)).toMatchObject({ verdict: 'ok', role: 'return-address', meaning: { text: 'main.b +0x20' } });
    expect(rowAt(picture, 0x8170n)).toMatchObject({ verdict: 'bogus', link: 1, meaning: { text: 'not a frame pointer' } });
    expect(rowAt(picture, 0x8178n)).toMatchObject({ verdict: 'doubtful', role: 'return-address' });
    expect(rowAt(picture, 0x81b0n)).toMatchObject({ verdict: 'ok', meaning: { kind: 'nil', text: 'end of chain' } });
    expect(rowAt(picture, 0x8130n)).toMatchObject({ role: 'local', verdict: 'none', meaning: { kind: 'small-integer' } });
  });

  it('puts one callout under the broken link: expected against found', () => {
    expect(picture.callouts).toHaveLength(1);
    expect(picture.callouts[0]).toMatchObject({
      address: 0x8170n,
      title: 'Chain breaks here',
      expected: '`0x81b0`, the frame of `main.c`',
    });
    expect(picture.callouts[0]?.found).toContain('0x1357');
  });

  it('leaves gaps between known rows only', () => {
    expect(picture.bands[1]?.gaps).toEqual([{ start: 0x8138n, bytes: 56, command: 'x/7xg 0x8138' }]);
    expect(picture.wordsKnown).toBe(6);
    expect(picture.missing).toBeUndefined();
  });

  it('links the callout to the finding that names the value', () => {
    const finding: Finding = {
      id: 'FP-01',
      rule: 'FP-01',
      title: '',
      headline: '',
      confidence: 'certain',
      explanation: '',
      evidence: [],
      against: [],
      checks: [],
      next: [],
      references: [],
      bogus: [{ value: toAddress(0x1357n), why: '' }],
      culprit: { function: 'example.com/x/hash.Sum', inferred: false },
      explains: [],
    };
    const [callout] = draw({ frames, stacks, words }, '1', [finding]).callouts;
    expect(callout?.finding).toBe('FP-01');
    expect(callout?.found).toContain('and `hash.Sum` left it');
  });

  it('marks the arguments that the called function spills into this frame', () => {
    const spilled = draw({
      frames: [frames[2] ?? {}, frames[3] ?? {}],
      stacks,
      words: [
        [0x8180n, 0x11n],
        [0x8188n, 0x23n],
      ],
    });
    expect(rowAt(spilled, 0x8180n)).toMatchObject({ role: 'argument', meaning: { text: 'word 1 of main.b', inferred: true } });
    expect(rowAt(spilled, 0x8188n)?.role).toBe('local');
  });
});

describe('arm64', () => {
  it('draws the link register at the bottom and the saved frame pointer in the frame below', () => {
    const picture = draw({ process: { arch: 'arm64' }, frames, stacks });
    expect(picture.bands.map(({ rows }) => rows.map(({ address, role }) => [address, role]))).toEqual([
      [
        [0x8100n, 'saved-link-register'],
        [0x8128n, 'saved-frame-pointer'],
      ],
      [
        [0x8130n, 'saved-link-register'],
        [0x8178n, 'saved-frame-pointer'],
      ],
      [[0x8180n, 'saved-link-register']],
    ]);
  });
});

describe('pills', () => {
  it('point registers at the rows that they hold', () => {
    const picture = draw({ frames, stacks, words: [[0x8100n, 1n]], registers: { rsp: 0x8100n, rbp: 0x8120n, rax: 0x8128n } });
    expect(rowAt(picture, 0x8100n)?.pointedBy).toEqual(['RSP']);
    expect(rowAt(picture, 0x8120n)?.pointedBy).toEqual(['RBP']);
    expect(rowAt(picture, 0x8128n)?.pointedBy).toEqual([]);
  });

  it('leave out the registers of another stack', () => {
    const picture = draw({ frames, stacks, registers: { rsp: 0x7ffff000n, rbp: 0x8120n } });
    expect(rowAt(picture, 0x8120n)?.pointedBy).toEqual([]);
  });

  it('say where a walk by a reader began', () => {
    const picture = draw({
      frames,
      stacks,
      chains: [{ owner: '1', start: { value: 0x8120n, from: 'main.a' }, links: [{ slot: 0x8120n, verdict: 'unknown' }] }],
    });
    expect(rowAt(picture, 0x8120n)?.pointedBy).toEqual(['walk']);
    expect(picture.chain).toBe(0);
  });
});

describe('the ends of a stack', () => {
  it('draws words past the outermost printed frame as far as they go on', () => {
    const picture = draw({
      frames,
      stacks,
      words: [
        [0x81c0n, 1n],
        [0x81c8n, 2n],
        [0x81d8n, 3n],
      ],
    });
    const last = picture.bands.at(-1);
    expect(last).toMatchObject({ frameRow: -1, start: 0x81c0n, end: 0x81d0n, user: false });
    expect(last?.rows.map(({ role }) => role)).toEqual(['unknown', 'unknown']);
    expect(last?.gaps).toEqual([]);
  });

  it('draws nothing past goexit, which is the root, and no band for it', () => {
    const picture = draw({ frames: [...frames, rootFrame], stacks, words: [[0x81c8n, 1n]] });
    expect(picture.bands.map(({ function: name }) => name)).toEqual(['main.a', 'main.b', 'main.c']);
  });

  it('leaves out the frames of the signal handler, which came after the crash', () => {
    const picture = draw({
      frames: [{ function: 'runtime.sigpanic', sp: 0x80c0n, fp: 0x8100n }, ...frames.slice(1)],
      stacks,
      events: [{ kind: 'panic', text: 'x' }],
      crash: { faultFrame: 1 },
    });
    expect(picture.bands[0]?.function).toBe('main.a');
  });
});

describe('what is missing', () => {
  it('is sp= and fp= where the frames carry none', () => {
    const picture = draw({ frames: [{ function: 'main.f', file: '/src/a.go', line: 1 }] });
    expect(picture.bands).toEqual([]);
    expect(picture.missing?.command).toBe('GOTRACEBACK=system');
    expect(picture.bounds).toBeUndefined();
  });

  it('is the whole picture where nobody has this stack', () => {
    const { snapshot, documents } = makeSnapshot({ process: { arch: 'amd64' }, frames });
    expect(pictureOf(snapshot, documents, '99', [])).toBeUndefined();
  });

  it('is no frame pointer on an architecture without', () => {
    const picture = draw({ process: { arch: 'riscv64' }, frames, stacks });
    expect(picture.links).toEqual([]);
    expect(picture.bands.flatMap(({ rows }) => rows.map(({ role }) => role))).toEqual(Array(3).fill('saved-link-register'));
  });

  it('draws a thread’s stack by its name', () => {
    const picture = draw({ threads: [{ name: 'Thread 1 "app"', kind: 'debugger', frames }] }, 'Thread 1 "app"');
    expect(picture.bands).toHaveLength(3);
  });
});

describe('complaints', () => {
  const source = { document: 0, start: 0, end: 0 };
  const replaced = { kind: 'unexpected-return-pc', function: 'main.a', value: toAddress(0x7fffffffe000n), source } as const;
  const words: [bigint, bigint][] = [[0x8128n, 0x7fffffffe000n]];

  it('call the replaced return address', () => {
    const picture = draw({ frames, stacks, words, complaints: [replaced] });
    expect(picture.callouts).toMatchObject([{ address: 0x8128n, title: 'Return address replaced' }]);
    expect(picture.callouts[0]?.found).toContain('0x7fffffffe000');
    expect(rowAt(picture, 0x8128n)?.verdict).toBe('bogus');
  });

  it('call nothing bad in a stack that has not the frame', () => {
    const frame = { sp: toAddress(0xf100n), fp: toAddress(0xf130n), source };
    expect(draw({ frames, stacks, words, complaints: [{ ...replaced, frame }] }).callouts).toEqual([]);
  });

  it('call the word that is no pointer', () => {
    const word = {
      kind: 'bad-frame-pointer-word',
      function: 'main.b',
      at: toAddress(0x8138n),
      value: toAddress(3n),
      source,
    } as const;
    const picture = draw({ frames, stacks, words: [[0x8138n, 3n]], complaints: [word] });
    expect(picture.callouts).toMatchObject([{ address: 0x8138n, title: 'Not a pointer' }]);
    expect(rowAt(picture, 0x8138n)?.verdict).toBe('bogus');
  });
});

describe('a listing that goes over several stacks', () => {
  const picture = draw({
    frames: [
      { function: 'runtime.sigtrampgo', file: '/src/signal_unix.go', sp: 0x5140n, fp: 0x5180n },
      { function: 'runtime.traceStack', file: '/src/tracestack.go', fp: 0x3100n },
      { function: 'runtime.mcall', file: '/src/asm_amd64.s', sp: 0x3100n, fp: 0x3118n },
      ...frames,
    ],
    stacks: [{ lo: 0x8000n, hi: 0x9000n, owner: '1' }],
  });

  it('says where each begins, and gives the bounds of the goroutine’s', () => {
    expect(picture.bands.map(({ function: name, stack, partial }) => [name, stack, partial])).toEqual([
      ['runtime.sigtrampgo', 'signal stack', undefined],
      ['runtime.traceStack', 'system stack (g0)', true],
      ['runtime.mcall', undefined, undefined],
      ['main.a', 'the goroutine’s stack', undefined],
      ['main.b', undefined, undefined],
      ['main.c', undefined, undefined],
    ]);
    expect(picture.bounds).toMatchObject({ lo: 0x8000n, hi: 0x9000n, unused: 0x100 });
  });
});
