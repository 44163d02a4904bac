/** Lines of one kind ask the same readers: none is left out that knows a line of it. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameColumns, GoroutineColumns, StringTable } from '../../../src/core/model/columns.ts';
import { LineClass } from '../../../src/core/model/line-class.ts';
import { LineCursor } from '../../../src/core/text/cursor.ts';
import { behindBytes, kindKey, kindOf, lastBytes, type Speaker } from '../../../src/core/text/line-kind.ts';
import { readersFor, readersOfLine } from '../../../src/core/text/registry.ts';
import type { RecordSink } from '../../../src/core/text/reader.ts';
import { read } from './render.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);
const speakers: readonly Speaker[] = ['', 'gdb', 'delve', 'lldb'];

function* files(folder: URL): Generator<URL> {
  for (const name of readdirSync(folder).sort()) {
    const url = new URL(name, folder);
    if (statSync(url).isDirectory()) yield* files(new URL(`${name}/`, folder));
    else if (name.endsWith('.txt')) yield url;
  }
}

function sinkOf(speaker: Speaker, command: string, lines: number): RecordSink {
  return {
    columns: { strings: new StringTable(), frames: new FrameColumns(), goroutines: new GoroutineColumns() },
    facts: [],
    lineClass: new Uint8Array(lines).fill(LineClass.recognised),
    headers: 0,
    frames: 0,
    createdBy: 0,
    step: 0,
    command,
    speaker,
  };
}

/** Readers that know a line of `bytes` and are not asked about it. */
function missedIn(bytes: Uint8Array): string[] {
  const cursor = new LineCursor(read(bytes).document);
  const missed: string[] = [];
  for (const speaker of speakers)
    for (const command of speaker === '' ? [''] : ['', 'info locals', 'info sharedlibrary', 'locals', 'find /g 0, 1, 2']) {
      const sink = sinkOf(speaker, command, cursor.count);
      for (let index = 0; index < cursor.count; index++) {
        const asked = new Set(
          readersOfLine(cursor.bytes, cursor.start(index), cursor.end(index), speaker).map(({ reader }) => reader.name),
        );
        const first = /\S/.exec(cursor.line(index))?.[0].charCodeAt(0) ?? 0;
        for (const { reader, needs } of readersFor[first] ?? [])
          if (needs === 0 && !asked.has(reader.name) && reader.recognise(cursor, index, sink))
            missed.push(`${reader.name}: ${cursor.line(index)}`);
      }
    }
  return missed;
}

describe('the kind of a line', () => {
  it('leaves out no reader that knows a line of a recording', () => {
    let lines = 0;
    for (const file of files(fixtures)) {
      const bytes = new Uint8Array(readFileSync(file));
      if (bytes.length > 100_000) continue;
      lines++;
      expect(missedIn(bytes), file.pathname).toEqual([]);
    }
    expect(lines).toBeGreaterThan(50);
  });

  it('tells of a line what stands in it', () => {
    const blanks = fc.constantFrom('', ' ', '\t', '    ');
    const text = fc.oneof(
      fc.string({ minLength: 1, maxLength: 12, unit: 'binary-ascii' }),
      fc.constantFrom('0x12:', 'ab: {', '00c00012-'),
    );
    fc.assert(
      fc.property(blanks, text, fc.constantFrom(...speakers), (before, printed, speaker) => {
        const rest = printed.replace(/[\n\r]/g, '').trimStart();
        fc.pre(rest !== '' && !/^[ \t]/.test(rest));
        const bytes = new TextEncoder().encode(before + rest);
        const kind = kindOf(kindKey(bytes, 0, bytes.length, speaker));
        const digits = /^[0-9A-Fa-f]*/.exec(rest)?.[0].length ?? 0;
        const behind = digits === 0 ? 0 : digits < rest.length ? rest.charCodeAt(digits) : 10;
        const last = rest.charCodeAt(rest.length - 1);
        expect(kind).toEqual({
          first: rest.charCodeAt(0),
          second: rest.length > 1 ? rest.charCodeAt(1) : 10,
          isIndented: before !== '',
          digits: Math.min(15, digits),
          behind: behindBytes.includes(String.fromCharCode(behind)) ? behind : 0,
          last: lastBytes.includes(String.fromCharCode(last)) ? last : 0,
          speaker,
        });
      }),
    );
  });
});
