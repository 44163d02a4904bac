/**
 * The rest of a kernel's oops (arch/x86/kernel/dumpstack.c, process_64.c show_regs). Its registers are the kernel's own, so they prove
 * nothing of the program: the lines are kept. What the complaint is, is read in `../system`.
 */
import type { LineCursor } from '../cursor.ts';
import { ascii, endsWith, isDigit } from '../bytes.ts';
import { markRecognised, type TextReader } from '../reader.ts';
import { lineText, seek } from '../debugger/lines.ts';

/** In front of every line of the kernel's log: `[  123.456789] `, after a journal's own words. */
const stamp = /^(?:.{0,100}kernel: )?(?:\[ {0,8}\d{1,8}\.\d{6}\](?:\[ *[TC]\d{1,9}\])? )?/;
const forms: readonly RegExp[] = [
  /^#PF: (?:supervisor|user) (?:read|write|instruction fetch) access in (?:kernel|user) mode$/,
  /^#PF: error_code\(0x[0-9a-f]{4}\) - \S.{1,80}$/,
  /^PGD [0-9a-f]{1,16}(?: (?:P4D|PUD|PMD|PTE) [0-9a-f]{1,16}){0,4}$/,
  /^(?:Oops|general protection fault|invalid opcode|divide error|stack segment|int3|Internal error: Oops)(?:: [0-9a-f]{4,16})? ?(?:\[#\d{1,6}\])?(?: (?:PREEMPT|SMP|NOPTI|PTI|DEBUG_PAGEALLOC|KASAN|_RT))*$/,
  /^Hardware name: \S.{1,200}$/,
  /^RIP: [0-9a-f]{4}:\S.{1,200}$/,
  /^RSP: [0-9a-f]{4}:[0-9a-f]{16} EFLAGS: [0-9a-f]{8}(?: ORIG_RAX: [0-9a-f]{16})?$/,
  /^(?:(?:RAX|RDX|RBP|R10|R13): [0-9a-f]{16} (?:RBX|RSI|R08|R11|R14): [0-9a-f]{16} (?:RCX|RDI|R09|R12|R15): [0-9a-f]{16})$/,
  /^FS: {2}[0-9a-f]{16}\([0-9a-f]{4}\) GS:[0-9a-f]{16}\([0-9a-f]{4}\) knlGS:[0-9a-f]{16}$/,
  /^CS: {2}[0-9a-f]{4} DS: [0-9a-f]{4} ES: [0-9a-f]{4} CR0: [0-9a-f]{16}$/,
  /^CR2: [0-9a-f]{8,16}(?: CR3: [0-9a-f]{16} CR4: [0-9a-f]{16})?$/,
  /^DR[03]: [0-9a-f]{16} DR[16]: [0-9a-f]{16} DR[27]: [0-9a-f]{16}$/,
  /^PKRU: [0-9a-f]{8}$/,
  /^Call Trace:$/,
  /^ ?<\/?(?:TASK|IRQ|NMI|SOFTIRQ|EOI|#DF|#DB|ENTRY_TRAMPOLINE)>$/,
  /^ (?:\? )?[\w.]{1,128}\+0x[0-9a-f]{1,8}\/0x[0-9a-f]{1,8}(?: \[[\w-]{1,64}\])?$/,
  /^Modules linked in: .{0,4000}$/,
  /^---\[ end (?:trace [0-9a-f]{16}|Kernel panic - not syncing.{0,200}) \]---$/,
  /^Kernel panic - not syncing: .{1,200}$/,
];
const longestLine = 4200;

function isOops(line: string): boolean {
  const behind = stamp.exec(line)?.[0].length ?? 0;
  const said = line.slice(behind).trimEnd();
  return said !== '' && forms.some((form) => form.test(said));
}

function near(cursor: LineCursor, index: number): string {
  return cursor.end(index) - cursor.start(index) > longestLine ? '' : lineText(cursor, index);
}

const kernel = ascii('kernel');
/** The first two bytes of a line without a stamp: `RIP: `, `#PF: `, `Call Trace:`, ` ? __die+0x23/0x70`. */
const heads = new Set(
  '#P,PG,Oo,ge,in,di,st,Ha,RI,RS,RA,RD,RB,R1,FS,CS,CR,DR,PK,Ca,Mo,--,Ke,In, <, ?, _'
    .split(',')
    .map((two) => (two.charCodeAt(0) << 8) | two.charCodeAt(1)),
);

/** `[ 12.345678] ` or `kernel: ` at the beginning, or the beginning of a form: looks at bytes only. */
function mayBe(cursor: LineCursor, index: number): boolean {
  const { bytes } = cursor;
  const at = cursor.start(index);
  if (bytes[at] === 91) return bytes[at + 1] === 32 || isDigit(bytes[at + 1]);
  const end = Math.min(cursor.end(index), at + 120);
  for (let colon = seek(cursor, 58, at, end); colon < end; colon = seek(cursor, 58, colon + 1, end))
    if (endsWith(bytes, at, colon, kernel)) return true;
  return heads.has(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
}

export const oopsReader: TextReader = {
  name: 'kernel oops',
  begins: '[<?_',
  opens: [
    '#P',
    'PG',
    'Oo',
    'ge',
    'in',
    'di',
    'st',
    'Ha',
    'RI',
    'RS',
    'RA',
    'RD',
    'RB',
    'R1',
    'FS',
    'CS',
    'CR',
    'DR',
    'PK',
    'Ca',
    'Mo',
    '--',
    'Ke',
    'In',
  ],
  holds: ['ernel'],
  recognise(cursor, index) {
    if (!mayBe(cursor, index) || !isOops(near(cursor, index))) return false;
    // One line alone can be anything: its neighbours are lines of the same oops.
    return isOops(near(cursor, index + 1)) || (index > 0 && isOops(near(cursor, index - 1)));
  },
  parse(cursor, index, sink) {
    let next = index + 1;
    while (next < cursor.count && isOops(near(cursor, next))) next++;
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
