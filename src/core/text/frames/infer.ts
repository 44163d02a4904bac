/**
 * Names of frames whose function line was lost, where the file leaves no choice: `signal_unix.go` right under
 * `runtime.throw` is sigpanic, `asm_….s` with an offset at the end of a system stack is systemstack.
 */
import type { CaseColumns } from '../../model/record.ts';
import { FrameFlag } from '../../model/goroutine.ts';

const signalFile = /\/runtime\/signal_(?:unix|windows|sighandler)\.go$/;
const assemblyFile = /\/runtime\/asm_[0-9a-z]+\.s$/;
const schedulerFile = /\/runtime\/proc\.go$/;

/** `row` has just been added; `first` is the first frame of its stack. */
export function inferFunction(columns: CaseColumns, row: number, first: number, kind: string): void {
  const { frames, strings } = columns;
  const file = strings.at(frames.data.file[row] ?? 0);
  const above = row > first ? strings.at(frames.data.functionName[row - 1] ?? 0) : '';
  const offset = ((frames.data.flags[row] ?? 0) & FrameFlag.hasEntryOffset) !== 0;
  let name = '';
  if (signalFile.test(file) && (above === 'runtime.throw' || above.startsWith('runtime.panicmem'))) name = 'runtime.sigpanic';
  else if (kind === 'runtime-stack' && offset && assemblyFile.test(file)) name = 'runtime.systemstack';
  else if (kind === 'runtime-stack' && !offset && schedulerFile.test(file) && above === 'runtime.systemstack')
    name = 'runtime.mstart';
  if (name !== '') frames.data.functionName[row] = strings.intern(name);
}
