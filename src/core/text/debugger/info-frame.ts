/**
 * `info frame` (gdb/stack.c info_frame_command_core): `Stack level 0, frame at 0x…:` and the slots of saved registers. The frame's
 * address is what Go calls fp; the saved pc is the word in its return slot.
 */
import { pushesReturnAddress, wordSizeOf } from '../../model/word-form.ts';
import { offsetBy, parseAddress, type Address } from '../../model/address.ts';
import type { KnownWord } from '../../model/memory.ts';
import { markRecognised, type TextReader } from '../reader.ts';
import { lineText } from './lines.ts';
import { sessionOf, teachArchitecture } from './session.ts';

const head = /^[ \t]{0,16}Stack (?:level (\d{1,7}), )?frame at (0x[0-9a-f]{1,16}):?$/;
const saved = /; saved (?:rip|eip|pc) = (0x[0-9a-f]{1,16})$/;
const slot = /\b(rip|eip|pc|x30|lr) at (0x[0-9a-f]{1,16})/;
const linkSlot = /\b(?:rbp|ebp) at (0x[0-9a-f]{1,16})/;
const calledBy = /^[ \t]{1,16}called by frame at (0x[0-9a-f]{1,16})/;
const callerOf = /(?:^[ \t]{1,16}|, )caller of frame at (0x[0-9a-f]{1,16})$/;
const inlined = /^[ \t]{1,16}inlined into frame /;
const inside =
  /^[ \t]{1,16}(?:(?:rip|eip|pc) = |called by|caller of|inlined into|tail call frame|Outermost frame|source language|Arglist at|Locals at|Saved registers:|[a-z0-9]+ at 0x|\(FRAMELESS\)|language )/;
const mostLines = 16;
const ownPc = /^[ \t]{1,16}(rip|eip|pc) = (0x[0-9a-f]{1,16})(?= |;|$)/;

function addressIn(form: RegExp, line: string): Address | undefined {
  const digits = form.exec(line)?.[1];
  return digits === undefined ? undefined : parseAddress(digits);
}

export const infoFrameReader: TextReader = {
  name: 'debugger frame',
  begins: 'S',
  recognise: (cursor, index) => head.test(lineText(cursor, index).trimEnd()),
  parse(cursor, index, sink) {
    const named = head.exec(lineText(cursor, index).trimEnd());
    const level = Number(named?.[1] ?? sessionOf(sink).frame);
    const frame = parseAddress(named?.[2] ?? '');
    let next = index + 1;
    let pc: Address | undefined;
    let at: Address | undefined;
    let linkAt: Address | undefined;
    let ownCode: Address | undefined;
    let callerFp: Address | undefined;
    let calleeFp: Address | undefined;
    let isInlined = false;
    let source = cursor.lineRange(index);
    while (next < cursor.count && next - index < mostLines && inside.test(lineText(cursor, next))) {
      const line = lineText(cursor, next).trimEnd();
      const own = ownPc.exec(line);
      const code = own === null ? undefined : parseAddress(own[2] ?? '');
      ownCode ??= code;
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
      isInlined ||= inlined.test(line);
      callerFp ??= addressIn(calledBy, line);
      calleeFp ??= addressIn(callerOf, line);
      // The slots of an inlined call are those of the frame that it called.
      if (!isInlined) {
        const place = slot.exec(line)?.[2];
        if (place !== undefined) at = parseAddress(place);
        linkAt ??= addressIn(linkSlot, line);
      }
      next++;
    }
    const { arch, thread, tid } = sessionOf(sink);
    const size = wordSizeOf(arch);
    const agrees = (slotAt: Address | undefined, words: number): boolean =>
      slotAt === undefined || (frame !== undefined && slotAt === offsetBy(frame, -words * size));
    if (frame !== undefined && frame !== 0n && pushesReturnAddress(arch) && agrees(at, 1) && agrees(linkAt, 2))
      sink.facts.push({
        kind: 'frame-end',
        textLine: index,
        level,
        fp: frame,
        ...(callerFp !== undefined && { callerFp }),
        ...(calleeFp !== undefined && { calleeFp }),
        ...(ownCode !== undefined && { pc: ownCode }),
        ...(pc !== undefined && { savedPc: pc }),
        ...(thread !== undefined && { thread }),
        ...(tid !== undefined && { tid }),
        step: sink.step,
        source: cursor.lineRange(index, next - 1),
      });
    // A call pushes the return address right below the frame's end; elsewhere only a printed slot tells.
    if (at === undefined && frame !== undefined && pushesReturnAddress(arch)) at = offsetBy(frame, -size);
    if (at !== undefined && pc !== undefined && pc !== 0n) {
      const words: KnownWord[] = [{ address: at, value: pc, source, step: sink.step }];
      sink.facts.push({ kind: 'words', textLine: index, words, wordSize: size });
    }
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
