/** What to collect next for rules whose own steps have no command: added behind them, so that every finding ends in something to run. */
import type { NextStep } from '../model/finding.ts';

const core: NextStep = {
  why: 'A core file of the next crash keeps the words that this dump lacks',
  command: 'ulimit -c unlimited; export GOTRACEBACK=crash',
};
const frames: NextStep = {
  why: 'The runtime then prints its own frames too, with sp, fp and pc of each',
  command: 'export GOTRACEBACK=system',
};
const later: NextStep = { why: 'Take a second dump after a minute and compare', command: 'kill -QUIT "$(pgrep -n program)"' };

const steps: Readonly<Record<string, NextStep>> = {
  'CGO-05': { why: 'Stop where the library throws (gdb)', command: 'catch throw\ncatch catch\nrun' },
  'DL-02': later,
  'DUMP-01': later,
  'FAULT-02': { why: 'Look up the page in the memory map of a running process', command: 'cat "/proc/$(pgrep -n program)/maps"' },
  'FP-07': {
    why: 'See whether the crash needs a panic that is recovered: list who recovers',
    command: "grep -rn 'recover()' --include='*.go' .",
  },
  'GC-07': {
    why: 'Nothing is wrong; build with the fixed heap base to compare dumps',
    command: 'GOEXPERIMENT=norandomizedheapbase64 go build ./...',
  },
  'MAC-02': frames,
  'MC-05': core,
  'NC-03': {
    why: 'Compare the architectures of program and machine',
    command: 'go version -m ./program | grep GOARCH; uname -m',
  },
  'NIL-02': core,
  'PANIC-09': frames,
  'RACE-03': { why: 'See whether the race is gone after the change', command: 'go test -race -count=10 ./...' },
  'SIG-01': { why: 'Learn who sends the signal', command: 'strace -f -e trace=kill,tkill,tgkill -p "$(pgrep -n program)"' },
  'STK-01': { why: 'Print more of the repeating frames, and their arguments', command: 'export GOTRACEBACK=system' },
  'WIN-01': frames,
  'WIN-03': {
    why: 'Find buffers on the stack that are passed to system calls',
    command: "grep -rn 'unsafe.Pointer(&' --include='*.go' .",
  },
};

/** The steps of a finding, with one that runs. */
export function withCommand(rule: string, next: readonly NextStep[]): NextStep[] {
  const step = next.some((one) => one.command !== undefined) ? undefined : steps[rule];
  return step === undefined ? [...next] : [...next, step];
}
