import { describe, expect, it } from 'vitest';
import { bus01 } from '../../../../src/core/diagnose/rules/bus-01.ts';
import { fault01 } from '../../../../src/core/diagnose/rules/fault-01.ts';
import { fault02 } from '../../../../src/core/diagnose/rules/fault-02.ts';
import { mem01 } from '../../../../src/core/diagnose/rules/mem-01.ts';
import { nil01 } from '../../../../src/core/diagnose/rules/nil-01.ts';
import { nil02 } from '../../../../src/core/diagnose/rules/nil-02.ts';
import { diagnoseWith } from '../../../../src/core/diagnose/engine.ts';
import { toAddress } from '../../../../src/core/model/address.ts';
import { makeSnapshot } from '../../../support/snapshot.ts';
import type { FrameSpec, SnapshotSpec } from '../../../support/snapshot-spec.ts';
import { crashed, fatal, only, panicFrame, panicked, statements, user } from './support.ts';

const sigpanic: FrameSpec = { function: 'runtime.sigpanic', file: '/usr/local/go/src/runtime/signal_unix.go', line: 917 };

function nilPanic(address: number | bigint | undefined, code: number, ...frames: FrameSpec[]) {
  const signal = {
    name: 'SIGSEGV',
    code,
    pc: toAddress(0x4e852d),
    ...(address === undefined ? {} : { address: toAddress(address) }),
  };
  return crashed(
    [
      {
        kind: 'panic',
        text: 'runtime error: invalid memory address or nil pointer dereference',
        category: 'nil-dereference',
        signal,
      },
    ],
    [panicFrame, sigpanic, ...frames],
    address === undefined || code === 0x80 ? {} : { crash: { signal: 'SIGSEGV', code, faultAddress: address } },
  );
}

function faulted(name: string, code: number, address: number | bigint, more: SnapshotSpec = {}) {
  const signal = { name, code, address: toAddress(address), pc: toAddress(0x4635f4) };
  return crashed(
    [{ kind: 'fatal-error', text: 'fault', category: 'fault', signal, address: toAddress(address) }],
    [{ function: 'runtime.throw' }, sigpanic, user('main.(*Ledger).post', 12, '0x0?')],
    { ...more, crash: { signal: name, code, faultFrame: 2, ...(code === 0x80 ? {} : { faultAddress: address }) } },
  );
}

describe('NIL-01', () => {
  it('reads the field offset, the frame and the argument that is 0', () => {
    const found = only(nil01, nilPanic(0x18, 1, user('main.(*Slot).Take', 17, '0x0, 0xc00008e150'), user('main.main', 40)));
    expect(found.headline).toBe('`main.(*Slot).Take` (`main.go:17`) uses a nil pointer, offset `0x18`');
    expect(found.explanation).toContain('24 bytes into the struct');
    expect(statements(found)).toContain(
      'The first argument word (the receiver, if it is a method) of `main.(*Slot).Take` (`main.go:17`) is 0.',
    );
    expect(found.confidence).toBe('certain');
    expect(found.bogus).toEqual([]);
  });

  it('names the caller when the library followed the pointer', () => {
    const found = only(
      nil01,
      nilPanic(
        8,
        1,
        { function: 'bytes.(*Buffer).Write', file: '/usr/local/go/src/bytes/buffer.go', line: 1 },
        user('main.log', 3),
      ),
    );
    expect(found.headline).toBe('`main.log` (`main.go:3`) led to a use of a nil pointer, offset `0x8`');
    expect(found.explanation).toContain('followed in `bytes.(*Buffer).Write`');
  });

  it('does without an address', () => {
    expect(only(nil01, nilPanic(undefined, 1, user('main.main'))).headline).toBe('`main.main` (`main.go:10`) uses a nil pointer');
  });

  it('is unsure when the runtime itself followed nil', () => {
    const built = crashed(
      [
        {
          kind: 'fatal-error',
          text: 'unexpected signal during runtime execution',
          category: 'unexpected-signal',
          signal: { name: 'SIGSEGV', code: 1, address: toAddress(0x118) },
        },
      ],
      [{ function: 'runtime.(*unwinder).next' }, user('main.main')],
      { crash: { signal: 'SIGSEGV', code: 1, faultAddress: 0x118, faultFrame: 0 } },
    );
    expect(only(nil01, built).confidence).toBe('possible');
  });

  it('is silent for code 0x80, for a large address, for a signal sent by a process, and for other panics', () => {
    expect(nil01.examine(nilPanic(0, 0x80, user('main.main')).context)).toEqual([]);
    expect(nil01.examine(nilPanic(0x7fc0d1671080n, 1, user('main.main')).context)).toEqual([]);
    expect(nil01.examine(faulted('SIGSEGV', 0, 0x57).context)).toEqual([]);
    expect(nil01.examine(panicked('assignment to entry in nil map', 'nil-map').context)).toEqual([]);
  });
});

describe('NIL-02', () => {
  it('sees nil plus a large offset', () => {
    const built = faulted('SIGSEGV', 1, 0x12340, { registers: { rax: 0 } });
    const found = only(nil02, built);
    expect(found.headline).toContain('large offset `0x12340`');
    expect(found.confidence).toBe('possible');
  });

  it('is silent without a zero in sight, below 4096, above 1 MiB and for code 0x80', () => {
    expect(nil02.examine(faulted('SIGSEGV', 1, 0x12340).context)).toEqual([]);
    expect(nil02.examine(faulted('SIGSEGV', 1, 0x18).context)).toEqual([]);
    expect(nil02.examine(faulted('SIGSEGV', 1, 0x30bc5b31).context)).toEqual([]);
    expect(nil02.examine(faulted('SIGSEGV', 0x80, 0).context)).toEqual([]);
  });
});

describe('FAULT-01', () => {
  it('is a marker that names the user frame and the address', () => {
    const found = only(fault01, faulted('SIGSEGV', 1, 0x7fc0d1671080n));
    expect(fault01.marker).toBe(true);
    expect(found.headline).toBe('`main.(*Ledger).post` (`main.go:12`) reached `0x7fc0d1671080`, which it may not access');
    expect(found.bogus.map((pointer) => pointer.value)).toEqual([0x7fc0d1671080n]);
  });

  it('takes the 0 of code 0x80 for no address', () => {
    const found = only(fault01, faulted('SIGSEGV', 0x80, 0));
    expect(found.headline).toContain('did not report');
    expect(found.bogus).toEqual([]);
  });

  it('is silent on a nil dereference and on other fatal errors', () => {
    expect(fault01.examine(nilPanic(0x18, 1, user('main.main')).context)).toEqual([]);
    expect(fault01.examine(fatal('out of memory', 'out-of-memory').context)).toEqual([]);
  });
});

describe('FAULT-02', () => {
  const protectedMapping = { mappings: [{ start: 0x7fc0d1671000n, end: 0x7fc0d1672000n, permissions: '---p' }] };

  it('stands before FAULT-01, which it explains', () => {
    const built = faulted('SIGSEGV', 2, 0x7fc0d1671080n);
    const [analysed] = diagnoseWith([fault01, fault02], [built.snapshot], built.documents);
    expect(analysed?.findings.map((finding) => [finding.id, finding.explains])).toEqual([
      ['FAULT-02', ['FAULT-01']],
      ['FAULT-01', []],
    ]);
  });

  it('is surer with the mapping', () => {
    expect(only(fault02, faulted('SIGSEGV', 2, 0x7fc0d1671080n)).confidence).toBe('likely');
    const found = only(fault02, faulted('SIGSEGV', 2, 0x7fc0d1671080n, protectedMapping));
    expect(found.confidence).toBe('very likely');
    expect(found.headline).toContain('a page without any permission (`---p`)');
    expect(found.bogus).toEqual([]);
  });

  it('is silent for memory that the heap only reserved', () => {
    const reserved = faulted('SIGSEGV', 2, 0xc001234000n, {
      goroutines: [{ id: 9, frames: [{ function: 'main.main', sp: 0xc000040f00n }] }],
    });
    expect(fault02.examine(reserved.context)).toEqual([]);
    const elsewhere = faulted('SIGSEGV', 2, 0xc101234000n, {
      goroutines: [{ id: 9, frames: [{ function: 'main.main', sp: 0xc000040f00n }] }],
    });
    expect(fault02.examine(elsewhere.context)).toHaveLength(1);
  });

  it('is silent for code 1, for a jump into the page, and only possible on macOS', () => {
    expect(fault02.examine(faulted('SIGSEGV', 1, 0x7fc0d1671080n).context)).toEqual([]);
    expect(fault02.examine(faulted('SIGSEGV', 2, 0x4635f4).context)).toEqual([]);
    expect(only(fault02, faulted('SIGSEGV', 2, 0x7fc0d1671080n, { process: { os: 'darwin' } })).confidence).toBe('possible');
  });
});

describe('BUS-01', () => {
  it('explains the fault with the file that shrank', () => {
    const built = faulted('SIGBUS', 2, 0x7fa0b6201064n, {
      mappings: [{ start: 0x7fa0b6200000n, end: 0x7fa0b6210000n, file: '/data/ledger.bin' }],
    });
    const found = only(bus01, built);
    expect(found.headline).toBe('`main.(*Ledger).post` (`main.go:12`) reads or writes past the end of `/data/ledger.bin`');
    expect(found.confidence).toBe('very likely');
    expect(found.bogus).toEqual([]);
  });

  it('doubts an anonymous mapping, and is silent for alignment and for SIGSEGV', () => {
    const anonymous = faulted('SIGBUS', 2, 0x7fa0b6201064n, { mappings: [{ start: 0x7fa0b6200000n, end: 0x7fa0b6210000n }] });
    expect(only(bus01, anonymous).confidence).toBe('possible');
    expect(bus01.examine(faulted('SIGBUS', 1, 0x7fa0b6201064n).context)).toEqual([]);
    expect(bus01.examine(faulted('SIGSEGV', 2, 0x7fa0b6201064n).context)).toEqual([]);
  });
});

describe('MEM-01', () => {
  it('names the size and the allocating user frame', () => {
    const built = crashed(
      [
        {
          kind: 'runtime-message',
          text: 'out of memory: cannot allocate 33554432-byte block',
          category: 'out-of-memory',
          bytes: 33554432n,
        },
        { kind: 'fatal-error', text: 'out of memory', category: 'out-of-memory' },
      ],
      [{ function: 'runtime.throw' }, user('main.grow', 9)],
    );
    const found = only(mem01, built);
    expect(found.headline).toBe('`main.grow` (`main.go:9`) asked for 33,554,432 bytes that the system did not give');
    expect(found.confidence).toBe('certain');
  });

  it('calls an impossible size a wrong length', () => {
    const built = crashed(
      [{ kind: 'fatal-error', text: 'out of memory', category: 'out-of-memory', bytes: 1n << 47n }],
      [user('main.grow')],
    );
    expect(only(mem01, built).explanation).toContain('wrong length');
  });

  it('is silent on makeslice panics and on thread limits', () => {
    expect(mem01.examine(panicked('runtime error: makeslice: len out of range', 'make-size').context)).toEqual([]);
    expect(mem01.examine(fatal('thread exhaustion', 'thread-limit').context)).toEqual([]);
    expect(mem01.examine(makeSnapshot().context)).toEqual([]);
  });
});
