/** Output of commands that teach nothing yet, `info frame`, `ptype`, `info threads`: recognised as far as it is unbroken. */
import { markRecognised, type TextReader } from '../reader.ts';
import { commandTest, firstByte, goesOn, lineText } from './lines.ts';
import { braceLines } from './value.ts';

const talkative =
  /^(?:i|inf|info)[ \t]+(?!proc|reg|r[ \t]|r$|all-reg|sy)|^(?:ptype|whatis|list|l|show|thread|threads|help|maint|when|when-ticks|when-tid|checkpoint|target|file|add-symbol-file|attach)(?:[ \t/]|$)/;
const isTalkative = commandTest(talkative);
const typeLine = /^[ \t]{0,16}type = \S/;
/** Where a page's code block ends, so does the output. */
const fence = /^[ \t]{0,16}```/;
/** A crash dump in the middle of a session has its own readers. */
const crash = /^(?:panic: |fatal error: |goroutine \d|runtime: |runtime stack:|SIG[A-Z]+: |\[signal |PC=)/;

export const outputReader: TextReader = {
  name: 'debugger output',
  recognise(cursor, index, sink) {
    const byte = firstByte(cursor, index);
    if (byte === 0) return false;
    if (byte === 116 && typeLine.test(lineText(cursor, index))) return true;
    if (index === 0 || !goesOn(cursor, index, sink) || !isTalkative(sink.command)) return false;
    return !fence.test(lineText(cursor, index)) && !crash.test(lineText(cursor, index));
  },
  parse(cursor, index, sink) {
    const count = typeLine.test(lineText(cursor, index)) ? braceLines(cursor, index) : 1;
    markRecognised(sink, index, count);
    return count;
  },
};
