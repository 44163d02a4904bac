/**
 * Unsynchronised use of a map: runtime/map.go and internal/runtime/maps throw `concurrent map …` when a flag in the map
 * shows another writer. Only one of the two goroutines is named; the other is looked for among the rest.
 */
import { hasRole, namedOwner } from '../facts/functions.ts';
import { packageOf } from '../../model/function-name.ts';
import type { Evidence } from '../../model/finding.ts';
import type { Frame } from '../../model/goroutine.ts';
import { argumentWords } from '../facts/arguments.ts';
import { crashFrames, crashGoroutineId, reasonOf, userFrame } from '../facts/crash.ts';
import { goroutineId, goroutineRows } from '../facts/goroutines.ts';
import { allGoroutines, runWithRaceDetector } from '../facts/next-steps.ts';
import { framesOf, isUserFrame } from '../facts/view.ts';
import { detailOf } from '../facts/reasons.ts';
import { code, eventEvidence, frameEvidence, frameText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** Goroutines looked through for the other side. */
const mostGoroutines = 5000;
/** Below it no map can lie (runtime minLegalPointer). */
const lowestObject = 4096n;

interface Partner {
  row: number;
  frame: Frame;
  /** The address both have in their arguments; absent when only the type's methods agree. */
  shared?: bigint;
  inMap: boolean;
}

/** Innermost frames down to and including the first user frame's caller. */
function nearFrames(frames: readonly Frame[]): Frame[] {
  const user = frames.findIndex(isUserFrame);
  return frames.slice(0, user < 0 ? 4 : user + 2);
}

function addressesOf(frames: readonly Frame[]): Set<bigint> {
  const addresses = new Set<bigint>();
  for (const frame of frames) {
    for (const word of argumentWords(frame.arguments)) {
      if (word.value >= lowestObject && word.value % 4n === 0n && !word.stale) addresses.add(word.value);
    }
  }
  return addresses;
}

/** `main.(*Stock)` of `main.(*Stock).get`, `main.fill` of its closure `main.fill.func1`; '' for plain functions. */
function ownerOf(name: string | undefined): string {
  const type = namedOwner(name);
  return type === packageOf(name ?? '') ? '' : type;
}

function partnersOf(context: RuleContext): Partner[] {
  const frames = crashFrames(context);
  const own = addressesOf(nearFrames(frames));
  const type = ownerOf(frames.find(isUserFrame)?.function);
  const partners: Partner[] = [];
  for (const row of goroutineRows(context.snapshot).slice(0, mostGoroutines)) {
    if (row === context.snapshot.crash?.goroutine) continue;
    const near = nearFrames(framesOf(context, row));
    const user = near.find(isUserFrame);
    if (user === undefined) continue;
    const inMap = near.some((frame) => hasRole(frame.function, 'map'));
    const shared = [...addressesOf(near)].find((address) => own.has(address));
    if (shared !== undefined) partners.push({ row, frame: user, shared, inMap });
    else if (inMap || (type !== '' && ownerOf(user.function) === type)) partners.push({ row, frame: user, inMap });
  }
  return partners.sort(
    (a, b) => Number(b.shared !== undefined) - Number(a.shared !== undefined) || Number(b.inMap) - Number(a.inMap),
  );
}

function partnerEvidence(context: RuleContext, partner: Partner): Evidence {
  const who = `Goroutine ${goroutineId(context, partner.row)}`;
  const where = frameText(partner.frame);
  if (partner.shared !== undefined) {
    return frameEvidence(
      partner.frame,
      `${who} has ${code(`0x${partner.shared.toString(16)}`)} among its arguments too, in ${where}.`,
    );
  }
  const isClosure = hasRole(partner.frame.function, 'closure');
  const kin = isClosure ? 'a closure of the same function' : 'a method of the same type';
  return {
    ...frameEvidence(
      partner.frame,
      partner.inMap ? `${who} is inside a map operation in ${where}.` : `${who} is in ${where}, ${kin}.`,
    ),
    inferred: true,
  };
}

const uses = { iterate: 'iterates over a map', clone: 'copies a map', read: 'reads a map', write: 'writes to a map' } as const;

function examine(context: RuleContext): Conclusion[] {
  const reason = reasonOf(context, ['concurrent-map']);
  if (reason === undefined) return [];
  const user = userFrame(context);
  const partners = partnersOf(context);
  const partner = partners[0];
  const did = uses[detailOf(reason.event, 'map')?.use ?? 'write'];
  const by =
    partner === undefined
      ? 'another goroutine writes to it'
      : `goroutine ${goroutineId(context, partner.row)} (${code(partner.frame.function ?? '')}) uses it`;
  const id = crashGoroutineId(context);
  return [
    {
      headline: `${user === undefined ? 'The program' : frameText(user)} ${did} while ${by}`,
      confidence: 'certain',
      explanation:
        'Two goroutines used one map at the same time, at least one of them writing, without a lock. ' +
        'The runtime noticed it by a flag in the map and stopped the process; this cannot be recovered. ' +
        (partner === undefined
          ? 'The other goroutine has moved on or was not printed.'
          : partner.shared === undefined
            ? 'The other goroutine is inferred from what it was doing.'
            : 'Both goroutines have the same address among their arguments.'),
      evidence: [
        eventEvidence(reason.event),
        ...(user === undefined
          ? []
          : [frameEvidence(user, `Goroutine ${id === '' ? '?' : id} was stopped in ${frameText(user)}.`)]),
        ...partners.slice(0, 3).map((each) => partnerEvidence(context, each)),
      ],
      against: [],
      checks: [
        { statement: 'The runtime printed this reason itself', held: true },
        { statement: 'Another goroutine with the same object is printed', held: partner?.shared !== undefined },
      ],
      next: [
        runWithRaceDetector,
        { why: 'Guard every use of the map with one mutex, or use `sync.Map`' },
        ...(context.snapshot.goroutines.length > 1 ? [] : [allGoroutines]),
      ],
      references: [],
      bogus: [],
      ...(id === '' ? {} : { focus: { goroutine: id } }),
    },
  ];
}

export const race01: Rule = { id: 'RACE-01', title: 'Concurrent use of a map', weight: 7, examine };
