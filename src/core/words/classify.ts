/** One answer for any 64-bit value in context. Says unknown rather than guess. */
import { formatAddress, toAddress, toSigned } from '../model/address.ts';
import { shortFunctionName } from '../model/function-name.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { WordMeaning } from '../model/word.ts';
import { architectureOf } from '../arch/index.ts';
import { decodeInstructionPair } from './instruction-pair.ts';
import { poisonName } from './poison.ts';
import { regionsOf } from './regions.ts';
import { asciiOf, floatOf, utf16Of } from './text-bytes.ts';

/** Below this nothing is ever mapped (runtime minLegalPointer). */
const firstLegalPointer = 4096n;
const smallInteger = 1n << 20n;

/** True when bits above the address width are not all equal (amd64) or not zero or a tag (arm64). */
export function isNonCanonical(snapshot: Snapshot, value: bigint): boolean {
  const bits = architectureOf(snapshot.process.arch)?.addressBits;
  if (bits === undefined) return false;
  const top = value >> BigInt(bits - 1);
  const ones = (1n << BigInt(65 - bits)) - 1n;
  return top !== 0n && top !== ones;
}

function located(snapshot: Snapshot, value: bigint, owner: string | undefined): WordMeaning | undefined {
  const regions = regionsOf(snapshot);
  const target = toAddress(value);
  const stack = regions.stackAt(value);
  if (stack !== undefined) {
    const inferred = stack.known === 'guessed';
    if (stack.kind !== 'goroutine') return { kind: 'system-stack', text: `${stack.kind} stack`, target, inferred };
    if (stack.owner === owner) return { kind: 'own-stack', text: 'this stack', target, inferred };
    return {
      kind: 'other-stack',
      text: stack.owner === '' ? 'a goroutine stack' : `stack of goroutine ${stack.owner}`,
      target,
      inferred,
    };
  }
  const code = regions.isCode(value);
  const symbol = regions.symbols.at(value);
  if (code !== undefined && symbol?.proved === true) {
    const name = shortFunctionName(symbol.function);
    if (symbol.offset === undefined) return { kind: 'text', text: name, target, inferred: false };
    const text = `${name} +0x${symbol.offset.toString(16)}`;
    return { kind: 'text', text, symbol: { function: symbol.function, offset: symbol.offset }, target, inferred: false };
  }
  const special = regions.specialAt(value);
  if (special?.file !== undefined) return { kind: 'mapped', text: special.file, target, inferred: false };
  if (code === 'proved') return { kind: 'text', text: 'code', target, inferred: false };
  const span = regions.spanAt(value);
  if (span !== undefined) {
    const inUse = span.state === undefined || span.state === 'in-use' || span.state === 'manual';
    return inUse
      ? { kind: 'heap', text: 'Go heap', target, inferred: false }
      : { kind: 'span-not-in-use', text: 'span not in use', target, inferred: false };
  }
  const mapping = regions.mappingAt(value);
  if (mapping !== undefined) {
    if (mapping.permissions?.startsWith('---') === true)
      return { kind: 'arena-reserved', text: 'reserved, no access', target, inferred: false };
    const heap = regions.heapOf(mapping);
    if (heap === 'Go') return { kind: 'heap', text: 'Go heap', target, inferred: false };
    // The program's own g0 lies in data right below it: an arena inferred from that reaches as far.
    if (heap === 'C') return { kind: 'mapped', text: 'C heap', target, inferred: false };
    if (regions.inKnownArena(value)) return { kind: 'heap', text: 'Go heap', target, inferred: true };
    if (mapping.file?.startsWith('[') === true) return { kind: 'mapped', text: mapping.file, target, inferred: false };
    if (mapping.file === undefined || mapping.file === '')
      return { kind: 'mapped', text: 'anonymous memory', target, inferred: false };
    const kind = mapping.permissions?.includes('w') === true ? 'data' : 'mapped-file';
    return {
      kind,
      text: `${kind === 'data' ? 'data of' : 'in'} ${mapping.file.slice(mapping.file.lastIndexOf('/') + 1)}`,
      target,
      inferred: false,
    };
  }
  if (regions.inKnownArena(value)) return { kind: 'heap', text: 'Go heap', target, inferred: true };
  if (code === 'inferred') return { kind: 'text', text: 'code of no printed function', target, inferred: true };
  return undefined;
}

/** Classifies `value` for a slot of goroutine or thread `owner` (undefined: no particular stack). */
export function classifyWord(snapshot: Snapshot, value: bigint, owner?: string): WordMeaning {
  const certain = (kind: WordMeaning['kind'], text: string): WordMeaning => ({ kind, text, inferred: false });
  if (value === 0n) return certain('nil', '0');
  if (value < firstLegalPointer) return certain('small-integer', value.toString());
  const signed = toSigned(value);
  if (signed < 0n && signed > -firstLegalPointer) return certain('small-integer', signed.toString());
  const place = located(snapshot, value, owner);
  if (place !== undefined) return place;
  const poison = poisonName(value);
  if (poison !== undefined) return { kind: 'poison', text: poison, inferred: true };
  const ascii = asciiOf(value);
  if (ascii !== undefined) return { kind: 'ascii', text: `text ${JSON.stringify(ascii)}`, inferred: true };
  const wide = utf16Of(value);
  if (wide !== undefined) return { kind: 'utf-16', text: `UTF-16 text ${JSON.stringify(wide)}`, inferred: true };
  const pair = decodeInstructionPair(architectureOf(snapshot.process.arch), value);
  if (pair !== undefined) return { kind: 'instructions', text: `instructions ${pair.join('; ')}`, inferred: true };
  const float = floatOf(value);
  if (float !== undefined) return { kind: 'float', text: `float64 ${float}`, inferred: true };
  if (isNonCanonical(snapshot, value)) return certain('non-canonical', 'no canonical address');
  if (regionsOf(snapshot).listsMappings) {
    return value < smallInteger
      ? certain('small-integer', value.toString())
      : certain('unmapped', `${formatAddress(value)} is in no mapping`);
  }
  if (value < smallInteger) return { kind: 'small-integer', text: value.toString(), inferred: true };
  return certain('unknown', formatAddress(value));
}
