/** Who noticed the damage. Mostly the runtime, which is only the messenger, and often on another goroutine than the damaged one. */
import type { Complaint } from '../model/complaint.ts';
import type { Frame } from '../model/goroutine.ts';
import type { SourceRange } from '../model/source.ts';
import { hex } from './facts/addresses.ts';
import { crashGoroutineId } from './facts/crash.ts';
import { allCrashFrames, failingFrames } from './facts/death.ts';
import { failedReader, framePointerCrash } from './facts/frame-pointers.ts';
import { flushFrame } from './facts/heap.ts';
import { code } from './facts/wording.ts';
import type { RuleContext } from './rule.ts';

export interface Noticed {
  text: string;
  /** A function of the runtime failed, through no fault of its own. */
  innocent?: boolean;
  source?: SourceRange;
}

/** Why the runtime walks a stack (runtime/stack.go, mgcmark.go, panic.go, mprof.go), innermost frames first. */
const walks: readonly (readonly [RegExp, string])[] = [
  [/^runtime\.(?:copystack|newstack|shrinkstack)$/, 'to move it to another place'],
  [/^runtime\.(?:scanstack|markroot\w*)$/, 'to find live memory'],
  [/^runtime\.(?:gopanic|addOneOpenDeferFrame|\(\*_panic\)\.\w+)$|^panic$/, 'for a panic'],
  [/^runtime\.(?:callers|Callers|traceback\w*|tracebackothers|Stack|goroutineProfile\w*)$/, 'to print it or for a profile'],
];

function walkPurpose(frames: readonly Frame[]): string {
  for (const { function: name } of frames) {
    const purpose = walks.find(([pattern]) => name !== undefined && pattern.test(name))?.[1];
    if (purpose !== undefined) return ` ${purpose}`;
  }
  return '';
}

const stackWalkers = /^runtime\.(?:\(\*unwinder\)\.\w+|gentraceback)$/;

function byComplaint(context: RuleContext, complaint: Complaint): Noticed | undefined {
  const { source } = complaint;
  switch (complaint.kind) {
    case 'bad-heap-pointer':
      return flushFrame(context) === undefined
        ? { text: 'The collector met the pointer when it looked for live memory', source }
        : { text: 'A store recorded the old word, and the collector looked where it leads', source };
    case 'unexpected-return-pc': {
      const whose = complaint.goroutine === undefined ? 'a stack' : `the stack of goroutine ${complaint.goroutine}`;
      return { text: `The runtime met the word when it walked ${whose}${walkPurpose(allCrashFrames(context))}`, source };
    }
    case 'bad-frame-pointer-word':
      return { text: 'The runtime met the word when it moved the stack to another place', source };
    case 'zombies':
      return { text: 'The sweeper met the object: marked as in use, but free', source };
    case 'stack-limit':
    case 'traceback':
    case 'runtime-state':
      return undefined;
  }
}

function byReader(context: RuleContext): Noticed | undefined {
  const reader = failedReader(context);
  if (reader === undefined) return undefined;
  const address = framePointerCrash(context)?.faultAddress;
  return {
    text: `The runtime followed the frame pointers in ${code(reader.function ?? '')}${address === undefined ? '' : ` and read at ${hex(address)}`}`,
    innocent: true,
    source: reader.source,
  };
}

function byUnwinder(context: RuleContext): Noticed | undefined {
  const [failed] = failingFrames(context);
  if (failed?.function === undefined || !stackWalkers.test(failed.function)) return undefined;
  return {
    text: `The runtime walked a stack${walkPurpose(failingFrames(context))} and failed in ${code(failed.function)}`,
    innocent: true,
    source: failed.source,
  };
}

/** Undefined where nobody but the program itself noticed. */
export function noticedBy(context: RuleContext): Noticed | undefined {
  for (const complaint of context.snapshot.complaints) {
    const noticed = byComplaint(context, complaint);
    if (noticed !== undefined) return noticed;
  }
  return byReader(context) ?? byUnwinder(context);
}

/** 'goroutine 19 ran, the damage is on goroutine 4', where they differ. */
export function messengerText(context: RuleContext): string | undefined {
  const { crash, goroutines } = context.snapshot;
  if (crash?.victim === undefined || crash.victim === crash.goroutine) return undefined;
  const victim = (goroutines.id[crash.victim] ?? 0n).toString();
  const runner = crashGoroutineId(context);
  return runner === '' || runner === '0' || runner === victim
    ? `the damage is on goroutine ${victim}`
    : `goroutine ${runner} is only the messenger, the damage is on goroutine ${victim}`;
}
