/**
 * Values that allocators and debuggers write on purpose. A match names who writes it, never who is guilty.
 * Sources: runtime/stubs.go clobberdead, runtime/mgcsweep.go clobberfree; public documentation of the others.
 */
const named: readonly (readonly [bigint, string])[] = [
  [0xdeaddeaddeaddeadn, 'dead stack slot (-d=clobberdead)'],
  [0xdeadbeefdeadbeefn, 'freed Go object (GODEBUG=clobberfree=1)'],
  [0xdeadbeefn, 'debug marker 0xdeadbeef'],
  [0xdeaddeadn, 'dead stack slot, 32-bit'],
  [0xfeedfacen, 'debug marker 0xfeedface'],
  [0xfeedfacecafebeefn, 'debug marker 0xfeedfacecafebeef'],
  [0xbaadf00dn, 'uninitialised Windows heap'],
  [0xaaaaaaaaaaaaaaaan, 'libmalloc scribble'],
  [0x0b01dfacedebac1en, 'macOS signal-frame marker'],
  [0xfffffffffffffaden, 'stackPreempt of a goroutine'],
];

/** Bytes that fill whole words: byte → who fills. */
const filled = new Map<number, string>([
  [0xcd, 'uninitialised MSVC heap'],
  [0xdd, 'freed MSVC heap'],
  [0xfd, 'MSVC guard or old Go stack (stackPoisonCopy)'],
  [0xfc, 'new Go stack (stackPoisonCopy)'],
  [0xab, 'Windows heap guard'],
  [0xa5, 'jemalloc uninitialised'],
  [0x5a, 'jemalloc freed'],
  [0x6b, 'freed kernel memory'],
]);

/** Name of the poison that `value` is; undefined when it is none. */
export function poisonName(value: bigint): string | undefined {
  for (const [poison, name] of named) if (poison === value) return name;
  const low = Number(value & 0xffn);
  const name = filled.get(low);
  if (name === undefined) return undefined;
  const all = BigInt(low) * 0x0101010101010101n;
  return value === all || value === (all & 0xffffffffn) ? name : undefined;
}
