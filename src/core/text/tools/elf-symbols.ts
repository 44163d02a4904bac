/** `readelf -s`: `  1203: 0000000000487dc0    64 FUNC    GLOBAL DEFAULT    1 main.mix.abi0`; and the notes of `readelf -n`. */
import { parseAddress, toAddress } from '../../model/address.ts';
import type { CodeSymbol } from '../../model/code.ts';
import { withoutAbi } from '../../model/function-name.ts';
import { markRecognised, type TextReader } from '../reader.ts';
import { lineText } from '../debugger/lines.ts';
import { scanElfRow, symbolRow, teachSymbolRow } from './symbol-row.ts';

const heading =
  /^(?:Symbol table '\S{1,100}' contains \d{1,9} entr(?:y|ies):|Displaying notes found in: \S{1,100}|Num: +Value +Size +Type +Bind +Vis +Ndx +Name|Owner +Data size[ \t]+Description)$/;
const row =
  /^\d{1,9}: ([0-9a-f]{8,16}) +(\d{1,15}|0x[0-9a-f]{1,15}) (NOTYPE|OBJECT|FUNC|SECTION|FILE|COMMON|TLS|IFUNC) +(?:LOCAL|GLOBAL|WEAK|UNIQUE) +(?:DEFAULT|HIDDEN|PROTECTED|INTERNAL) +(?:UND|ABS|COM|\d{1,6})(?: (\S[^]{0,1000}))?$/;
const note =
  /^(?:(?:Go|GNU|FreeBSD|OpenBSD|NetBSD|stapsdt|CORE|LINUX) +0x[0-9a-f]{8}[ \t]+\S.{0,200}|description data: (?:[0-9a-f]{2} ?){1,400}|Build ID: [0-9a-f]{8,80}|OS: \w{1,20}, ABI: [\d.]{1,20})$/;
/** Symbols that one document may teach. */
const mostSymbols = 50_000;

export const elfSymbolReader: TextReader = {
  name: 'readelf symbols',
  begins: '0123456789DNOGFLCdB',
  opens: ['Sy'],
  accepts: ({ behind }) => behind === 58 || behind === 0,
  recognise(cursor, index, sink) {
    if (sink.closely !== true && scanElfRow(cursor, index)) return true;
    if (cursor.end(index) - cursor.start(index) > 1200) return false;
    const line = lineText(cursor, index).trim();
    if (row.test(line) || heading.test(line)) return true;
    return (
      note.test(line) &&
      index > 0 &&
      (note.test(lineText(cursor, index - 1).trim()) || heading.test(lineText(cursor, index - 1).trim()))
    );
  },
  parse(cursor, index, sink) {
    let next = index;
    let taught = 0;
    for (; next < cursor.count; next++) {
      if (sink.closely !== true && scanElfRow(cursor, next)) {
        const { isFunction, high, low } = symbolRow;
        if (isFunction && (high !== 0 || low !== 0) && ++taught <= mostSymbols) teachSymbolRow(cursor, sink, next);
        continue;
      }
      const line = lineText(cursor, next).trim();
      const match = row.exec(line);
      if (match === null) {
        if (!heading.test(line) && !note.test(line)) break;
        continue;
      }
      const start = parseAddress(`0x${match[1] ?? ''}`);
      if (match[3] !== 'FUNC' || match[4] === undefined || start === undefined || start === 0n || ++taught > mostSymbols)
        continue;
      const size = BigInt(match[2] ?? '0');
      const symbol: CodeSymbol = { name: withoutAbi(match[4]), start, source: cursor.lineRange(next) };
      if (size > 0n) symbol.end = toAddress(start + size);
      sink.facts.push({ kind: 'symbol', textLine: next, symbol });
    }
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
