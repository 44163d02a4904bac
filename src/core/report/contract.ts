/** The report contract, `framewalk.report/1`. Addresses are "0x…" strings; absent facts are absent keys; lines count from 1 in the original input. */
import type { Hex } from '../model/address.ts';

export interface Report {
  schema: 'framewalk.report/1';
  documents: {
    name: string; // the path as given
    bytes: number;
    kind:
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
    layers: string[]; // outermost first: 'gzip', 'cri', 'json', 'quoted', 'mail-wrap', 'one-line'…
    context?: { host?: string; pod?: string; container?: string; first?: string; last?: string }; // what the layers tell; times are ISO 8601
  }[];
  process: {
    goVersion?: string; // '1.23' only when the minor version is proven, with patch when that is known
    goVersionRange?: [string | null, string | null];
    os?: string;
    arch?: string;
    pid?: number;
    module?: string;
    buildId?: string;
    why?: Record<string, string>; // for each inferred fact, what proved it
  };
  events: {
    kind: 'panic' | 'fatal-error' | 'throw' | 'signal' | 'exception' | 'runtime-message' | 'race' | 'stop' | 'watchpoint' | 'log';
    text: string;
    line: number;
    step?: number;
  }[];
  crash?: {
    kind: 'panic' | 'fatal-error' | 'signal' | 'exception' | 'race' | 'timeout' | 'dump';
    headline: string; // one sentence; names the culprit, never an innocent runtime function
    signal?: string;
    code?: number;
    faultAddress?: Hex;
    pc?: Hex;
    goroutine?: string; // the user goroutine running when the process died; '0' only when there was none
    victim?: string; // whose stack or data is damaged, where that is another
    firstUserFrame?: { function: string; file?: string; line?: number };
    repeats?: { count: number; first?: string; last?: string };
    fingerprint?: string; // stable over addresses, arguments, ids and builds
  };
  goroutines: {
    count: number; // distinct goroutines
    groups: { count: number; ids: string[]; stack: number }[]; // into stacks
    items?: Goroutine[]; // left out with --summary
  };
  stacks: Frame[][];
  threads: { name: string; tid?: number; frames: Frame[]; registers?: Record<string, Hex> }[];
  mappings: { start: Hex; end: Hex; permissions?: string; file?: string; line?: number }[];
  spans: { base: Hex; limit?: Hex; state?: string; elementSize?: number; line?: number }[];
  memory: {
    words: number;
    ranges: { start: Hex; end: Hex; source: string }[];
    conflicts?: { at: Hex; values: Hex[]; lines: number[] }[];
  };
  chains: { owner: string; arch: string; links: Link[] }[];
  bogusPointers: { value: Hex; at?: string; why: string; finding: string }[]; // finding: the id of a finding in this report
  findings: Finding[]; // best first; findings explained by another one are under its `explains`
  /** What happened, in causal order: who did it, what that damaged, who noticed, how the process died. */
  story?: { part: 'culprit' | 'damage' | 'noticed' | 'death'; text: string; line?: number; inferred?: true; finding?: string }[];
  trails?: { value: Hex; cards: { at?: Hex; writer?: string; line?: number; inferred: boolean; text: string }[] }[];
  races?: { address: Hex; accesses: { kind: string; goroutine: string; frames: Frame[] }[] }[];
  ask?: { why: string; commands: Record<'gdb' | 'dlv' | 'lldb', string> }[];
  coverage: {
    lines: number; // = recognised + prose + unrecognised.length
    recognised: number; // blank lines inside or beside recognised blocks count here
    prose: number; // text that is not a form: never 'unrecognised'
    unrecognised: { line: number; text: string }[]; // looks like a form of the reference, but could not be read
    headers: number; // printed goroutine header lines, before merging
    frames: number; // printed function/location pairs, inlined ones included, created-by pairs not
    createdBy: number;
  };
  /** What to know of the documents before trusting the rest; of the whole case, so not under `also`. Grown after version 1. */
  notices?: { kind: 'memory-without-base' | 'read-in-part' | 'knowledge-not-used'; statement: string; document?: number }[];
  also?: Report[]; // further snapshots of the case
}

export interface Goroutine {
  id: string;
  status: string;
  waitReason?: string;
  minutes?: number;
  locked?: boolean;
  labels?: Record<string, string>;
  createdBy?: Frame;
  createdIn?: string;
  frames: Frame[];
  line?: number;
}
export interface Frame {
  function?: string;
  file?: string;
  line?: number;
  pc?: Hex;
  sp?: Hex;
  fp?: Hex;
  inlined?: boolean;
  arguments?: string;
  kind?: 'go' | 'assembly' | 'cgo' | 'runtime' | 'signal' | 'unknown';
  framePointerSlot?: Hex;
}
export interface Link {
  slot: Hex;
  value?: Hex;
  expected?: Hex;
  verdict: 'ok' | 'bogus' | 'end' | 'unknown' | 'crossing'; // unknown: the word is not in the case
  reason?: string;
  frame?: string;
}
export interface Finding {
  id: string;
  rule: string;
  title: string;
  confidence: 'certain' | 'very likely' | 'likely' | 'possible';
  explanation: string;
  evidence: { statement: string; document?: number; line?: number; inferred?: boolean }[];
  against: { statement: string; line?: number }[];
  next: { why: string; command?: string }[];
  references: string[];
  explains?: string[];
  /** What was verified on the way; grown after version 1, so readers must not rely on it. */
  checks?: { statement: string; held: boolean }[];
  /** Checks that a reader can make and that would show it to be wrong; grown after version 1 as well. */
  refutedBy?: string[];
}
