/**
 * UNS-01: a rule of package unsafe was broken.
 *
 * Mechanism (runtime/checkptr.go, `-d=checkptr`, implied by -race and -msan): the compiler inserts checks where unsafe.Pointer is
 * converted or computed; the frame below the check is where the rule is broken.
 */
import { hasRole } from '../facts/functions.ts';
import { crashFrames, reasonOf, userFrame } from '../facts/crash.ts';
import { detailOf } from '../facts/reasons.ts';
import { code, eventEvidence, eventText, frameText } from '../facts/wording.ts';
import type { Rule } from '../rule.ts';

export const uns01: Rule = {
  id: 'UNS-01',
  title: 'unsafe.Pointer rule broken',
  weight: 8,
  examine(context) {
    const reason = reasonOf(context, ['checkptr']);
    if (reason === undefined) return [];
    const check = crashFrames(context).find((frame) => hasRole(frame.function, 'checkptr'));
    const user = userFrame(context);
    const name = user?.function === undefined ? 'The program' : code(user.function);
    return [
      {
        headline: `${name} breaks a rule of ${code('unsafe')}: ${detailOf(reason.event, 'checkptr')?.rule ?? ''}`,
        confidence: 'certain',
        explanation: `The checks for ${code('unsafe')} stopped the program at ${user === undefined ? 'a conversion of a pointer' : frameText(user)}: ${eventText(reason.event)}. The pointer that was made there is not one into the same allocation, or not aligned for its type. Without the checks the program would go on and might damage memory later.`,
        evidence: [
          eventEvidence(reason.event),
          ...(check === undefined ? [] : [{ statement: `${frameText(check)} made the check.`, source: check.source }]),
          ...(user === undefined
            ? []
            : [{ statement: `${frameText(user)} converted or computed the pointer.`, source: user.source }]),
        ],
        against: [],
        checks: [{ statement: 'The runtime’s pointer check named the rule', held: true }],
        next: [
          { why: 'Use unsafe.Slice, unsafe.Add or unsafe.String instead of converting through uintptr' },
          { why: 'Find further places', command: 'go vet -unsafeptr ./...' },
        ],
        references: ['golang/go#37298', 'golang/go#40639'],
        bogus: [],
        ...(user?.function === undefined ? {} : { culprit: { function: user.function, inferred: false } }),
      },
    ];
  },
};
