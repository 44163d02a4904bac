/** Names of functions in frames of gdb and LLDB. */
import { withoutAbi } from '../../../model/function-name.ts';
import type { StringTable } from '../../../model/columns.ts';
import { isFunctionName } from '../frame-line.ts';
import { JudgedNames } from './judged-names.ts';

const questionMark = 63;

export class FunctionNames {
  readonly #names: JudgedNames;

  constructor(strings: StringTable) {
    this.#names = new JudgedNames(strings, (text) => (isFunctionName(text) ? withoutAbi(text) : undefined));
  }

  /** Index of the name in bytes [start, end), 0 for `??`; -1 where that is no name of a function. */
  indexOf(bytes: Uint8Array, start: number, end: number): number {
    if (end - start === 2 && bytes[start] === questionMark && bytes[start + 1] === questionMark) return 0;
    return this.#names.indexOf(bytes, start, end);
  }
}

const known = new WeakMap<StringTable, FunctionNames>();

export function functionNamesOf(strings: StringTable): FunctionNames {
  let names = known.get(strings);
  if (names === undefined) known.set(strings, (names = new FunctionNames(strings)));
  return names;
}
