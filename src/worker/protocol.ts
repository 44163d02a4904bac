/** Messages between the page and the analysis worker: one typed union each way, requests answered by id. */
import type { DocumentKind, DocumentContext } from '../core/model/document.ts';
import type { Finding } from '../core/model/finding.ts';
import type { StackPicture } from '../core/model/picture.ts';
import type { SessionView } from '../core/model/session.ts';
import type { Snapshot } from '../core/model/snapshot.ts';

export interface InputPart {
  name: string;
  bytes: Uint8Array;
}

export type Request =
  /** A part whose bytes came before in pieces has none here. */
  | { type: 'analyse'; id: number; parts: InputPart[] }
  /** A piece of part number `part` of analysis `id`; `total` bytes come in all, in order. */
  | { type: 'bytes'; id: number; part: number; at: number; total: number; bytes: Uint8Array }
  /** The stack of goroutine (or thread) `owner` of snapshot `snapshot`, drawn. */
  | { type: 'picture'; id: number; snapshot: number; owner: string }
  | { type: 'report'; id: number; form: 'text' | 'markdown' | 'json' }
  | { type: 'cancel'; id: number };

/** The part of the request of which a document's bytes are the very same: the page has them, they are not sent back. */
export interface GivenBytes {
  /** Index of the document, and of the part. */
  document: number;
  part: number;
  /** The unwrapped text is the document itself. */
  isText: boolean;
}

/** A document as the page needs it: bytes after decompression and the classes of its original lines. */
export interface DocumentView {
  id: number;
  name: string;
  byteLength: number;
  kind: DocumentKind;
  layers: string[];
  context?: DocumentContext;
  /** Compressed data of which not everything could be had. */
  shortfall?: 'cut-off' | 'too-large';
  bytes: Uint8Array;
  /** Start of each line in `bytes`, and one past the end. */
  lineStarts: Uint32Array;
  /** LineClass per original line. */
  lineClass: Uint8Array;
  /** Unwrapped text and its map, for reading table rows. */
  text: {
    bytes: Uint8Array;
    lineStarts: Uint32Array;
    origin: { textStart: Float64Array; originStart: Float64Array; originEnd: Float64Array; copied: Uint8Array };
  };
}

export interface SnapshotView {
  snapshot: Snapshot;
  findings: Finding[];
  checked: string[];
  session: SessionView;
}

export interface CaseView {
  documents: DocumentView[];
  snapshots: SnapshotView[];
  recognised: boolean;
}

export type Response =
  | { type: 'progress'; id: number; phase: string; done: number; total: number }
  /** The bytes of documents in `given` are empty: `restoreGiven` puts them back. */
  | { type: 'case'; id: number; view: CaseView; given: GivenBytes[] }
  | { type: 'picture'; id: number; picture: StackPicture | undefined }
  | { type: 'report'; id: number; text: string }
  | { type: 'cancelled'; id: number }
  | { type: 'failed'; id: number; message: string };
