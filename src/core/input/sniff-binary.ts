/** Recognises files that are no text by their first bytes. */
import type { DocumentKind } from '../model/document.ts';

/** Bytes looked at for NULs. */
const sniffedBytes = 4096;
/** Share of NULs above which bytes are no text. */
const nulShare = 0.02;

const magics: readonly { bytes: readonly number[]; kind: DocumentKind }[] = [
  { bytes: [0x4d, 0x44, 0x4d, 0x50], kind: 'core' }, // Windows minidump
  { bytes: [0xcf, 0xfa, 0xed, 0xfe], kind: 'executable' }, // Mach-O, 64 bit
  { bytes: [0xca, 0xfe, 0xba, 0xbe], kind: 'executable' }, // Mach-O, universal
  { bytes: [0x1f, 0x8b, 0x08], kind: 'raw' }, // gzip that could not be opened
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], kind: 'raw' }, // zstd
  { bytes: [0x50, 0x4b, 0x03, 0x04], kind: 'raw' }, // zip
  { bytes: [0xfd, 0x37, 0x7a, 0x58], kind: 'raw' }, // xz
];
/** runtime/heapdump.go. */
const heapDump = /^go1\.\d+ heap dump\n/;
/** ELF e_type of core files. */
const elfCore = 4;

export function sniffBinary(bytes: Uint8Array): DocumentKind | undefined {
  if (startsWith(bytes, [0x7f, 0x45, 0x4c, 0x46])) return elfKind(bytes);
  const magic = magics.find((entry) => startsWith(bytes, entry.bytes));
  if (magic !== undefined) return magic.kind;
  const head = bytes.subarray(0, sniffedBytes);
  if (heapDump.test(String.fromCharCode(...head.subarray(0, 32)))) return 'heap-dump';
  if (isProfile(bytes)) return 'profile';
  const nuls = head.reduce((sum, byte) => sum + (byte === 0 ? 1 : 0), 0);
  if (head[0] === 0x4d && head[1] === 0x5a && nuls > 0) return 'executable';
  return nuls > head.length * nulShare ? 'raw' : undefined;
}

/** Compressed data and archives: their bytes are those of no memory. */
export function isPacked(bytes: Uint8Array): boolean {
  return magics.some((entry) => entry.kind === 'raw' && startsWith(bytes, entry.bytes));
}

/** Fields of a pprof profile that are looked at, and the highest number of one (profile.proto: Profile). */
const profileFields = 32;
const highestProfileField = 15;
const sampleType = 1;

/** A pprof profile without its gzip: fields of that message and nothing else, a sample type of two numbers among them. */
function isProfile(bytes: Uint8Array): boolean {
  let at = 0;
  let sampled = false;
  for (let field = 0; field < profileFields && at < bytes.length; field++) {
    const key = bytes[at++] ?? 0;
    const number = key >> 3;
    const wire = key & 7;
    if (number < 1 || number > highestProfileField || (wire !== 0 && wire !== 2)) return false;
    let value = 0;
    let shift = 0;
    for (; shift < 63; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    if (wire !== 2) continue;
    if (number === sampleType) {
      // Two string indexes: 08 type 10 unit.
      if (value < 2 || value > 8 || bytes[at] !== 8) return false;
      sampled = true;
    }
    at += value;
  }
  return sampled;
}

function elfKind(bytes: Uint8Array): DocumentKind {
  const little = bytes[5] !== 2;
  const low = bytes[little ? 16 : 17] ?? 0;
  return low === elfCore ? 'core' : 'executable';
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}
