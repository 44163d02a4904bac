import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/core/index.ts';

const folder = new URL('../../fixtures/diagnose/pointers/', import.meta.url);

async function findingsOf(text: string | Uint8Array) {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const analysed = await analyse([{ name: 'dump.txt', bytes }]);
  return analysed.snapshots[0]?.findings ?? [];
}

/** File, rule of the first finding, a name in its headline, pointers it must accuse. */
const expected: [file: string, rule: string, named: string, pointers: bigint[]][] = [
  ['fp-mutex-go1.27', 'FP-01', '`main.(*bucket).insert`', [0x30bc5b29n]],
  ['fp-trace-go1.21', 'FP-01', '`main.(*bucket).insert`', [0x30bc5b29n]],
  ['session-listing', 'FP-01', '`example.com/ingest/metro.Hash64`', [0x30bc5b29n]],
  ['fp-arm64-go1.21', 'FP-05', '`main.setBytes`', [0xf90017e0f9402be0n, 0x17e0f9402be8n]],
  ['fp-arm64-go1.26', 'FP-05', '`main.setBytes`', [0xf90013e0f94023e0n, 0x13e0f94023e8n]],
  ['return-parked-go1.23', 'RA-02', '`main.stacker`', []],
  ['return-arm64-go1.26', 'RA-04', '`main.stacker`', [0x7fffffffe000n]],
  ['return-sigpanic-go1.26', 'RA-04', '`0x54df6126c6c3bb7c`', [0x54df6126c6c3bb7cn]],
  ['uretprobe-go1.25', 'RA-01', '`main.report`', [0x7fffffffe000n]],
  ['bad-pointer-go1.23', 'GC-04', '`0xc000400000`', [0xc000400000n]],
  ['bad-pointer-go1.26', 'GC-02', '`0xe7084680000`', [0xe7084680000n]],
  ['cgo-uninitialised-go1.23', 'CGO-01', '`main.(*schemaExporter).finish`', [0xc000600000n]],
  ['heap-fault-go1.25', 'GC-08', 'records', []],
  ['heap-state-go1.19', 'GC-08', 'records', []],
  ['frame-integer-go1.26', 'STK-04', '`main.pack`', [0x123n]],
  ['cgo-segv-go1.19', 'CGO-03', '`weigh_all`', [0xdead008n]],
  ['cgo-abort-go1.27', 'CGO-03', '`overload`', []],
  ['cgo-store-go1.26', 'CGO-02', 'stored a Go pointer', []],
  ['checkptr-go1.27', 'UNS-01', '`main.misaligned`', []],
  ['noncanonical-go1.22', 'NC-01', '`main.rd`', []],
  ['zombie-go1.19', 'GC-05', '`0xc0000cfa40`', [0xc0000cfa40n]],
];

const read = (name: string) => readFileSync(new URL(`${name}.txt`, folder));

describe('real dumps', () => {
  it.each(expected)('%s: %s', async (file, rule, named, pointers) => {
    const findings = await findingsOf(read(file));
    expect(findings[0]?.rule).toBe(rule);
    expect(findings[0]?.headline).toContain(named);
    expect(findings[0]?.headline).not.toMatch(/`runtime\./);
    expect(findings.flatMap((finding) => finding.bogus.map((pointer) => pointer.value))).toEqual(pointers);
    expect(findings[0]?.evidence.some((evidence) => evidence.source !== undefined)).toBe(true);
  });

  it('uses every file', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.txt') && !name.startsWith('innocent-'));
    expect(files.map((name) => name.replace('.txt', '')).sort()).toEqual(expected.map(([file]) => file).sort());
  });
});

const accusing = /^(?:FP-|RA-|GC-|MC-|CGO-|STK-04)/;

describe('crashes without memory trouble', () => {
  it.each(readdirSync(folder).filter((name) => name.startsWith('innocent-')))('%s accuses no pointer', async (name) => {
    const findings = await findingsOf(readFileSync(new URL(name, folder)));
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.filter((finding) => accusing.test(finding.rule))).toEqual([]);
    expect(findings.flatMap((finding) => finding.bogus)).toEqual([]);
  });
});

describe('several dumps in one case', () => {
  const together = async (...names: string[]) => {
    const analysed = await analyse(names.map((name) => ({ name, bytes: read(name) })));
    return analysed.snapshots[0]?.findings ?? [];
  };

  it('makes one story of different symptoms', async () => {
    const findings = await together('heap-fault-go1.25', 'bad-pointer-go1.23', 'return-sigpanic-go1.26');
    expect(findings[0]?.rule).toBe('MC-01');
    expect(findings[0]?.bogus.map((pointer) => pointer.value)).toContain(0xc000400000n);
  });

  it('keeps to the cause of the first where each has its own', async () => {
    const findings = await together('uretprobe-go1.25', 'fp-trace-go1.21', 'cgo-uninitialised-go1.23');
    expect(findings[0]?.rule).toBe('RA-01');
    expect(findings.some((finding) => finding.rule === 'MC-01')).toBe(false);
  });
});

describe('other programs', () => {
  const renamed = (text: string) =>
    text
      .replaceAll('30bc5b', '4cf5ad')
      .replaceAll('817650473', '1291169065')
      .replaceAll('metro.Hash64', 'digest.Sum')
      .replaceAll('main.(*shard).add', 'main.(*lane).push');

  it('gives the same story for another constant and other names', async () => {
    const [first] = await findingsOf(renamed(read('session-listing').toString('utf8')));
    expect(first?.rule).toBe('FP-01');
    expect(first?.confidence).toBe('certain');
    expect(first?.culprit?.function).toBe('example.com/ingest/digest.Sum');
    expect(first?.bogus).toMatchObject([{ value: 0x4cf5ad29n, at: 0xc000040ec8n }]);
    expect(first?.evidence.some((evidence) => evidence.statement.includes('`main.(*lane).push`'))).toBe(true);
  });

  it.each([
    ['a small number', '0x48', '0x1', 0x40n],
    ['a negative number', '0xffffffff84222325', '0x1', 0xffffffff8422231dn],
    ['no address from the kernel', '0x0', '0x80', undefined],
  ])('%s in the register still leads to the caller', async (_name, address, code, value) => {
    const text = read('fp-mutex-go1.27').toString('utf8').replace('code=0x1 addr=0x30bc5b31', `code=${code} addr=${address}`);
    const [first] = await findingsOf(text);
    expect(first?.rule).toBe('FP-01');
    expect(first?.headline).toContain('`main.(*bucket).insert` called a function');
    expect(first?.bogus.map((pointer) => pointer.value)).toEqual(value === undefined ? [] : [value]);
  });

  it('is less sure without the listing, and names the caller', async () => {
    const text = read('session-listing').toString('utf8');
    const start = text.indexOf('(gdb) disassemble');
    const [first] = await findingsOf(text.slice(0, start) + text.slice(text.indexOf('(gdb) continue')));
    expect(first?.confidence).toBe('very likely');
    expect(first?.culprit).toBeUndefined();
    expect(first?.headline).toContain('`main.(*shard).add` called a function');
  });
});
