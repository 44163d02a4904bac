/**
 * What a source file's path proves. A file named *_GOOS.go, *_GOARCH.go or *_GOOS_GOARCH.s is compiled for that target
 * only (go/build constraints by name); a GOROOT that carries its version tells the release.
 */
import type { ArchitectureName, ProcessFacts } from '../../model/process.ts';
import type { LineCursor } from '../cursor.ts';
import type { RecordSink } from '../reader.ts';
import { isGccgoFile } from '../around/other-compilers.ts';
import { firstTime } from './block-hints.ts';

const architectures = new Map<string, ArchitectureName>(
  (
    [
      '386',
      'amd64',
      'arm',
      'arm64',
      'loong64',
      'mips',
      'mipsle',
      'mips64',
      'mips64le',
      'ppc64',
      'ppc64le',
      'riscv64',
      's390x',
      'wasm',
    ] as const
  ).map((name) => [name, name]),
);
const systems = new Set(
  'aix android darwin dragonfly freebsd illumos ios js linux netbsd openbsd plan9 solaris wasip1 windows'.split(' '),
);

/** Standard library below a GOROOT whose directory names its version. */
const versionedRoot =
  /(?:^|[/@-])(?:go-?|go\/|golang\/)(1\.\d{1,2}(?:\.\d{1,2})?)(?:[.-][a-z0-9]+-[a-z0-9]+)?(?:\/(?:x64|arm64|libexec|go|share\/go))?\/src\/(?:runtime|internal|sync|syscall|net|testing|time|os|reflect|fmt)\//;

/** The last parts of a file name that constrain the build; the system only where the name has one. */
export function targetOf(file: string): { arch?: ArchitectureName; os?: string } {
  const name = file.slice(file.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  if (dot < 0 || !/^\.(?:go|s)$/.test(name.slice(dot))) return {};
  const parts = name.slice(0, dot).split('_');
  if (parts.at(-1) === 'test') parts.pop();
  if (parts.length < 2) return {};
  const last = parts.at(-1) ?? '';
  const arch = architectures.get(last);
  if (arch === undefined) return systems.has(last) ? { os: last } : {};
  const before = parts.length > 2 ? (parts.at(-2) ?? '') : '';
  return systems.has(before) ? { arch, os: before } : { arch };
}

/** Pushes each proven fact once per document. */
export function fileFacts(cursor: LineCursor, index: number, sink: RecordSink, file: string): void {
  const target = targetOf(file);
  const version = versionedRoot.exec(file)?.[1];
  const tell = (facts: Partial<Omit<ProcessFacts, 'why'>>, key: string, why: string): void => {
    if (!firstTime(sink, key)) return;
    sink.facts.push({ kind: 'process', facts, why, textLine: index, source: cursor.lineRange(index) });
  };
  const name = `source file ${file.slice(file.lastIndexOf('/') + 1)}`;
  if (target.arch !== undefined) tell({ arch: target.arch }, `arch ${target.arch}`, name);
  if (target.os !== undefined) tell({ os: target.os }, `os ${target.os}`, name);
  if (isGccgoFile(file) && firstTime(sink, 'gccgo')) {
    const text = 'Built with gccgo: its runtime is libgo, and its frames have neither arguments nor offsets';
    sink.facts.push({ kind: 'event', event: { kind: 'log', text, source: cursor.lineRange(index) }, textLine: index });
  }
  if (version !== undefined) tell({ goVersion: version }, `go ${version}`, `path ${file}`);
}
