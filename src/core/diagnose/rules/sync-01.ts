/** Misuse of a mutex or a WaitGroup: sync/mutex.go, sync/rwmutex.go, sync/waitgroup.go (Go 1.9–1.27). */
import { reasonOf } from '../facts/crash.ts';
import { argumentWords } from '../facts/arguments.ts';
import { moreDetail, runWithRaceDetector } from '../facts/next-steps.ts';
import { panicConclusion, panicStory, subjectOf } from '../facts/panic-story.ts';
import { calledByUser } from '../facts/crash.ts';
import { code, frameEvidence, frameText } from '../facts/wording.ts';
import type { Rule, RuleContext } from '../rule.ts';

const misuses = [
  {
    text: 'negative WaitGroup counter',
    what: 'calls `Done` on a WaitGroup more often than `Add` allowed',
    why: 'The counter went below zero.',
  },
  {
    text: 'WaitGroup is reused before previous Wait has returned',
    what: 'reuses a WaitGroup while an earlier `Wait` is still returning',
    why: 'A new round began with `Add` before every waiter of the last one had left `Wait`.',
  },
  {
    text: 'WaitGroup misuse',
    what: 'calls `Add` on a WaitGroup at the same time as `Wait`',
    why: '`Add` must happen before `Wait` when the counter is zero.',
  },
  {
    text: 'RUnlock of unlocked',
    what: 'read-unlocks an RWMutex that nobody holds',
    why: 'One `RUnlock` too many, or `RUnlock` for a `Lock`.',
  },
  {
    text: 'Unlock of unlocked',
    what: 'unlocks an RWMutex that nobody holds',
    why: 'One `Unlock` too many, or a copy of the mutex.',
  },
  {
    text: 'unlock of unlocked mutex',
    what: 'unlocks a mutex that nobody holds',
    why: 'One `Unlock` too many (a `defer` and an explicit call are usual), or the mutex was copied.',
  },
];

function examine(context: RuleContext) {
  const reason = reasonOf(context, ['mutex', 'waitgroup']);
  if (reason === undefined) return [];
  const story = panicStory(context, reason);
  const misuse = misuses.find((candidate) => reason.event.text.includes(candidate.text));
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
