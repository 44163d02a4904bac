/**
 * A signal that a process sent: si_code 0 (kill), -1 (sigqueue) or -6 (tgkill: raise, abort). For code 0 the printed
 * address is the sender's pid, read through the same union (runtime/signal_unix.go, Go 1.22–1.27).
 * SIGQUIT is a request for a dump: DUMP-01.
 */
import { crashEvent, userFrame } from '../facts/crash.ts';
import { crashSignal, signalCode } from '../facts/signal.ts';
import { code, eventEvidence, frameEvidence, frameText } from '../facts/wording.ts';
import { isCgoGlue } from '../../model/function-name.ts';
import { crashFrames } from '../facts/crash.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

function examine(context: RuleContext): Conclusion[] {
  const event = crashEvent(context);
  const signal = crashSignal(context);
  if (event === undefined || signal === undefined || signal.name === 'SIGQUIT' || !signal.sent) return [];
  // A panic or fatal error that quotes such a signal has its own rule.
  if (event.kind === 'panic') return [];
  const bySelf = signal.code === signalCode.tkill;
  const glue = crashFrames(context).find((frame) => frame.function !== undefined && isCgoGlue(frame.function));
  const fromC = bySelf && signal.name === 'SIGABRT' && (signal.duringCgo || glue !== undefined);
  const user = userFrame(context);
  const sender =
    signal.pid === undefined ? 'another process, or the program itself' : `the process with pid ${String(signal.pid)}`;
  const under = user === undefined ? '' : ` under ${frameText(user)}`;
  return [
    {
      headline: bySelf ? `The process sent itself ${code(signal.name)}${under}` : `${code(signal.name)} was sent by ${sender}`,
      confidence: fromC ? 'likely' : bySelf ? 'very likely' : 'certain',
      explanation: bySelf
        ? `The code −6 says that a thread of the process sent the signal with tgkill, as raise and abort do. ${
            fromC
              ? 'C code was running: abort() or a failed assertion is the usual sender, and its message stands before the dump.'
              : ''
          }`.trim()
        : `The signal's code says that it came from ${sender}: a supervisor, a watchdog or a person. ` +
          'No instruction failed, and the address printed with it is no address.',
      evidence: [
        eventEvidence(event, `${code(signal.name)} came with code ${String(signal.code ?? '')}.`),
        ...(glue === undefined || !fromC ? [] : [frameEvidence(glue, `C code was entered through ${frameText(glue)}.`)]),
        ...(user === undefined ? [] : [frameEvidence(user, `The user's own code at that moment: ${frameText(user)}.`)]),
      ],
      against: [],
      checks: [{ statement: 'The code of the signal means: sent, not caused by an instruction', held: true }],
      next: [
        fromC
          ? { why: 'Read the message that the C library printed before the dump' }
          : { why: 'Look in the log of the supervisor for the time of the signal', command: 'journalctl --since "1 hour ago"' },
      ],
      references: [],
      bogus: [],
    },
  ];
}

export const sig01: Rule = { id: 'SIG-01', title: 'A signal sent by a process', weight: -5, examine };
