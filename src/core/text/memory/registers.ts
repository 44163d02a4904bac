/** Register blocks of the runtime (runtime/signal_*.go dumpregs and runtime/defs_windows): reference §4. */
import { parseAddress } from '../../model/address.ts';
import type { ArchitectureName } from '../../model/process.ts';
import type { RegisterValue } from '../../model/thread.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type TextReader } from '../reader.ts';

const row = /^\s{0,8}([a-z][a-z0-9]{0,7})[ \t]+(0x[0-9a-f]{1,16})(?:\s+([a-z][a-z0-9]{0,7})[ \t]+(0x[0-9a-f]{1,16}))?\s*$/;

const names = new Set([
  ...'rax rbx rcx rdx rdi rsi rbp rsp rip rflags eax ebx ecx edx edi esi ebp esp eip eflags cs fs gs ds es ss'.split(' '),
  ...'lr sp pc fault fp ip cpsr trap error oldmask link hi lo ctr xer ccr ra gp tp'.split(' '),
  ...Array.from({ length: 32 }, (_unused, i) => `r${i}`),
  ...Array.from({ length: 12 }, (_unused, i) => `s${i}`),
  ...Array.from({ length: 7 }, (_unused, i) => `t${i}`),
  ...Array.from({ length: 8 }, (_unused, i) => `a${i}`),
]);

function valuesOf(cursor: LineCursor, index: number): RegisterValue[] | undefined {
  const line = cursor.line(index);
  const match = row.exec(line);
  if (match === null) return undefined;
  const values: RegisterValue[] = [];
  let column = 0;
  for (const [name, text] of [
    [match[1], match[2]],
    [match[3], match[4]],
  ]) {
    if (name === undefined || text === undefined) continue;
    if (!names.has(name)) return undefined;
    const value = parseAddress(text);
    if (value === undefined) return undefined;
    column = line.indexOf(name, column);
    const end = line.indexOf(text, column + name.length) + text.length;
    values.push({ name, value, source: cursor.columnRange(index, column, end) });
    column = end;
  }
  return values;
}

/** The architecture whose names these are; undefined where several share them. `whole`: the block was not cut. */
export function architectureOf(registers: ReadonlySet<string>, whole: boolean): ArchitectureName | undefined {
  if (registers.has('rip') || registers.has('rflags')) return 'amd64';
  if (registers.has('eip') || registers.has('eflags')) return '386';
  if (registers.has('r29') && registers.has('lr')) return 'arm64';
  if (registers.has('cpsr') && !registers.has('r29')) return 'arm';
  if (registers.has('ra') && registers.has('tp')) return 'riscv64';
  if (!registers.has('link') || !registers.has('r15') || !whole) return undefined;
  if (!registers.has('r16')) return 's390x';
  const others = registers.has('hi') || registers.has('lo') || registers.has('ctr') || registers.has('xer');
  return others || !registers.has('r31') ? undefined : 'loong64';
}

export const registerReader: TextReader = {
  name: 'registers',
  begins: 'acdefghiloprstx',

  recognise: (cursor, index) => valuesOf(cursor, index) !== undefined,

  parse(cursor, index, sink) {
    const values: RegisterValue[] = [];
    let next = index;
    for (; next < cursor.count; next++) {
      const read = valuesOf(cursor, next);
      if (read === undefined) break;
      values.push(...read);
    }
    if (next === index) return 0;
    // One line alone may be a debugger's answer or prose: at least two make a block.
    if (next - index < 2 && values.length < 2) return 0;
    markRecognised(sink, index, next - index);
    sink.facts.push({ kind: 'registers', values, origin: 'runtime', frame: 0, step: 0, textLine: index });
    const whole = next < cursor.count || cursor.endsWithFeed();
    const arch = architectureOf(new Set(values.map((value) => value.name)), whole);
    if (arch !== undefined) {
      const source = cursor.lineRange(index, next - 1);
      sink.facts.push({ kind: 'process', facts: { arch }, why: 'register names', textLine: index, source });
    }
    return next - index;
  },
};
