/** Helpers for requests; what one is stands in the model. */
export type { DebuggerName, DebuggerRequest as Request } from '../model/session.ts';
import type { DebuggerRequest } from '../model/session.ts';

/** `count` words of eight bytes at `address`, printed as numbers, in each debugger. */
export function wordsAt(address: string, count: number): Pick<DebuggerRequest, 'gdb' | 'delve' | 'lldb'> {
  const n = count.toString();
  return {
    gdb: [`x/${n}gx ${address}`],
    delve: [`examinemem -fmt hex -count ${n} -size 8 ${address}`],
    lldb: [`memory read -s8 -fx -c${n} ${address}`],
  };
}
