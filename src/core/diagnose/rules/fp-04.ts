/**
 * FP-04: the link register stored in the caller's frame-pointer slot (arm64).
 *
 * Mechanism: assembly translated from a C compiler begins with `stp x29, x30, [sp, #-16]!` in a function declared with frame size $0.
 * Go keeps the caller's saved frame pointer one word below the caller's frame, exactly where x30 lands. After the return the caller
 * loads that return address into R29; the next walk takes code for a frame record.
 */
import { toAddress } from '../../model/address.ts';
import type { BogusPointer, Evidence } from '../../model/finding.ts';
import { packageOf } from '../../model/function-name.ts';
import { classifyWord } from '../../words/index.ts';
import { hex } from '../facts/addresses.ts';
import { seenFramePointer } from '../facts/before-after.ts';
import { callerEvidence, callerNames, shownCaller } from '../facts/clobber.ts';
import { framePointerCrash } from '../facts/frame-pointers.ts';
import { pairStores, slotWithCode, type PairStore } from '../facts/link-slots.ts';
import { code } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

const references = ['apache/arrow#44319', 'apache/arrow-go#150', 'kelindar/bitmap#43'];

function storeEvidence(store: PairStore): Evidence {
  const statement = `${code(store.function)} begins with ${code(store.instruction.text)}: it stores ${code('x29')} and ${code('x30')} below the stack pointer before it has a frame of its own.`;
  return { statement, source: store.instruction.source };
}

function examine(context: RuleContext): Conclusion[] {
  const { snapshot } = context;
  if (snapshot.process.arch !== undefined && snapshot.process.arch !== 'arm64') return [];
  const crash = framePointerCrash(context);
  const link = slotWithCode(snapshot);
  // C functions store the pair by right; in a Go function's code it is the mistake.
  const store = pairStores(snapshot).find((one) => packageOf(one.function) !== '' && packageOf(one.function) !== 'runtime');
  if (link === undefined && (store === undefined || crash === undefined)) return [];
  const callers = crash?.callers ?? [];
  const saved = link?.value;
  const evidence: Evidence[] = [];
  const bogus: BogusPointer[] = [];
  if (link !== undefined && saved !== undefined) {
    const meaning = classifyWord(snapshot, saved);
    const statement = `The saved frame pointer at ${hex(link.slot)} holds ${hex(saved)}, a code address (${meaning.text}).`;
    evidence.push(link.source === undefined ? { statement } : { statement, source: link.source });
    bogus.push({ value: saved, at: link.slot, why: `a return address (${meaning.text}) where a saved frame pointer belongs` });
  }
  const seen = link === undefined ? seenFramePointer(snapshot) : undefined;
  if (seen !== undefined && classifyWord(snapshot, seen.bad.value).kind === 'text') {
    evidence.push(...seen.evidence.slice(0, 2));
    bogus.push({ value: seen.bad.value, at: seen.register, why: 'a return address in the frame-pointer register' });
  }
  if (store !== undefined) {
    evidence.push(storeEvidence(store));
    const shown = shownCaller(snapshot, store.function);
    if (shown !== undefined) evidence.push(shown.evidence);
  }
  if (crash !== undefined) {
    evidence.push(...crash.evidence, ...callerEvidence(callers, store?.function));
    if (crash.value !== undefined && crash.value !== saved)
      bogus.push({
        value: crash.value,
        ...(crash.heldIn === undefined ? {} : { at: crash.heldIn }),
        why:
          crash.words === undefined
            ? 'read from code and taken for a frame pointer'
            : `two instructions (${crash.words.text.join('; ')}) taken for a frame pointer`,
      });
  }
  const [caller] = callerNames(callers);
  const culprit = store?.function;
  const slot = link === undefined ? "its caller's frame-pointer slot" : `the frame-pointer slot at ${hex(link.slot)}`;
  const conclusion: Conclusion = {
    headline:
      culprit !== undefined
        ? `${code(culprit)} stores the link register in its caller's frame-pointer slot`
        : caller !== undefined
          ? `${code(caller)} called a function that stored a return address in ${slot}`
          : `A function that has returned stored a return address in ${slot}`,
    confidence: store !== undefined && link !== undefined ? 'certain' : 'very likely',
    explanation: [
      "A frame pointer is the address at which a function keeps its caller's frame pointer; on arm64 Go keeps it one word below the frame, where a function that is called must not write.",
      `${culprit === undefined ? 'A called function' : code(culprit)} stored its return address there, as C compilers do with ${code('stp x29, x30, [sp, #-16]!')}; that is an error in a Go assembly function with frame size $0.`,
      'Back in the caller, that return address is loaded as frame pointer, and whoever walks frame pointers reads instructions as if they were frame records.',
    ].join(' '),
    evidence,
    against:
      store === undefined
        ? [{ statement: 'The case holds no listing of a function that makes this store; the function is not proved.' }]
        : [],
    checks: [
      { statement: 'A slot for a saved frame pointer holds a code address', held: link !== undefined },
      {
        statement: `A listed Go function stores ${code('x29')} and ${code('x30')} before it makes a frame`,
        held: store !== undefined,
      },
    ],
    next: [
      culprit === undefined
        ? {
            why: 'List what the caller calls and look for a pre-indexed store of x29 and x30 (gdb)',
            command: `disassemble '${caller ?? 'main.main'}'`,
          }
        : {
            why: 'Stop at the store and compare the slot before and after (gdb)',
            command: `break '${culprit}'\nrun\nx/2gx $sp-16\nfinish\nx/2gx $sp-16`,
          },
      {
        why: 'Look for the encoded store in assembly sources, your own and those of modules',
        command: `grep -rniE 'a9b.7bfd' --include='*_arm64.s' . "$(go env GOMODCACHE)"`,
      },
      { why: 'Give the assembly function a frame (a size above $0): then the assembler saves both registers in the right place' },
    ],
    references,
    bogus,
    focus: link === undefined ? {} : { address: toAddress(link.slot) },
  };
  if (crash !== undefined) conclusion.focus = { ...conclusion.focus, goroutine: crash.goroutine };
  if (culprit !== undefined) conclusion.culprit = { function: culprit, inferred: link === undefined };
  return [conclusion];
}

export const fp04: Rule = {
  id: 'FP-04',
  title: 'Link register stored in the frame-pointer slot',
  explains: ['FP-02', 'FP-03', 'FP-05', 'NC-01', 'NIL-01', 'FAULT-01', 'SIG-01'],
  weight: 12,
  examine,
};
