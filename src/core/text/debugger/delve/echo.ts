/** Lines that Delve prints for people: kept and recognised. */
import { parseAddress } from '../../../model/address.ts';
import { markRecognised, type TextReader } from '../../reader.ts';
import { goesOn, lineText } from '../lines.ts';
import { isExecuting } from './command.ts';
import { delveOf, isDelveOutput } from './session.ts';
import { isSourceLine } from './source-lines.ts';

const notices: readonly RegExp[] = [
  /^(?:Type 'help' for list of commands\.|WARNING: undefined behavior - Go version |Warning: debugging optimized function$|Command failed: |Process \d{1,10} has exited with status |Process restarted with PID \d)/,
  /^(?:Breakpoint (?:\d{1,9}|[\w-]{1,60}) (?:set at|cleared at|\((?:enabled|disabled)\) at) |Watchpoint \S.{0,199} set at 0x|\(no (?:locals|args)\)$|Command aborted)/,
  /^(?:\* )?Thread \d{1,10} at \S{1,1024}:-?\d{1,9}(?: \S.*)?$/,
  /^Switched (?:from \d{1,19} )?to (?:goroutine )?\d{1,19} /,
  /^Goroutine \d{1,19}:$/,
  /^(?:Runtime|User|Go|Start): \S{1,1024}:-?\d{1,9} \S.{0,1000} \(0x[0-9a-f]{1,16}\)$/,
];
const switched = /^(?:Switched from \d{1,19} to (\d{1,19}) |Goroutine (\d{1,19}):$)/;
const watched = /^Watchpoint (\S.{0,199}) set at (0x[0-9a-f]{1,16})$/;

export const delveEchoReader: TextReader = {
  name: 'Delve echo',
  opens: ['Ty', 'WA', 'Wa', 'Co', 'Pr', 'Br', '(n', '* ', 'Th', 'Sw', 'Go', 'Ru', 'Us', 'St'],
  recognise(cursor, index) {
    const line = lineText(cursor, index).trim();
    return notices.some((form) => form.test(line));
  },
  parse(cursor, index, sink) {
    const line = lineText(cursor, index).trim();
    const named = switched.exec(line);
    const goroutine = named?.[1] ?? named?.[2];
    const watch = watched.exec(line);
    const address = watch === null ? undefined : parseAddress(watch[2] ?? '');
    if (address !== undefined) delveOf(sink).watched.set(watch?.[1] ?? '', address);
    if (goroutine !== undefined) delveOf(sink).goroutine = goroutine;
    markRecognised(sink, index, 1);
    return 1;
  },
};

/** A crash dump in the middle of a session has its own readers. */
const crash =
  /^(?:panic: |fatal error: |goroutine \d|runtime: |runtime stack:|SIG[A-Z]+: |\[signal |PC=|unexpected fault address )/;
const fence = /^[ \t]{0,16}```/;

/** Source of `list`, types, help: output of Delve as far as it is unbroken. */
export const delveOutputReader: TextReader = {
  name: 'Delve output',
  accepts: ({ speaker }) => speaker === 'delve',
  recognise(cursor, index, sink) {
    if (index === 0 || !isDelveOutput(sink) || isExecuting(sink.command)) return false;
    if (!goesOn(cursor, index, sink)) return false;
    if (isSourceLine(cursor, index)) return true;
    const line = lineText(cursor, index);
    return !(crash.test(line) || fence.test(line) || /^[ \t]{0,16}(?:\((?:gdb|rr|lldb)\)|gef|pwndbg>)/.test(line));
  },
  parse(_cursor, index, sink) {
    markRecognised(sink, index, 1);
    return 1;
  },
};
