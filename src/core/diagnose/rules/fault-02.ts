/**
 * SIGSEGV with code 2 (SEGV_ACCERR): the page exists, this kind of access is not allowed. A PROT_NONE page, a stack
 * guard, or a write to read-only memory. macOS reports wild addresses with code 2 as well.
 */
import { formatAddress } from '../../model/address.ts';
import { crashEvent, faultFrame, userFrame } from '../facts/crash.ts';
import { accessOf, isInHeapArena, mappingOf } from '../facts/mapping.ts';
import { moreDetail } from '../facts/next-steps.ts';
import { crashSignal } from '../facts/signal.ts';
import { code, eventEvidence, frameEvidence, frameText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

const nilLimit = 4096n;
const accessError = 2;

function examine(context: RuleContext): Conclusion[] {
  const event = crashEvent(context);
  const signal = crashSignal(context);
  const address = signal?.address;
  if (event === undefined || signal?.name !== 'SIGSEGV' || signal.code !== accessError) return [];
  // An instruction fetched from such a page is a jump into data, not an access.
  if (address === undefined || address < nilLimit || address === signal.pc) return [];
  // The heap reserves arenas without permissions and opens them as it grows: a pointer there is wild, no page was protected.
  if (isInHeapArena(context, address)) return [];
  const mapping = mappingOf(context, address);
  const permissions = mapping?.permissions;
  const access = accessOf(mapping);
  const isOpen = access?.read === true && access.write;
  const user = userFrame(context);
  const fault = faultFrame(context);
  const page =
    permissions === undefined
      ? 'a page that is mapped but protected'
      : access?.read !== true && access?.write !== true && access?.execute !== true
        ? `a page without any permission (${code(permissions)})`
        : `a page with permissions ${code(permissions)}`;
  const isDarwin = context.snapshot.process.os === 'darwin';
  return [
    {
      headline: `${user === undefined ? 'The program' : frameText(user)} touches ${code(formatAddress(address))}, ${page}`,
      confidence: isOpen || isDarwin ? 'possible' : permissions === undefined ? 'likely' : 'very likely',
      explanation:
        `The kernel reports that ${code(formatAddress(address))} is mapped but that this access is not allowed (code 2). ` +
        'Usual reasons: memory protected with mprotect or unmapped too early, a write to read-only data or to a read-only file ' +
        'mapping, or a stack guard page.',
      evidence: [
        eventEvidence(event),
        ...(mapping === undefined
          ? []
          : [
              {
                statement: `${code(formatAddress(address))} lies in a mapping with ${code(permissions ?? '?')}.`,
                source: mapping.source,
              },
            ]),
        ...(fault === undefined ? [] : [frameEvidence(fault, `The instruction that failed is in ${frameText(fault)}.`)]),
      ],
      against: [
        ...(isDarwin ? [{ statement: 'macOS reports code 2 for unmapped addresses as well.' }] : []),
        ...(isOpen && mapping !== undefined
          ? [{ statement: 'The mapping in the paste allows reading and writing.', source: mapping.source }]
          : []),
      ],
      checks: [{ statement: 'SIGSEGV with code 2: mapped, access not allowed', held: true }],
      next: [
        { why: 'Look for the mmap and mprotect calls behind this address, and for slices kept past the unmapping' },
        ...moreDetail(context),
      ],
      references: ['golang/go#58377'],
      bogus: [],
    },
  ];
}

export const fault02: Rule = { id: 'FAULT-02', title: 'Access to a protected page', weight: 4, explains: ['FAULT-01'], examine };
