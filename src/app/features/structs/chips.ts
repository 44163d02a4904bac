/** What a value is, in the two or three words of a chip. */
import type { FieldRow } from '../../../core/model/session.ts';
import type { WordKind } from '../../../core/model/word.ts';
import type { GlyphName } from '../../ui/glyphs.tsx';
import type { Tone } from '../../ui/tag.tsx';

export interface Chip {
  tone: Tone;
  glyph: GlyphName;
  text: string;
}

const chips: Record<WordKind, Chip> = {
  nil: { tone: 'zero', glyph: 'zero', text: 'nil' },
  'small-integer': { tone: 'local', glyph: 'local', text: 'number' },
  text: { tone: 'ret', glyph: 'ret', text: 'code' },
  'own-stack': { tone: 'ptr', glyph: 'ptr', text: 'stack pointer' },
  'other-stack': { tone: 'ptr', glyph: 'ptr', text: 'goroutine stack' },
  'system-stack': { tone: 'ptr', glyph: 'ptr', text: 'system stack' },
  heap: { tone: 'ptr', glyph: 'ptr', text: 'Go heap' },
  'span-not-in-use': { tone: 'bad', glyph: 'bad', text: 'freed Go span' },
  'arena-reserved': { tone: 'warn', glyph: 'warn', text: 'reserved heap' },
  data: { tone: 'ptr', glyph: 'ptr', text: 'data' },
  'mapped-file': { tone: 'ptr', glyph: 'ptr', text: 'file in memory' },
  mapped: { tone: 'ptr', glyph: 'ptr', text: 'C memory' },
  unmapped: { tone: 'warn', glyph: 'warn', text: 'unmapped' },
  'non-canonical': { tone: 'bad', glyph: 'bad', text: 'no address' },
  poison: { tone: 'warn', glyph: 'warn', text: 'poison' },
  ascii: { tone: 'local', glyph: 'local', text: 'ASCII' },
  'utf-16': { tone: 'local', glyph: 'local', text: 'UTF-16' },
  float: { tone: 'local', glyph: 'local', text: 'float' },
  instructions: { tone: 'warn', glyph: 'warn', text: 'instructions' },
  'half-pointer': { tone: 'warn', glyph: 'warn', text: 'half a pointer' },
  'one-bit-off': { tone: 'warn', glyph: 'warn', text: 'one bit off' },
  unknown: { tone: 'local', glyph: 'local', text: 'pointer' },
};

const number: Chip = { tone: 'local', glyph: 'local', text: 'number' };

function leftover(sign: string): Chip {
  if (sign.includes('same word')) return { tone: 'bad', glyph: 'bad', text: 'leftover word' };
  const what = sign.includes('stack') ? 'stack address' : sign.includes('code') ? 'code address' : 'address';
  return { tone: 'bad', glyph: 'bad', text: `leftover ${what}` };
}

/** `<name+21>` behind a pointer: no function begins there. */
export function offsetInSymbol(symbol: string | undefined): number {
  return Number(/\+(\d{1,9})>?$/.exec(symbol ?? '')?.[1] ?? 0);
}

/** undefined for a field that is no number. */
export function chipOf(row: FieldRow): Chip | undefined {
  const { field, meaning, sign } = row;
  if (sign !== undefined) return leftover(sign);
  if (field.value === undefined) return undefined;
  if (row.bad) return { tone: 'bad', glyph: 'bad', text: meaning?.kind === 'span-not-in-use' ? 'freed Go span' : 'bad pointer' };
  const offset = offsetInSymbol(field.symbol);
  if (offset > 0) return { tone: 'warn', glyph: 'warn', text: `mid-function, +${offset.toString()}` };
  if (meaning === undefined) return number;
  if (meaning.kind === 'nil' && field.decimal === true) return { ...chips.nil, text: '0' };
  if (meaning.kind === 'mapped' && meaning.text.endsWith('this struct')) return { tone: 'ptr', glyph: 'ptr', text: 'same stack' };
  // Integers that are no address: their value says all.
  if (field.decimal === true && (meaning.kind === 'unknown' || meaning.kind === 'unmapped' || meaning.kind === 'float'))
    return number;
  return chips[meaning.kind];
}

/** What stands beside the chip: never the value again. */
export function chipDetail(row: FieldRow): string {
  if (row.sign !== undefined) {
    // Said once, above the table.
    if (row.sign.includes('same word')) return '';
    const comma = row.sign.indexOf(', ');
    const told = row.sign.startsWith('the text') ? row.sign : comma < 0 ? row.sign : row.sign.slice(comma + 2);
    return told;
  }
  const { meaning, field } = row;
  if (field.symbol !== undefined) return field.symbol;
  if (meaning === undefined || field.value === undefined) return '';
  const telling: readonly WordKind[] = ['nil', 'small-integer', 'unknown', 'unmapped'];
  return telling.includes(meaning.kind) ? '' : meaning.text;
}
