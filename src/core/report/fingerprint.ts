/** A name for "the same crash": equal over addresses, arguments, goroutine ids and builds. */
import { isCgoGlue, isRuntimeFunction, withoutAbi } from '../model/function-name.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { crashStack } from './crash-stack.ts';

/** Frames that count, after recursion is folded: deeper ones tell callers apart, not crashes. */
const framesCounted = 12;

const mask64 = (1n << 64n) - 1n;
const fnvOffset = 0xcbf29ce484222325n;
const fnvPrime = 0x100000001b3n;

/** FNV-1a, 64 bits, of UTF-8. */
function fnv1a(text: string): bigint {
  let hash = fnvOffset;
  for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * fnvPrime) & mask64;
  return hash;
}

/** `pkg.Map[go.shape.int,...]` and `pkg.Map[...]` are one function; `.abi0` names no other. */
function stableName(name: string): string {
  const bracket = name.indexOf('[');
  const end = bracket < 0 ? -1 : name.lastIndexOf(']');
  return withoutAbi(end < bracket ? name : bracket < 0 ? name : name.slice(0, bracket) + name.slice(end + 1));
}

/** Sixteen hexadecimal digits; undefined without a crash. */
export function fingerprintOf(snapshot: Snapshot): string | undefined {
  const { crash } = snapshot;
  if (crash === undefined) return undefined;
  const category = snapshot.events[crash.event]?.category ?? '';
  const names: string[] = [];
  for (const name of crashStack(snapshot)) {
    if (isRuntimeFunction(name) || isCgoGlue(name)) continue;
    const stable = stableName(name);
    if (names.at(-1) !== stable) names.push(stable);
    if (names.length === framesCounted) break;
  }
  return fnv1a([crash.kind, category, ...names].join('\n'))
    .toString(16)
    .padStart(16, '0');
}
