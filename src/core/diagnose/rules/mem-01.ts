/** Out of memory: the allocator could not get pages (runtime/malloc.go, runtime/mcache.go allocLarge; Go 1.9–1.27). */
import { crashGoroutineId, reasonOf, userFrame } from '../facts/crash.ts';
import { moreDetail } from '../facts/next-steps.ts';
import { code, count, eventEvidence, frameEvidence, frameText } from '../facts/wording.ts';
import type { CrashEvent } from '../../model/event.ts';
import type { Evidence } from '../../model/finding.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** Above this a request is no real need but a wrong length. */
const absurdBytes = 1n << 40n;

function request(context: RuleContext, event: CrashEvent): { bytes?: bigint; evidence: Evidence[] } {
  const announced = context.snapshot.events.find((each) => each.category === 'out-of-memory' && each.bytes !== undefined);
  const bytes = event.bytes ?? announced?.bytes;
  if (bytes === undefined) return { evidence: [] };
  const source = (event.bytes === undefined ? announced : event)?.source ?? event.source;
  return { bytes, evidence: [{ statement: `The request was for ${bytes.toLocaleString('en-US')} bytes.`, source }] };
}

function examine(context: RuleContext): Conclusion[] {
  const reason = reasonOf(context, ['out-of-memory']);
  if (reason === undefined) return [];
  const { bytes, evidence } = request(context, reason.event);
  const absurd = bytes !== undefined && bytes > absurdBytes;
  const user = userFrame(context);
  const goroutines = context.snapshot.goroutines.length;
  const size = bytes === undefined ? 'memory' : `${bytes.toLocaleString('en-US')} bytes`;
  const id = crashGoroutineId(context);
  return [
    {
      headline: `${user === undefined ? 'The program' : frameText(user)} asked for ${size} that the system did not give`,
      confidence: 'certain',
      explanation: absurd
        ? 'The size is impossible, so it is a wrong length rather than a need: an unchecked length, or a slice header torn by a data race.'
        : 'The allocator got no more memory: the limit of the machine, the container or the process (ulimit -v) is reached. ' +
          'The goroutine that was allocating need not be the one that holds the memory.',
      evidence: [
        eventEvidence(reason.event),
        ...evidence,
        ...(user === undefined ? [] : [frameEvidence(user, `The allocation was made under ${frameText(user)}.`)]),
      ],
      against: [],
      checks: [
        { statement: 'The runtime printed this reason itself', held: true },
        ...(bytes === undefined ? [] : [{ statement: 'The requested size is a possible one', held: !absurd }]),
      ],
      next: [
        { why: 'Limits of the shell that starts the program', command: 'ulimit -a' },
        {
          why: `A heap profile names the holders; ${count(goroutines, 'goroutine')} were printed with ${code('GOTRACEBACK')} as it was`,
        },
        ...moreDetail(context),
      ],
      references: [],
      bogus: [],
      ...(id === '' ? {} : { focus: { goroutine: id } }),
    },
  ];
}

export const mem01: Rule = { id: 'MEM-01', title: 'Out of memory', weight: 6, examine };
