/** `nm` with or without `-n` and `-S`: `0000000000487dc0 T main.mix`, `0000000000487dc0 0000000000000040 T main.mix`. */
import { parseAddress, toAddress } from '../../model/address.ts';
import type { CodeSymbol } from '../../model/code.ts';
import { withoutAbi } from '../../model/function-name.ts';
import { leadingHex } from '../bytes.ts';
import { markRecognised, type TextReader } from '../reader.ts';
import { lineText } from '../debugger/lines.ts';
import { scanNmRow, symbolRow, teachSymbolRow } from './symbol-row.ts';

const row = /^[ \t]{0,16}([0-9a-f]{5,16})(?: ([0-9a-f]{16}| {0,12}\d{1,12}))? ([A-TV-Za-tv-z]) (\S[^]{0,1000})$/;
const undefinedRow = /^[ \t]{8,24}[Uw] \S{1,400}$/;
/** Symbols that one document may teach; a stripped-down list is shorter, a whole one longer than it helps. */
const mostSymbols = 50_000;

export const nmReader: TextReader = {
  name: 'nm symbol',
  begins: '0123456789abcdefUw',
  accepts: ({ digits, isIndented: indented }) => digits >= 5 || (indented && digits === 0),
  recognise(cursor, index, sink) {
    if (sink.closely !== true && scanNmRow(cursor, index)) return true;
    const byte = cursor.bytes[cursor.start(index)];
    if (byte !== 32 && leadingHex(cursor, index) < 5) return false;
    const line = lineText(cursor, index).trimEnd();
    return row.test(line) || undefinedRow.test(line);
  },
  parse(cursor, index, sink) {
    let next = index;
    let taught = 0;
    for (; next < cursor.count; next++) {
      if (sink.closely !== true && scanNmRow(cursor, next)) {
        const { isFunction, high, low } = symbolRow;
        if (isFunction && (high !== 0 || low !== 0) && ++taught <= mostSymbols) teachSymbolRow(cursor, sink, next);
        continue;
      }
      const line = lineText(cursor, next).trimEnd();
      const match = row.exec(line);
      if (match === null) {
        if (!undefinedRow.test(line)) break;
        continue;
      }
      const start = parseAddress(`0x${match[1] ?? ''}`);
      if (!/[Tt]/.test(match[3] ?? '') || start === undefined || start === 0n || ++taught > mostSymbols) continue;
      const symbol: CodeSymbol = { name: withoutAbi(match[4] ?? ''), start, source: cursor.lineRange(next) };
      // GNU nm prints the size in sixteen hexadecimal digits, go tool nm in decimal.
      const size = match[2]?.trim();
      if (size !== undefined) symbol.end = toAddress(start + BigInt(size.length === 16 ? `0x${size}` : size));
      sink.facts.push({ kind: 'symbol', textLine: next, symbol });
    }
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
