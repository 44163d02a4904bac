/**
 * What comes with the program: only what the public threads named here state. Releases are given where a thread or the source states them;
 * everywhere else every version counts, and a reader looks at the thread.
 */
import type { Knowledge } from '../../model/knowledge.ts';

const arm64Store =
  'Its arm64 assembly was translated from C and stores the link register into the slot of its caller’s frame pointer.';

export const shippedKnowledge: Knowledge = {
  name: 'Framewalk',
  modules: [
    {
      module: 'github.com/dgryski/go-metro',
      rules: ['FP-01', 'FP-02', 'FP-03'],
      arch: ['amd64'],
      says: 'Its generated hash routine used the frame-pointer register for a constant and returned without restoring it.',
      references: ['golang/go#69629', 'golang/go#69838'],
    },
    {
      module: 'github.com/apache/arrow-go',
      rules: ['FP-04', 'FP-05', 'FP-08', 'RA-04', 'RA-08'],
      arch: ['arm64'],
      says: arm64Store,
      references: ['apache/arrow#44319', 'apache/arrow-go#150', 'apache/arrow-go#983'],
    },
    {
      module: 'github.com/apache/arrow/go',
      rules: ['FP-04', 'FP-05', 'FP-08', 'RA-04', 'RA-08'],
      arch: ['arm64'],
      says: arm64Store,
      references: ['apache/arrow#44319', 'apache/arrow-go#150'],
    },
    {
      module: 'github.com/apache/arrow/go',
      rules: ['CGO-01', 'GC-03', 'GC-01', 'GC-02'],
      says: 'Its C data interface stored pointers into C structs that the caller had not initialised.',
      references: ['apache/arrow#36670', 'apache/arrow-adbc#729'],
    },
    {
      module: 'github.com/apache/arrow-adbc',
      rules: ['CGO-01', 'GC-03', 'GC-01', 'GC-02'],
      says: 'A struct of C that was not initialised was filled by Go; the write barrier recorded its old contents.',
      references: ['apache/arrow-adbc#729'],
    },
    {
      module: 'github.com/kelindar/bitmap',
      rules: ['FP-04', 'FP-05', 'FP-08'],
      arch: ['arm64'],
      says: arm64Store,
      references: ['kelindar/bitmap#43'],
    },
    {
      module: 'github.com/cloudflare/bn256',
      rules: ['FP-08'],
      arch: ['arm64'],
      says: 'Its arm64 assembly uses R27 and R29 as ordinary registers.',
      references: ['cloudflare/bn256#46'],
    },
    {
      module: 'github.com/klauspost/compress',
      rules: ['STK-05', 'RA-08'],
      arch: ['arm64'],
      says: 'Its zstd assembly placed locals on the slot of the saved link register; the thread knows of bad profiles only.',
      references: ['klauspost/compress#1176'],
    },
    {
      module: 'github.com/prysmaticlabs/gohashtree',
      rules: ['RA-08', 'RA-04'],
      says: 'Its assembly described its frame wrongly, so that tracebacks did not unwind completely.',
      references: ['prysmaticlabs/gohashtree#13'],
    },
    {
      module: 'github.com/shirou/gopsutil',
      rules: ['WIN-03', 'RA-05'],
      says: 'A system call of Windows wrote into a buffer on the stack.',
      references: ['shirou/gopsutil#1451'],
    },
    {
      module: 'github.com/oschwald/maxminddb-golang',
      rules: ['BUS-01', 'FAULT-01'],
      says: 'It reads a mapped file, which fails when the file is replaced or cut while it is mapped.',
      references: ['oschwald/maxminddb-golang#104'],
    },
    {
      module: 'github.com/anacrolix/torrent',
      rules: ['BUS-01', 'FAULT-01'],
      says: 'It maps files that may be shorter than their mapping.',
      references: ['anacrolix/torrent#699'],
    },
    {
      module: 'github.com/wailsapp/wails',
      rules: ['SIG-02', 'SIG-03'],
      says: 'A C library that it loads installs signal handlers without SA_ONSTACK.',
      references: ['wailsapp/wails#2134'],
    },
    {
      module: 'github.com/sciter-sdk/go-sciter',
      rules: ['JMP-01'],
      says: 'A function pointer of its C library was nil when it was called.',
      references: ['sciter-sdk/go-sciter#312'],
    },
  ],
  releases: [
    {
      go: { before: '1.27' },
      rules: ['RA-02'],
      says: 'The unwinder reads through a nil pointer while it decides whether to report a bad return address.',
      references: ['golang/go#64863', 'golang/go#73259'],
      fixed: '1.27',
    },
    {
      go: { from: '1.19', before: '1.21' },
      rules: ['FP-06'],
      arch: ['arm64'],
      says: 'Saved frame pointers are not adjusted when a stack is copied.',
      references: ['golang/go#58432'],
      fixed: '1.21',
    },
    {
      go: { before: '1.10' },
      rules: ['STK-03'],
      says: 'Calls into the vDSO run on the stack of the goroutine, which a stack probe reaches beyond.',
      references: ['golang/go#20427'],
      fixed: '1.10',
    },
    {
      go: { from: '1.26' },
      rules: ['GC-07'],
      says: 'The heap begins at a random address in each run.',
      references: ['golang/go#80392'],
    },
  ],
  symbols: [
    {
      symbol: 'crypto/sha256.block*',
      rules: ['FP-01', 'FP-02'],
      arch: ['amd64'],
      says: 'The block function of the standard library used the frame-pointer register in some releases.',
      references: ['golang/go#63508'],
    },
  ],
  constants: [
    {
      value: 0x0b01dfacedebac1en,
      rules: ['RA-*', 'MAC-02'],
      says: 'macOS puts this word on the stack when it delivers a signal.',
      references: ['golang/go#48350'],
    },
    {
      value: 0x7fffffffe000n,
      rules: ['RA-*'],
      arch: ['amd64'],
      says: 'The kernel maps the trampoline of return probes at this address when nothing else lies there.',
      references: ['golang/go#27077'],
    },
  ],
};
