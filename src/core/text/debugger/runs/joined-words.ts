/** Units of one, two or four bytes that follow each other, joined to words where they stand in their columns. */
import { highHalf, lowHalf } from '../../../model/halves.ts';
import type { WordColumns } from '../../../model/word-columns.ts';

/**
 * Joins the units in rows [from, length) low part first, `unit` bytes each, to words of `wordSize` bytes at aligned addresses; where no
 * aligned word is whole, from the first address on. What is left over is dropped.
 */
export function joinUnits(columns: WordColumns, from: number, unit: number, wordSize: 4 | 8): void {
  const { addressHalves, valueHalves, start, end, symbol } = columns.data;
  const per = wordSize / unit;
  const first = addressHalves[2 * from + lowHalf] ?? 0;
  const ahead = (wordSize - (first % wordSize)) % wordSize;
  let at = from + ahead / unit;
  // An address that is no multiple of its units is never aligned.
  if (ahead % unit !== 0 || at + per > columns.length) at = from;
  const mask = unit === 4 ? -1 : (1 << (unit * 8)) - 1;
  let row = from;
  for (; at + per <= columns.length; at += per, row++) {
    let high = 0;
    let low = 0;
    for (let part = 0; part < per; part++) {
      const value = (valueHalves[2 * (at + part) + lowHalf] ?? 0) & mask;
      const shift = part * unit * 8;
      if (shift < 32) low |= value << shift;
      else high |= value << (shift - 32);
    }
    addressHalves[2 * row + highHalf] = addressHalves[2 * at + highHalf] ?? 0;
    addressHalves[2 * row + lowHalf] = addressHalves[2 * at + lowHalf] ?? 0;
    valueHalves[2 * row + highHalf] = high;
    valueHalves[2 * row + lowHalf] = low;
    start[row] = start[at] ?? 0;
    end[row] = end[at + per - 1] ?? 0;
    symbol[row] = 0;
  }
  columns.length = row;
}
