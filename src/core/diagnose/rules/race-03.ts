/** A report of the race detector (the race runtime behind `-race`): two accesses of one address without an order between them. */
import { formatAddress } from '../../model/address.ts';
import { isRuntimeFunction } from '../../model/function-name.ts';
import type { Evidence } from '../../model/finding.ts';
import type { Frame } from '../../model/goroutine.ts';
import type { Race, RaceAccess } from '../../model/race.ts';
import { isUserFrame } from '../facts/view.ts';
import { code, count, frameEvidence, frameText, subjectText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** Reports told one by one; the rest is counted in the last of them. */
const mostRaces = 5;

function frameOf(access: RaceAccess): Frame | undefined {
  return (
    access.frames.find(isUserFrame) ??
    access.frames.find((frame) => frame.function !== undefined && !isRuntimeFunction(frame.function)) ??
    access.frames[0]
  );
}

function verb({ access }: RaceAccess): string {
  return access === 'write' ? 'writes' : 'reads';
}

function who(access: RaceAccess): string {
  return access.goroutine === 'main' ? 'the main goroutine' : `goroutine ${access.goroutine}`;
}

function accessEvidence(access: RaceAccess): Evidence {
  const frame = frameOf(access);
  const statement = `${access.kind} by ${who(access)}${frame === undefined ? '' : ` in ${frameText(frame)}`}.`;
  return frame === undefined ? { statement, source: access.source } : frameEvidence(frame, statement);
}

/** `races`: reports of the same two places, at any address. */
function conclude(races: readonly Race[]): Conclusion[] {
  const [race] = races;
  if (race === undefined) return [];
  const [first, second] = race.accesses;
  const firstFrame = first === undefined ? undefined : frameOf(first);
  const secondFrame = second === undefined ? undefined : frameOf(second);
  const address = code(formatAddress(race.address));
  const same = firstFrame !== undefined && firstFrame.function === secondFrame?.function;
  const headline =
    first === undefined || firstFrame === undefined
      ? `Two goroutines use ${address} without a lock`
      : second === undefined || secondFrame === undefined
        ? `${subjectText(firstFrame)} ${verb(first)} ${address} while another goroutine uses it`
        : same
          ? `${subjectText(firstFrame)} runs in two goroutines that use ${address} without a lock`
          : `${subjectText(firstFrame)} ${verb(first)} what ${subjectText(secondFrame)} ${verb(second)} without a lock`;
  return [
    {
      headline,
      confidence: 'certain',
      explanation:
        `Two goroutines accessed ${address} and nothing put the accesses in order; at least one of them writes. ` +
        'The race detector saw both happen, so this is no guess. The value may be old, torn or lost.',
      evidence: [
        { statement: `The race detector reports ${address}.`, source: race.source },
        ...race.accesses.slice(0, 4).map(accessEvidence),
        ...(races.length < 2
          ? []
          : [
              {
                statement: `${count(races.length - 1, 'further report')} of the same places.`,
                source: races[1]?.source ?? race.source,
              },
            ]),
      ],
      against: [],
      checks: [
        { statement: 'Both accesses are printed with their frames', held: firstFrame !== undefined && secondFrame !== undefined },
      ],
      next: [{ why: 'Guard both places with the same mutex, or pass the value over a channel' }],
      references: [],
      bogus: [],
    },
  ];
}

/** Reports by the places of their accesses, in printed order. */
function byPlaces(races: readonly Race[]): Map<string, Race[]> {
  const groups = new Map<string, Race[]>();
  for (const race of races) {
    const places = race.accesses.map((access) => {
      const frame = frameOf(access);
      return `${frame?.function ?? ''}:${String(frame?.line ?? 0)}:${verb(access)}`;
    });
    const key = places.sort().join('|');
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [race]);
    else known.push(race);
  }
  return groups;
}

/** A report whose body could not be read still is one. */
function bareReport(context: RuleContext): Conclusion[] {
  const event = context.snapshot.events.find((each) => each.kind === 'race' || each.category === 'race');
  if (event === undefined) return [];
  return [
    {
      headline: 'The race detector found two goroutines that use the same memory without a lock',
      confidence: 'very likely',
      explanation: 'The paste holds the head of a race report, its accesses are not there.',
      evidence: [{ statement: 'The race detector printed a report.', source: event.source }],
      against: [],
      checks: [{ statement: 'Both accesses are printed with their frames', held: false }],
      next: [{ why: 'Paste the whole report, from one line of equals signs to the next' }],
      references: [],
      bogus: [],
    },
  ];
}

function examine(context: RuleContext): Conclusion[] {
  const { races } = context.snapshot;
  if (races.length === 0) return bareReport(context);
  const groups = [...byPlaces(races).values()];
  const conclusions = groups.slice(0, mostRaces).flatMap(conclude);
  const last = conclusions[conclusions.length - 1];
  if (last !== undefined && groups.length > mostRaces) {
    last.evidence.push({
      statement: `Races of ${count(groups.length - mostRaces, 'further pair')} of places follow in the paste.`,
    });
  }
  return conclusions;
}

export const race03: Rule = { id: 'RACE-03', title: 'Race detector report', weight: 6, examine };
