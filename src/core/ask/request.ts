/** Helpers for requests; what one is stands in the model. */
export type { DebuggerName, DebuggerRequest as Request } from '../model/session.ts';
import type { DebuggerRequest } from '../model/session.ts';

/** Bytes that `examinemem` shows at a time before Delve 1.25 (pkg/terminal/command.go: "less than or equal to 1000"). */
const delveBytes = 1000;

/** Commands of Delve that show `count` words of `size` bytes at `address`. */
export function delveWords(address: bigint, count: number, size: 4 | 8): string[] {
  const commands: string[] = [];
  const most = delveBytes / size;
  for (let done = 0; done < count; done += most) {
    const part = Math.min(most, count - done).toString();
    const at = `0x${(address + BigInt(done * size)).toString(16)}`;
    commands.push(`examinemem -fmt hex -count ${part} -size ${size.toString()} ${at}`);
  }
  return commands;
}

/** LLDB's listing of all mappings, from LLDB 16 on. Older ones take it for an error, at which they end a script. */
export const allRegions = 'memory region --all';

/** `count` words of eight bytes at `address`, printed as numbers, in each debugger. */
export function wordsAt(address: string, count: number): Pick<DebuggerRequest, 'gdb' | 'delve' | 'lldb'> {
  const n = count.toString();
  return {
    gdb: [`x/${n}gx ${address}`],
    delve: [`examinemem -fmt hex -count ${n} -size 8 ${address}`],
    lldb: [`memory read -s8 -fx -c${n} ${address}`],
  };
}
