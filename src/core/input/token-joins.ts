/**
 * Lines that were broken at a fixed column, inside a word or number: `sp=0x42c7` and `90 pc=0x46d2df`. A rest joins
 * where the two together are a whole record, and the rest is none by itself.
 */
import { isFunctionLine, isHead, isHeader, isLocation } from './shapes.ts';

const place = / fp=0x[0-9a-f]{1,16} sp=0x[0-9a-f]{1,16} pc=0x[0-9a-f]{1,16}$/;
const lineBegun = /\.(?:go|s|c|h|cc|cpp):\d+(?: |$)/;
/** What begins with a whole word goes on behind a blank. */
const wholeWord = /^(?:\+0x|fp=|sp=|pc=|in goroutine|\/|[A-Za-z]:[\\/])/;
const numberRest = /^[0-9a-f]{1,15}(?:$| (?:fp|sp|pc)=0x)/;
const lineRest = /^(?::\d{1,7}|\d{1,6})(?: \+0x[0-9a-f]+.*)?$/;
const createdBy = /^created by \S+ in goroutine \d+$/;
const pathBegun = /^[^\s():]*\/[^\s():]*$/;
const nameBegun = /^[A-Za-z_][^\s"'`=;,:]*$/;
/** runtime/mbitmap.go badPointer; span.base has brackets in newer versions only. */
const badPointer =
  /^runtime: pointer 0x[0-9a-f]{1,16} to (?:unallocated|unused region of) span (?:idx=\S{1,20} )?span\.(?:base\(\)|base|start)=(?:0x)?[0-9a-f]{1,16} span\.limit=(?:0x)?[0-9a-f]{1,16} span\.state=\d{1,3}$/;
const widestNumber = 16;

/** Both trimmed. True when `rest` goes on inside the last word of `record`. */
export function splitsToken(record: string, rest: string): boolean {
  if (wholeWord.test(rest)) return false;
  const joined = record + rest;
  if (place.test(record) || isLocation(record)) {
    if (numberRest.test(rest) && /0x[0-9a-f]*$/.test(record))
      return digitsAtEnd(record) + digitsAtStart(rest) <= widestNumber && isLocation(joined);
    return lineRest.test(rest) && /:\d+$/.test(record) && / \+0x/.test(rest) && isLocation(joined);
  }
  if (record.startsWith('created by ')) return createdBy.test(joined) && !createdBy.test(record);
  if (record.startsWith('goroutine ')) return isHeader(joined) && (rest === ':' || rest === ']:' || !endsWithWord(record));
  if (record.startsWith('runtime: pointer 0x')) return badPointer.test(joined) && !badPointer.test(record);
  const inLine = lineBegun.test(record);
  const inPath = pathBegun.test(record);
  const inName = nameBegun.test(record);
  if ((!inLine && !inPath && !inName) || isHead(record)) return false;
  // A location that ended before its numbers did, or inside its path.
  if (inLine && place.test(joined)) return true;
  if (inPath && !isHead(rest) && isLocation(joined)) return true;
  // A name that ended before its bracket; a rest with a package of its own continues a path only.
  if (!inName || !isFunctionLine(joined)) return false;
  return !isFunctionLine(rest) || /[/.]$/.test(record);
}

/** What stands between a record and the rest of it: nothing inside a number or before a bracket or comma. */
export function separatorOf(record: string, rest: string): '' | ' ' {
  if (splitsToken(record, rest) || /^[)},?:]/.test(rest)) return '';
  if (/\b0$/.test(record) && /^x[0-9a-f]/.test(rest)) return '';
  if (/0x[0-9a-f]*$/.test(record) && /^[0-9a-f]*(?:[?,)}\]]|$)/.test(rest)) return '';
  if (/\) at \/\S+$/.test(record) && /^\S*:\d+$/.test(rest)) return '';
  return /[(/]$/.test(record) && !record.endsWith(' (') ? '' : ' ';
}

/** Words of statuses and wait reasons (runtime/runtime2.go): behind one of them the line broke at a blank. */
const statusWords = new Set(
  (
    'running runnable syscall idle dead waiting copystack preempted leaked scan durable chan receive send select no cases nil io wait ' +
    'gc worker active inactive assist marking sweep scavenge mark termination finalizer cleanup force sleep semacquire stopping the ' +
    'world garbage collection dumping heap trace reader blocked for cycle debug call panicwait coroutine locked to thread minutes ' +
    'synctest bubble group timer goroutine weak strong updater gomaxprocs m= mp= gp='
  ).split(' '),
);

function endsWithWord(record: string): boolean {
  const word =
    /[^\s[(]*$/
      .exec(record)?.[0]
      .replace(/[,)]+$/, '')
      .toLowerCase() ?? '';
  return statusWords.has(word) || /^(?:\d+|0x[0-9a-f]+|(?:gp|m|mp)=\S+|sync\..*)$/.test(word);
}

function digitsAtEnd(record: string): number {
  return /[0-9a-f]*$/.exec(record)?.[0].length ?? 0;
}

function digitsAtStart(rest: string): number {
  return /^[0-9a-f]*/.exec(rest)?.[0].length ?? 0;
}
