/**
 * Strings, slices and interfaces that cannot have been written whole. Each is two or three words that Go writes one after the other, so
 * a reader without a lock can see parts of two values. Only what no value of the type can be counts: a length without data, more
 * elements than capacity, data without a type (reflect.SliceHeader, StringHeader; runtime/runtime2.go iface, eface; Go 1.9–1.27).
 */
import type { Evidence } from '../../model/finding.ts';
import type { Frame } from '../../model/goroutine.ts';
import { packageOf } from '../../model/function-name.ts';
import type { TypedField, TypedStruct } from '../../model/struct.ts';
import type { RuleContext } from '../rule.ts';
import { argumentGroups, type ArgumentWord } from './arguments.ts';
import { crashFrames, raisingFrames, reasonOf } from './crash.ts';
import { anyHasRole } from './functions.ts';
import { code, frameText } from './wording.ts';

export interface TornValue {
  /** 'a length of 5 without data': what no value can have. */
  statement: string;
  /** 'string or slice', 'slice', 'interface': what it is the value of. */
  of: string;
  evidence: Evidence;
}

/** Longer than any memory: no length of a value that was written whole. */
export const longestLength = 1n << 40n;
/** Frames behind the failed one whose arguments are looked at. */
const mostFrames = 4;
/** Structs of a session that are looked at. */
const mostStructs = 500;

/** Packages whose functions take words in threes as slices alone. */
const ofSlices = new Set(['bytes', 'unicode/utf8', 'encoding/binary', 'encoding/hex', 'internal/bytealg', 'hash/crc32']);

function lengthWithoutData(frames: readonly Frame[]): TornValue | undefined {
  // Only code that walks the bytes reads through the data pointer.
  if (!anyHasRole(frames, 'byte-walk')) return undefined;
  for (const frame of frames) {
    for (const { words, text } of argumentGroups(frame.arguments)) {
      const [data, length, capacity] = words;
      if (data?.value !== 0n || data.stale || length === undefined || length.value === 0n) continue;
      if (words.length > 3 || length.value > longestLength || (capacity !== undefined && capacity.value > longestLength))
        continue;
      return {
        statement: `a length of ${length.value.toString()} without data`,
        of: 'string or slice',
        evidence: { statement: `${frameText(frame)} was given ${code(text)}: no data, but a length.`, source: frame.source },
      };
    }
  }
  return undefined;
}

function isSlice(words: readonly ArgumentWord[]): boolean {
  return words.length === 3 && words.every((word) => !word.stale);
}

/** A slice handed to a function of a library, whose types are known. */
function lengthAboveCapacity(frames: readonly Frame[]): TornValue | undefined {
  for (const frame of frames) {
    if (frame.function === undefined || !ofSlices.has(packageOf(frame.function))) continue;
    for (const { words, text } of argumentGroups(frame.arguments)) {
      const [, length, capacity] = words;
      if (!isSlice(words) || length === undefined || capacity === undefined || length.value <= capacity.value) continue;
      return {
        statement: `a length of ${length.value.toString()} and a capacity of ${capacity.value.toString()}`,
        of: 'slice',
        evidence: {
          statement: `${frameText(frame)} was given ${code(text)}: data, length and capacity, and the length is the larger.`,
          source: frame.source,
        },
      };
    }
  }
  return undefined;
}

type Parts = ReadonlyMap<string, TypedField>;

/** Fields by what stands before their last name: the words of each value that the struct holds. */
function valuesIn(struct: TypedStruct): Map<string, Map<string, TypedField>> {
  const values = new Map<string, Map<string, TypedField>>();
  for (const field of struct.fields) {
    const dot = field.name.lastIndexOf('.');
    const owner = field.name.slice(0, Math.max(0, dot));
    const parts = values.get(owner) ?? new Map<string, TypedField>();
    parts.set(field.name.slice(dot + 1), field);
    values.set(owner, parts);
  }
  return values;
}

interface Torn {
  statement: string;
  of: string;
  field: TypedField;
}

/** The words that debuggers without Go's types print: `{array, len, cap}`, `{str, len}`, `{tab, data}`, `{_type, data}`. */
function tornParts(parts: Parts): Torn | undefined {
  const of = (name: string): bigint | undefined => parts.get(name)?.value;
  const length = parts.get('len');
  const capacity = of('cap');
  const array = of('array');
  if (length?.value !== undefined && array !== undefined && capacity !== undefined && parts.size === 3) {
    const said = `a length of ${length.value.toString()} and a capacity of ${capacity.toString()}`;
    if (length.value > capacity) return { statement: said, of: 'slice', field: length };
    if (array === 0n && capacity > 0n) return { statement: 'a capacity without data', of: 'slice', field: length };
  }
  const text = of('str');
  if (length?.value !== undefined && text === 0n && length.value > 0n && parts.size === 2)
    return { statement: `a length of ${length.value.toString()} without data`, of: 'string', field: length };
  const data = parts.get('data');
  const type = of('tab') ?? of('_type');
  if (data?.value !== undefined && type === 0n && data.value !== 0n && parts.size === 2)
    return { statement: 'data without a type', of: 'interface', field: data };
  return undefined;
}

/** A variable that a debugger printed word by word. */
function printed({ snapshot: { structs = [] } }: RuleContext): TornValue | undefined {
  for (const struct of structs.slice(0, mostStructs)) {
    for (const [owner, parts] of valuesIn(struct)) {
      const torn = tornParts(parts);
      if (torn === undefined) continue;
      const name = [struct.expression, owner].filter((one) => one !== '').join('.');
      return {
        statement: torn.statement,
        of: torn.of,
        evidence: { statement: `The debugger shows ${code(name)} with ${torn.statement}.`, source: torn.field.source },
      };
    }
  }
  return undefined;
}

/** From the arguments of the frames that used it, else from what a debugger printed. */
export function tornValue(context: RuleContext): TornValue | undefined {
  const frames = raisingFrames(crashFrames(context)).slice(0, mostFrames);
  const nil = reasonOf(context, ['nil-dereference']) !== undefined;
  const used = reasonOf(context, ['nil-dereference', 'index', 'slice-bounds', 'fault', 'unexpected-signal']) !== undefined;
  return (nil ? lengthWithoutData(frames) : undefined) ?? (used ? lengthAboveCapacity(frames) : undefined) ?? printed(context);
}
