/**
 * What is known beyond the case: modules, Go releases, symbols and constants with public references. Data, so that users add their own in a
 * JSON file of the form `framewalk.knowledge/1` (docs/rules.md has the table of its keys).
 */

/** Releases from `from` (inclusive) up to `before` (exclusive); an absent end is open. 'v1.2.3' of a module, '1.24' or '1.24.2' of Go. */
export interface ReleaseRange {
  from?: string;
  before?: string;
}

interface Known {
  /** Ids of the findings that it belongs to: 'FP-01', 'FP-*'. */
  rules: string[];
  /** One sentence that says what is known. */
  says: string;
  /** 'owner/repository#123'. */
  references: string[];
  /** Only on these architectures (GOARCH); absent = on all. */
  arch?: string[];
}

/** `path` and everything below it; without `affected` every version. */
export interface KnownModule extends Known {
  module: string;
  affected?: ReleaseRange[];
  /** Release in which it was fixed, where that is known. */
  fixed?: string;
}

/** Something about the Go releases in `go`. */
export interface KnownRelease extends Known {
  go: ReleaseRange;
  fixed?: string;
}

/** A function by its full name; a trailing `*` stands for the rest of the name. */
export interface KnownSymbol extends Known {
  symbol: string;
}

/** A value found where a pointer belongs. */
export interface KnownConstant extends Known {
  value: bigint;
}

export interface Knowledge {
  /** The file's own name for itself, or that of the file. */
  name: string;
  modules: KnownModule[];
  releases: KnownRelease[];
  symbols: KnownSymbol[];
  constants: KnownConstant[];
}

/** A file of knowledge in the case: what was taken of it, and what was wrong. A file with problems is not used at all. */
export interface KnowledgeFile {
  /** The path or label as given. */
  name: string;
  entries: number;
  /** Each says where, what was expected, what was found, and what to do. */
  problems: string[];
}
