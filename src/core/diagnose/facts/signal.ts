/** The signal of the crash with its number, whichever line printed it. */
import type { Address } from '../../model/address.ts';
import type { SourceRange } from '../../model/source.ts';
import type { RuleContext } from '../rule.ts';
import { crashEvent } from './crash.ts';

export interface CrashSignal {
  /** 'SIGSEGV'. */
  name: string;
  code?: number;
  /** The address that the access was for; absent where none was printed or it is none (code 0, 0x80). */
  address?: Address;
  /** Sender of a signal with code 0, from the same field (runtime/signal_unix.go prints the union as addr). */
  pid?: number;
  pc?: Address;
  /** kill, sigqueue or tgkill sent it: no instruction failed. */
  sent: boolean;
  duringCgo: boolean;
  source?: SourceRange;
}

/** si_code values of Linux; the BSDs agree on those used here. */
export const signalCode = { user: 0, kernel: 0x80, queue: -1, tkill: -6 } as const;

/** Larger than any pid (Linux PID_MAX_LIMIT is 2^22). */
const largestPid = 1n << 22n;

/** Windows and wasm print exceptions by number: their code 0 is a read. */
function isSent(name: string, code: number | undefined): boolean {
  if (!name.startsWith('SIG')) return false;
  return code === signalCode.user || code === signalCode.queue || code === signalCode.tkill;
}

/** Signals of a fault. Others beside a panic or fatal error are relays to further threads (GOTRACEBACK=crash). */
const faults = new Set(['SIGSEGV', 'SIGBUS', 'SIGFPE', 'SIGILL', '0xc0000005', '0xb']);

function signalName(context: RuleContext): string | undefined {
  const { crash } = context.snapshot;
  const event = crashEvent(context);
  if (event?.signal !== undefined) return event.signal.name;
  const name = crash?.signal;
  if (name === undefined || event === undefined || event.kind === 'signal' || faults.has(name)) return name;
  return undefined;
}

export function crashSignal(context: RuleContext): CrashSignal | undefined {
  const { crash } = context.snapshot;
  const event = crashEvent(context);
  const facts = event?.signal;
  const name = signalName(context);
  if (crash === undefined || name === undefined) return undefined;
  const code = facts === undefined ? crash.code : facts.code;
  const signal: CrashSignal = { name, sent: isSent(name, code), duringCgo: facts?.duringCgo === true };
  if (code !== undefined) signal.code = code;
  if (signal.sent) {
    const pid = facts?.address === undefined ? undefined : facts.address & 0xffffffffn;
    if (pid !== undefined && pid > 0n && pid <= largestPid) signal.pid = Number(pid);
  } else if (code !== signalCode.kernel) {
    const address = crash.faultAddress ?? facts?.address ?? event?.address;
    if (address !== undefined) signal.address = address;
  }
  const pc = facts?.pc ?? crash.pc;
  if (pc !== undefined) signal.pc = pc;
  if (event !== undefined) signal.source = event.source;
  return signal;
}
