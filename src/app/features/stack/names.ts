/** What a slot is called: tag, tone, meaning and the sentence that a screen reader says. */
import { bareFunctionName, isRuntimeFunction, shortFunctionName } from '../../../core/model/function-name.ts';
import type { SlotRole, StackBand, StackPicture, StackRow } from '../../../core/model/picture.ts';
import type { WordKind } from '../../../core/model/word.ts';
import type { GlyphName } from '../../ui/glyphs.tsx';
import type { Tone } from '../../ui/tag.tsx';

/** Runtime functions by bare name, others with their package. */
export function displayName(name: string): string {
  if (name === '') return 'unknown function';
  return isRuntimeFunction(name) ? bareFunctionName(name) : shortFunctionName(name);
}

/** Name of a band: its function, or what the words are that no frame describes. */
export function bandTitle(band: StackBand): string {
  if (band.struct !== undefined) return band.struct;
  return band.frameRow < 0 ? 'past the traceback' : displayName(band.function);
}

/** `/usr/local/go/src/runtime/chan.go` → `runtime/chan.go`: the last folder and the file. */
export function shortFile(file: string): string {
  return file.split('/').slice(-2).join('/');
}

const roleNames: Record<SlotRole, string> = {
  'return-address': 'return address',
  'saved-frame-pointer': 'saved frame pointer',
  'saved-link-register': 'saved link register',
  argument: 'argument or spill',
  local: 'local word',
  unknown: 'word',
};

export function roleName(role: SlotRole): string {
  return roleNames[role];
}

const roleTags: Record<SlotRole, { tone: Tone; glyph: GlyphName; text: string }> = {
  'return-address': { tone: 'ret', glyph: 'ret', text: 'return' },
  'saved-frame-pointer': { tone: 'fp', glyph: 'fp', text: 'saved FP' },
  'saved-link-register': { tone: 'ret', glyph: 'ret', text: 'saved LR' },
  argument: { tone: 'arg', glyph: 'arg', text: 'arg' },
  local: { tone: 'local', glyph: 'local', text: 'local' },
  unknown: { tone: 'local', glyph: 'local', text: 'word' },
};

const pointerTags: Partial<Record<WordKind, string>> = {
  'own-stack': 'stack ptr',
  'other-stack': 'stack ptr',
  'system-stack': 'stack ptr',
  heap: 'heap ptr',
  'span-not-in-use': 'freed ptr',
  'arena-reserved': 'reserved ptr',
  data: 'data ptr',
  text: 'code ptr',
  'mapped-file': 'C ptr',
  mapped: 'C ptr',
};

export interface SlotTag {
  tone: Tone;
  glyph: GlyphName;
  text: string;
}

export function tagOf(row: StackRow): SlotTag {
  const role = roleTags[row.role];
  const own = row.field === undefined ? role : { ...role, text: 'field' };
  if (row.verdict === 'bogus') return { tone: 'bad', glyph: 'bad', text: own.text };
  if (row.value === undefined) return { tone: 'absent', glyph: 'absent', text: own.text };
  if (row.verdict === 'doubtful') return { tone: 'warn', glyph: 'warn', text: `${own.text}?` };
  if (row.role === 'return-address' && row.meaning?.symbol?.function === 'runtime.goexit') return { ...own, glyph: 'end' };
  if (row.role !== 'local' && row.role !== 'unknown') return own;
  if (row.value === 0n) return { tone: 'zero', glyph: 'zero', text: '0' };
  const pointer = row.meaning === undefined ? undefined : pointerTags[row.meaning.kind];
  return pointer === undefined ? own : { tone: 'ptr', glyph: 'ptr', text: pointer };
}

export function toneOf(row: StackRow): Tone {
  return tagOf(row).tone;
}

function bandAt(picture: StackPicture, address: bigint): StackBand | undefined {
  return picture.bands.find((band) => address >= band.start && address < band.end);
}

/** The frame that a value points into; the words past the traceback are no frame. */
function frameAround(picture: StackPicture, value: bigint): string | undefined {
  const band = bandAt(picture, value);
  return band === undefined || band.frameRow < 0 ? undefined : displayName(band.function);
}

/** What a saved frame pointer that is not in the case must hold, as far as frames say. */
export function expectedValue(row: StackRow, { links }: StackPicture): bigint | undefined {
  return row.value === undefined && row.link !== undefined ? links[row.link]?.expected : undefined;
}

/** Of a slot without a word: where it must lead, as far as frames say. */
function expectation(row: StackRow, picture: StackPicture): string {
  const value = expectedValue(row, picture);
  const frame = value === undefined ? undefined : frameAround(picture, value);
  if (frame !== undefined) return `expected: ${frame}’s frame`;
  if (value !== undefined) return 'expected';
  const text = row.meaning?.inferred === true ? tidy(row.meaning.text) : '';
  return text === '' ? 'not in the paste' : `expected: ${text}`;
}

/** The same as a sentence of its own, with the value: 'must be 0x1058'; '' when nothing says so. */
export function mustBe(row: StackRow, picture: StackPicture): string {
  const value = expectedValue(row, picture);
  const text = value !== undefined ? `0x${value.toString(16)}` : row.meaning?.inferred === true ? tidy(row.meaning.text) : '';
  return row.value !== undefined || text === '' ? '' : `must be ${text}`;
}

/** `runtime.f+0x00f5` → `f +0xf5`: as the diagram writes functions. */
function tidy(text: string): string {
  return text.replace(/^runtime\.(?!goexit)/, '').replace(/ ?\+0x0*([0-9a-f]+)$/, ' +0x$1');
}

/** The meaning column; of a struct's word, its field first. */
export function meaningOf(row: StackRow, picture: StackPicture): string {
  const meaning = valueMeaning(row, picture);
  return [row.field ?? '', meaning].filter((part) => part !== '').join(' · ');
}

function valueMeaning(row: StackRow, picture: StackPicture): string {
  const link = row.link === undefined ? undefined : picture.links[row.link];
  const { meaning, value } = row;
  if (row.verdict === 'bogus') {
    if (row.role === 'saved-frame-pointer') return 'not a frame pointer';
    if (row.role === 'return-address' || row.role === 'saved-link-register') return 'not a return address';
    return meaning?.text ?? 'cannot be what this slot holds';
  }
  if (value === undefined) return expectation(row, picture);
  if (link?.verdict === 'end') return 'end of chain';
  const frame = row.role === 'saved-frame-pointer' || meaning?.kind === 'own-stack' ? frameAround(picture, value) : undefined;
  if (row.role === 'saved-frame-pointer' && frame !== undefined) return `${frame}’s frame`;
  if (row.role === 'argument' && meaning !== undefined) {
    const name = meaning.text.replaceAll('runtime.', '');
    return frame === undefined ? name : `${name} → ${frame}`;
  }
  if (frame !== undefined) return `points into ${frame}`;
  if (meaning?.symbol !== undefined) {
    const { function: name, offset } = meaning.symbol;
    return offset === 0 ? displayName(name) : `${displayName(name)} +0x${offset.toString(16)}`;
  }
  const text = meaning?.text ?? '';
  // The value stands in the column beside it, below ten in decimal too.
  if (value < 10n || text === `0x${value.toString(16)}`) return '';
  return meaning?.kind === 'text' ? tidy(text) : text.replace(/^0x[0-9a-f]+ is (?=in |not )/, '');
}

/** One row as a sentence: address, role, value, verdict, expectation, registers, frame. */
export function accessibleName(row: StackRow, band: StackBand, picture: StackPicture): string {
  const link = row.link === undefined ? undefined : picture.links[row.link];
  const role = row.ofCaller === true ? 'saved frame pointer of the caller' : roleName(row.role);
  const parts = [`0x${row.address.toString(16)}`, role];
  parts.push(row.value === undefined ? 'not in the paste' : `value 0x${row.value.toString(16)}`);
  const must = mustBe(row, picture);
  if (must !== '') parts.push(must);
  const why = link?.reason ?? row.meaning?.text;
  if (row.verdict === 'bogus') parts.push(why === undefined ? 'bogus' : `bogus: ${why.replaceAll('`', '')}`);
  else if (row.verdict === 'doubtful') parts.push(why === undefined ? 'doubtful' : `doubtful: ${why.replaceAll('`', '')}`);
  else if (row.value !== undefined) {
    const meaning = meaningOf(row, picture);
    if (meaning !== '') parts.push(meaning);
  }
  if (row.verdict === 'bogus' && link?.expected !== undefined) parts.push(`expected 0x${link.expected.toString(16)}`);
  if (link?.pastBreak === true) parts.push('past the break');
  if (row.pointedBy.length > 0) parts.push(`${row.pointedBy.join(', ')} here`);
  parts.push(band.frameRow < 0 ? bandTitle(band) : `frame ${bandTitle(band)}`);
  return parts.join(', ');
}
