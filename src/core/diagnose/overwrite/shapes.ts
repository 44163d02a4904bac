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
  /** Words that a run needs. */
  least: number;
  accepts: (word: Word) => boolean;
}

const isPrintable = (byte: number): boolean => (byte >= 0x20 && byte <= 0x7e) || byte === 0x09 || byte === 0x0a || byte === 0x0d;

/** Eight characters; UTF-8 sequences of other scripts count as characters. */
function isText(value: bigint): boolean {
  const bytes = bytesOf(value);
  return bytes.every((byte) => isPrintable(byte) || byte >= 0x80) && bytes.filter(isPrintable).length >= 4;
}

function isWideText(value: bigint): boolean {
  const bytes = bytesOf(value);
  return bytes.every((byte, index) => (index % 2 === 1 ? byte === 0 : isPrintable(byte)));
}

function isOneByte(value: bigint): boolean {
  const byte = value & 0xffn;
  return value !== 0n && value === byte * 0x0101010101010101n;
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

function isFloatPair(value: bigint): boolean {
  view.setBigUint64(0, value);
  const [high, low] = [view.getFloat32(0), view.getFloat32(4)];
  return [high, low].every((number) => Math.abs(number) >= 1e-3 && Math.abs(number) <= 1e6);
}

/** Two numbers of 32 bits, neither zero, both far from being halves of addresses. */
function isIntPair(value: bigint): boolean {
  const [high, low] = [BigInt.asIntN(32, value >> 32n), BigInt.asIntN(32, value)];
  return [high, low].every((half) => half !== 0n && half > -(1n << 20n) && half < 1n << 24n);
}

/** Steps of numbers that a loop counts up or down by. */
const longestStep = 1n << 16n;

/** The step from `from` to `to` where it is one that a loop takes. */
export function stepBetween(from: bigint, to: bigint): bigint | undefined {
  const step = BigInt.asIntN(64, to - from);
  return step === 0n || step > longestStep || step < -longestStep ? undefined : step;
}

export const shapes: readonly Shape[] = [
  { name: 'one byte', least: 2, accepts: ({ value }) => isOneByte(value) },
  { name: 'text', least: 2, accepts: ({ value, leads }) => !leads && isText(value) },
  { name: 'wide text', least: 2, accepts: ({ value, leads }) => !leads && isWideText(value) },
  {
    name: 'one word',
    least: 3,
    accepts: ({ value, below, above, leads }) => !leads && value !== 0n && (value === below || value === above),
  },
  { name: 'zeros', least: 6, accepts: ({ value }) => value === 0n },
  // Pairs of float32 often read as float64 too; the other way round the lower halves do not fit.
  { name: 'float32', least: 3, accepts: ({ value, leads }) => !leads && isFloatPair(value) },
  { name: 'float64', least: 3, accepts: ({ value, leads }) => !leads && isDouble(value) },
  // Which step it is, the run tells.
  { name: 'rising numbers', least: 4, accepts: ({ leads }) => !leads },
  { name: 'int32 pairs', least: 4, accepts: ({ value, leads }) => !leads && isIntPair(value) },
  { name: 'pointers', least: 4, accepts: ({ data }) => data },
];

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
