/**
 * The kernel's word on a process that died of a fault (arch/x86/mm/fault.c show_signal_msg, arch/x86/kernel/traps.c): all numbers are
 * hexadecimal without 0x, the pid decimal. For a Go program the line appears only when its handler could not run.
 */
import { parseAddress } from '../../model/address.ts';
import type { SignalFacts } from '../../model/event.ts';
import type { LineCursor } from '../cursor.ts';
import { ascii, endsWith, startsWith } from '../bytes.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { lineText, seek } from '../debugger/lines.ts';

/** What stands before `: `, or behind it, in the lines that are read. */
const heads = ['traps', 'Code', '__vm_enough_memory'].map(ascii);
const fault = ascii('segfault at ');

/** Looks at the colons of the line only: most lines of a log are none of these. */
function isTelling(cursor: LineCursor, index: number): boolean {
  const { bytes } = cursor;
  const start = cursor.start(index);
  const end = cursor.end(index);
  if (end - start > longestLine) return false;
  for (let at = seek(cursor, 58, start, end); at + 1 < end; at = seek(cursor, 58, at + 1, end)) {
    if (bytes[at + 1] !== 32) continue;
    if (startsWith(bytes, at + 2, end, fault) || heads.some((head) => endsWith(bytes, start, at, head))) return true;
  }
  return false;
}

const segfault =
  /(?:^|[\s\]:])(\S{1,64})\[(\d{1,10})\]: segfault at ([0-9a-f]{1,16}) ip ([0-9a-f]{1,16}) sp ([0-9a-f]{1,16}) error ([0-9a-f]{1,4})(?: in (\S.{0,200}?)(?: likely on CPU .{0,80})?)?$/;
const trap =
  /(?:^|[\s\]:])traps: (\S{1,64})\[(\d{1,10})\] (?:trap )?([a-z][a-z /]{3,40}?) ip:([0-9a-f]{1,16}) sp:([0-9a-f]{1,16}) error:([0-9a-f]{1,8})(?: in (\S.{0,200}))?$/;
const code = /(?:^|[\s\]:])Code: ((?:Bad RIP value\.)|(?:<?[0-9a-f]{2}>?[ ]?){8,80})$/;
const outOfMemory =
  /(?:^|[\s\]:])__vm_enough_memory: pid: \d{1,10}, comm: \S{1,64}, .{0,40}not enough memory for the allocation$/;

const longestLine = 1000;

/** arch/x86/include/asm/trap_pf.h: bit 0 = the page was there, but the access was not allowed. */
const protection = 1n;
/** si_code: SEGV_MAPERR, SEGV_ACCERR, SI_KERNEL. */
const codes = { unmapped: 1, denied: 2, kernel: 0x80 } as const;

function near(cursor: LineCursor, index: number): string {
  return cursor.end(index) - cursor.start(index) > longestLine ? '' : lineText(cursor, index).trimEnd();
}

/** Bytes of the `Code:` line from the marked one on, which is at ip. */
function instructionBytes(line: string): Uint8Array | undefined {
  const text = code.exec(line)?.[1] ?? '';
  const at = text.indexOf('<');
  if (at < 0) return undefined;
  const digits = text.slice(at).replace(/[<> ]/g, '');
  return Uint8Array.from({ length: Math.floor(digits.length / 2) }, (_, i) => parseInt(digits.slice(2 * i, 2 * i + 2), 16));
}

function push(cursor: LineCursor, sink: RecordSink, index: number, lines: number, signal: SignalFacts, text: string): void {
  const source = cursor.lineRange(index, index + lines - 1);
  // A log of the kernel names many processes: the line is a log, which a report of the runtime outranks, and its pid proves nothing.
  sink.facts.push({ kind: 'event', textLine: index, event: { kind: 'log', category: 'signal', text, signal, source } });
}

export const kernelReader: TextReader = {
  name: 'kernel fault line',
  holds: ['segfault at ', 'traps:', 'Code:', '__vm_enough_memory:'],
  recognise(cursor, index) {
    if (!isTelling(cursor, index)) return false;
    const line = near(cursor, index);
    if (line.includes(' segfault at ')) return segfault.test(line);
    if (line.includes('traps: ')) return trap.test(line);
    return (line.includes('Code: ') && code.test(line)) || (line.includes('__vm_enough') && outOfMemory.test(line));
  },
  parse(cursor, index, sink) {
    const line = near(cursor, index);
    const segfaulted = segfault.exec(line);
    const other = segfaulted === null ? trap.exec(line) : null;
    const bytes = segfaulted === null && other === null ? undefined : instructionBytes(near(cursor, index + 1));
    const lines = bytes === undefined ? 1 : 2;
    markRecognised(sink, index, lines);
    const match = segfaulted ?? other;
    if (match === null) return lines;
    const pc = parseAddress(`0x${(segfaulted === null ? other?.[4] : segfaulted[4]) ?? ''}`);
    const signal: SignalFacts = { name: 'SIGSEGV', ...(pc === undefined ? {} : { pc }) };
    if (bytes !== undefined) signal.instructionBytes = bytes;
    if (segfaulted !== null) {
      const address = parseAddress(`0x${segfaulted[3] ?? ''}`);
      if (address !== undefined) signal.address = address;
      signal.code = (BigInt(`0x${segfaulted[6] ?? '0'}`) & protection) === 0n ? codes.unmapped : codes.denied;
    } else {
      const kind = other?.[3] ?? '';
      if (/invalid opcode/.test(kind)) signal.name = 'SIGILL';
      else if (/divide/.test(kind)) signal.name = 'SIGFPE';
      else if (/int3|debug/.test(kind)) signal.name = 'SIGTRAP';
      else signal.code = codes.kernel;
    }
    push(cursor, sink, index, lines, signal, line.slice(Math.max(0, line.indexOf(match[1] ?? ''))));
    return lines;
  },
};
