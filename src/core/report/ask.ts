/** What to ask next of one snapshot, for every report: the missing words of the shown stack, then everything else. */
import { answeredOf, delveWords, requestsOf, scriptOf } from '../ask/index.ts';
import { documentBytes } from '../model/bytes.ts';
import { formatAddress, toAddress, type AddressRange } from '../model/address.ts';
import type { AnalysedCase, AnalysedSnapshot } from '../model/case.ts';
import type { StackPicture } from '../model/picture.ts';
import { debuggers, type DebuggerName, type DebuggerRequest, type Questions } from '../model/session.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { pictureOf } from '../picture/index.ts';
import { shownOwner } from './crash-stack.ts';

/** Pieces of the shown stack that are asked for at most. */
const stackLimit = 5;
/** Words of one piece that are asked for: a stack that overflowed has a gigabyte, and what is told lies at its top. */
const mostWords = 4096;
/** Requests beyond stack words that a report carries. */
const requestLimit = 16;

interface Piece {
  start: bigint;
  bytes: number;
  command: string;
}

/** Stack words that are not in the case: all of it where none is, else the holes between the known ones. */
function missingPieces(picture: StackPicture): Piece[] {
  const first = picture.bands[0];
  const last = picture.bands.at(-1);
  if (first === undefined || last === undefined) return [];
  if (picture.wordsKnown > 0) return picture.bands.flatMap((band) => band.gaps).slice(0, stackLimit);
  const command = picture.missing?.command;
  return command === undefined ? [] : [{ start: first.start, bytes: Number(last.end - first.start), command }];
}

function wordRequest({ start, bytes, command }: Piece, size: 4 | 8): DebuggerRequest {
  const words = Math.min(Math.ceil(bytes / size), mostWords);
  const at = formatAddress(start);
  return {
    why: `${bytes} bytes of the stack at ${at} are not in the input`,
    tells: 'What each frame saved: the frame-pointer chain, return addresses, and where a bad value lies',
    reads: { start: toAddress(start), end: toAddress(start + BigInt(Math.min(bytes, words * size))) },
    gdb: [command],
    delve: delveWords(start, words, size),
    lldb: [`memory read --format x --size ${size} --count ${words} ${at}`],
  };
}

/** A finding about memory, or a session: an ordinary panic asks for no more than its stack. */
function asksMore({ findings, snapshot }: AnalysedSnapshot): boolean {
  return findings.some((finding) => finding.bogus.length > 0) || snapshot.threads.some((thread) => thread.kind === 'debugger');
}

function covers({ reads }: DebuggerRequest, other: AddressRange): boolean {
  return reads !== undefined && reads.start <= other.start && reads.end >= other.end;
}

/** Requests in the order in which they tell most. `all`: also where nothing but an ordinary panic is in the case. */
export function asksFor(analysed: AnalysedCase, chosen: AnalysedSnapshot, all = false): DebuggerRequest[] {
  const owner = shownOwner(chosen);
  const { snapshot, findings } = chosen;
  const picture = owner === undefined ? undefined : pictureOf(snapshot, analysed.documents, owner, findings);
  const pieces = picture === undefined ? [] : missingPieces(picture);
  const requests = all || asksMore(chosen) ? requestsOf(snapshot) : [];
  const words = pieces.map((piece) => wordRequest(piece, snapshot.memory.wordSize));
  const more = requests.filter(({ reads }) => reads === undefined || !words.some((one) => covers(one, reads)));
  return [...words, ...more.slice(0, requestLimit)];
}

/** The debugger that a session was held with, as far as it shows. */
function spokenIn(analysed: AnalysedCase, snapshot: Snapshot): DebuggerName | undefined {
  const sessions = new Set(snapshot.threads.flatMap((thread) => (thread.kind === 'debugger' ? [thread.source.document] : [])));
  for (const moment of snapshot.moments ?? []) sessions.add(moment.source.document);
  for (const [index, kind] of analysed.documentKinds.entries()) if (kind === 'debugger-session') sessions.add(index);
  const marks: readonly [DebuggerName, RegExp][] = [
    ['rr', /^\s*(?:> ?)*\(rr\) /m],
    ['delve', /^\s*(?:> ?)*\(dlv\) /m],
    ['lldb', /^\s*(?:> ?)*\(lldb\) /m],
    ['gdb', /^\s*(?:> ?)*\(gdb\) /m],
  ];
  const decoder = new TextDecoder();
  for (const index of sessions) {
    const document = analysed.documents[index];
    if (document === undefined) continue;
    const text = decoder.decode(documentBytes(document, 0, promptReach));
    const mark = marks.find(([, prompt]) => prompt.test(text));
    if (mark !== undefined) return mark[0];
  }
  return snapshot.moments?.some((moment) => moment.reverse) === true ? 'rr' : undefined;
}

/** Bytes of a session that are searched for its prompt. */
const promptReach = 1 << 16;

export function askScript(analysed: AnalysedCase, chosen: AnalysedSnapshot, debuggerName: DebuggerName): string {
  return scriptOf(asksFor(analysed, chosen, true), debuggerName);
}

export function questionsOf(analysed: AnalysedCase, chosen: AnalysedSnapshot): Questions {
  const open = asksFor(analysed, chosen);
  const scripts: Record<DebuggerName, string> = { gdb: '', rr: '', delve: '', lldb: '' };
  for (const name of debuggers) scripts[name] = scriptOf(open, name);
  const spoken = spokenIn(analysed, chosen.snapshot);
  return {
    open,
    answered: open.length === 0 ? [] : answeredOf(chosen.snapshot),
    scripts,
    ...(spoken !== undefined && { spoken }),
  };
}
