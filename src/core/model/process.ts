/** What is known of the process that died. Absent means not proved by the case. */
export type ArchitectureName =
  | '386'
  | 'amd64'
  | 'arm'
  | 'arm64'
  | 'loong64'
  | 'mips'
  | 'mipsle'
  | 'mips64'
  | 'mips64le'
  | 'ppc64'
  | 'ppc64le'
  | 'riscv64'
  | 's390x'
  | 'wasm';

export interface ProcessFacts {
  /** '1.23' or '1.23.12': only when the minor version is proven. */
  goVersion?: string;
  /** Lowest and highest minor version that the forms allow, as ['1.17', '1.25']; null = open. */
  goVersionRange?: [string | null, string | null];
  os?: string;
  arch?: ArchitectureName;
  pid?: number;
  module?: string;
  buildId?: string;
  /** For each inferred fact (keys: the names above), what proved it. */
  why: Record<string, string>;
}
