/** What the case says about the machine and about what the program was built of: facts that stand beside a crash, not in it. */
import type { SourceRange } from './source.ts';

export type SystemFact =
  /** Release as `uname -r` prints it, '5.3.7-301.fc31.x86_64'. */
  | { kind: 'kernel'; release: string; source: SourceRange }
  /** The kernel runs without a timer tick on some processors (`nohz_full=`, NO_HZ_FULL). */
  | { kind: 'full-dynticks'; source: SourceRange };

/** A module of the program. */
export interface ModuleVersion {
  /** 'github.com/apache/arrow-go/v18'. */
  path: string;
  /** 'v18.0.0', '(devel)'. */
  version: string;
  /**
   * build: `go version -m`, debug.BuildInfo or the path of a file in a stack: it is in the binary. sum: go.sum or go.mod: it may be, since
   * these name every version that was considered.
   */
  by: 'build' | 'sum';
  source: SourceRange;
}
