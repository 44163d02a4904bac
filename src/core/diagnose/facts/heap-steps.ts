/** What to do about a pointer that the collector refused. */
import { formatAddress } from '../../model/address.ts';
import type { NextStep } from '../../model/finding.ts';
import { slotInObject, type BadPointer } from './heap.ts';

export const heapReferences = ['golang/go#29362', 'golang/go#56552', 'golang/go#26243'];

export function heapSteps(complaint: BadPointer): NextStep[] {
  const steps: NextStep[] = [];
  if (complaint.foundIn !== undefined) {
    const slot = formatAddress(slotInObject(complaint.foundIn));
    steps.push({
      why: 'Under a recording debugger, find who wrote the word (rr)',
      command: `watch -l *(long *)${slot}\nreverse-continue`,
    });
  } else {
    steps.push({
      why: 'In a core or a live process, find every word that holds the pointer (gdb)',
      command: `info proc mappings\nfind /g $sp, +0x8000, ${formatAddress(complaint.pointer)}`,
    });
  }
  steps.push(
    { why: 'Check conversions between unsafe.Pointer and uintptr', command: 'go test -gcflags=all=-d=checkptr ./...' },
    { why: 'Check pointers that are passed to C and kept there', command: 'GOEXPERIMENT=cgocheck2 go test ./...' },
    { why: 'Look for unsynchronised writes', command: 'go test -race ./...' },
  );
  return steps;
}
