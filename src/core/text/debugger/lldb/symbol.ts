/** `inventory`runtime.sigprocmask + 26`: module, function and decimal offset. */
import type { SourceRange } from '../../../model/source.ts';
import type { RecordSink } from '../../reader.ts';
import { parseSymbol, teachSymbol } from '../session.ts';

/** Behind the symbol of a value, where the lines of the code are known. */
const place = / at \S{1,1000}:\d{1,9}(?::\d{1,9})?$/;

/** Name and offset of what stands behind the backquote; the module alone gives ''. */
export function symbolIn(text: string): { name: string; offset?: number } {
  const tick = text.indexOf('`');
  const printed = (tick < 0 ? text : text.slice(tick + 1))
    .replace(place, '')
    .trim()
    .replace(/^___lldb_unnamed_symbol.*$/, '');
  if (printed === '') return { name: '' };
  const symbol = parseSymbol(printed);
  return / \+ \d+$/.test(printed) ? symbol : { name: symbol.name };
}

/** Teaches where a function begins; only where an offset was printed. */
export function teachPlace(sink: RecordSink, textLine: number, address: bigint, text: string, source: SourceRange): void {
  const { name, offset } = symbolIn(text);
  if (name !== '' && offset !== undefined) teachSymbol(sink, textLine, address, `${name}+${offset.toString()}`, source);
}

/** The symbol beside a word as gdb prints it, `runtime.f+26`; '' where the text names none. */
export function symbolBeside(text: string): string {
  if (!text.includes('`')) return '';
  const { name, offset } = symbolIn(text);
  return offset === undefined || name === '' ? name : `${name}+${offset.toString()}`;
}
