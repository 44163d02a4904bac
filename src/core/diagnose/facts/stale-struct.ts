/** A C struct that a debugger printed while Go filled it, and that was never cleared: its fields hold words of what was there before. */
import type { Address } from '../../model/address.ts';
import type { Evidence } from '../../model/finding.ts';
import { packageOf } from '../../model/function-name.ts';
import type { Frame } from '../../model/goroutine.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { threadsWith } from '../../model/thread-frames.ts';
import type { TypedStruct } from '../../model/struct.ts';
import type { Trail, TrailCard } from '../../model/trail.ts';
import { trailsOf } from '../../trail/index.ts';
import { regionsOf, staleSigns, type StaleSign } from '../../words/index.ts';
import { hex } from './addresses.ts';
import { callbackFrame, isCallback } from './cgo.ts';
import { firstUser } from './view.ts';
import { code, frameText } from './wording.ts';

/** Signs quoted of one struct. */
const mostSigns = 4;

/** `0x7f…` and names in a plain sentence between backticks, as findings write them. */
function marked(text: string): string {
  return text.replace(/0x[0-9a-f]+/g, (value) => code(value));
}

function signEvidence(struct: TypedStruct, sign: StaleSign): Evidence {
  return {
    statement: `In ${code(struct.expression)}, ${marked(sign.text)}.`,
    source: sign.source,
    inferred: sign.kind !== 'same-word-everywhere',
  };
}

/** What the printed structs show of memory that was not cleared; of structs that hold `value` where it is given. */
export function staleEvidence(snapshot: Snapshot, value?: Address): Evidence[] {
  const structs = (snapshot.structs ?? []).filter(
    (struct) => value === undefined || struct.fields.some((field) => field.value === value),
  );
  return structs.flatMap((struct) => staleSigns(snapshot, struct).map((sign) => signEvidence(struct, sign))).slice(0, mostSigns);
}

/** A card's text as a sentence; names keep their first letter. */
function sentence({ text, writer }: TrailCard): string {
  return writer !== undefined && text.startsWith(writer) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

export interface StaleStruct {
  struct: TypedStruct;
  value: Address;
  /** The C function that handed the struct to Go, where a stack shows it. */
  passedBy?: Frame;
  /** The Go function that fills it. */
  filledBy?: Frame;
  /** A watchpoint saw the word being written there, or recorded by the write barrier. */
  watched: boolean;
  evidence: Evidence[];
}

/** cgo's stub of an exported function (cmd/cgo/out.go): its caller is the C code that calls Go. */
const inExportStub = (file: string): boolean => file.endsWith('_cgo_export.c');

function isExportStub(frame: Frame): boolean {
  return inExportStub(frame.file ?? '');
}

/** The C function that called Go, in a debugger's stack that shows it. */
export function cCaller(snapshot: Snapshot): Frame | undefined {
  for (const thread of threadsWith(snapshot, (name) => name === 'crosscall2', inExportStub)) {
    if (thread.kind !== 'debugger') continue;
    // Without debug information of C the stub has no file: it is the frame that called into the runtime.
    const named = thread.frames.findIndex(isExportStub);
    const entry = thread.frames.findIndex((frame) => frame.function === 'crosscall2');
    const stub = named >= 0 || entry < 0 ? named : entry + 1;
    const caller = stub < 0 ? undefined : thread.frames[stub + 1];
    if (caller?.function !== undefined && packageOf(caller.function) === '') return caller;
  }
  return undefined;
}

function goFiller(snapshot: Snapshot): { filler?: Frame; callback: Frame } | undefined {
  for (const thread of threadsWith(snapshot, isCallback, inExportStub)) {
    if (thread.kind !== 'debugger') continue;
    const callback = callbackFrame(thread.frames) ?? thread.frames.find(isExportStub);
    if (callback === undefined) continue;
    const inner = thread.frames.slice(0, thread.frames.indexOf(callback));
    const filler = firstUser(inner.filter((frame) => packageOf(frame.function ?? '') !== ''));
    return filler === undefined ? { callback } : { filler, callback };
  }
  return undefined;
}

/** The stale word: the one in every field, else one whose way into the struct or into the write barrier was watched. */
function staleWord(struct: TypedStruct, signs: readonly StaleSign[], trails: readonly Trail[]): Address | undefined {
  const repeated = signs.find((sign) => sign.kind === 'same-word-everywhere')?.value;
  if (repeated !== undefined) return repeated;
  return trails.find(
    (trail) => trail.cards.some((card) => card.kind === 'write') && struct.fields.some((field) => field.value === trail.value),
  )?.value;
}

export function staleStruct(snapshot: Snapshot): StaleStruct | undefined {
  const called = goFiller(snapshot);
  if (called === undefined || snapshot.structs === undefined) return undefined;
  const trails = trailsOf(snapshot);
  for (const struct of snapshot.structs) {
    const { address } = struct;
    if (address === undefined || regionsOf(snapshot).stackAt(address)?.kind === 'goroutine') continue;
    const signs = staleSigns(snapshot, struct);
    const value = staleWord(struct, signs, trails);
    // C memory lies elsewhere than the heap that the word points to.
    if (signs.length === 0 || value === undefined || value >> 36n === address >> 36n) continue;
    const cards = trails.find((trail) => trail.value === value)?.cards.filter((card) => card.kind === 'write') ?? [];
    const passedBy = cCaller(snapshot);
    const evidence: Evidence[] = [
      ...signs.slice(0, mostSigns).map((sign) => signEvidence(struct, sign)),
      ...cards.map((card): Evidence => ({
        statement: `${marked(sentence(card))}.`,
        source: card.source,
      })),
      { statement: `C called into Go: ${frameText(called.callback)} is on the stack.`, source: called.callback.source },
    ];
    if (passedBy !== undefined)
      evidence.push({
        statement: `${frameText(passedBy)} is the C function that calls Go with ${code(struct.expression)} at ${hex(address)}.`,
        source: passedBy.source,
      });
    return {
      struct,
      value,
      watched: cards.length > 0,
      evidence,
      ...(passedBy === undefined ? {} : { passedBy }),
      ...(called.filler === undefined ? {} : { filledBy: called.filler }),
    };
  }
  return undefined;
}
