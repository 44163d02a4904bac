/** Documents: the bytes a person gave, the layers that wrap them, and the text that is left without the layers. */
import type { ByteStore } from './bytes.ts';
import type { PendingLines } from './line-table.ts';
import type { SourceRange } from './source.ts';

export type DocumentKind =
  | 'go-dump'
  | 'race-report'
  | 'debugger-session'
  | 'memory-text'
  | 'maps'
  | 'disassembly'
  | 'core'
  | 'executable'
  | 'profile'
  | 'heap-dump'
  | 'assembly'
  | 'case'
  | 'raw'
  | 'unknown';

/** What log layers tell about where and when the text was printed; times are ISO 8601. */
export interface DocumentContext {
  host?: string;
  pod?: string;
  container?: string;
  first?: string;
  last?: string;
}

/**
 * Text offset → document offset, piecewise. Piece i covers text bytes [textStart[i], textStart[i+1]).
 * `copied[i]` is 1 when the piece is the same bytes in both; 0 when the text bytes were made
 * (a join, a decoded escape): then every offset of the piece maps to the whole of
 * [originStart[i], originEnd[i]).
 */
export interface OriginMap {
  textStart: Float64Array;
  originStart: Float64Array;
  originEnd: Float64Array;
  copied: Uint8Array;
}

/** Unwrapped text: UTF-8, line feeds only, layers removed. */
export interface UnwrappedText {
  bytes: Uint8Array;
  /** Start of each line in `bytes`, and one entry past the end: `lineStarts.length === lines + 1`. */
  lineStarts: Uint32Array;
  origin: OriginMap;
}

export interface SourceDocument {
  id: number;
  /** The path or label as given. */
  name: string;
  /** Size as given, before decompression. */
  byteLength: number;
  /** Decompressed bytes, UTF-16 as UTF-8: what the Text view shows and what SourceRange counts in. */
  bytes: Uint8Array;
  /** Where a text without layers is, when it is not held in memory: `bytes` and `text.bytes` are then empty (`bytes.ts` reads both). */
  store?: ByteStore;
  /** Of a text in a store whose lines are looked for when somebody asks for `lineStarts`: who reads all of it may find them on its way. */
  pendingLines?: PendingLines;
  /** Start of each line in `bytes`, and one entry past the end. */
  lineStarts: Uint32Array;
  /** Compressed data that ended early or was larger than the limit: `bytes` is what could be had. */
  shortfall?: 'cut-off' | 'too-large';
  /** Layers removed, outermost first: 'gzip', 'crlf', 'ansi', 'quoted', 'prefix', 'spaces', 'mail-wrap', 'one-line' … */
  layers: string[];
  context?: DocumentContext;
  text: UnwrappedText;
}

export type { SourceRange };
