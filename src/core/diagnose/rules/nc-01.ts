/**
 * NC-01: an access through a non-canonical address (amd64).
 *
 * Mechanism: the processor raises a general-protection fault instead of a page fault, and the kernel delivers SIGSEGV with code 0x80 and
 * no address. The printed addr=0x0 is no nil pointer; the address is still in a register.
 */
import { registerSentence } from '../facts/examined.ts';
import type { Evidence } from '../../model/finding.ts';
import { code, eventEvidence, frameText } from '../facts/wording.ts';
import { hex } from '../facts/addresses.ts';
import { crashEvent } from '../facts/crash.ts';
import { failingFrames } from '../facts/death.ts';
import { isUserFrame } from '../facts/view.ts';
import { hasNoAddress, kernelCode, looksLike, registerText, wildRegisters } from '../facts/wild.ts';
import type { Rule } from '../rule.ts';

export const nc01: Rule = {
  id: 'NC-01',
  title: 'Access through an impossible address',
  explains: ['NIL-01', 'NIL-02', 'FAULT-01'],
  weight: 4,
  examine(context) {
    const { snapshot } = context;
    const { arch } = snapshot.process;
    if (!hasNoAddress(snapshot) || (arch !== undefined && arch !== 'amd64') || snapshot.crash?.signal !== 'SIGSEGV') return [];
    const event = crashEvent(context);
    const failed = failingFrames(context)[0];
    const wild = wildRegisters(snapshot);
    const evidence: Evidence[] = event === undefined ? [] : [eventEvidence(event)];
    const isTold = snapshot.crash.code === kernelCode;
    if (isTold)
      evidence.push({
        statement: `The signal has code ${code('0x80')}: the kernel gives no address with it, so ${code('addr=0x0')} means nothing.`,
        ...(event === undefined ? {} : { source: event.source }),
      });
    for (const register of wild.slice(0, 3))
      evidence.push({
        statement: `Register ${registerText(register)} is no possible address${looksLike(snapshot, register.value)}.`,
        source: register.source,
      });
    if (failed !== undefined) evidence.push({ statement: `${frameText(failed)} made the access.`, source: failed.source });
    const [first] = wild;
    return [
      {
        headline: `${failed !== undefined && isUserFrame(failed) ? code(failed.function ?? '') : 'The program'} used ${first === undefined ? 'an address that cannot exist; it was not nil' : `${hex(first.value)}, an address that cannot exist`}`,
        confidence: first === undefined ? 'likely' : 'very likely',
        explanation: `The access went to an address that cannot exist on this processor (its upper bits are not all equal), so the kernel could not report it${isTold ? `: ${code('addr=0x0')} here is no nil pointer` : ''}. ${first === undefined ? 'The wrong pointer itself is not in the dump; the registers would show it.' : `Register ${code(first.name)} holds ${hex(first.value)}${looksLike(snapshot, first.value)}.`} A pointer was overwritten with other data, or never was one.`,
        evidence,
        against: [{ statement: 'A vector instruction on a misaligned address raises the same signal.' }],
        checks: [
          { statement: 'The signal code says that the kernel had no address', held: isTold },
          { statement: 'A register holds an address that cannot exist', held: first !== undefined },
        ],
        next: [
          { why: 'See which register the instruction uses (gdb, from a core)', command: 'x/i $pc\ninfo registers' },
          { why: 'Look for unsynchronised writes', command: 'go test -race ./...' },
          { why: 'Check conversions between unsafe.Pointer and uintptr', command: 'go test -gcflags=all=-d=checkptr ./...' },
        ],
        references: ['golang/go#13062'],
        bogus: wild
          .slice(0, 2)
          .map((register) => ({ value: register.value, at: register.name, why: 'an address that cannot exist' })),
      },
    ];
  },
  checked: ({ snapshot }) => registerSentence(snapshot),
};
