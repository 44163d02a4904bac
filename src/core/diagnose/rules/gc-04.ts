/**
 * GC-04: a bad pointer inside a heap object.
 *
 * Mechanism (runtime/mbitmap.go badPointer, runtime/mgcmark.go gcDumpObject): a field of a live object holds a pointer to freed memory.
 * The object's words tell its type; whoever writes that field is to be looked at.
 */
import { formatAddress } from '../../model/address.ts';
import type { Evidence } from '../../model/finding.ts';
import { hex } from '../facts/addresses.ts';
import { fieldShape } from '../facts/field-shape.ts';
import { badPointer, badPointers, complaintEvidence, distanceToSpan, slotInObject } from '../facts/heap.ts';
import { heapSteps } from '../facts/heap-steps.ts';
import { code } from '../facts/wording.ts';
import type { Rule } from '../rule.ts';

export const gc04: Rule = {
  id: 'GC-04',
  title: 'Heap object holds a stale pointer',
  explains: ['GC-01', 'GC-02'],
  weight: 8,
  examine({ snapshot }) {
    return badPointers(snapshot).flatMap((complaint) => {
      const { foundIn, object } = complaint;
      if (foundIn === undefined) return [];
      // runtime/mheap.go mSpanManual: memory of stacks, which the collector scans without the name of a frame.
      const onStack = object?.span?.state === 'manual';
      // Roots outside of the heap have no span record: the data segments with the package variables.
      const global = object !== undefined && object.span === undefined;
      const holder = onStack ? 'Stack memory' : global ? 'Global variable' : 'Heap object';
      const slot = slotInObject(foundIn);
      const size = object?.span?.elementSize;
      const marked =
        object?.words.find((word) => word.marked) ?? object?.words.find((word) => BigInt(word.offset) === foundIn.offset);
      const evidence: Evidence[] = [
        complaintEvidence(complaint),
        {
          statement:
            onStack || global
              ? `It was found in ${onStack ? 'stack memory' : 'the data of the program'}, at ${hex(slot)}.`
              : `It was found in the object at ${hex(foundIn.base)}, ${foundIn.offset.toString()} bytes from its start.`,
          source: foundIn.source,
        },
      ];
      if (marked !== undefined)
        evidence.push({
          statement: `That word${onStack || global ? '' : ' of the object'}, at ${hex(slot)}, is ${hex(marked.value)}.`,
          source: marked.source,
        });
      if (object !== undefined && !onStack && !global)
        evidence.push(...fieldShape(snapshot, object, foundIn.offset).map((statement) => ({ statement, inferred: true })));
      const near = distanceToSpan(complaint).place === 'near';
      return [
        {
          ...(near || onStack || global
            ? {
                title: `${holder} holds a ${near ? 'pointer past an allocation' : 'stale pointer'}`,
              }
            : {}),
          headline: `${onStack ? `A stack word at ${hex(slot)}` : global ? `A global variable at ${hex(slot)}` : `A heap object at ${hex(foundIn.base)}`} holds ${hex(complaint.pointer)}, ${near ? 'a pointer past the end of an allocation' : 'a pointer to freed memory'}`,
          confidence: 'very likely' as const,
          explanation: `${
            onStack
              ? `The word at ${hex(slot)} lies in memory that the runtime gave to a goroutine's stack: a variable there`
              : global
                ? `The word at ${hex(slot)} lies outside of the heap, in the data of the program: a package variable`
                : `The field at offset ${foundIn.offset.toString()} of the object at ${hex(foundIn.base)}${size === undefined ? '' : ` (an object of ${size.toString()} bytes)`}`
          } holds ${hex(complaint.pointer)}, ${
            near
              ? `which lies past the last object of its span (a block of pages that holds objects of one size): no object was ever there. Pointer arithmetic with ${code('unsafe')}, or a length that is too large, makes such a pointer.`
              : `and no object lies there any more. The memory was freed although this ${onStack || global ? 'word' : 'field'} points to it, so the pointer was out of the collector's sight for a while: kept as ${code('uintptr')}, made by ${code('unsafe')} arithmetic, or kept in C memory.`
          }`,
          evidence,
          against: [],
          checks: [
            { statement: 'The runtime named the object that holds the pointer', held: true },
            { statement: 'The dump of the object shows the pointer at that offset', held: marked?.value === complaint.pointer },
          ],
          next: [
            {
              why: onStack
                ? 'Look at the words around it: a code address among them is the return address of the frame (gdb)'
                : global
                  ? 'Name the variable (gdb)'
                  : 'Look at the object; its neighbouring words tell its type (gdb)',
              command: global ? `info symbol ${formatAddress(slot)}` : `x/16gx ${formatAddress(onStack ? slot : foundIn.base)}`,
            },
            ...heapSteps(complaint),
          ],
          references: ['golang/go#35541', 'golang/go#29362'],
          bogus: [badPointer(complaint, 'points to heap memory that is not allocated')],
          focus: { address: slot },
        },
      ];
    });
  },
};
