/**
 * CGO-01: uninitialised C memory that Go stores into.
 *
 * Mechanism: C passes a struct that it did not clear (on its stack, or from malloc) to Go; Go stores pointers into it while the collector
 * marks. The write barrier records the old contents of each slot, and old garbage may look like a pointer to freed heap memory
 * (documented as a defect of cgo: "zero out the memory in C before passing it to Go").
 */
import { formatAddress } from '../../model/address.ts';
import type { Confidence, Evidence } from '../../model/finding.ts';
import { hex } from '../facts/addresses.ts';
import {
  callbackFrame,
  cgoRow,
  cNeighbour,
  crashGoroutineFrames,
  frameName,
  goroutineIdOf,
  hasCThread,
  isLocked,
} from '../facts/cgo.ts';
import { crashGoroutine } from '../facts/crash.ts';
import { badPointer, badPointers, complaintEvidence, flushFrame, storingFrame } from '../facts/heap.ts';
import { cCaller, staleEvidence, staleStruct } from '../facts/stale-struct.ts';
import { firstUser } from '../facts/view.ts';
import { code, frameText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

const references = ['apache/arrow-adbc#729', 'apache/arrow#36670'];
const clearing = {
  why: 'Clear the struct in C before it is passed: memset(&s, 0, sizeof s) or calloc; the crash must then be gone',
};
const exports = { why: 'List the functions that Go exports to C', command: "grep -rn '^//export' --include='*.go' ." };

/** A session that caught the struct before the collector met its old words. */
function fromSession(context: RuleContext): Conclusion[] {
  const seen = staleStruct(context.snapshot);
  if (seen === undefined) return [];
  const { struct, value, passedBy, filledBy, watched } = seen;
  const passer = passedBy?.function;
  const filler = filledBy?.function;
  const field = struct.address === undefined ? hex(value) : `*(long *)${formatAddress(struct.address)}`;
  return [
    {
      headline:
        passer !== undefined
          ? `${code(passer)} hands C memory to Go that still holds the old word ${hex(value)}`
          : `${filler === undefined ? 'Go' : code(filler)} stores into C memory that still held the old word ${hex(value)}`,
      confidence: watched ? 'very likely' : 'likely',
      explanation: [
        `The struct ${code(struct.expression)} was passed from C to Go without being cleared: its fields still hold ${hex(value)}, left there by whatever used the memory before.`,
        `When ${filler === undefined ? 'Go' : code(filler)} stores a pointer into it while the collector is running, the write barrier also records what the memory held before, and the collector takes that old word for a pointer to freed heap memory.`,
        'The Go code follows the cgo rules; the memory must be cleared in C (memset, calloc, or an initialiser) before Go stores pointers into it.',
      ].join(' '),
      evidence: seen.evidence,
      against: watched
        ? []
        : [{ statement: 'The session does not show the word being recorded: the collector need not have met it.' }],
      checks: [
        { statement: 'The struct lies in C memory and holds old words', held: true },
        { statement: 'A watchpoint saw the word being written or recorded', held: watched },
      ],
      next: [
        ...(watched
          ? []
          : [{ why: 'See who wrote the old word (rr, or gdb after record full)', command: `watch ${field}\nreverse-continue` }]),
        clearing,
        exports,
      ],
      references,
      bogus: [
        { value, ...(struct.address === undefined ? {} : { at: struct.address }), why: 'old contents of uninitialised C memory' },
      ],
      focus: { address: value },
      ...(passer === undefined && filler === undefined
        ? {}
        : { culprit: { function: passer ?? filler ?? '', inferred: !watched } }),
    },
  ];
}

function examine(context: RuleContext): Conclusion[] {
  const { snapshot } = context;
  const complaint = badPointers(snapshot)[0];
  const flush = flushFrame(context);
  if (complaint === undefined) return fromSession(context);
  if (complaint.foundIn !== undefined || flush === undefined) return [];
  const callback = callbackFrame(crashGoroutineFrames(context));
  const elsewhere = cgoRow(context);
  const pair = cNeighbour(snapshot, complaint.pointer);
  const fromC = callback !== undefined || hasCThread(snapshot) || (isLocked(context) && pair !== undefined);
  if (!fromC && elsewhere === undefined) return [];
  const storing = storingFrame(context);
  const debuggerFrame = snapshot.threads
    .filter((thread) => thread.kind === 'debugger')
    .map((thread) => firstUser(thread.frames))
    .find((frame) => frame !== undefined);
  const store = callback !== undefined && storing?.direct === true ? storing.frame : (debuggerFrame ?? storing?.frame);
  const evidence: Evidence[] = [
    complaintEvidence(complaint),
    {
      statement: `${frameText(flush)} looked the pointer up: it was in the write-barrier buffer, not in a heap object.`,
      source: flush.source,
    },
  ];
  if (callback !== undefined)
    evidence.push({ statement: `C called into Go on this goroutine (${frameName(callback)}).`, source: callback.source });
  else if (elsewhere !== undefined)
    evidence.push({
      statement: `Goroutine ${goroutineIdOf(context, elsewhere.row)} is ${elsewhere.callback ? 'in a call from C' : 'in a call into C'}.`,
      inferred: true,
    });
  else {
    const goroutine = crashGoroutine(context);
    if (goroutine !== undefined)
      evidence.push({
        statement: `Goroutine ${goroutine.id} is locked to its thread, as goroutines are that C called.`,
        source: goroutine.source,
        inferred: true,
      });
  }
  if (pair !== undefined) evidence.push(pair.evidence);
  evidence.push(...staleEvidence(snapshot, complaint.pointer));
  if (store !== undefined)
    evidence.push({ statement: `${frameText(store)} made the store or a store near it.`, source: store.source, inferred: true });
  const strong = fromC && (pair !== undefined || storing?.direct === true);
  const confidence: Confidence = strong || (fromC && storing !== undefined) ? 'very likely' : 'likely';
  const name = store?.function;
  const passer = cCaller(snapshot);
  if (passer !== undefined)
    evidence.push({ statement: `${frameText(passer)} is the C function that called Go.`, source: passer.source });
  return [
    {
      headline:
        passer?.function !== undefined
          ? `${code(passer.function)} hands C memory to Go that still holds the stale pointer ${hex(complaint.pointer)}`
          : name === undefined || !fromC
            ? `Go stored a pointer into C memory that still held ${hex(complaint.pointer)}`
            : `${code(name)} stores into C memory that still held the stale pointer ${hex(complaint.pointer)}`,
      confidence,
      explanation: [
        `C code handed a struct to Go without clearing it, and ${name === undefined ? 'Go' : code(name)} stored a pointer into it while the collector was running.`,
        `Each such store also tells the collector what the memory held before; here that was ${hex(complaint.pointer)}, an old word that looks like a pointer to freed heap memory, and the collector stops the process at it.`,
        'The Go code follows the cgo rules; the memory must be cleared in C (memset, calloc, or an initialiser) before Go stores pointers into it.',
      ].join(' '),
      evidence,
      against: fromC
        ? []
        : [
            {
              statement:
                'The goroutine whose stores were looked up is not in a call from C: the buffer may hold stores of another one.',
            },
          ],
      checks: [
        { statement: 'The pointer came from the write-barrier buffer', held: true },
        { statement: 'Go was called from C on this goroutine', held: callback !== undefined },
        { statement: 'The word beside it in the buffer is a C address', held: pair !== undefined },
      ],
      next: [
        ...(name === undefined
          ? []
          : [
              {
                why: 'Look at the struct before Go fills it (gdb): its fields hold old words',
                command: `break '${name}'\nrun\ninfo args`,
              },
            ]),
        clearing,
        exports,
      ],
      references,
      bogus: [badPointer(complaint, 'old contents of uninitialised C memory; points to freed heap memory')],
      focus: { address: complaint.pointer },
      ...(passer?.function !== undefined
        ? { culprit: { function: passer.function, inferred: false } }
        : name === undefined || !fromC
          ? {}
          : { culprit: { function: name, inferred: !strong } }),
    },
  ];
}

export const cgo01: Rule = {
  id: 'CGO-01',
  title: 'Uninitialised C memory filled by Go',
  explains: ['GC-03', 'GC-01', 'GC-02'],
  weight: 12,
  examine,
};
