/**
 * CGO-04: AddressSanitizer (or a relative) stopped the program at a wrong access of C code.
 *
 * Mechanism (LLVM compiler-rt): the compiler checks each access of C code against shadow memory that knows allocated, freed and guarded
 * bytes. The report stands at the access itself, before anything else is damaged; the Go frames behind the call into C are not in it.
 */
import type { BogusPointer, Evidence } from '../../model/finding.ts';
import type { CrashEvent } from '../../model/event.ts';
import type { SanitizerFrame, SanitizerReport } from '../../model/reason.ts';
import { hex } from '../facts/addresses.ts';
import { cFunction } from '../facts/cgo.ts';
import { conclusion } from '../facts/conclusion.ts';
import { userFrame } from '../facts/crash.ts';
import { ownFrame } from '../facts/sanitizer-frames.ts';
import { detailOf } from '../facts/reasons.ts';
import { capitalised, code, count, eventEvidence, fileName, frameText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

function placed(frame: SanitizerFrame): string {
  const place = frame.place === undefined ? undefined : fileName(frame.place);
  return place === undefined ? cFunction(frame.function ?? '') : `${code(frame.function ?? '')} (${code(place)})`;
}

function stackOf(report: SanitizerReport, role: SanitizerReport['stacks'][number]['role']): SanitizerFrame | undefined {
  const stack = report.stacks.find((one) => one.role === role);
  return stack === undefined ? undefined : ownFrame(stack.frames);
}

/** 'wrote 4 bytes 0 bytes past the end of a 20-byte block'. */
function deedOf(report: SanitizerReport): string {
  const { access, region, address, problem, misuse } = report;
  const did = access === undefined ? 'made a wrong access' : access.kind === 'write' ? 'wrote' : 'read';
  const what = access?.bytes === undefined ? '' : ` ${count(access.bytes, 'byte')}`;
  if (misuse === 'freed-twice') return `freed ${address === undefined ? 'a block' : hex(address)} a second time`;
  if (misuse === 'not-freeable')
    return `freed ${address === undefined ? 'an address' : hex(address)}, which cannot be freed like that`;
  const freed = misuse === 'used-after-free';
  if (region !== undefined) {
    const block = `a ${freed ? 'freed ' : ''}block of ${count(region.bytes, 'byte')}`;
    const place = region.side === 'inside' ? 'inside' : region.side === 'after' ? 'past the end of' : 'before the start of';
    return `${did}${what} ${place} ${block}`;
  }
  return `${did}${what}${address === undefined ? '' : ` at ${hex(address)}`} (${problem})`;
}

function evidenceOf(report: SanitizerReport, event: CrashEvent): Evidence[] {
  const evidence: Evidence[] = [eventEvidence(event, `${code(report.tool)} reported ${code(report.problem)}.`)];
  const { region, address } = report;
  if (region !== undefined && address !== undefined) {
    const where = region.side === 'inside' ? 'inside of' : region.side;
    evidence.push({
      statement: `${hex(address)} lies ${count(region.distance, 'byte')} ${where} the block from ${hex(region.lo)} to ${hex(region.hi)} (${count(region.bytes, 'byte')}).`,
      source: event.source,
    });
  }
  const told = { access: 'made the access', freed: 'had freed the block', allocated: 'had allocated the block' } as const;
  for (const role of ['access', 'freed', 'allocated'] as const) {
    const frame = stackOf(report, role);
    if (frame !== undefined) evidence.push({ statement: `${capitalised(placed(frame))} ${told[role]}.`, source: frame.source });
  }
  return evidence;
}

function examine(context: RuleContext): Conclusion[] {
  const event = context.snapshot.events.find((one) => {
    const report = detailOf(one, 'sanitizer')?.report;
    return report !== undefined && report.noFault !== true;
  });
  const report = detailOf(event, 'sanitizer')?.report;
  if (event === undefined || report === undefined) return [];
  const culprit = stackOf(report, 'access');
  const freed = stackOf(report, 'freed');
  const allocated = stackOf(report, 'allocated');
  const user = userFrame(context);
  const bogus: BogusPointer[] =
    report.address === undefined || report.address < 4096n
      ? []
      : [{ value: report.address, why: `the address of the access that ${report.tool} refused (${report.problem})` }];
  return [
    conclusion({
      headline: `${culprit === undefined ? 'C code' : capitalised(placed(culprit))} ${deedOf(report)}`,
      confidence: 'certain',
      explanation: [
        `${code(report.tool)} checks each access of C code and stopped the process at the first wrong one (${code(report.problem)}).`,
        culprit === undefined
          ? 'The report names no function: build the C code with symbols.'
          : `${capitalised(placed(culprit))} made it${freed === undefined ? '' : `, after ${placed(freed)} had freed the block`}${allocated === undefined ? '' : `; the block came from ${placed(allocated)}`}.`,
        user === undefined
          ? 'The frames of Go behind the call into C are not in the report.'
          : `${frameText(user)} is the frame of Go behind it.`,
      ].join(' '),
      evidence: evidenceOf(report, event),
      checks: [
        { statement: 'The sanitizer itself made the check', held: true },
        { statement: 'The report names the function that made the access', held: culprit !== undefined },
      ],
      next: [
        freed !== undefined
          ? { why: `Find why the block is still used after ${placed(freed)} freed it` }
          : culprit === undefined
            ? { why: 'Keep symbols of the C code', command: 'CGO_CFLAGS="-g -O1 -fno-omit-frame-pointer" go build -asan ./...' }
            : { why: `Compare the length that ${placed(culprit)} is given with the size of the block` },
        {
          why: 'Get the frames of Go as well: stop in the sanitizer and let the runtime print its goroutines',
          command: 'ASAN_OPTIONS=abort_on_error=1:handle_segv=0 GOTRACEBACK=all ./program',
        },
      ],
      bogus,
      ...(culprit?.function === undefined ? {} : { culprit: { function: culprit.function, inferred: false } }),
    }),
  ];
}

export const cgo04: Rule = {
  id: 'CGO-04',
  title: 'Wrong access of C code, found by a sanitizer',
  explains: ['CGO-03', 'SIG-01', 'FAULT-*', 'NIL-*', 'PANIC-09', 'DUMP-01'],
  weight: 12,
  examine,
};
