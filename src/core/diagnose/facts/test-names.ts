/** Names of tests: of the testing package, and of the functions that run them. */
import { bareFunctionName } from '../../model/function-name.ts';
import type { Frame } from '../../model/goroutine.ts';

/** `TestQueueDrain` of `TestQueueDrain/level=2`, as `-run` takes it between single quotes. */
export function topTest(name: string): string {
  return (name.split('/')[0] ?? name).replaceAll("'", '');
}

/** `TestQueueDrain` of `pkg.TestQueueDrain.func1`, the closure of a subtest. */
export function testNameOf(frame: Frame): string {
  const bare = bareFunctionName(frame.function ?? '');
  return bare.startsWith('(') ? bare : (bare.split('.')[0] ?? bare);
}

/** Whether `frame` is in the test `name`, or in the test around it: `TestQueueDrain/level=2` and `pkg.TestQueueDrain.func1`. */
export function matchesTest(frame: Frame, name: string): boolean {
  const top = name.split('/')[0] ?? name;
  const bare = bareFunctionName(frame.function ?? '');
  return bare === top || bare.startsWith(`${top}.`);
}
