/** What a debugger session remembers between its lines: the step, the selected frame and thread, `x` defaults, values seen. */
import { parseAddress, toAddress, type Address } from '../../model/address.ts';
import type { ArchitectureName } from '../../model/process.ts';
import type { SourceRange } from '../../model/source.ts';
import type { RecordSink } from '../reader.ts';
import { RegisterFile } from './runs/register-file.ts';

export interface Session {
  /** The program ran since the last stop, so that the next stop ends that step and does not begin another. */
  running: boolean;
  /** The program's own time (Moment.at) of the step in force, and of the place where recording began. */
  moment: number;
  recordedFrom?: number;
  /** Moments of gdb's checkpoints and rr's events, by number, and the earliest one of the session. */
  readonly checkpoints: Map<string, number>;
  readonly events: Map<number, number>;
  earliest: number;
  /** How the step in force was reached; absent where no command says so. */
  reverse?: boolean | undefined;
  /** `set exec-direction reverse`. */
  backwards: boolean;
  stopped: boolean;
  /** Selected frame, 0 = innermost. */
  frame: number;
  thread?: string | undefined;
  tid?: number | undefined;
  arch?: ArchitectureName;
  /** Last format letter and unit size of `x`: they persist in gdb. */
  format: string;
  size: number;
  /** Symbols already taught, so that a listing teaches its function once. */
  readonly starts: Map<string, Address[]>;
  /** Printed symbols and the address beside them, to know repeated ones without reading them again. */
  readonly printed: Map<string, { address: bigint; name: string; offset: number }>;
  /** Registers by normalised name, as last printed. */
  readonly registers: RegisterFile;
  /** Pointers seen under a name: printed variables, `$3`, arguments of the frames. */
  readonly variables: Map<string, { address: Address; type: string }>;
  /** The pointer printed by the value directly before. */
  lastPointer?: { address: Address; type: string } | undefined;
  /** Lines up to here hold no hit of a `find`: they were looked at already. */
  noHitsBefore: number;
}

const sessions = new WeakMap<RecordSink, Session>();

export function sessionOf(sink: RecordSink): Session {
  let session = sessions.get(sink);
  if (session === undefined) {
    session = {
      running: true,
      moment: 0,
      checkpoints: new Map(),
      events: new Map(),
      earliest: 0,
      backwards: false,
      stopped: false,
      frame: 0,
      format: '',
      size: 0,
      starts: new Map(),
      printed: new Map(),
      registers: new RegisterFile(sink.columns.strings),
      variables: new Map(),
      noHitsBefore: 0,
    };
    sessions.set(sink, session);
  }
  return session;
}

/** A command set the program going, forwards or backwards. */
export function beginStep(sink: RecordSink): void {
  const session = sessionOf(sink);
  sink.step++;
  session.running = true;
  session.frame = 0;
  session.registers.clear();
  session.reverse = undefined;
}

/** The program stopped; a second stop without a command between is a step of its own. */
export function endStep(sink: RecordSink): void {
  const session = sessionOf(sink);
  if (!session.running) beginStep(sink);
  session.running = false;
  session.stopped = true;
  session.frame = 0;
}

const plainIndex = /^([A-Za-z_][\w.]*)\[([A-Za-z_]\w*)\]$/;

/** A printed symbol, `main.fill+64` (decimal in gdb) or `main[fill] + 64`: name and offset. */
export function parseSymbol(text: string): { name: string; offset: number } {
  const match = /^(.*?)[ \t]*\+[ \t]*(0x[0-9a-f]{1,12}|\d{1,15})$/.exec(text);
  const printed = match?.[1] ?? text;
  const c = plainIndex.exec(printed);
  // gdb in C mode takes the dot of a Go symbol for an index: `main[fill]`.
  const name = c !== null && !printed.includes('.') ? `${c[1] ?? ''}.${c[2] ?? ''}` : printed;
  return { name: name.replace(/\.abi(?:0|internal)$/, ''), offset: match === null ? 0 : Number(match[2]) };
}

/** Printed symbols that are remembered: as many as distinct places of a long session. */
const mostPrinted = 100_000;

/** Writes the symbol fact that `address <text>` teaches, once for each symbol. Returns name and offset. */
export function teachSymbol(
  sink: RecordSink,
  textLine: number,
  address: bigint,
  text: string,
  source: SourceRange,
): { name: string; offset: number } {
  const session = sessionOf(sink);
  const known = session.printed.get(text);
  if (known?.address === address) return known;
  const symbol = { ...parseSymbol(text), address };
  if (session.printed.size < mostPrinted) session.printed.set(text, symbol);
  if (symbol.name === '' || symbol.name.startsWith('?')) return symbol;
  teachStart(sink, textLine, address, symbol, source);
  return symbol;
}

/** Teaches that `address` lies `offset` bytes behind the start of `name`, once for each start. */
export function teachStart(
  sink: RecordSink,
  textLine: number,
  address: bigint,
  { name, offset }: { name: string; offset: number },
  source: SourceRange,
): void {
  const { starts } = sessionOf(sink);
  const start = toAddress(address - BigInt(offset));
  const known = starts.get(name);
  if (known === undefined) starts.set(name, [start]);
  else if (known.includes(start)) return;
  else known.push(start);
  sink.facts.push({ kind: 'symbol', textLine, symbol: { name, start, source } });
}

export function teachArchitecture(
  sink: RecordSink,
  textLine: number,
  arch: ArchitectureName,
  why: string,
  source: SourceRange,
): void {
  const session = sessionOf(sink);
  if (session.arch === arch) return;
  session.arch = arch;
  sink.facts.push({ kind: 'process', textLine, facts: { arch }, why, source });
}

/** Hexadecimal with `0x`, or decimal with sign; undefined for anything else. */
export function parseNumber(text: string): Address | undefined {
  if (/^0x/i.test(text)) return parseAddress(text);
  return /^-?\d{1,20}$/.test(text) ? toAddress(BigInt(text)) : undefined;
}
