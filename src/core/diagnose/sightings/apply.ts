/**
 * Findings get the other places at which their bogus values stand: first instructions that hold the value as a constant, then the rest.
 * A constant of exactly one listed function of the program names that function where nothing else did, as inferred.
 */
import { textLength } from '../../model/bytes.ts';
import type { AnalysedSnapshot } from '../../model/case.ts';
import type { Evidence, Finding } from '../../model/finding.ts';
import { isRuntimeFunction, withoutAbi } from '../../model/function-name.ts';
import type { SourceRange } from '../../model/source.ts';
import { hex } from '../facts/addresses.ts';
import { code } from '../facts/wording.ts';
import { matchesRule } from '../ranking.ts';
import type { RuleContext } from '../rule.ts';
import { NeedleSets } from './needle-sets.ts';
import { Needles } from './needles.ts';
import { newsOf } from './news.ts';
import { mostSearched, sightingsIn, type Sighting } from './scan.ts';

/** Findings whose values are looked for, values of each, and places told of each. */
const mostFindings = 8;
const mostValues = 8;
const mostTold = 3;

/** Findings in which a constant of a function stands where an address belongs. */
const namesCulprit = ['FP-01', 'FP-02', 'NC-01', 'FAULT-01', 'RA-04'];
/** Instructions that put a constant into a register or memory. */
const holdsConstant = /(?:^|\s)(?:mov|movabs|lea|ldr|adr|orr|MOV|LEA)/;

/** Addresses 8 beside a greater value stand in every dump of a stack; there only instructions count. */
const beyondConstants = 1n << 32n;

/** Bytes behind a reason in which `[signal …]` stands. */
const signalReach = 200;

interface Place {
  function: string;
  text: string;
}

/** Instructions of the listings that `sightings` stand in, by the place at which they were printed. */
function instructionPlaces(context: RuleContext, sightings: readonly Sighting[]): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const listing of context.snapshot.listings) {
    if (listing.run !== undefined && !sightings.some(({ source }) => overlaps(source, listing.source))) continue;
    for (const instruction of listing.instructions) {
      const name = withoutAbi(instruction.function ?? listing.function ?? '');
      if (name !== '') places.set(keyOf(instruction.source), { function: name, text: instruction.text });
    }
  }
  return places;
}

/** Lines are compared by where they end: a reader may leave out the white space before. */
const keyOf = ({ document, end }: SourceRange): string => `${String(document)}:${String(end)}`;

interface Told {
  evidence: Evidence;
  /** Function that has the whole value as a constant. */
  constantOf?: string;
}

function formText({ needle }: Sighting): string {
  const value = hex(needle.number);
  const beside = needle.distance === 0 ? '' : `, ${needle.distance < 0 ? '8 below' : '8 above'} it`;
  switch (needle.form) {
    case 'full':
      return `the value ${value}${beside}`;
    case 'low':
      return `the lower half ${value}`;
    case 'bytes':
      return `the bytes of ${value} in memory order${beside}`;
  }
}

function elsewhere(sighting: Sighting): Evidence {
  const what = formText(sighting);
  const statement = `${what[0]?.toUpperCase() ?? ''}${what.slice(1)} stands in another line as well: ${code(sighting.line)}`;
  // A sentence brings its own full stop.
  return { statement: /[.!?]$/.test(sighting.line) ? statement : `${statement}.`, source: sighting.source, inferred: true };
}

function inCode(sighting: Sighting, place: Place): Told {
  const statement = `${code(place.function)} has ${code(place.text)}: ${formText(sighting)}.`;
  const told: Told = { evidence: { statement, source: sighting.source, inferred: true } };
  const { form, distance } = sighting.needle;
  if (form !== 'low' && distance <= 0 && holdsConstant.test(place.text)) told.constantOf = place.function;
  return told;
}

/** The finding names this instruction already, from another listing. */
function isTold({ evidence }: Finding, { evidence: { statement } }: Told): boolean {
  const instruction = statement.slice(0, statement.lastIndexOf('`: ') + 1);
  return evidence.some((one) => one.statement.startsWith(instruction));
}

/** Lines that the finding quotes already, and those that say what the crash is. */
function quotedLines(context: RuleContext, finding: Finding): SourceRange[] {
  const { events, complaints } = context.snapshot;
  return [
    ...finding.evidence.flatMap(({ source }) => (source === undefined ? [] : [source])),
    // The numbers of a signal stand right below the reason.
    ...events.map(({ source, signal }) => (signal === undefined ? source : { ...source, end: source.end + signalReach })),
    ...complaints.map((complaint) => complaint.source),
  ];
}

const overlaps = (a: SourceRange, b: SourceRange): boolean => a.document === b.document && a.start < b.end && b.start < a.end;

function enriched(
  context: RuleContext,
  finding: Finding,
  sightings: readonly Sighting[],
  places: ReadonlyMap<string, Place>,
): Finding {
  const quoted = quotedLines(context, finding);
  const wanted = new Set<bigint>(finding.bogus.map((pointer) => pointer.value));
  const own = sightings.filter(
    ({ needle, source }) =>
      wanted.has(needle.value) &&
      (needle.distance === 0 || needle.number < beyondConstants || places.has(keyOf(source))) &&
      !quoted.some((line) => overlaps(line, source)),
  );
  const instructions: Told[] = [];
  const others: Sighting[] = [];
  for (const sighting of own) {
    const place = places.get(keyOf(sighting.source));
    if (place === undefined) others.push(sighting);
    else instructions.push(inCode(sighting, place));
  }
  const constants = instructions.filter((one) => one.constantOf !== undefined);
  const told = [...constants, ...instructions.filter((one) => one.constantOf === undefined)]
    .filter((one) => !isTold(finding, one))
    .map((one) => one.evidence)
    .slice(0, mostTold);
  const shown = [...told, ...newsOf(others, finding, mostTold - told.length).map(elsewhere)];
  if (shown.length === 0 && constants.length === 0) return finding;
  const better: Finding = { ...finding, evidence: [...finding.evidence, ...shown] };
  const functions = new Set(constants.map((one) => one.constantOf ?? ''));
  const [only] = functions;
  if (only === undefined || functions.size > 1 || isRuntimeFunction(only) || finding.culprit !== undefined) return better;
  return namesCulprit.some((rule) => matchesRule(finding.rule, rule))
    ? { ...better, culprit: { function: only, inferred: true } }
    : better;
}

/** What is looked for of one snapshot. */
interface Search {
  wanted: readonly Finding[];
  needles: Needles;
}

function searchOf({ findings }: AnalysedSnapshot): Search {
  const wanted = findings.filter((finding) => finding.bogus.length > 0).slice(0, mostFindings);
  const values = new Set(wanted.flatMap((finding) => finding.bogus.slice(0, mostValues).map((pointer) => pointer.value)));
  return { wanted, needles: new Needles(values) };
}

/** Adds to the findings of all snapshots of a case: one pass over the documents for the values of all of them. */
export function withSightings(contexts: readonly RuleContext[], analysed: readonly AnalysedSnapshot[]): AnalysedSnapshot[] {
  const searches = analysed.map(searchOf);
  if (searches.every(({ needles }) => needles.size === 0)) return [...analysed];
  const sets = new NeedleSets(searches.map(({ needles }) => needles));
  const seen: Sighting[][] = searches.map(() => []);
  let budget = mostSearched;
  for (const document of contexts[0]?.documents ?? []) {
    if (budget <= 0) break;
    for (const [index, found] of sightingsIn(document, sets, budget).entries()) seen[index]?.push(...found);
    budget -= textLength(document);
  }
  return analysed.map((one, index) => {
    const context = contexts[index];
    const sightings = seen[index] ?? [];
    if (context === undefined || sightings.length === 0) return one;
    const places = instructionPlaces(context, sightings);
    const findings = one.findings.map((finding) =>
      searches[index]?.wanted.includes(finding) === true ? enriched(context, finding, sightings, places) : finding,
    );
    return { ...one, findings };
  });
}
