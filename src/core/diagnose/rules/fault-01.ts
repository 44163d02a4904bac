/** `unexpected fault address`: Go code followed a pointer that is not nil and leads nowhere. A class of crash, no cause. */
import { formatAddress } from '../../model/address.ts';
import { crashEvent, crashGoroutineId, faultFrame, panicChain, userFrame } from '../facts/crash.ts';
import { leaveCore, moreDetail } from '../facts/next-steps.ts';
import { crashSignal, signalCode } from '../facts/signal.ts';
import { code, eventEvidence, frameEvidence, frameText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

const nilLimit = 4096n;

function examine(context: RuleContext): Conclusion[] {
  const event = crashEvent(context);
  const signal = crashSignal(context);
  if (event === undefined || signal === undefined) return [];
  const category = panicChain(context).find((each) => each.category !== undefined)?.category;
  const unknown = signal.code === signalCode.kernel;
  const wild = signal.address !== undefined && signal.address >= nilLimit;
  const isFault =
    category === 'fault' ||
    category === 'fault-panic' ||
    (event.kind === 'stop' && signal.name === 'SIGSEGV' && (wild || unknown)) ||
    ((category === 'nil-dereference' || category === 'unexpected-signal') && (wild || unknown));
  if (!isFault) return [];
  const user = userFrame(context);
  const fault = faultFrame(context);
  const address = unknown ? undefined : signal.address;
  const target = address === undefined ? 'an address that the processor did not report' : code(formatAddress(address));
  const id = crashGoroutineId(context);
  return [
    {
      headline: `${user === undefined ? 'The program' : frameText(user)} reached ${target}, which it may not access`,
      confidence: 'certain',
      explanation: unknown
        ? 'Code 0x80 means a general-protection fault: the address was not canonical, and the printed 0 is no address. ' +
          'The pointer was garbage; the registers show it.'
        : `Go code followed a pointer to ${target}, which is not nil and not accessible. ` +
          'This names the kind of crash; where the pointer came from has to be found.',
      evidence: [
        eventEvidence(event),
        ...(fault === undefined ? [] : [frameEvidence(fault, `The instruction that failed is in ${frameText(fault)}.`)]),
      ],
      against: [],
      checks: [{ statement: 'The address is not nil plus a small offset', held: true }],
      next: [{ why: 'Ask what lies at that address: a mapping, a freed span, text bytes' }, ...moreDetail(context), leaveCore],
      references: ['golang/go#27146'],
      bogus:
        address === undefined || address < nilLimit
          ? []
          : [{ value: address, why: 'The process could not access the memory it points to' }],
      ...(id === '' ? {} : { focus: { goroutine: id } }),
    },
  ];
}

export const fault01: Rule = { id: 'FAULT-01', title: 'Unexpected fault address', marker: true, examine };
