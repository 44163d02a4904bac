/** Messages between the page and the analysis worker: one typed union each way, requests answered by id. */
import type { ByteStore } from '../core/model/bytes.ts';
import type { DocumentKind, DocumentContext } from '../core/model/document.ts';
import type { Finding } from '../core/model/finding.ts';
import type { KnowledgeFile } from '../core/model/knowledge.ts';
import type { StackPicture } from '../core/model/picture.ts';
import type { SessionView } from '../core/model/session.ts';
import type { Snapshot } from '../core/model/snapshot.ts';
import type { StoryStep } from '../core/model/story.ts';

/** A part whose bytes are at hand: a paste, a link. */
export interface BytesPart {
  name: string;
  bytes: Uint8Array;
  /** Where the first byte of a raw excerpt of memory lies, when the person said it. */
  base?: bigint;
}

/** A part that the worker reads for itself: a dropped file, a long paste. A File crosses the border without a copy. */
export interface FilePart {
  name: string;
  file: Blob;
  base?: bigint;
}

export type InputPart = BytesPart | FilePart;

/** How much of the parts was read, in bytes as given. */
export interface Extent {
  read: number;
  total: number;
}

export type Request =
  /** `head`: of each part only so many bytes are read: a preview. */
  | { type: 'analyse'; id: number; parts: InputPart[]; head?: number }
  /** The stack of goroutine (or thread) `owner` of snapshot `snapshot`, drawn. */
  | { type: 'picture'; id: number; snapshot: number; owner: string }
  | { type: 'report'; id: number; form: 'text' | 'markdown' | 'json' }
  /** Bytes [start, end) of a document. */
  | { type: 'bytes'; id: number; document: number; start: number; end: number }
  | { type: 'cancel'; id: number };

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
  /** Of a large text without layers: what asks the worker for its bytes. `bytes` and `text.bytes` are then empty. */
  store?: ByteStore;
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

/** Goroutines with equal stacks and states, in the order of the list: crashed first, threads last. Columns, one row per group. */
export interface GroupTable {
  length: number;
  /** Group i has the rows [memberStart[i], memberStart[i + 1]) of `members`; a thread has none. */
  memberStart: Uint32Array;
  /** Rows of the GoroutineTable, in printed order within a group. */
  members: Uint32Array;
  /** Longest wait of a member, in minutes. */
  minutes: Uint32Array;
  /** Index of the thread that stands for itself; -1 = goroutines. */
  thread: Int32Array;
}

export interface SnapshotView {
  snapshot: Snapshot;
  findings: Finding[];
  checked: string[];
  unchecked?: string[];
  story?: StoryStep[];
  groups: GroupTable;
  session: SessionView;
}

export interface CaseView {
  documents: DocumentView[];
  snapshots: SnapshotView[];
  recognised: boolean;
  /** Documents that look like excerpts of memory, and of which nothing says where they begin. */
  memoryWithoutBase?: number[];
  /** Files of knowledge among the parts: what was taken of each, or what is wrong with it. */
  knowledge?: KnowledgeFile[];
  /** Only so much was read: counts are "so far", and nothing said of it is a verdict. Absent = all. */
  partial?: Extent;
}

/** A document as it travels: `stored` is the length of one whose bytes stay in the worker. */
export type SentDocument = Omit<DocumentView, 'store'> & { stored?: number };

export type SentCase = Omit<CaseView, 'documents'> & { documents: SentDocument[] };

export type Response =
  | { type: 'progress'; id: number; phase: string; done: number; total: number }
  | { type: 'case'; id: number; view: SentCase }
  | { type: 'picture'; id: number; picture: StackPicture | undefined }
  | { type: 'report'; id: number; text: string }
  | { type: 'bytes'; id: number; bytes: Uint8Array }
  | { type: 'cancelled'; id: number }
  | { type: 'failed'; id: number; message: string };
