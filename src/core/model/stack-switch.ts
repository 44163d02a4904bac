/** Where a printed stack goes on elsewhere: from the signal stack to what was interrupted, from g0 to the goroutine. */
import { withoutAbi } from './function-name.ts';
import type { StackKind } from './memory.ts';

/** runtime/asm_*.s, runtime/sys_*.s: functions behind which the next frame may lie on another stack, and the stack that they and their callees used. */
const switches: readonly (readonly [RegExp, StackKind])[] = [
  [/^(?:runtime\.(?:sigtramp|sigreturn)|<signal handler called>)/, 'gsignal'],
  [/^runtime\.(?:systemstack|mcall|morestack|gogo|asmcgocall|rt0_go|mstart)/, 'g0'],
  [/^runtime\.cgocallback/, 'goroutine'],
];

/** The stack that function `name` leaves when it is left; undefined for functions that switch none. */
export function stackLeftBy(name: string): StackKind | undefined {
  const plain = withoutAbi(name);
  return switches.find(([pattern]) => pattern.test(plain))?.[1];
}
