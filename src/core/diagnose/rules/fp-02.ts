/**
 * FP-02: a reader of frame pointers is the crashing frame.
 *
 * A class of crash, never the whole answer: the runtime's walk (tracer since Go 1.21, block and mutex profiles since 1.23) checks no
 * bounds, so an earlier routine broke the chain. Where the value or the culprit is known, FP-01, FP-04 or FP-05 says so.
 */
import { architectureOf } from '../../arch/index.ts';
import type { Evidence } from '../../model/finding.ts';
import { hex } from '../facts/addresses.ts';
import { callerEvidence, callerNames } from '../facts/clobber.ts';
import { framePointerCrash } from '../facts/frame-pointers.ts';
import { code } from '../facts/wording.ts';
import type { Rule } from '../rule.ts';

export const fp02: Rule = {
  id: 'FP-02',
  title: 'Crash while walking frame pointers',
  marker: true,
  examine(context) {
    const crash = framePointerCrash(context);
    if (crash === undefined) return [];
    const [caller] = callerNames(crash.callers);
    const evidence: Evidence[] = [...crash.evidence, ...callerEvidence(crash.callers)];
    const register = architectureOf(crash.arch)?.framePointerExpression ?? '$rbp';
    return [
      {
        headline:
          caller === undefined
            ? 'The chain of frame pointers is broken'
            : `${code(caller)} called a function that broke the chain of frame pointers`,
        confidence: 'very likely',
        explanation: `${code(crash.reader.function ?? 'The runtime')} records a stack by its frame pointers, each the address at which a function keeps its caller's frame pointer, and does not check them. It is only the reader: a function that ran earlier left a wrong frame pointer in a register or on the stack. Go code keeps frame pointers by itself, so look at functions written in assembly.`,
        evidence,
        against: [],
        checks: [{ statement: 'The frame that failed is a reader of frame pointers', held: true }],
        next: [
          {
            why: 'Walk the chain by hand (gdb): the word at a frame pointer is the next one, the word above it a return address',
            command: `x/2gx ${register}`,
          },
          { why: 'Check the assembly of the program and of its modules', command: 'go vet ./...' },
        ],
        references: ['golang/go#59692', 'golang/go#63630', 'golang/go#73664'],
        bogus:
          crash.value === undefined || crash.link?.verdict === 'bogus'
            ? []
            : [{ value: crash.value, why: `the walk took it for a frame pointer and failed 8 bytes above ${hex(crash.value)}` }],
        focus: { goroutine: crash.goroutine },
      },
    ];
  },
};
