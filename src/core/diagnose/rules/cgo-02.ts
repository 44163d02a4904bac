/**
 * CGO-02: a Go pointer where C must not have one.
 *
 * Mechanism (runtime/cgocall.go, runtime/cgocheck.go, all versions): memory that Go passes to C must not hold pointers to Go memory that
 * is not pinned, results of exported functions must not be such pointers, and (cgocheck2) none may be stored in C memory.
 */
import { formatAddress } from '../../model/address.ts';
import { calledC } from '../facts/cgo.ts';
import { stateComplaint } from '../facts/complaints.ts';
import { crashFrames, reasonOf, userFrame } from '../facts/crash.ts';
import { code, eventEvidence, frameEvidence, frameText } from '../facts/wording.ts';
import type { Rule } from '../rule.ts';

export const cgo02: Rule = {
  id: 'CGO-02',
  title: 'Go pointer passed to C against the rules',
  weight: 10,
  examine(context) {
    const { snapshot } = context;
    const reason = reasonOf(context, ['cgo-pointer', 'cgo-check']);
    if (reason === undefined) return [];
    const user = userFrame(context);
    const written = stateComplaint(snapshot, 'pointer-store');
    const called = calledC(crashFrames(context));
    const stored = reason.event.category === 'cgo-check' || written !== undefined;
    const who = user === undefined ? 'The program' : code(user.function ?? '');
    return [
      {
        headline: stored
          ? `${who} stored a Go pointer in memory that is not Go's`
          : `${who} passed memory that holds Go pointers to C${called === undefined ? '' : ` (${code(called.name)})`}`,
        confidence: 'certain',
        explanation: `${stored ? `${who} wrote a pointer to Go memory into C memory. The collector does not look there, so it may free the object while C still uses it.` : `${who} passed C an address of Go memory which itself holds a pointer to Go memory, or returned one. C may keep it, and the collector does not know.`} The runtime checks this rule of cgo and stopped the program before anything was damaged.`,
        evidence: [
          eventEvidence(reason.event),
          ...(written === undefined
            ? []
            : [{ statement: `The runtime printed the two addresses of the store.`, source: written.source }]),
          ...(user === undefined ? [] : [frameEvidence(user, `${frameText(user)} made the call or the store.`)]),
        ],
        against: [],
        checks: [{ statement: "The runtime's cgo check named the rule", held: true }],
        next: [
          {
            why: 'Pin the inner pointer for the time of the call with runtime.Pinner, or copy the data to C memory (C.malloc, C.CBytes)',
          },
          { why: 'Find further places', command: 'GOEXPERIMENT=cgocheck2 go test ./...' },
        ],
        references: ['golang/go#12416'],
        bogus:
          reason.event.address === undefined
            ? []
            : [
                {
                  value: reason.event.address,
                  why: `a Go pointer where C must not have one (${formatAddress(reason.event.address)})`,
                },
              ],
        ...(user?.function === undefined ? {} : { culprit: { function: user.function, inferred: false } }),
      },
    ];
  },
};
