/** Misuse of a mutex or a WaitGroup: sync/mutex.go, sync/rwmutex.go, sync/waitgroup.go (Go 1.9–1.27). */
import { reasonOf } from '../facts/crash.ts';
import { argumentWords } from '../facts/arguments.ts';
import { moreDetail, runWithRaceDetector } from '../facts/next-steps.ts';
import { panicConclusion, panicStory, subjectOf } from '../facts/panic-story.ts';
import { calledByUser } from '../facts/crash.ts';
import { detailOf } from '../facts/reasons.ts';
import { code, frameEvidence, frameText } from '../facts/wording.ts';
import type { Rule, RuleContext } from '../rule.ts';

const misuses = [
  {
    misuse: 'negative-counter',
    what: 'calls `Done` on a WaitGroup more often than `Add` allowed',
    why: 'The counter went below zero.',
  },
  {
    misuse: 'reused-waitgroup',
    what: 'reuses a WaitGroup while an earlier `Wait` is still returning',
    why: 'A new round began with `Add` before every waiter of the last one had left `Wait`.',
  },
  {
    misuse: 'waitgroup-misuse',
    what: 'calls `Add` on a WaitGroup at the same time as `Wait`',
    why: '`Add` must happen before `Wait` when the counter is zero.',
  },
  {
    misuse: 'read-unlock',
    what: 'read-unlocks an RWMutex that nobody holds',
    why: 'One `RUnlock` too many, or `RUnlock` for a `Lock`.',
  },
  {
    misuse: 'write-unlock',
    what: 'unlocks an RWMutex that nobody holds',
    why: 'One `Unlock` too many, or a copy of the mutex.',
  },
  {
    misuse: 'unlock-of-unlocked',
    what: 'unlocks a mutex that nobody holds',
    why: 'One `Unlock` too many (a `defer` and an explicit call are usual), or the mutex was copied.',
  },
];

function examine(context: RuleContext) {
  const reason = reasonOf(context, ['mutex', 'waitgroup']);
  if (reason === undefined) return [];
  const story = panicStory(context, reason);
  const misuse = misuses.find((candidate) => candidate.misuse === detailOf(reason.event, 'lock')?.misuse);
  const isMutex = reason.event.category === 'mutex';
  const called = calledByUser(context);
  const address = argumentWords(called?.arguments).find((word) => !word.stale && word.value >= 4096n);
  return [
    panicConclusion(reason, story, {
      headline: `${subjectOf(story)} ${misuse?.what ?? 'misuses a lock or a WaitGroup'}`,
      explanation:
        `${misuse?.why ?? 'The state of the lock or counter does not allow this call.'} ` +
        (isMutex
          ? 'This is a fatal error: no deferred function can recover it.'
          : 'The sync package panicked before any state was lost.'),
      evidence:
        called === undefined
          ? []
          : [
              frameEvidence(
                called,
                address === undefined
                  ? `The call went into ${frameText(called)}.`
                  : `The call went into ${frameText(called)}; the object is at ${code(`0x${address.value.toString(16)}`)}.`,
              ),
            ],
      next: [
        { why: '`go vet` finds locks and WaitGroups that are copied', command: 'go vet -copylocks ./...' },
        runWithRaceDetector,
        ...moreDetail(context),
      ],
    }),
  ];
}

export const sync01: Rule = { id: 'SYNC-01', title: 'Mutex or WaitGroup misuse', weight: 6, examine };
