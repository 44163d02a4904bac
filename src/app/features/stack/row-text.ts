/** Rows, runs and frames as text: for the clipboard and for names. */
import type { StackBand, StackPicture, StackRow } from '../../../core/model/picture.ts';
import { formatWord } from '../../../core/model/address.ts';
import { byteCount, counted } from '../../ui/digits.ts';
import { addressOf, type BandBox, type StackItem } from './items.ts';
import { accessibleName, bandTitle, displayName, meaningOf, mustBe, shortFile, tagOf } from './names.ts';
import { foldSummary } from './quiet.ts';

/** One row as copied: address, kind, value, meaning, in columns. */
export function rowText(row: StackRow, picture: StackPicture): string {
  const value = row.value === undefined ? '—'.padEnd(18) : formatWord(row.value);
  const registers = row.pointedBy.length > 0 ? `  <- ${row.pointedBy.join(', ')}` : '';
  const must = mustBe(row, picture);
  const meaning = must === '' ? meaningOf(row, picture) : `not in the paste, ${must}`;
  return `0x${row.address.toString(16)}  ${tagOf(row).text.padEnd(9)}  ${value}  ${meaning}${registers}`.trimEnd();
}

export function frameText(band: StackBand, picture: StackPicture): string {
  const place = placeOf(band);
  const head = `${band.function === '' ? 'unknown function' : band.function}${place === '' ? '' : `  ${place}`}  ${byteCount(band.end - band.start)}`;
  return [head, ...band.rows.map((row) => `  ${rowText(row, picture)}`)].join('\n');
}

/** `runtime/chan.go:156`, or ''. */
export function placeOf(band: StackBand): string {
  if (band.file === undefined) return '';
  return band.line === undefined ? shortFile(band.file) : `${shortFile(band.file)}:${band.line.toString()}`;
}

/** Label of a row group. */
export function bandName(band: StackBand): string {
  const inlined = band.inlined.length === 0 ? '' : `, with ${band.inlined.map(displayName).join(', ')} inlined`;
  const place = placeOf(band);
  const what = band.struct !== undefined ? 'Struct ' : band.frameRow < 0 ? 'Words ' : 'Frame ';
  return `${what}${bandTitle(band)}${place === '' ? '' : `, ${place}`}, ${(band.end - band.start).toString()} bytes${inlined}`;
}

/** Accessible name of any stop. */
export function itemName(item: StackItem, box: BandBox, picture: StackPicture): string {
  const at = `0x${addressOf(item).toString(16)}`;
  const frame = box.band.frameRow < 0 ? bandTitle(box.band) : `frame ${bandTitle(box.band)}`;
  switch (item.kind) {
    case 'row':
      return accessibleName(item.row, box.band, picture);
    case 'fold':
      return `${counted(item.rows.length, 'word')} from ${at}, ${foldSummary(item.rows)}, ${item.open ? 'shown' : 'folded'}, ${frame}`;
    case 'gap':
      return `${counted(item.gap.bytes, 'byte')} from ${at} are not in the paste, get them with ${item.gap.command}, ${frame}`;
    case 'callout':
      return '';
  }
}

/** What the strip at the lower end says; '' without bounds. */
export function lowerBoundText(picture: StackPicture): { before: string; lo: string; guard?: string } | undefined {
  const { bounds } = picture;
  if (bounds === undefined) return undefined;
  const guessed = bounds.known === 'guessed' ? 'guessed ' : '';
  return {
    before: bounds.unused > 0 ? `${byteCount(bounds.unused)} unused down to ${guessed}stack.lo` : `${guessed}stack.lo`,
    lo: `0x${bounds.lo.toString(16)}`,
    ...(bounds.guard !== undefined && { guard: `0x${bounds.guard.toString(16)}` }),
  };
}
