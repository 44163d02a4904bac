/**
 * `info frame` (gdb/stack.c): `Stack level 0, frame at 0x…:` and the slots of saved registers. The frame's address is what Go calls
 * fp; the saved pc is the word in its return slot.
 */
import { pushesReturnAddress, wordSizeOf } from '../../model/word-form.ts';
import { offsetBy, parseAddress } from '../../model/address.ts';
import type { KnownWord } from '../../model/memory.ts';
import { markRecognised, type TextReader } from '../reader.ts';
import { lineText } from './lines.ts';
import { sessionOf, teachArchitecture } from './session.ts';

const head = /^[ \t]{0,16}Stack (?:level (\d{1,7}), )?frame at (0x[0-9a-f]{1,16}):?$/;
const saved = /; saved (?:rip|eip|pc) = (0x[0-9a-f]{1,16})$/;
const slot = /\b(rip|eip|pc|x30|lr) at (0x[0-9a-f]{1,16})/;
const inside =
  /^[ \t]{1,16}(?:(?:rip|eip|pc) = |called by|caller of|inlined into|source language|Arglist at|Locals at|Saved registers:|[a-z0-9]+ at 0x|\(FRAMELESS\)|language )/;
const mostLines = 16;
const ownPc = /^[ \t]{1,16}(rip|eip|pc) = (0x[0-9a-f]{1,16})(?= |;|$)/;

export const infoFrameReader: TextReader = {
  name: 'debugger frame',
  begins: 'S',
  recognise: (cursor, index) => head.test(lineText(cursor, index).trimEnd()),
  parse(cursor, index, sink) {
    const named = head.exec(lineText(cursor, index).trimEnd());
    const level = Number(named?.[1] ?? sessionOf(sink).frame);
    const frame = parseAddress(named?.[2] ?? '');
    let next = index + 1;
    let pc: KnownWord['value'] | undefined;
    let at = undefined;
    let source = cursor.lineRange(index);
    while (next < cursor.count && next - index < mostLines && inside.test(lineText(cursor, next))) {
      const line = lineText(cursor, next).trimEnd();
      const own = ownPc.exec(line);
      const code = own === null ? undefined : parseAddress(own[2] ?? '');
      if (own !== null && code !== undefined)
        sink.facts.push({
          kind: 'value',
          textLine: next,
          name: own[1] ?? 'pc',
          value: code,
          ...(level > 0 ? { frame: level } : {}),
          step: sink.step,
          source: cursor.lineRange(next),
        });
      if (own?.[1] === 'rip') teachArchitecture(sink, next, 'amd64', 'register rip', cursor.lineRange(next));
      const value = saved.exec(line)?.[1];
      if (value !== undefined) {
        pc = parseAddress(value);
        source = cursor.lineRange(next);
      }
      const place = slot.exec(line)?.[2];
      if (place !== undefined) at = parseAddress(place);
      next++;
    }
    const { arch } = sessionOf(sink);
    // A call pushes the return address right below the frame's end; elsewhere only a printed slot tells.
    if (at === undefined && frame !== undefined && pushesReturnAddress(arch)) at = offsetBy(frame, -wordSizeOf(arch));
    if (at !== undefined && pc !== undefined && pc !== 0n) {
      const words: KnownWord[] = [{ address: at, value: pc, source, step: sink.step }];
      sink.facts.push({ kind: 'words', textLine: index, words, wordSize: wordSizeOf(arch) });
    }
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
