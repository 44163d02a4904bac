/**
 * Whether a line that holds a bogus value says something new: instructions, arguments, constants in sources, and rows of other memory do;
 * what a person typed, what the runtime complained of, and the row that the finding speaks about do not.
 */
import type { Finding } from '../../model/finding.ts';
import { code } from '../../model/quote.ts';
import { hex } from '../facts/addresses.ts';
import type { Sighting } from './scan.ts';

/** Commands behind a prompt, results of `print`, addresses that could not be read. */
const asked = /^(?:\([a-z]{2,8}\)|[a-z]{2,8}[>➤]) |^\$\d+ = 0x|Cannot access memory/;
/** Frames and lines of the runtime, which was handed the value and refused it, and the fault address among the registers. */
const complained = /^(?:runtime[.:]|\[signal |fault\s+0x)/;
/** `0xc000072ee0: …`, `000000c000072ee0: …`: the address of a row. */
const row = /^(?:0x)?([0-9a-f]{6,16})(?: <[^>]{0,200}>)?:/i;
/** The widest row that a listing of memory prints, in bytes. */
const widestRow = 32n;
const register = /^([a-z][a-z0-9]{1,4})[\s:]+0x/i;
const declares = /\b(?:const|define|DATA|MOV[A-Z]*)\b/;
/** What stands before a constant or an argument. */
const beforeConstant = '=$#({[+-*^|&';

function isKnownRow(line: string, { needle }: Sighting, finding: Finding): boolean {
  const match = row.exec(line);
  if (match === null) return false;
  const address = BigInt(`0x${match[1] ?? '0'}`);
  if (address === needle.number) return true;
  return finding.bogus.some(({ at }) => typeof at === 'bigint' && at >= address && at < address + widestRow);
}

function isKnownRegister(line: string, { needle }: Sighting, finding: Finding): boolean {
  const name = register.exec(line)?.[1];
  if (name === undefined) return false;
  return finding.evidence.some(({ statement }) => statement.includes(code(name)) && statement.includes(hex(needle.number)));
}

/** A sentence of the same text that mentions the value as the finding prints it. */
function isMention(line: string, { needle, source }: Sighting, finding: Finding): boolean {
  if (needle.form !== 'full' || row.test(line) || register.test(line) || declares.test(line)) return false;
  if (!finding.evidence.some((evidence) => evidence.source?.document === source.document)) return false;
  const at = line.toLowerCase().search(new RegExp(`0x0*${needle.number.toString(16)}(?![0-9a-f])`));
  if (at < 0) return false;
  const before = line.slice(0, at).trimEnd();
  const last = before.slice(-1);
  // Arguments have an end, clauses go on.
  if (last === ',') return !/^[^()]{0,40}\)/.test(line.slice(at));
  return last === '' || !beforeConstant.includes(last);
}

/** Of hits outside of listings, in printed order: the first `most` that say something new, each text once. */
export function newsOf(sightings: readonly Sighting[], finding: Finding, most = Infinity): Sighting[] {
  const seen = new Set<string>();
  const news: Sighting[] = [];
  for (const sighting of sightings) {
    if (news.length >= most) break;
    const { line } = sighting;
    if (asked.test(line) || complained.test(line)) continue;
    if (isKnownRow(line, sighting, finding) || isKnownRegister(line, sighting, finding) || isMention(line, sighting, finding))
      continue;
    const text = line.replace(/\s+/g, ' ');
    if (seen.has(text)) continue;
    seen.add(text);
    news.push(sighting);
  }
  return news;
}
