/** Exception codes of Windows (ntstatus.h, winnt.h) in words. */
import type { CrashEvent } from '../../model/event.ts';
import type { RuleContext } from '../rule.ts';
import { crashEvent } from './crash.ts';

export interface ExceptionCode {
  name: string;
  meaning: string;
  /** What to suspect. */
  cause: string;
  /** Thrown by foreign code on purpose: a language's exception or a jump. */
  unwinds?: boolean;
}

export const accessViolation = '0xc0000005';

const codes: Record<string, ExceptionCode> = {
  '0xc0000006': {
    name: 'STATUS_IN_PAGE_ERROR',
    meaning: 'a page could not be read from its file',
    cause: 'A disk or a network drive failed, or a mapped file was cut.',
  },
  '0xc000001d': {
    name: 'STATUS_ILLEGAL_INSTRUCTION',
    meaning: 'an instruction that the processor does not know',
    cause: 'Code for a newer processor, or a jump into data.',
  },
  '0xc0000028': {
    name: 'STATUS_BAD_STACK',
    meaning: 'an unwind met a stack that is none',
    cause: 'Foreign code jumped (longjmp) or threw across frames of Go.',
    unwinds: true,
  },
  '0xc0000029': {
    name: 'STATUS_INVALID_UNWIND_TARGET',
    meaning: 'an unwind to a frame that does not exist',
    cause: 'Foreign code jumped (longjmp) or threw across frames of Go.',
    unwinds: true,
  },
  '0xc0000094': {
    name: 'STATUS_INTEGER_DIVIDE_BY_ZERO',
    meaning: 'an integer division by zero',
    cause: 'The divisor was not checked.',
  },
  '0xc00000fd': {
    name: 'STATUS_STACK_OVERFLOW',
    meaning: "a thread's stack was used up",
    cause: 'Deep recursion in foreign code, or a thread with a small stack.',
  },
  '0xc0000374': {
    name: 'STATUS_HEAP_CORRUPTION',
    meaning: "the C heap's records are damaged",
    cause: 'C code wrote past an allocation, or freed one twice.',
  },
  '0xc0000409': {
    name: 'STATUS_STACK_BUFFER_OVERRUN',
    meaning: 'C code stopped itself (fail-fast), or its stack cookie was overwritten',
    cause: 'C code wrote past a buffer on its stack, or called abort.',
  },
  '0x40010006': {
    name: 'DBG_PRINTEXCEPTION_C',
    meaning: 'a debug message, no error',
    cause: 'A library printed to the debugger.',
  },
  '0x406d1388': { name: 'MS_VC_EXCEPTION', meaning: "a thread's name, no error", cause: 'A library named a thread.' },
  '0x80000003': { name: 'STATUS_BREAKPOINT', meaning: 'a breakpoint instruction', cause: 'A failed assertion, or a debugger.' },
  '0xe06d7363': {
    name: 'C++ exception (MSVC)',
    meaning: 'a C++ exception that nobody caught',
    cause: 'A C++ exception reached frames of Go.',
    unwinds: true,
  },
  '0x20474343': {
    name: 'C++ exception (GCC)',
    meaning: 'a C++ exception that nobody caught',
    cause: 'A C++ exception reached frames of Go.',
    unwinds: true,
  },
};

export interface ThrownException {
  event: CrashEvent;
  code: string;
  known: ExceptionCode | undefined;
}

/** The exception that ended the process; undefined for signals and panics. */
export function crashException(context: RuleContext): ThrownException | undefined {
  const event = crashEvent(context);
  const name = event?.signal?.name;
  if (event === undefined || name === undefined || !/^0x[0-9a-f]{8}$/.test(name)) return undefined;
  return { event, code: name, known: codes[name] };
}
