/**
 * OVW-01: a run of foreign bytes over slots that must hold something else.
 *
 * Mechanism: a write past the end of a buffer goes upwards: over the rest of the locals, the saved frame pointer and the return address
 * of the frame, and on into the caller's; in the heap over the next object. What was written has a shape of its own, and the place where
 * it starts is, as a rule, in the buffer that was too small.
 */
import { formatAddress } from '../../model/address.ts';
import type { Evidence } from '../../model/finding.ts';
import { isRuntimeFunction, shortFunctionName } from '../../model/function-name.ts';
import { hex } from '../facts/addresses.ts';
import { conclusion } from '../facts/conclusion.ts';
import { code, count } from '../facts/wording.ts';
import type { DamagedSlot } from '../overwrite/damaged-slots.ts';
import { ownerOf, type RunOwner } from '../overwrite/owner.ts';
import { overwriteRuns, type OverwriteRun } from '../overwrite/run.ts';
import { writers } from '../overwrite/shapes.ts';
import type { Conclusion, Rule } from '../rule.ts';

const bytesOf = (run: OverwriteRun): bigint => run.end - run.start;

function whatText(run: OverwriteRun): string {
  switch (run.shape) {
    case 'text':
    case 'wide text':
      return `the text ${code(JSON.stringify(run.text ?? ''))}`;
    case 'one byte':
      return `the byte ${hex(run.value ?? 0n)}, ${bytesOf(run).toString()} times`;
    case 'one word':
      return `the word ${hex(run.value ?? 0n)}, ${run.words.toString()} times`;
    case 'zeros':
      return `${bytesOf(run).toString()} zero bytes`;
    case 'float64':
      return `${run.words.toString()} numbers of type float64`;
    case 'float32':
      return `${(bytesOf(run) / 4n).toString()} numbers of type float32`;
    case 'rising numbers':
      return `${run.words.toString()} numbers at equal steps`;
    case 'int32 pairs':
      return `${(run.words * 2).toString()} numbers of 32 bits`;
    case 'pointers':
      return `${run.words.toString()} pointers in a row`;
  }
}

function slotText({ role, function: name }: DamagedSlot): string {
  if (role === 'pointer in an object') return 'a pointer inside a heap object';
  const article = role === 'pointer variable' ? 'a' : 'the';
  return name === undefined ? `${article} ${role} of a frame` : `${article} ${role} of ${code(name)}`;
}

/** Where the buffer lies that was too small. */
function ownerText(run: OverwriteRun, owner: RunOwner | undefined): string {
  const low = run.openBelow ? 'at or below' : 'at';
  const start = `It starts ${low} ${hex(run.start)}`;
  if (owner === undefined) return `${start}; the case does not say what lies there`;
  const offset = owner.offset === undefined ? '' : ` ${owner.offset.toString()} bytes above the low end of`;
  switch (owner.kind) {
    case 'local':
      return `${start},${offset} the frame of ${code(owner.function ?? '')}: a local array of that function is the likely buffer`;
    case 'callee':
      return owner.function === undefined
        ? `${start}, below that frame: a function that it had called, and that has returned, is the likely owner of the buffer`
        : `${start},${offset} the frame of ${code(owner.function)}, which it called: a local array there is the likely buffer`;
    case 'object':
      return `${start},${offset} the object: an array inside of it is the likely buffer`;
    case 'neighbour':
      return owner.base === undefined
        ? `${start}, the low end of the object: the object right below it is the likely buffer`
        : `${start}, the low end of the object: the one right below it, at ${hex(owner.base)}, is the likely buffer`;
  }
}

function conclude(run: OverwriteRun, owner: RunOwner | undefined): Conclusion | undefined {
  const [slot] = run.slots;
  if (slot === undefined) return undefined;
  const what = whatText(run);
  const accused =
    owner?.kind === 'local' || owner?.kind === 'callee'
      ? owner.function !== undefined && !isRuntimeFunction(owner.function)
        ? owner.function
        : undefined
      : undefined;
  const evidence: Evidence[] = [
    {
      statement: `${count(run.words, 'word')} from ${hex(run.start)} to ${hex(run.end)} hold ${what}.`,
      source: run.source,
    },
    ...run.slots.map((one): Evidence => ({
      statement: `The run covers ${hex(one.address)}, ${slotText(one)}.`,
      ...(one.source === undefined ? {} : { source: one.source }),
    })),
    { statement: `${ownerText(run, owner)}.`, inferred: true },
    { statement: `It ends ${run.openAbove ? 'at or above' : 'at'} ${hex(run.end)}.`, inferred: run.openAbove },
  ];
  return conclusion({
    headline: `${what.charAt(0).toUpperCase()}${what.slice(1)} ran over ${slotText(slot)}${accused === undefined ? '' : `; a buffer of ${code(shortFunctionName(accused))} may be too small`}`,
    // Zeros and pointers are what stacks are full of.
    confidence: run.shape === 'zeros' || run.shape === 'pointers' ? 'possible' : 'likely',
    explanation: `${bytesOf(run).toString()} bytes that belong elsewhere lie over ${slotText(slot)}: ${what}. ${ownerText(run, owner)}. Such a run is written by ${writers[run.shape]}.`,
    evidence,
    against: run.openBelow ? [{ statement: 'The words below the run are not in the case: it may start lower.' }] : [],
    checks: [
      { statement: 'The run covers a slot that the case proves to be wrong', held: true },
      { statement: 'No word of the run leads to code, to a stack or to the heap', held: run.shape !== 'pointers' },
      { statement: 'The start of the run is in the case', held: !run.openBelow },
    ],
    next: [
      { why: 'See where the run begins (gdb)', command: `x/16gx ${formatAddress(run.start - 64n)}` },
      {
        why: 'Under a recording debugger, find the writer (rr)',
        command: `watch -l *(long *)${formatAddress(slot.address)}\nreverse-continue`,
      },
      { why: 'Compare the size of the buffer with what is copied into it, also in C and in calls of unsafe' },
    ],
    overwrite: { start: run.start, end: run.end, stride: run.stride, what },
    focus: { address: run.start },
    ...(accused === undefined ? {} : { culprit: { function: accused, inferred: true } }),
  });
}

export const ovw01: Rule = {
  id: 'OVW-01',
  title: 'A buffer that ran over',
  explains: ['MC-03', 'MC-04', 'MC-05'],
  weight: 3,
  examine({ snapshot }) {
    return overwriteRuns(snapshot).flatMap((run) => conclude(run, ownerOf(snapshot, run)) ?? []);
  },
};
