/**
 * GC-05: a live pointer to a free object.
 *
 * Mechanism (runtime/mgcsweep.go reportZombies, Go 1.15+): marking reached an object whose slot counts as free. An earlier cycle did
 * not see the pointer (unsafe, a data race, a fault of compiler or runtime). Since 1.26 spans with inline mark bits print no marks, so
 * the report names no object.
 */
import { hex } from '../facts/addresses.ts';
import { code, count } from '../facts/wording.ts';
import type { Rule } from '../rule.ts';

/** Most zombies that one finding names. */
const mostNamed = 3;

export const gc05: Rule = {
  id: 'GC-05',
  title: 'Live pointer to a free object',
  explains: ['GC-08'],
  weight: 8,
  examine({ snapshot }) {
    const complaint = snapshot.complaints.find((one) => one.kind === 'zombies');
    if (complaint === undefined) return [];
    const zombies = complaint.rows.filter((row) => row.zombie);
    const [first] = zombies;
    const unmarked = complaint.rows.length > 0 && complaint.rows.every((row) => !row.marked);
    const unnamed = unmarked
      ? ' This version of Go prints no marks for small objects, so the report does not say which object it was.'
      : ' The line that names the object is not in the input.';
    return [
      {
        headline:
          first === undefined
            ? 'Something points to a heap object that was freed'
            : `Something points to ${hex(first.address)}, a heap object that was freed`,
        confidence: 'very likely',
        explanation: `The collector found a pointer to an object of ${count(complaint.elementSize, 'byte')} that it had freed before: an earlier collection saw no pointer to it. The pointer was out of its sight then, most often because it was kept as ${code('uintptr')} or in C memory, or because two goroutines wrote it without synchronisation.${first === undefined ? unnamed : ''}`,
        evidence: [
          {
            statement: `The sweeper found marked free objects in a span of ${count(complaint.elementSize, 'byte')} each.`,
            source: complaint.source,
          },
          ...zombies
            .slice(0, mostNamed)
            .map((row) => ({ statement: `The object at ${hex(row.address)} is free and marked.`, source: row.source })),
          ...(zombies.length > mostNamed
            ? [{ statement: `${count(zombies.length - mostNamed, 'more object')} of the span are free and marked.` }]
            : []),
        ],
        against: [],
        checks: [{ statement: 'The report names a free object that is marked', held: first !== undefined }],
        next: [
          { why: 'Look for unsynchronised writes', command: 'go test -race ./...' },
          { why: 'Check conversions between unsafe.Pointer and uintptr', command: 'go test -gcflags=all=-d=checkptr ./...' },
          ...(first === undefined && unmarked
            ? [
                {
                  why: 'Make the runtime mark in place, so that the report names the object',
                  command: 'GOEXPERIMENT=nogreenteagc go build ./...',
                },
              ]
            : []),
        ],
        references: ['golang/go#44614', 'golang/go#57322', 'golang/go#71932', 'golang/go#80188'],
        bogus: zombies
          .slice(0, mostNamed)
          .map((row) => ({ value: row.address, why: 'a live pointer leads to this free object' })),
        ...(first === undefined ? {} : { focus: { address: first.address } }),
      },
    ];
  },
};
