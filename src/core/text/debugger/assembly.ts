/** Go assembly source: a `TEXT` directive and the instructions behind it, one a line or all on one. */
import type { CodeListing } from '../../model/code.ts';
import type { Instruction } from '../../model/instruction.ts';
import { withoutAbi } from '../../model/function-name.ts';
import { markRecognised, type TextReader } from '../reader.ts';
import { splitAssembly } from './assembly-line.ts';
import { beginsWith, columns, firstByte, lineText } from './lines.ts';

/** cmd/asm: TEXT symbol(SB), flags, $frame-arguments. The comma tells it from the listings of objdump and Delve. */
const directive =
  /^[ \t]{0,16}(?:\/\/ func .{0,400} )?TEXT[ \t]+([^\s(),]{1,300})\(SB\)[ \t]*,(?:[ \t]*[A-Z0-9_|()]{1,120}[ \t]*,)?[ \t]*\$(-?\d{1,9})(?:-\d{1,9})?(?=[ \t;]|$)/;
/** Lines of blanks, comments and labels between two instructions. */
const mostOtherLines = 60;
const other = /^[ \t]*(?:\/\/.*|#(?:ifdef|ifndef|else|endif|include|define|undef|if)\b.*|[A-Za-z_]\w{0,60}:|\/\*.*\*\/)?$/;

/** `runtime·f<ABIInternal>` → runtime.f; `·Hash64` → Hash64; `a∕b·F` → a/b.F. */
export function assemblySymbol(printed: string): string {
  const plain = printed
    .replace(/<[^<>]*>$/, '')
    .replaceAll('\u2215', '/')
    .replaceAll('\u00b7', '.')
    .replace(/^"?"?\./, '');
  return withoutAbi(plain);
}

const data = /^(BYTE|WORD|LONG|QUAD)[ \t]+\$0x([0-9a-f]{1,16})\b/i;
/** A WORD is an instruction of arm64 and its like; amd64 has LONG for as many bytes. */
const widths: Readonly<Record<string, number>> = { BYTE: 1, WORD: 4, LONG: 4, QUAD: 8 };

/** Bytes of an instruction that is written as a number, low first. */
function encodedBytes(text: string): Uint8Array | undefined {
  const match = data.exec(text);
  const width = widths[match?.[1] ?? ''] ?? 0;
  if (match === null || width === 0) return undefined;
  const value = BigInt(`0x${match[2] ?? '0'}`);
  return Uint8Array.from({ length: width }, (_, index) => Number((value >> BigInt(8 * index)) & 0xffn));
}

export const assemblyReader: TextReader = {
  name: 'Go assembly',
  begins: 'T/',
  recognise(cursor, index) {
    // TEXT, or the comment that stands in front of it when the line ends are lost.
    const byte = firstByte(cursor, index);
    const begins = (byte === 84 && beginsWith(cursor, index, 'TEXT')) || (byte === 47 && beginsWith(cursor, index, '// func '));
    return begins && directive.test(lineText(cursor, index));
  },
  parse(cursor, index, sink) {
    const line = lineText(cursor, index);
    const match = directive.exec(line);
    if (match === null) return 0;
    const listing: CodeListing = {
      function: assemblySymbol(match[1] ?? ''),
      syntax: 'go',
      origin: 'assembly',
      instructions: [],
      frameSize: Number(match[2]),
      source: cursor.lineRange(index),
    };
    const add = (at: number, text: string, from: number, flat: boolean): boolean => {
      const pieces = splitAssembly(text.slice(from), flat);
      if (pieces === undefined) return false;
      for (const piece of pieces) {
        const instruction: Instruction = {
          text: piece.text,
          current: false,
          source: columns(cursor, at, text, from + piece.from, from + piece.to),
        };
        const bytes = encodedBytes(piece.text);
        if (bytes !== undefined) instruction.bytes = bytes;
        if (listing.function !== undefined && listing.function !== '') instruction.function = listing.function;
        listing.instructions.push(instruction);
      }
      return pieces.length > 0;
    };
    add(index, line, match[0].length, true);
    let last = index;
    for (let at = index + 1; at < cursor.count && at - last <= mostOtherLines; at++) {
      const text = lineText(cursor, at);
      if (text !== '' && other.test(text)) continue;
      if (text === '' && cursor.isBlank(at)) continue;
      if (directive.test(text) || !add(at, text, 0, false)) break;
      last = at;
    }
    if (listing.instructions.length === 0) return 0;
    listing.source = cursor.lineRange(index, last);
    sink.facts.push({ kind: 'listing', textLine: index, listing });
    markRecognised(sink, index, last - index + 1);
    return last - index + 1;
  },
};
