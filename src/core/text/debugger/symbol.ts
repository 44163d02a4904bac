/** `info symbol`, `info line` and echoed breakpoints: what they teach about where functions begin. */
import { parseAddress, type Address } from '../../model/address.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { bytesOf, firstByte, lineText, seek } from './lines.ts';
import { registerName } from './register-name.ts';
import { sessionOf, teachSymbol } from './session.ts';

const inSection = /^[ \t]{0,16}(\S{1,400}(?: \+ \d{1,15})?) in section \S{1,100}(?: of .{1,400})?$/;
const none =
  /^[ \t]{0,16}(?:No symbol matches .{1,200}\.|No line number information available(?: for address .{1,200})?|No symbol "[^"]{1,400}" in current context\.)$/;
/** The terminal broke `info line` in front of `and ends at`. */
const startsOpen =
  /^[ \t]{0,16}Line \d{1,9} of "[^"]{0,400}" (?:starts at address|is at address) 0x[0-9a-f]{1,16}(?: <[^>]{1,400}>)?$/;
const endsBelow = /^[ \t]{1,16}(?:and ends at 0x|but contains no code)/;
/** `info address`. */
const isAt =
  /^[ \t]{0,16}Symbol "(.{1,400})" is (?:at|a function at address|static storage at address) (0x[0-9a-f]{1,16})(?: in a file compiled without debugging)?\.$/;
const starts =
  /^[ \t]{0,16}Line \d{1,9} of "[^"]{0,400}" (?:starts at address|is at address) (0x[0-9a-f]{1,16})(?: <([^>]{1,400})>)?(?: and ends at (0x[0-9a-f]{1,16})(?: <([^>]{1,400})>)?| but contains no code)?\.$/;
const asked = /^(?:info|i|inf)[ \t]+sy[a-z]*[ \t]+(.+)$/;
const lineStart = bytesOf('LNS');

/** `main.mix.abi0 + 48 in section .text of /path`: told without its command. */
const offsetInText = /^[ \t]{0,16}\S{1,400} \+ \d{1,15} in section \.text(?: of .{1,400})?$/;

/** The address that `info symbol ARG` named: a number, or a register printed before. */
function askedAddress(sink: RecordSink): Address | undefined {
  const argument = asked.exec(sink.command)?.[1]?.trim() ?? '';
  const register = /^\$(\w{1,20})$/.exec(argument)?.[1];
  if (register === undefined) return /^0x/.test(argument) ? parseAddress(argument) : undefined;
  const value = sessionOf(sink).registers.get(registerName(register));
  return value === undefined ? undefined : parseAddress(value.toString(16));
}

function isBroken(cursor: LineCursor, index: number): boolean {
  return startsOpen.test(lineText(cursor, index).trimEnd()) && endsBelow.test(lineText(cursor, index + 1));
}

export const symbolReader: TextReader = {
  name: 'debugger symbol',
  opens: ['Li', 'No', 'Sy'],
  holds: ['in section'],
  recognise(cursor, index, sink) {
    if (sink.command !== '' && !lineStart.has(firstByte(cursor, index)) && !asked.test(sink.command)) return false;
    const byte = firstByte(cursor, index);
    if (byte === 0) return false;
    if (lineStart.has(byte))
      return [starts, none, isAt].some((form) => form.test(lineText(cursor, index))) || isBroken(cursor, index);
    if (sink.command === '' && seek(cursor, 43, cursor.start(index), cursor.end(index)) >= cursor.end(index)) return false;
    return (sink.command === '' ? offsetInText : inSection).test(lineText(cursor, index));
  },
  parse(cursor, index, sink) {
    const lines = isBroken(cursor, index) ? 2 : 1;
    const first = lineText(cursor, index);
    const line = lines === 1 ? first : `${first.trimEnd()} ${lineText(cursor, index + 1).trim()}`;
    const source = cursor.lineRange(index, index + lines - 1);
    markRecognised(sink, index, lines);
    const named = isAt.exec(line);
    const entry = parseAddress(named?.[2] ?? '');
    if (named?.[1] !== undefined && entry !== undefined) teachSymbol(sink, index, entry, named[1], source);
    const places = starts.exec(line);
    for (const [address, symbol] of [
      [places?.[1], places?.[2]],
      [places?.[3], places?.[4]],
    ]) {
      const at = address === undefined ? undefined : parseAddress(address);
      if (at !== undefined && symbol !== undefined) teachSymbol(sink, index, at, symbol, source);
    }
    const symbol = inSection.exec(line)?.[1];
    const address = askedAddress(sink);
    if (symbol !== undefined && address !== undefined) teachSymbol(sink, index, address, symbol, source);
    return lines;
  },
};
