/** Panics of programs that another Go compiler built: named, since their dumps have other forms and other rules. */
import { parseAddress } from '../../model/address.ts';
import type { CrashEvent } from '../../model/event.ts';
import { LineClass } from '../../model/line-class.ts';
import type { TextReader } from '../reader.ts';
import { panicCategory } from '../reasons/panic-categories.ts';

/** TinyGo (src/runtime/panic.go, 0.27 and later): the address stands in the reason. */
const tinyPanic = /^panic: runtime error at (0x[0-9a-f]{1,16}): (.*)$/;
/** `tinygo run` and `tinygo monitor` look the address up. */
const tinyPlace = /^\[tinygo: panic at (.+):(\d+)(?::\d+)?\]\s*$/;

export const tinyGoReader: TextReader = {
  name: 'TinyGo panic',
  begins: 'p[',

  recognise(cursor, index) {
    const line = cursor.line(index);
    return tinyPanic.test(line) || tinyPlace.test(line);
  },

  parse(cursor, index, sink) {
    const line = cursor.line(index);
    const source = cursor.lineRange(index);
    sink.lineClass[index] = LineClass.recognised;
    const match = tinyPanic.exec(line);
    if (match === null) {
      sink.facts.push({ kind: 'event', event: { kind: 'log', text: line.trim(), source }, textLine: index });
      return 1;
    }
    const text = `runtime error: ${match[2] ?? ''}`;
    const category = /nil pointer/.test(text) ? 'nil-dereference' : panicCategory(text);
    const event: CrashEvent = { kind: 'panic', category, text, source };
    const pc = parseAddress(match[1] ?? '');
    sink.facts.push(
      { kind: 'event', event, textLine: index },
      {
        kind: 'event',
        event: {
          kind: 'log',
          text: `Built with TinyGo: the panic names its instruction${pc === undefined ? '' : ` ${match[1] ?? ''}`} and prints no stack`,
          source,
        },
        textLine: index,
      },
    );
    return 1;
  },
};

/** gccgo's own runtime (libgo) in a stack: its frames have no arguments and no offsets. */
const libgo = /(?:^|\/)libgo\/(?:runtime|go)\/|(?:^|\/)libgo\.so/;

export function isGccgoFile(file: string): boolean {
  return libgo.test(file);
}
