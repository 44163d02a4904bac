/**
 * One saved frame pointer against what it must be. Accuses only what cannot be a frame pointer of any stack: a value
 * that may be stale (moved stack), skipped (frameless leaf) or legal elsewhere (g0, C) is never called bogus.
 */
import { contains, formatAddress, offsetBy, type Address } from '../model/address.ts';
import type { LinkVerdict } from '../model/chain.ts';
import type { Stack } from '../model/memory.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { classifyWord, regionsOf } from '../words/index.ts';

export interface LinkFacts {
  snapshot: Snapshot;
  slot: Address;
  value: Address | undefined;
  expected: Address | undefined;
  /** Slots of all frames further out. */
  outerSlots: Pick<ReadonlySet<bigint>, 'has'>;
  /** The frame further out that the value leads to, when it lies on another stack. */
  otherStack?: string | undefined;
  stack: Stack | undefined;
  /** A compiled Go function: its prologue surely wrote the slot. Assembly may move sp by hand. */
  compiled: boolean;
  /** A g0, signal or thread stack: leaving it is legal. */
  systemStack: boolean;
  owner: string;
}

export interface LinkJudgement {
  verdict: LinkVerdict;
  reason?: string;
}

export function judgeLink(facts: LinkFacts): LinkJudgement {
  const { snapshot, slot, value, expected, stack } = facts;
  if (value === undefined) return { verdict: 'unknown', reason: 'the word is not in the case' };
  if (value === expected) return { verdict: 'ok' };
  if (value === 0n) return { verdict: 'end' };
  if (facts.otherStack !== undefined) return { verdict: 'crossing', reason: `continues in the frame of ${facts.otherStack}` };
  if (facts.outerSlots.has(value)) return { verdict: 'ok', reason: 'skips a frame that its reader does not see' };
  const inStack = stack !== undefined && contains(stack, value);
  if (inStack && value % 8n === 0n) {
    if (expected === undefined && value > slot)
      return { verdict: 'ok', reason: 'points up this stack; the next frame is not printed' };
    return { verdict: 'unknown', reason: 'points into this stack, but to no known slot' };
  }
  const meaning = classifyWord(snapshot, value, facts.owner);
  if (facts.systemStack) {
    if (meaning.kind === 'other-stack' || meaning.kind === 'own-stack')
      return { verdict: 'crossing', reason: `continues in ${meaning.text}` };
    return { verdict: 'unknown', reason: 'a system stack may lead into C, which keeps other values here' };
  }
  if (value % 8n !== 0n) return notOne(facts, `it is ${String(value % 8n)} past a multiple of 8${unmappedToo(snapshot, value)}`);
  switch (meaning.kind) {
    case 'other-stack':
    case 'own-stack':
    case 'system-stack':
      return { verdict: 'crossing', reason: `points into ${meaning.text}` };
    case 'text':
      return notOne(facts, `it is a code address, ${meaning.text}`);
    case 'instructions':
      return notOne(facts, `it is two instructions: ${meaning.text.replace('instructions ', '')}`);
    case 'small-integer':
      return notOne(facts, 'it is a small integer');
    case 'non-canonical':
      return notOne(facts, 'it is no canonical address');
    case 'poison':
    case 'ascii':
    case 'utf-16':
    case 'float':
      return notOne(facts, `it is ${meaning.text}`);
    case 'unmapped':
      return notOne(facts, 'it is in no mapping');
    case 'unknown':
      // Without mappings only a printed stack says that nothing else can be meant.
      if (stack?.known === 'printed' && expected !== undefined)
        return notOne(facts, 'it lies outside this stack and every known range');
      // A walk reads the return address 8 bytes above a frame pointer first: that read killed the process.
      if (expected !== undefined && snapshot.crash?.faultAddress === offsetBy(value, 8))
        return notOne(facts, 'reading 8 bytes above it is what failed');
      return {
        verdict: 'unknown',
        reason: `expected ${expected === undefined ? 'a slot of this stack' : formatAddress(expected)}`,
      };
    case 'heap':
    case 'span-not-in-use':
    case 'arena-reserved':
    case 'data':
    case 'mapped-file':
    case 'mapped':
    case 'half-pointer':
    case 'one-bit-off':
    case 'nil':
      return { verdict: 'unknown', reason: `holds ${meaning.text}; a stack that has moved can leave this` };
    default:
      return meaning.kind satisfies never;
  }
}

function unmappedToo(snapshot: Snapshot, value: bigint): string {
  const regions = regionsOf(snapshot);
  return regions.listsMappings && regions.mappingAt(value) === undefined ? ' and in no mapping' : '';
}

function notOne(facts: LinkFacts, why: string): LinkJudgement {
  if (!facts.compiled) return { verdict: 'unknown', reason: `${why}; assembly may keep something else here` };
  return { verdict: 'bogus', reason: why };
}
