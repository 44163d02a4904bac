/** How a copied script is run: where it is saved and the command line. */
import type { DebuggerName } from '../../../core/model/session.ts';

export interface HowToRun {
  file: string;
  command: string;
}

export const debuggerTitles: Record<DebuggerName, string> = { gdb: 'gdb', rr: 'rr', delve: 'Delve', lldb: 'LLDB' };

export function howToRun(name: DebuggerName, pid: number | undefined): HowToRun {
  const process = pid === undefined ? 'PID' : pid.toString();
  switch (name) {
    case 'gdb':
      return { file: 'ask.gdb', command: `gdb -p ${process} -x ask.gdb` };
    case 'rr':
      return { file: 'ask.gdb', command: 'rr replay -- -x ask.gdb' };
    case 'delve':
      return { file: 'ask.dlv', command: `dlv attach ${process} --init ask.dlv` };
    case 'lldb':
      return { file: 'ask.lldb', command: `lldb -p ${process} -s ask.lldb` };
  }
}
