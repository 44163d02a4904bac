/** What a sanitizer's block says (LLVM and GCC compiler-rt asan_report.cpp, asan_descriptions.cpp): problem, access, region, stacks. */
import { parseAddress } from '../../model/address.ts';
import type { SanitizerFrame, SanitizerReport } from '../../model/reason.ts';
import type { LineCursor } from '../cursor.ts';

const problem = /^(?:attempting )?([\w-]{2,60}(?: vs [\w-]{2,40})?)/;
const onAddress = / (?:on|of|by) (?:unknown )?(?:address )?(0x[0-9a-f]{1,16})/;
const access = /^(READ|WRITE) of size (\d{1,15}) at 0x[0-9a-f]{1,16}/;
const caused = /The signal is caused by a (READ|WRITE) memory access/;
const frame = /^\s{1,16}#\d{1,4} (0x[0-9a-f]{1,16})(?= |$)/;
const buildId = / \(BuildId: [0-9a-f]{1,64}\)$/;
const region =
  /^0x[0-9a-f]{1,16} is located (\d{1,15}) bytes? (to the right of|after|to the left of|before|inside of) (\d{1,15})-byte region \[(0x[0-9a-f]{1,16}), ?(0x[0-9a-f]{1,16})\)/;
const freed = /^freed by thread \S+ (?:\([^)]{0,80}\) )?here:/;
const allocated = /^(?:previously )?allocated by thread \S+ (?:\([^)]{0,80}\) )?here:/;
/** Of a frame's line, in UTF-16 units. */
const longestFrame = 1000;
/** Frames kept of one stack. */
const mostFrames = 64;

/** Tools whose reports stop no access. */
const noFault = /^(?:LeakSanitizer|libFuzzer)$/;
const misuses: readonly (readonly [RegExp, NonNullable<SanitizerReport['misuse']>])[] = [
  [/double-free/, 'freed-twice'],
  [/bad-free|alloc-dealloc-mismatch/, 'not-freeable'],
  [/use-after-free/, 'used-after-free'],
];

type Stack = SanitizerReport['stacks'][number];

function sideOf(words: string): 'before' | 'inside' | 'after' {
  if (words === 'inside of') return 'inside';
  return words === 'before' || words === 'to the left of' ? 'before' : 'after';
}

/** `in f /src/pool.c:31:10`, `in f (/lib/libc.so.6+0x2724a)`, `(/srv/app+0x1110)`. */
function namesOf(text: string): { function?: string; place?: string } {
  const rest = text.slice(0, longestFrame).replace(buildId, '').trim();
  const open = rest.endsWith(')') ? rest.lastIndexOf('(') : -1;
  const module = open >= 0 && /^\(?[/<.]/.test(rest.slice(open + 1)) ? open : -1;
  const space = rest.lastIndexOf(' ');
  const placed = module < 0 && /:\d{1,9}$/.test(rest);
  const cut = module >= 0 ? module : placed ? space + 1 : rest.length;
  const name = rest.slice(0, cut).replace(/^in /, '').trim();
  const place = module >= 0 ? rest.slice(module + 1, -1) : rest.slice(cut);
  return { ...(name === '' || name === 'in' ? {} : { function: name }), ...(place === '' ? {} : { place }) };
}

function frameOf(cursor: LineCursor, index: number): SanitizerFrame | undefined {
  const line = cursor.line(index);
  const match = frame.exec(line);
  if (match === null) return undefined;
  const address = parseAddress(match[1] ?? '');
  const at = address === undefined ? {} : { address };
  return { ...at, ...namesOf(line.slice(match[0].length)), source: cursor.lineRange(index) };
}

/** `tool` and `said` are the two parts of `==PID==ERROR: tool: said` on line `first`; the block ends before line `end`. */
export function sanitizerReport(cursor: LineCursor, first: number, end: number, tool: string, said: string): SanitizerReport {
  const named = problem.exec(said)?.[1] ?? said.slice(0, 60);
  const report: SanitizerReport = { tool, problem: named, stacks: [] };
  const misuse = misuses.find(([form]) => form.test(named))?.[1];
  if (misuse !== undefined) report.misuse = misuse;
  if (noFault.test(tool)) report.noFault = true;
  const address = parseAddress(onAddress.exec(said)?.[1] ?? '');
  if (address !== undefined) report.address = address;
  let role: Stack['role'] = 'access';
  let open: Stack | undefined;
  for (let index = first + 1; index < end; index++) {
    const line = cursor.line(index);
    const one = frameOf(cursor, index);
    if (one !== undefined) {
      if (open === undefined) {
        open = { role, frames: [] };
        report.stacks.push(open);
        role = 'other';
      }
      if (open.frames.length < mostFrames) open.frames.push(one);
      continue;
    }
    open = undefined;
    const used = access.exec(line);
    if (used !== null) {
      report.access = { kind: used[1] === 'READ' ? 'read' : 'write', bytes: Number(used[2]) };
      role = 'access';
    } else if (caused.test(line)) report.access = { kind: caused.exec(line)?.[1] === 'READ' ? 'read' : 'write' };
    else if (freed.test(line)) role = 'freed';
    else if (allocated.test(line)) role = 'allocated';
    else readRegion(report, line);
  }
  return report;
}

function readRegion(report: SanitizerReport, line: string): void {
  const match = region.exec(line);
  const lo = parseAddress(match?.[4] ?? '');
  const hi = parseAddress(match?.[5] ?? '');
  if (match === null || lo === undefined || hi === undefined) return;
  report.region = { lo, hi, bytes: Number(match[3]), side: sideOf(match[2] ?? ''), distance: Number(match[1]) };
}
