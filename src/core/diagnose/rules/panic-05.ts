/** Channel misuse: close of a closed or nil channel, send on a closed one (runtime/chan.go). */
import { reasonOf } from '../facts/crash.ts';
import { allGoroutines, moreDetail } from '../facts/next-steps.ts';
import { panicConclusion, panicStory, subjectOf } from '../facts/panic-story.ts';
import { detailOf } from '../facts/reasons.ts';
import type { Rule, RuleContext } from '../rule.ts';

const uses = [
  {
    use: 'close-closed',
    what: 'closes a channel that is closed already',
    why: 'Two owners close it, or one closes twice.',
  },
  { use: 'close-nil', what: 'closes a nil channel', why: 'The channel was never made.' },
  {
    use: 'send-closed',
    what: 'sends on a closed channel',
    why: 'A receiver or another sender closed it while this sender was still at work; only the sending side may close.',
  },
];

function examine(context: RuleContext) {
  const reason = reasonOf(context, ['channel']);
  if (reason === undefined) return [];
  const story = panicStory(context, reason);
  const use = uses.find((candidate) => candidate.use === detailOf(reason.event, 'channel')?.use);
  const severalGoroutines = context.snapshot.goroutines.length > 1;
  return [
    panicConclusion(reason, story, {
      headline: `${subjectOf(story)} ${use?.what ?? 'misuses a channel'}`,
      explanation: `The runtime refused a channel operation${story.where}. ${use?.why ?? 'The channel is closed or nil.'}`,
      next: [
        { why: 'Find every `close` of this channel; one owner should close it once, after the last send' },
        ...(severalGoroutines ? [] : [allGoroutines]),
        ...moreDetail(context),
      ],
    }),
  ];
}

export const panic05: Rule = { id: 'PANIC-05', title: 'Channel misuse', weight: 5, examine };
