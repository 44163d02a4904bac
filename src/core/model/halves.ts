/** 64-bit values as two 32-bit halves each, so that no bigint is made for a number that only goes to a column. */

/** Byte order of the machine that this runs on, which is that of typed arrays. */
export const littleEndianHost = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** Which of a value's two halves is which in `halvesOf`. */
export const highHalf = littleEndianHost ? 1 : 0;
export const lowHalf = littleEndianHost ? 0 : 1;

/** The halves of each value of `column`. */
export function halvesOf(column: BigUint64Array): Uint32Array {
  return new Uint32Array(column.buffer, column.byteOffset, column.length * 2);
}
