/** The beginning of a large input, cut where a goroutine ends: what a preview is read from. */

const header = new TextEncoder().encode('goroutine ');
const lineFeed = 10;

/** Compressed data is not cut: what can be unpacked of it is. */
function isCompressed(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Start of the line that holds byte `at`. */
function lineStart(bytes: Uint8Array, at: number): number {
  return at <= 0 ? 0 : bytes.lastIndexOf(lineFeed, at - 1) + 1;
}

function startsAt(bytes: Uint8Array, at: number): boolean {
  return header.every((byte, index) => bytes[at + index] === byte);
}

/**
 * `bytes` up to the line of the last goroutine header, which is where the last whole goroutine ends; up to the last line
 * end where no header stands in the second half. Prefixes of log lines do not matter.
 */
export function headOf(bytes: Uint8Array): Uint8Array {
  if (isCompressed(bytes)) return bytes;
  for (let at = bytes.length - 1; at > bytes.length / 2; at--) {
    at = bytes.lastIndexOf(header[0] ?? 0, at);
    if (at > bytes.length / 2 && startsAt(bytes, at)) return bytes.subarray(0, lineStart(bytes, at));
  }
  const end = lineStart(bytes, bytes.length);
  return end === 0 ? bytes : bytes.subarray(0, end);
}
