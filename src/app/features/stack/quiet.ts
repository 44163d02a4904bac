/**
 * Which words are worth a row of their own. A word is quiet unless it is a link, a return address, a problem, named by a
 * register, or, near a problem, something other than a small number.
 */
import type { StackBand, StackPicture, StackRow } from '../../../core/model/picture.ts';
import { counted } from '../../ui/digits.ts';

const pointerKinds = new Set([
  'own-stack',
  'other-stack',
  'system-stack',
  'heap',
  'span-not-in-use',
  'arena-reserved',
  'data',
  'text',
]);

export function isPointer(row: StackRow): boolean {
  return row.meaning !== undefined && pointerKinds.has(row.meaning.kind);
}

/** A frame with more words is not opened for a problem in it: the words beside it would hide the chain. */
const mostOpenedWords = 12;

/** Bands around a callout: the one that holds it and its caller. */
export function bandsNearProblems(picture: StackPicture): Set<StackBand> {
  const near = new Set<StackBand>();
  for (const callout of picture.callouts) {
    const index = picture.bands.findIndex((band) => callout.address >= band.start && callout.address < band.end);
    for (const band of picture.bands.slice(Math.max(0, index), index + 2))
      if (index >= 0 && band.rows.length <= mostOpenedWords) near.add(band);
  }
  return near;
}

/** The stack pointer always names the first word: that alone tells nothing about the word. */
const stackPointerName = /^[RE]?SP$/;

export function isQuiet(row: StackRow, nearProblem: boolean): boolean {
  if (row.link !== undefined || row.field !== undefined || row.pointedBy.some((name) => !stackPointerName.test(name)))
    return false;
  if (row.verdict === 'bogus' || row.verdict === 'doubtful') return false;
  if (row.role === 'return-address' || row.role === 'saved-frame-pointer' || row.role === 'saved-link-register') return false;
  return !nearProblem || isSmall(row);
}

function isSmall(row: StackRow): boolean {
  return row.value === undefined || row.value < 4096n;
}

/** What a folded run says in the meaning column. */
export function foldSummary(rows: readonly StackRow[]): string {
  const roles = new Set(rows.map((row) => row.role));
  const subject =
    roles.size === 1 && roles.has('local')
      ? rows.length === 1
        ? 'local'
        : 'locals'
      : roles.size === 1 && roles.has('argument')
        ? 'arguments or spills'
        : roles.has('argument') && roles.has('local')
          ? 'locals, spills'
          : 'words';
  const count = (kinds: string[]) => rows.filter((row) => row.meaning !== undefined && kinds.includes(row.meaning.kind)).length;
  const notes: string[] = [];
  const note = (n: number, where: string) => {
    const verb = notes.length > 0 ? '' : n === 1 ? 'points ' : 'point ';
    if (n > 0) notes.push(`${n.toString()} ${verb}into ${where}`);
  };
  note(count(['own-stack']), 'this stack');
  note(count(['heap', 'span-not-in-use']), 'the Go heap');
  note(count(['text']), 'code');
  const absent = rows.filter((row) => row.value === undefined).length;
  if (absent > 0) notes.push(`${counted(absent, 'word')} not in the paste`);
  else if (rows.every((row) => row.value === 0n)) notes.push('all zero');
  return notes.length === 0 ? subject : `${subject} — ${notes.join(', ')}`;
}
