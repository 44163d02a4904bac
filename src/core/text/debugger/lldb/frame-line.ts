/** One frame: `  * frame #0: 0x… seg`bump(h=0x…) at seg.c:3:62`, `frame #1: 0x… inventory`runtime.f + 12`. */
import { parseAddress, type Address } from '../../../model/address.ts';
import { withoutAbi } from '../../../model/function-name.ts';
import { symbolIn } from './symbol.ts';

const form = /^[ \t]{0,16}(\* )?frame #(\d{1,7}): (0x[0-9a-f]{1,16})(?: (\S.*))?$/;
const place = / at (\S.{0,1000}?):(\d{1,9})(?::\d{1,9})?$/;
const marks = /(?: \[(?:inlined|opt|artificial)\])+(?= at |$)/g;

export interface LldbFrame {
  level: number;
  pc: Address;
  function: string;
  inlined: boolean;
  file?: string;
  line?: number;
  /** Bytes from the function's start; decimal in the text. */
  offset?: number;
  /** Columns of the arguments; equal = none. */
  argumentStart: number;
  argumentEnd: number;
}

/** Position of the parenthesis that opens the arguments at the end of `text`, or -1. Methods have parentheses of their own. */
function argumentsAt(text: string): number {
  if (!text.endsWith(')')) return -1;
  let open = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === ')') open++;
    else if (text[at] === '(' && --open === 0) return text.endsWith(').', at) || at === 0 ? -1 : at;
  }
  return -1;
}

export function readLldbFrame(line: string): LldbFrame | undefined {
  const trimmed = line.trimEnd();
  const match = form.exec(trimmed);
  const pc = match === null ? undefined : parseAddress(match[3] ?? '');
  if (match === null || pc === undefined) return undefined;
  const rest = match[4] ?? '';
  const start = trimmed.length - rest.length;
  const where = place.exec(rest.replace(marks, ''));
  const body = (where === null ? rest : rest.slice(0, where.index)).replace(marks, '').trimEnd();
  const tick = body.indexOf('`');
  const open = argumentsAt(body);
  const { name, offset } = symbolIn(open > tick ? body.slice(0, open) : body);
  const frame: LldbFrame = {
    level: Number(match[2]),
    pc,
    function: tick < 0 ? '' : withoutAbi(name),
    inlined: / \[inlined\]/.test(rest),
    argumentStart: open > tick ? start + open + 1 : 0,
    argumentEnd: open > tick ? start + body.length - 1 : 0,
  };
  if (offset !== undefined) frame.offset = offset;
  if (where !== null) {
    frame.file = where[1] ?? '';
    frame.line = Number(where[2]);
  } else if (tick > 0) frame.file = body.slice(0, tick);
  return frame;
}
