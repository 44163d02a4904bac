/**
 * MC-01: several crashes of one program at different places.
 *
 * Mechanism: memory is damaged from outside the code that crashes (hardware, kernel, foreign code, a data race), so each crash shows
 * another symptom: a bad pointer, a fault in the allocator, an impossible panic. One defect in one function would show the same site.
 */
import type { Confidence, Evidence } from '../../model/finding.ts';
import { isMemoryTrouble, troubleOf, type Trouble } from '../facts/trouble.ts';
import { hex } from '../facts/addresses.ts';
import { code, count, listOf } from '../facts/wording.ts';
import type { Rule } from '../rule.ts';

/** Most pointers that the finding names. */
const mostPointers = 3;
/** Most crashes that are listed one by one. */
const mostListed = 8;

function evidenceOf(trouble: Trouble): Evidence {
  const where = trouble.site === undefined ? '' : ` in ${code(trouble.site)}`;
  const kind = trouble.quote === code(trouble.kind) ? '' : ` (${trouble.kind})`;
  const statement = `One crash: ${trouble.quote}${where}${kind}.`;
  return trouble.source === undefined ? { statement } : { statement, source: trouble.source };
}

/** The site that more than half of the crashes share. */
function majority(troubles: readonly Trouble[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { site } of troubles) if (site !== undefined) counts.set(site, (counts.get(site) ?? 0) + 1);
  for (const [site, number] of counts) if (number * 2 > troubles.length) return site;
  return undefined;
}

export const mc01: Rule = {
  id: 'MC-01',
  title: 'Several crashes, no common place: memory corruption',
  caseLevel: true,
  explains: ['GC-01', 'GC-02', 'GC-04', 'GC-08', 'NC-01', 'FAULT-01', 'NIL-01', 'NIL-02', 'RA-04'],
  weight: 10,
  examine({ all, documents }) {
    if (all.length < 2) return [];
    const troubles = all.flatMap((snapshot) => troubleOf({ snapshot, all, documents }) ?? []);
    const bad = troubles.filter((trouble) => isMemoryTrouble(trouble) && !trouble.explained);
    const kinds = new Set(bad.map((trouble) => trouble.kind));
    const sites = new Set(troubles.flatMap((trouble) => trouble.site ?? []));
    if (bad.length < 2 || kinds.size < 2 || sites.size < 2) return [];
    const common = majority(troubles);
    if (common !== undefined) return [];
    const many = troubles.length >= 3 && troubles.every((trouble) => !trouble.explained);
    const confidence: Confidence = many ? 'likely' : 'possible';
    const bogus = bad
      .flatMap((trouble) => (trouble.kind === 'bad pointer' ? trouble.bogus : []))
      .concat(bad.flatMap((trouble) => (trouble.kind === 'bad pointer' ? [] : trouble.bogus)))
      .slice(0, mostPointers);
    const named = bogus.map((pointer) => hex(pointer.value));
    return [
      {
        headline: `${count(troubles.length, 'crash', 'crashes')} at different places: the memory of this program is being damaged`,
        confidence,
        explanation: [
          `The input holds ${String(troubles.length)} crashes, and they have no place in common: ${listOf([...kinds])}${troubles.some((one) => one.kind === 'panic') ? ', and a panic' : ''}.`,
          `An error in one function would crash at one place. When the symptom changes from run to run, something outside the crashing code damages memory: a kernel or hardware fault, C or assembly code, or a data race.${named.length === 0 ? '' : ` The wrong pointers (${listOf(named)}) are what was damaged, not who did it.`}`,
        ].join(' '),
        evidence: troubles.slice(0, mostListed).map(evidenceOf),
        against: many ? [] : [{ statement: 'Two crashes are few; a third one at another place would settle it.' }],
        checks: [
          { statement: 'No function is the site of more than half of the crashes', held: true },
          { statement: 'The crashes show at least two kinds of memory trouble', held: true },
          { statement: 'At least three crashes are in the input', held: troubles.length >= 3 },
        ],
        next: [
          { why: 'Run on one processor: if that hides it, threads are involved', command: 'export GOMAXPROCS=1' },
          {
            why: 'Run without asynchronous preemption, then without signals of the profiler',
            command: 'export GODEBUG=asyncpreemptoff=1',
          },
          { why: 'Look for data races', command: 'go test -race ./...' },
          { why: 'Note kernel and machine, and run the same program on another one of each', command: 'uname -a' },
          { why: 'Test the memory of the machine, cold and hot', command: 'sudo memtester 1G 3' },
        ],
        references: ['golang/go#20427', 'golang/go#18067', 'golang/go#35777'],
        bogus,
      },
    ];
  },
};
