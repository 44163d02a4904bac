/** Frames and complaints of the allocator and the collector: the code that works on the heap's own records. */
import type { Frame } from '../../model/goroutine.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { stateComplaint, type StateComplaint } from './complaints.ts';

/** Source files of the allocator and the collector (runtime, Go 1.5–1.27; gc parts of internal/runtime since 1.26). */
const files =
  /(?:^|\/)(?:malloc|mbitmap\w*|mcache|mcentral|mheap|mfixalloc|mgc\w*|mspanset|mpagealloc\w*|mpagecache|mpallocbits|mranges|mwbbuf|msize\w*|mgcscavenge|gcwork|scan_\w+|scan)\.(?:go|s)$/;
/** The same by name, where a log lost the files. */
const functions =
  /^runtime\.(?:mallocgc\w*|largeAlloc|nextFreeFast|newobject|makeslicecopy|sweepone|greyobject|scanobject\w*|scanblock|scanSpan|scanConservative|findObject|heapBitsSetType|heapBitsForObject|heapBitsForAddr|spanOf\w*|gcDrain\w*|gcMark\w*|markBits\.|markroot\w*|bgsweep|bgscavenge|badPointer|refill|\(\*(?:mspan|mcache|mcentral|mheap|sweepLocked|sweepLocker|gcBits|gcWork|spanSet|pageAlloc|fixalloc|wbBuf|spanInlineMarkBits|activeSweep)\)\.|(?:mspan|gcBits|markBits|heapBits|spanClass|typePointers)\.)/;
/** Walking a stack is not working on the heap: what fails there is a return address or a frame. */
const walks = /^runtime\.(?:scanstack|scanframeworker|\(\*unwinder\)|gentraceback|copystack|adjust\w+)/;

export function isAllocatorFrame(frame: Frame): boolean {
  const name = frame.function;
  if (name === undefined || walks.test(name)) return false;
  if (functions.test(name)) return true;
  const inRuntime = name.startsWith('runtime.') || name.startsWith('internal/runtime/');
  return inRuntime && frame.file !== undefined && files.test(frame.file);
}

const helpers = /^runtime\.(?:memclr\w*|memmove|typedmemmove|\(\*sysMemStat\)\.add)$/;

/** The allocator failed: its own code, or a helper that it had clear, copy or count memory. */
export function failedInAllocator(frames: readonly Frame[]): Frame | undefined {
  const at = frames.findIndex((frame) => frame.function === undefined || !helpers.test(frame.function));
  const frame = frames[at];
  return frame !== undefined && isAllocatorFrame(frame) ? frame : undefined;
}

/** The complaint about a span record that contradicts itself, with the counts of the sweeper where it printed them. */
export function spanComplaint(snapshot: Snapshot): StateComplaint<'span-record'> | undefined {
  return stateComplaint(snapshot, 'span-record');
}
