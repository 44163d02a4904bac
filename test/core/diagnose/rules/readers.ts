/** A crash of a frame-pointer reader, for tests of the FP rules. */
import type { BuiltSnapshot } from '../../../support/snapshot.ts';
import type { FrameSpec, SnapshotSpec } from '../../../support/snapshot-spec.ts';
import { crashed, user } from './support.ts';

const reader: FrameSpec = { function: 'runtime.fpTracebackPartialExpand', file: '/go/src/runtime/mprof.go', line: 592 };

/** The reader failed at `address` (undefined: the kernel gave none), above `frames`. */
export function readerFailed(
  address: bigint | undefined,
  more: SnapshotSpec = {},
  frames: FrameSpec[] = [user('app.(*queue).put', 31), user('app.run', 50)],
): BuiltSnapshot {
  return crashed(
    [{ kind: 'fatal-error', text: 'unexpected signal during runtime execution', category: 'unexpected-signal' }],
    [{ function: 'runtime.throw' }, { function: 'runtime.sigpanic' }, reader, ...frames, { function: 'runtime.goexit' }],
    {
      process: { arch: 'amd64' },
      ...more,
      crash: {
        signal: 'SIGSEGV',
        code: address === undefined ? 0x80 : 1,
        faultFrame: 2,
        ...(address === undefined ? {} : { faultAddress: address }),
        ...more.crash,
      },
    },
  );
}
