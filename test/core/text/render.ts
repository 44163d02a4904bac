/** A readable listing of what was read, for golden files: one line per fact, numbers in hexadecimal. */
import { FrameColumns, GoroutineColumns, StringTable } from '../../../src/core/model/columns.ts';
import { GoroutineFlag } from '../../../src/core/model/goroutine.ts';
import { plainListing } from '../../../src/core/model/listing-of-run.ts';
import type { CaseColumns, TextFact, TextRecords } from '../../../src/core/model/record.ts';
import type { SourceDocument } from '../../../src/core/model/document.ts';
import { readText } from '../../../src/core/text/index.ts';
import { documentOf } from '../../support/document.ts';

export interface Reading {
  document: SourceDocument;
  columns: CaseColumns;
  records: TextRecords;
}

export function read(text: string | Uint8Array): Reading {
  const columns = { strings: new StringTable(), frames: new FrameColumns(), goroutines: new GoroutineColumns() };
  const document = documentOf(text);
  return { document, columns, records: readText(document, columns) };
}

const hex = (value: bigint | undefined): string => (value === undefined ? '-' : `0x${value.toString(16)}`);

/** Plain JSON with numbers in hexadecimal and without the ranges, which have tests of their own. */
function plain(value: object): string {
  return JSON.stringify(value, (key, part: unknown) => {
    if (key === 'source' || key === 'textLine') return undefined;
    if (typeof part === 'bigint') return hex(part);
    if (part instanceof Uint8Array) return [...part].join(' ');
    return part;
  });
}

export function frames(columns: CaseColumns, start: number, end: number): string[] {
  const { data } = columns.frames;
  const rows: string[] = [];
  for (let row = start; row < end; row++) {
    const flags = data.flags[row] ?? 0;
    const parts = [
      columns.strings.at(data.functionName[row] ?? 0) || '?',
      `${columns.strings.at(data.file[row] ?? 0)}:${data.line[row] ?? 0}`,
    ];
    if (flags & 2) parts.push(`+0x${(data.entryOffset[row] ?? 0).toString(16)}`);
    if (flags & 16) parts.push(`fp=${hex(data.fp[row])}`);
    if (flags & 8) parts.push(`sp=${hex(data.sp[row])}`);
    if (flags & 4) parts.push(`pc=${hex(data.pc[row])}`);
    if (flags & 1) parts.push('inlined');
    if (flags & 32) parts.push('inferred');
    rows.push(parts.join(' '));
  }
  return rows;
}

function goroutine(columns: CaseColumns, row: number): string[] {
  const { data } = columns.goroutines;
  const flags = data.flags[row] ?? 0;
  const head = [`goroutine ${data.id[row] ?? 0n}`, `[${columns.strings.at(data.status[row] ?? 0)}]`];
  if (flags & GoroutineFlag.hasGp) head.push(`gp=${hex(data.gp[row])} m=${data.m[row] ?? 0}`);
  if ((data.waitMinutes[row] ?? 0) > 0) head.push(`${data.waitMinutes[row] ?? 0} minutes`);
  if (flags & GoroutineFlag.lockedToThread) head.push('locked');
  if (flags & GoroutineFlag.scan) head.push('scan');
  if (!(flags & GoroutineFlag.hasHeader)) head.push('no header');
  if (flags & GoroutineFlag.elided) head.push(`elided ${data.elidedCount[row] ?? 0} after ${data.elidedAfter[row] ?? 0}`);
  const labels = columns.strings.at(data.labels[row] ?? 0);
  if (labels !== '') head.push(`labels ${labels}`);
  const lines = [head.join(' ')];
  for (const frame of frames(columns, data.frameStart[row] ?? 0, data.frameEnd[row] ?? 0)) lines.push(`    ${frame}`);
  const creator = data.createdBy[row] ?? -1;
  if (creator >= 0) {
    const where = frames(columns, creator, creator + 1).join('');
    lines.push(`    created by ${where}${data.createdIn[row] ? ` in ${data.createdIn[row] ?? 0n}` : ''}`);
  }
  return lines;
}

function fact(columns: CaseColumns, item: TextFact): string[] {
  const place = `${item.textLine + 1}: `;
  switch (item.kind) {
    case 'goroutine': {
      const [head, ...rest] = goroutine(columns, item.row);
      return [`${place}${head ?? ''}`, ...rest];
    }
    case 'runtime-stack':
      return [
        `${place}runtime stack${item.header ? '' : ' without header'}`,
        ...frames(columns, item.frameStart, item.frameEnd).map((line) => `    ${line}`),
      ];
    case 'race':
      return [
        `${place}race at ${hex(item.address)}`,
        ...item.accesses.flatMap((access) => [
          `  ${access.kind} by ${access.goroutine}`,
          ...frames(columns, access.frameStart, access.frameEnd).map((line) => `    ${line}`),
        ]),
      ];
    case 'words':
      return [
        `${place}words of ${item.wordSize}${item.bigEndian === undefined ? '' : item.bigEndian ? ' big-endian' : ' little-endian'}`,
        ...item.words.map((word) => `    ${hex(word.address)} ${hex(word.value)} ${word.symbol ?? ''}`.trimEnd()),
      ];
    case 'listing':
      return [`${place}${plain({ ...item, listing: plainListing(item.listing) })}`];
    case 'registers':
      return [`${place}registers ${item.values.map((value) => `${value.name}=${hex(value.value)}`).join(' ')}`];
    default:
      return [`${place}${plain(item)}`];
  }
}

/** Counts, classes of lines that are not recognised, then every fact in order. */
export function render({ document, columns, records }: Reading): string {
  const lines = [`headers ${records.headers}, frames ${records.frames}, created by ${records.createdBy}`];
  const decoder = new TextDecoder();
  records.lineClass.forEach((lineClass, index) => {
    if (lineClass === 1) return;
    const text = decoder.decode(document.bytes.subarray(document.lineStarts[index], document.lineStarts[index + 1]));
    lines.push(`${lineClass === 0 ? 'prose' : `class ${lineClass}`} ${index + 1}: ${text.trimEnd()}`);
  });
  for (const item of records.facts) lines.push(...fact(columns, item));
  return `${lines.join('\n')}\n`;
}
