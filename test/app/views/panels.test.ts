import { describe, expect, it } from 'vitest';
import { codeParts, firstSentences } from '../../../src/app/ui/code-parts.ts';
import { bytesOf, digitsOf, textOf } from '../../../src/app/ui/digits.ts';
import { confidenceWord, meterParts, verdictTone } from '../../../src/app/features/verdict/tone.ts';
import { lineAt, lineLabel, quotedLine } from '../../../src/app/features/inspector/source-line.ts';
import { alignmentText, fullValue } from '../../../src/app/features/inspector/slot-facts.ts';
import { frameItems, type FrameListInput } from '../../../src/app/features/frames/frame-items.ts';
import { detailSteps } from '../../../src/app/features/frames/more-detail-steps.ts';
import type { Finding } from '../../../src/core/model/finding.ts';
import type { Frame, FrameKind } from '../../../src/core/model/goroutine.ts';
import type { Crash } from '../../../src/core/model/snapshot.ts';
import { at } from './picture.ts';

describe('codeParts', () => {
  it('sets what stands between backticks apart and keeps a lonely one', () => {
    expect(codeParts('a `b` c')).toEqual([
      { text: 'a ', code: false },
      { text: 'b', code: true },
      { text: ' c', code: false },
    ]);
    expect(
      codeParts('a `b` c ` d')
        .map((part) => part.text)
        .join('|'),
    ).toBe('a |b| c ` d');
    expect(codeParts('')).toEqual([]);
  });
});

describe('firstSentences', () => {
  it('ends at sentences, not inside code', () => {
    expect(firstSentences('One `a. b` here. Two. Three.', 2)).toBe('One `a. b` here. Two.');
    expect(firstSentences('Only one', 2)).toBe('Only one');
    expect(firstSentences('main.go has 1.5 MB. Next.', 1)).toBe('main.go has 1.5 MB.');
  });
});

describe('words', () => {
  it('dims leading zeros up to 12 digits, or 16', () => {
    expect(digitsOf(0xc000040de8n)).toEqual({ prefix: '0x', zeros: '00', rest: 'c000040de8' });
    expect(digitsOf(0x3061316232630000n).zeros).toBe('');
    expect(digitsOf(0x1000000000000n)).toEqual({ prefix: '0x', zeros: '000', rest: '1000000000000' });
    expect(digitsOf(2n)).toEqual({ prefix: '', zeros: '', rest: '2' });
    expect(digitsOf(0x1234n, 4).zeros).toBe('0000');
  });

  it('gives bytes in memory order and readable text', () => {
    expect(bytesOf(0x30bc5b29n).join(' ')).toBe('29 5b bc 30 00 00 00 00');
    expect(bytesOf(0x30bc5b29n, 4, true).join(' ')).toBe('30 bc 5b 29');
    expect(textOf(0x3061316232630000n)).toBe('··c2b1a0');
    expect(textOf(0x41n)).toBeUndefined();
  });

  it('says alignment and full value', () => {
    expect(alignmentText(0x30bc5b29n, 8)).toBe('1 past a multiple of 8');
    expect(alignmentText(0x10n, 8)).toBe('a multiple of 8');
    expect(fullValue(0x10n, 4)).toBe('0x00000010');
  });
});

describe('verdict', () => {
  const finding: Finding = {
    id: 'X-01',
    rule: 'X-01',
    title: '',
    headline: '',
    confidence: 'likely',
    explanation: '',
    evidence: [],
    against: [],
    checks: [],
    next: [],
    references: [],
    bogus: [],
    explains: [],
  };
  const crash = (kind: Crash['kind']): Crash => ({ kind, event: 0, goroutineId: '1', stackOwner: '1' });
  it('is red only for crashes and accused pointers', () => {
    expect(verdictTone(undefined, crash('panic'))).toBe('neutral');
    expect(verdictTone(finding, crash('dump'))).toBe('neutral');
    expect(verdictTone(finding, crash('panic'))).toBe('bad');
    expect(verdictTone(finding, undefined)).toBe('neutral');
    expect(verdictTone({ ...finding, bogus: [{ value: at(1), why: '' }] }, crash('dump'))).toBe('bad');
  });

  it('fills the meter only at certain', () => {
    expect((['possible', 'likely', 'very likely', 'certain'] as const).map(meterParts)).toEqual([1, 2, 3, 4]);
    expect(confidenceWord('very likely')).toBe('Very likely');
  });
});

describe('source lines', () => {
  const text = 'one\n  two  words\nthree\n';
  const document = { name: 'a.txt', bytes: new TextEncoder().encode(text), lineStarts: Uint32Array.of(0, 4, 17, 23) };
  it('counts from one and quotes the first line', () => {
    expect([0, 3, 4, 16, 17, 22, 99].map((offset) => lineAt(document, offset))).toEqual([1, 1, 2, 2, 3, 3, 3]);
    const source = { document: 0, start: 4, end: 22 };
    expect(quotedLine([document], source)).toBe('two words');
    expect(lineLabel([document], source)).toBe('line 2');
    expect(lineLabel([document, document], source)).toBe('a.txt, line 2');
    expect(lineLabel([], source)).toBe('text');
  });
});

describe('frameItems', () => {
  const frame = (row: number, name: string, kind: FrameKind): Frame => ({
    row,
    function: name,
    inlined: false,
    functionInferred: false,
    placed: false,
    kind,
    source: { document: 0, start: 0, end: 0 },
  });
  const frames = [
    frame(0, 'runtime.throw', 'runtime'),
    frame(1, 'runtime.a', 'runtime'),
    frame(2, 'runtime.b', 'runtime'),
    frame(3, 'runtime.c', 'runtime'),
    frame(4, 'main.f', 'go'),
    frame(5, 'runtime.main', 'runtime'),
  ];
  const kinds = (input: FrameListInput, opened = new Set<number>(), keep?: number) =>
    frameItems(input, opened, keep).map((item) => item.kind);

  it('folds runs of runtime frames but never the innermost frame', () => {
    expect(kinds({ frames })).toEqual(['frame', 'fold', 'frame', 'frame']);
    expect(kinds({ frames }, new Set([1]))).toHaveLength(6);
    expect(kinds({ frames }, new Set(), 2)).toHaveLength(6);
  });

  it('puts the elided mark where the runtime left frames out, and the creator last', () => {
    const created = frame(9, 'main.main', 'go');
    expect(kinds({ frames, elided: { count: 40, after: 5 }, createdBy: created })).toEqual([
      'frame',
      'fold',
      'frame',
      'elided',
      'frame',
      'created',
    ]);
    expect(kinds({ frames, elided: { count: 40, after: 6 } }).at(-1)).toBe('elided');
  });

  it('folds the rounds of a recursion, of one call or of several', () => {
    const deep = Array.from({ length: 50 }, (_, i) => frame(i, 'main.deep', 'go'));
    const [first, fold] = frameItems({ frames: deep }, new Set());
    expect(first?.kind).toBe('frame');
    expect(fold).toMatchObject({ kind: 'fold', key: 1, period: 1 });
    expect(fold?.kind === 'fold' && fold.frames.length).toBe(49);
    const names = ['main.a', 'main.b', 'main.c'];
    const cycle = [...Array.from({ length: 13 }, (_, i) => frame(i, names[i % 3] ?? '', 'go')), frame(13, 'main.main', 'go')];
    const folded = frameItems({ frames: cycle }, new Set());
    expect(folded.map((item) => item.kind)).toEqual(['frame', 'frame', 'frame', 'fold', 'frame', 'frame']);
    expect(folded[3]).toMatchObject({ period: 3 });
    expect(frameItems({ frames: cycle }, new Set([3]))).toHaveLength(14);
    // Three rounds are still read by eye.
    expect(frameItems({ frames: deep.slice(0, 3) }, new Set())).toHaveLength(3);
  });

  it('does not fold across the elided mark', () => {
    const deep = Array.from({ length: 20 }, (_, i) => frame(i, 'main.deep', 'go'));
    const kindsOf = kinds({ frames: deep, elided: { count: 900, after: 10 } });
    expect(kindsOf).toEqual(['frame', 'fold', 'elided', 'frame', 'fold']);
  });

  it('asks for more only where something is missing', () => {
    expect(detailSteps(frames, undefined).map((step) => step.command)).toEqual([
      'GOTRACEBACK=system',
      'GOTRACEBACK=crash',
      'x/100xg $sp',
    ]);
    expect(detailSteps([], undefined)).toEqual([]);
  });
});
