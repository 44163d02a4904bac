/**
 * `panic: test timed out after …` (testing.(*M).startAlarm): the alarm's goroutine panics, the test that hangs is
 * another one. Since Go 1.20 the running tests are printed; before, they are found by their frames.
 */
import { matchesTest, testNameOf, topTest } from '../facts/test-names.ts';
import { packageOf } from '../../model/function-name.ts';
import type { Frame } from '../../model/goroutine.ts';
import { reasonOf } from '../facts/crash.ts';
import { goroutineId, goroutineRows } from '../facts/goroutines.ts';
import { detailOf } from '../facts/reasons.ts';
import { framesOf, isUserFrame } from '../facts/view.ts';
import { thingOf, waitsOf } from '../facts/waiting.ts';
import { code, count, eventEvidence, frameEvidence, frameText, listOf } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

interface TestGoroutine {
  row: number;
  goroutine: string;
  /** The frame called by testing.tRunner. */
  test: Frame;
  /** Innermost user frame. */
  at: Frame;
  status: string;
  /** Waits in testing.(*T).Run for a subtest. */
  waitsForSubtest: boolean;
}

const mostGoroutines = 20_000;

function testGoroutines(context: RuleContext): TestGoroutine[] {
  const { goroutines, strings, frames, crash } = context.snapshot;
  const runner = strings.indexOf('testing.tRunner');
  if (runner < 0) return [];
  const found: TestGoroutine[] = [];
  for (const row of goroutineRows(context.snapshot).slice(0, mostGoroutines)) {
    const start = goroutines.frameStart[row] ?? 0;
    const names = frames.functionName.subarray(start, goroutines.frameEnd[row]);
    if (row === crash?.goroutine || !names.includes(runner)) continue;
    const stack = framesOf(context, row);
    const outer = stack.findLastIndex((frame) => frame.function === 'testing.tRunner');
    const test = stack.slice(0, Math.max(0, outer)).findLast(isUserFrame);
    const at = stack.find(isUserFrame);
    if (test === undefined || at === undefined) continue;
    const before = stack.indexOf(at);
    found.push({
      row,
      goroutine: goroutineId(context, row),
      test,
      at,
      status: strings[goroutines.status[row] ?? 0] ?? '',
      waitsForSubtest: stack.slice(0, before).some((frame) => frame.function === 'testing.(*T).Run'),
    });
  }
  return found;
}

/** The hanging one: printed as running, waiting itself rather than for a subtest. */
function hanging(found: readonly TestGoroutine[], running: readonly string[]): TestGoroutine | undefined {
  const waiting = found.filter((each) => !each.waitsForSubtest);
  const deepest = [...running].sort((a, b) => b.length - a.length);
  for (const name of deepest) {
    const match = waiting.find((each) => matchesTest(each.test, name));
    if (match !== undefined) return match;
  }
  return waiting[0] ?? found[0];
}

function examine(context: RuleContext): Conclusion[] {
  const reason = reasonOf(context, ['test-timeout']);
  if (reason === undefined) return [];
  const { after, running } = detailOf(reason.event, 'test-timeout') ?? { after: undefined, running: [] };
  const tests = testGoroutines(context);
  const stuck = hanging(tests, running);
  const thing = stuck === undefined ? undefined : thingOf(stuck.status);
  const waits = stuck === undefined ? '' : thing === undefined ? ` (${code(stuck.status)})` : `, waiting for ${thing}`;
  // The most specific name: a parent test only waits for its subtests.
  const named = [...running].sort((a, b) => b.length - a.length)[0];
  const name = named ?? (stuck === undefined ? undefined : testNameOf(stuck.test));
  const others = waitsOf(context).filter(
    (wait) => wait.row !== stuck?.row && packageOf(wait.user.function ?? '') === packageOf(stuck?.at.function ?? ''),
  );
  return [
    {
      headline:
        `${name === undefined ? 'A test' : code(name)} did not finish${after === undefined ? '' : ` within ${code(after)}`}` +
        (stuck === undefined ? '' : `; it hangs in ${frameText(stuck.at)}${waits}`),
      confidence: 'certain',
      explanation:
        'The time limit of the test binary ran out, so its alarm panicked and printed all goroutines. The goroutine that ' +
        'panicked is only the alarm. ' +
        (stuck === undefined
          ? 'The paste does not show the goroutine of the test.'
          : `Goroutine ${stuck.goroutine} runs the test and stands in ${frameText(stuck.at)}${waits}.`),
      evidence: [
        eventEvidence(reason.event),
        ...(running.length === 0
          ? []
          : [{ statement: `Running at that moment: ${listOf(running.map(code))}.`, source: reason.event.source }]),
        ...(stuck === undefined
          ? []
          : [frameEvidence(stuck.at, `Goroutine ${stuck.goroutine} [${stuck.status}] is in ${frameText(stuck.at)}.`)]),
        ...others
          .slice(0, 3)
          .map((wait) =>
            frameEvidence(wait.user, `Goroutine ${wait.goroutine} waits for ${wait.thing} in ${frameText(wait.user)}.`),
          ),
      ],
      against: [],
      checks: [
        { statement: 'The testing package printed this reason itself', held: true },
        {
          statement: `The goroutine of the running test is printed (${count(tests.length, 'test goroutine')})`,
          held: stuck !== undefined,
        },
      ],
      next: [
        name === undefined
          ? { why: 'Run the tests one by one with a short limit', command: 'go test -v -timeout 30s ./...' }
          : {
              why: 'Run this test alone with a short limit',
              command: `go test -v -timeout 30s -run '^${topTest(name)}$' ./...`,
            },
      ],
      references: [],
      bogus: [],
      ...(stuck === undefined ? {} : { focus: { goroutine: stuck.goroutine } }),
    },
  ];
}

export const test01: Rule = { id: 'TEST-01', title: 'Test timed out', weight: 8, explains: ['PANIC-01'], examine };
