/** `ptype` and `ptype /o` (gdb/typeprint.c): the fields of a type, with offsets and sizes when asked for. */
import { plainTypeName, type TypeLayout } from '../../model/struct.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type TextReader } from '../reader.ts';
import { columns, lineText } from './lines.ts';
import { sessionOf } from './session.ts';
import { braceLines } from './value.ts';

const opening =
  /^[ \t]{0,16}(?:\/\* offset[^*]{0,60}\*\/[ \t]*)?type = ((?:const |volatile )?(?:struct|union|class) [^{]{0,300})\{[ \t]*$/;
/** `/*     16      |       8 *​/    char *units;`, `/* offset | size *​/` stands above the first. */
const placed = /^[ \t]*\/\*[ \t]*(?:(\d{1,9})(?::[ \t]*\d{1,3})?)?[ \t]*(?:\|[ \t]*(\d{1,9}))?[ \t]*\*\/[ \t]*(\S.*);$/;
const plain = /^[ \t]+([^/{}:]{1,400});$/;
const total = /total size \(bytes\):[ \t]*(\d{1,9})/;
const declaration = /^(.*?)([A-Za-z_~]\w*)((?:\[\d*\])*|\)\([^()]*\)|[ ]?:[ ]?\d+)$/;

function declared(text: string): { type: string; name: string } | undefined {
  const pointer = /^(.*)\(\*([A-Za-z_]\w*)\)(\(.*\))$/.exec(text);
  if (pointer !== null) return { type: `${pointer[1] ?? ''}(*)${pointer[3] ?? ''}`, name: pointer[2] ?? '' };
  const match = declaration.exec(text);
  if (match === null) return undefined;
  return { type: `${(match[1] ?? '').trim()}${match[3] ?? ''}`, name: match[2] ?? '' };
}

/** With `/o` a blank line and the total stand before the closing brace. */
function layoutLines(cursor: LineCursor, index: number): number {
  const count = braceLines(cursor, index);
  const next = index + count;
  if (!cursor.isBlank(next) || !total.test(lineText(cursor, next + 1))) return count;
  return /^[ \t]*\}/.test(lineText(cursor, next + 2)) ? count + 3 : count + 2;
}

export const typeLayoutReader: TextReader = {
  name: 'debugger type layout',
  begins: 't/',
  recognise: (cursor, index) => opening.test(lineText(cursor, index).trimEnd()),
  parse(cursor, index, sink) {
    const type = plainTypeName((opening.exec(lineText(cursor, index).trimEnd())?.[1] ?? '').trim());
    const count = layoutLines(cursor, index);
    const layout: TypeLayout = { type, fields: [], source: cursor.lineRange(index, index + count - 1) };
    let nested = 0;
    for (let at = index + 1; at < index + count; at++) {
      const line = lineText(cursor, at).trimEnd();
      const sum = total.exec(line)?.[1];
      if (sum !== undefined && nested === 0) layout.size = Number(sum);
      if (line.endsWith('{')) nested++;
      else if (/\}/.test(line)) nested = Math.max(0, nested - 1);
      else if (nested === 0) {
        const match = placed.exec(line);
        const one = declared((match?.[3] ?? plain.exec(line)?.[1] ?? '').trim());
        if (one === undefined) continue;
        layout.fields.push({
          ...one,
          ...(match?.[1] === undefined ? {} : { offset: Number(match[1]) }),
          ...(match?.[2] === undefined ? {} : { size: Number(match[2]) }),
          source: columns(cursor, at, line, line.length - line.trimStart().length, line.length),
        });
      }
    }
    sink.facts.push({ kind: 'type-layout', textLine: index, layout });
    const asked = /^ptype(?:[ \t]*\/\w+)?[ \t]+(\S.*)$/.exec(sink.command)?.[1];
    const known = asked === undefined ? undefined : sessionOf(sink).variables.get(asked);
    if (known?.type === '') known.type = type;
    markRecognised(sink, index, count);
    return count;
  },
};
