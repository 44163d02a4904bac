/** One thing that is missing, and how each debugger shows it. */
export type DebuggerName = 'gdb' | 'rr' | 'delve' | 'lldb';

export interface Request {
  /** A plain sentence without a full stop. */
  why: string;
  /** Commands in order; none where that debugger cannot show it. */
  gdb: string[];
  delve: string[];
  lldb: string[];
  /** Lets the program run (a watchpoint): only a recording does so by itself. */
  runs?: boolean;
}

/** `count` words of eight bytes at `address`, printed as numbers, in each debugger. */
export function wordsAt(address: string, count: number): Pick<Request, 'gdb' | 'delve' | 'lldb'> {
  const n = count.toString();
  return {
    gdb: [`x/${n}gx ${address}`],
    delve: [`examinemem -fmt hex -count ${n} -size 8 ${address}`],
    lldb: [`memory read -s8 -fx -c${n} ${address}`],
  };
}
