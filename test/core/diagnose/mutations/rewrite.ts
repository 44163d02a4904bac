/** Writes a text as that of another process: addresses moved, names changed, constants replaced, lines of the runtime renumbered. */
import { isFixed, type Regions } from './regions.ts';

export interface Plan {
  regions: Regions;
  /** Added to addresses of the code; a multiple of 64 KiB. */
  codeBy: bigint;
  /** New upper halves for `regions.blocks`, in their order. */
  blocks: readonly bigint[];
  /** Identifiers and their new names. */
  names: ReadonlyMap<string, string>;
  /** Values that stand for themselves, such as a bogus pointer. */
  values: ReadonlyMap<bigint, bigint>;
  /** Added to the line numbers of files of Go itself: another release. */
  linesBy: number;
}

export function moved(plan: Plan, value: bigint): bigint {
  const replaced = plan.values.get(value);
  if (replaced !== undefined) return replaced;
  if (isFixed(value)) return value;
  const { code, blocks } = plan.regions;
  if (code !== undefined && value >= code.low && value < code.high) return value + plan.codeBy;
  const at = blocks.indexOf(value >> 32n);
  const block = at < 0 ? undefined : plan.blocks[at];
  return block === undefined ? value : (block << 32n) | (value & 0xffffffffn);
}

/** Keeps the printed width of numbers with leading zeros. */
function printed(plan: Plan, digits: string): string {
  const value = moved(plan, BigInt(`0x${digits}`)).toString(16);
  return digits.length === 16 || (digits.startsWith('0') && digits.length > 1) ? value.padStart(digits.length, '0') : value;
}

const dumpRow = /^[0-9a-f]{16}:.*$/gm;
const mapsRow = /^([0-9a-f]+)-([0-9a-f]+)(?= [r-][w-])/gm;
const pair = /\b([0-9a-f]{8}) ([0-9a-f]{8})\b/g;
const bare = /\b[0-9a-f]{16}\b/g;

function hexdumpRow(plan: Plan, row: string): string {
  const [address = '', ...rest] = row.split(':');
  const words = rest
    .join(':')
    .replace(pair, (_, high: string, low: string) => {
      const word = printed(plan, `${high}${low}`);
      return `${word.slice(0, 8)} ${word.slice(8)}`;
    })
    .replace(bare, (digits) => printed(plan, digits));
  return `${printed(plan, address)}:${words}`;
}

const gdbMapping = /^(\s*0x[0-9a-f]+\s+0x[0-9a-f]+)(\s+0x[0-9a-f]+\s+0x[0-9a-f]+\s+[r-][w-].*)$/;
const ownFile = /((?:\/usr\/local\/go\/src|C:\/Program Files\/Go\/src|\truntime)\/[\w./-]+\.(?:go|s):)(\d+)/g;

export function rewritten(text: string, plan: Plan): string {
  let result = text.replace(dumpRow, (row) => (row.includes('0x') ? row : hexdumpRow(plan, row)));
  result = result.replace(mapsRow, (_, low: string, high: string) => `${printed(plan, low)}-${printed(plan, high)}`);
  // A size that happens to look like an address of the code stays: the bounds say it too.
  result = result.replace(/^.*$/gm, (line) => {
    const [bounds = line, rest = ''] = gdbMapping.exec(line)?.slice(1) ?? [line, ''];
    return bounds.replace(/\b0x([0-9a-f]{1,16})\b/g, (_, digits: string) => `0x${printed(plan, digits)}`) + rest;
  });
  result = result.replace(/\b\d{11,19}\b/g, (digits) => moved(plan, BigInt(digits)).toString());
  result = result.replace(ownFile, (_, path: string, line: string) => `${path}${String(Number(line) + plan.linesBy)}`);
  for (const [from, to] of plan.names) result = result.replace(new RegExp(`(?<![\\w/])${from}(?!\\.(?:go|s)\\b)\\b`, 'g'), to);
  return result;
}
