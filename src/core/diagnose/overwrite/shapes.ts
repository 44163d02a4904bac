/**
 * What words of a run have in common, and who writes such a run. A shape looks at one word at a time; the words that it accepts need to
 * be many enough that chance is out of the question (`least`). Order matters: the first shape that covers the damaged slot is taken.
 */
import { bytesOf } from '../../words/text-bytes.ts';

export type ShapeName =
  | 'one byte'
  | 'one word'
  | 'text'
  | 'wide text'
  | 'zeros'
  | 'float64'
  | 'float32'
  | 'rising numbers'
  | 'int32 pairs'
  | 'pointers';

export interface Word {
  value: bigint;
  /** The word below it in the run, when it is known. */
  below?: bigint;
  /** The word above it. */
  above?: bigint;
  /** Leads to code, to a stack or to the heap. */
  leads: boolean;
  /** Leads to the heap or to data. */
  data: boolean;
}

export interface Shape {
  name: ShapeName;
  /** Bytes from one element of the run to the next. */
  unit: number;
  /** Words that a run needs. */
  least: number;
  accepts: (word: Word) => boolean;
}

const isPrintable = (byte: number): boolean => (byte >= 0x20 && byte <= 0x7e) || byte === 0x09 || byte === 0x0a || byte === 0x0d;

/** Eight characters, or four; UTF-8 sequences of other scripts count as characters. */
function isText(value: bigint, size: 4 | 8 = 8): boolean {
  const bytes = bytesOf(value).slice(0, size);
  return bytes.every((byte) => isPrintable(byte) || byte >= 0x80) && bytes.filter(isPrintable).length >= size / 2;
}

function isWideText(value: bigint, size: 4 | 8 = 8): boolean {
  const bytes = bytesOf(value).slice(0, size);
  return bytes.every((byte, index) => (index % 2 === 1 ? byte === 0 : isPrintable(byte)));
}

function isOneByte(value: bigint, size: 4 | 8 = 8): boolean {
  const byte = value & 0xffn;
  return value !== 0n && value === BigInt.asUintN(8 * size, byte * 0x0101010101010101n);
}

/** Magnitudes of measured and computed values. Addresses and small integers, read as floating point, are far below. */
function isOrdinary(number: number): boolean {
  const size = Math.abs(number);
  return size >= 1e-9 && size <= 1e12;
}

const view = new DataView(new ArrayBuffer(8));

function isDouble(value: bigint): boolean {
  view.setBigUint64(0, value);
  return isOrdinary(view.getFloat64(0));
}

function isMeasured(number: number): boolean {
  return Math.abs(number) >= 1e-3 && Math.abs(number) <= 1e6;
}

function isFloatPair(value: bigint): boolean {
  view.setBigUint64(0, value);
  return isMeasured(view.getFloat32(0)) && isMeasured(view.getFloat32(4));
}

function isFloat(value: bigint): boolean {
  view.setUint32(0, Number(BigInt.asUintN(32, value)));
  return isMeasured(view.getFloat32(0));
}

/** Two numbers of 32 bits, neither zero, both far from being halves of addresses. */
function isIntPair(value: bigint): boolean {
  const [high, low] = [BigInt.asIntN(32, value >> 32n), BigInt.asIntN(32, value)];
  return [high, low].every((half) => half !== 0n && half > -(1n << 20n) && half < 1n << 24n);
}

/** Steps of numbers that a loop counts up or down by. */
const longestStep = 1n << 16n;

/** The step from `from` to `to` where it is one that a loop takes. */
export function stepBetween(from: bigint, to: bigint, wordSize: 4 | 8): bigint | undefined {
  const step = BigInt.asIntN(8 * wordSize, to - from);
  return step === 0n || step > longestStep || step < -longestStep ? undefined : step;
}

const wide: readonly Shape[] = [
  { name: 'one byte', unit: 1, least: 2, accepts: ({ value }) => isOneByte(value) },
  { name: 'text', unit: 1, least: 2, accepts: ({ value, leads }) => !leads && isText(value) },
  { name: 'wide text', unit: 2, least: 2, accepts: ({ value, leads }) => !leads && isWideText(value) },
  {
    name: 'one word',
    unit: 8,
    least: 3,
    accepts: ({ value, below, above, leads }) => !leads && value !== 0n && (value === below || value === above),
  },
  { name: 'zeros', unit: 1, least: 6, accepts: ({ value }) => value === 0n },
  // Pairs of float32 often read as float64 too; the other way round the lower halves do not fit.
  { name: 'float32', unit: 4, least: 3, accepts: ({ value, leads }) => !leads && isFloatPair(value) },
  { name: 'float64', unit: 8, least: 3, accepts: ({ value, leads }) => !leads && isDouble(value) },
  // Which step it is, the run tells.
  { name: 'rising numbers', unit: 8, least: 4, accepts: ({ leads }) => !leads },
  { name: 'int32 pairs', unit: 4, least: 4, accepts: ({ value, leads }) => !leads && isIntPair(value) },
  { name: 'pointers', unit: 8, least: 4, accepts: ({ data }) => data },
];

/**
 * Words of 32 bits tell less each, so more of them are needed; zeros, small integers and pointers are what such stacks are full of, in any
 * number.
 */
const narrow: readonly Shape[] = [
  { name: 'one byte', unit: 1, least: 4, accepts: ({ value }) => isOneByte(value, 4) },
  { name: 'text', unit: 1, least: 4, accepts: ({ value, leads }) => !leads && isText(value, 4) },
  { name: 'wide text', unit: 2, least: 5, accepts: ({ value, leads }) => !leads && isWideText(value, 4) },
  {
    name: 'one word',
    unit: 4,
    least: 5,
    accepts: ({ value, below, above, leads }) => !leads && value !== 0n && (value === below || value === above),
  },
  { name: 'float32', unit: 4, least: 5, accepts: ({ value, leads }) => !leads && isFloat(value) },
  { name: 'rising numbers', unit: 4, least: 6, accepts: ({ leads }) => !leads },
];

/** The shapes of words of this size, the one to try first first. */
export function shapesOf(wordSize: 4 | 8): readonly Shape[] {
  return wordSize === 8 ? wide : narrow;
}

/** Who writes a run of this shape, for a sentence. */
export const writers: Record<ShapeName, string> = {
  'one byte': 'a fill with one byte (memset, or a loop that clears or marks a buffer)',
  'one word': 'a loop that writes one value to each element',
  text: 'a copy of a string or of a line that was read (copy, memcpy, strcpy)',
  'wide text': 'a string of UTF-16, as calls of Windows and of Java write it',
  zeros: 'a clear that went too far (memset, or a result that is larger than its buffer)',
  float64: 'a loop over an array of float64 (double)',
  float32: 'a loop over an array of float32 (float)',
  'rising numbers': 'a loop that numbers the elements of an array',
  'int32 pairs': 'a loop over an array of 32-bit integers',
  pointers: 'a copy of a slice of pointers',
};
