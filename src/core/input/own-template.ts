/** A prefix of no known form, found by what stands behind it: its numbers are free to change. */
import { isKnownFront } from './bare.ts';
import { decodedLines } from './encoded-lines.ts';
import { byteOrderMark } from './lines.ts';
import { judgePrefix, longestPrefix, withoutPrefix } from './prefix-removal.ts';
import { templateOf, type PrefixForm } from './prefixes.ts';
import { holdsStack, isRecord, isStackRecord } from './records.ts';
import { isHeader } from './shapes.ts';

/** What one line has before its reason tells nothing of others. */
const fewestLines = 4;
const reason = 'fatal error: ';
const raceHead = 'WARNING: DATA RACE';

/** The prefix that nearly all of these lines have; undefined where they have none. */
export function ownTemplate(lines: readonly string[]): PrefixForm | undefined {
  return (
    templateFrom(lines, headAt) ??
    templateFrom(lines, recordAt, (front, rests) => isSpread(rests) || (isFront(front) && rests.some(holdsStack))) ??
    (lines.length >= fewestLines ? templateFrom(lines, reasonAt) : undefined)
  );
}

function templateFrom(
  lines: readonly string[],
  placeIn: (line: string) => number,
  allows: (front: string, rests: readonly string[]) => boolean = () => true,
): PrefixForm | undefined {
  for (const line of lines) {
    const at = placeIn(line);
    if (at <= 0 || at > longestPrefix || line.slice(0, at).trim() === '') continue;
    const front = ownPart(line.slice(0, at));
    // Blanks behind it may be an indentation that it was put before.
    for (const one of new Set([front, front.replace(/(?<=[ \t])[ \t]+$/, '')])) {
      const pattern = templateOf(one);
      const { covers, reads } = judgePrefix(lines, pattern);
      if (covers && reads && allows(one, withoutPrefix(lines, pattern))) return { name: 'template', pattern };
    }
    return undefined;
  }
  return undefined;
}

/** A front without the known forms at its end: they go next. */
function ownPart(front: string): string {
  for (let at = front.indexOf(' ') + 1; at > 0 && at < front.length; at = front.indexOf(' ', at) + 1) {
    if (front[at] !== ' ' && isKnownFront(front.slice(at))) return front.slice(0, at);
  }
  return front;
}

/** A header whose end a mail's encoding changed, or put on the next line. */
const brokenHeader = /goroutine \d{1,19} (?:gp=3D|\[).{0,200}=(?:0D)?$/;

/** Where a goroutine header or the head of a race report begins; -1 = nowhere. */
function headAt(line: string): number {
  const at = line.indexOf('goroutine ');
  if (at >= 0 && isHeader(line.slice(at))) return at;
  const broken = at < 0 ? -1 : line.search(brokenHeader);
  if (broken >= 0) return broken;
  return line.endsWith(raceHead) ? line.length - raceHead.length : -1;
}

/** A process that dies early prints no goroutine: where its reason begins; -1 = nowhere. */
function reasonAt(line: string): number {
  return line.startsWith(reason) ? -1 : line.indexOf(reason);
}

const recordStart = new RegExp(`[ \\t](?:${byteOrderMark})?(?=\\{[ \\t]*"|[A-Za-z_][\\w.@/-]{0,63}=)`, 'g');

/** Where the record of a JSON or logfmt log begins; -1 = nowhere. */
function recordAt(line: string): number {
  for (const { index, 0: front } of line.slice(0, longestPrefix).matchAll(recordStart)) {
    const rest = line.slice(index + front.length);
    if (isRecord(rest) || isStackRecord(rest)) return index + 1;
  }
  return -1;
}

const headerWords = /goroutine \d{1,19} (?:gp=\S{1,24} m=\S{1,12} (?:mp=\S{1,24} )?)?\[[^\]\\]{1,200}\]:/;
/** A place of the runtime's; a logger's own has no offset behind it. */
const placeWords = /\.(?:go|s):\d{1,7}(?: \+0x|[\\"]|$)/;

const fewestPlaces = 2;

/** A dump with a record for each of its lines. */
function isSpread(lines: readonly string[]): boolean {
  let headers = 0;
  let places = 0;
  for (const line of decodedLines(lines)) {
    const place = placeWords.test(line);
    if (place) places++;
    else if (headerWords.test(line)) headers++;
  }
  return headers > 0 && places >= fewestPlaces;
}

const longestFront = 80;
const mostWords = 2;

/** Before records that hold whole stacks: a number, hardly a word, and a mark at its end. Words are a message, and stay. */
function isFront(front: string): boolean {
  return (
    front.length <= longestFront &&
    /\d/.test(front) &&
    /[^\w\s"'=,]\s*$/.test(front) &&
    (front.match(/[A-Za-z]{2,}/g)?.length ?? 0) <= mostWords
  );
}
