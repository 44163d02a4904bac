import { describe, expect, it } from 'vitest';
import { panic01 } from '../../../../src/core/diagnose/rules/panic-01.ts';
import { panic02 } from '../../../../src/core/diagnose/rules/panic-02.ts';
import { panic03 } from '../../../../src/core/diagnose/rules/panic-03.ts';
import { panic04 } from '../../../../src/core/diagnose/rules/panic-04.ts';
import { panic05 } from '../../../../src/core/diagnose/rules/panic-05.ts';
import { panic06 } from '../../../../src/core/diagnose/rules/panic-06.ts';
import { panic07 } from '../../../../src/core/diagnose/rules/panic-07.ts';
import { panic08 } from '../../../../src/core/diagnose/rules/panic-08.ts';
import { panic09 } from '../../../../src/core/diagnose/rules/panic-09.ts';
import { toAddress } from '../../../../src/core/model/address.ts';
import { makeSnapshot } from '../../../support/snapshot.ts';
import { crashed, fatal, library, only, panicFrame, panicked, quoted, statements, user } from './support.ts';

describe('PANIC-01', () => {
  it('names the value, its type and the first user frame', () => {
    const built = crashed(
      [{ kind: 'panic', text: 'main.LoadCode(42)', category: 'user-value', valueType: 'main.LoadCode' }],
      [panicFrame, library('log.Panicf'), user('main.load', 32)],
    );
    const found = only(panic01, built);
    expect(found.headline).toBe('`main.load` (`main.go:32`) panics with `main.LoadCode(42)`');
    expect(found.confidence).toBe('certain');
    expect(found.explanation).toContain('type `main.LoadCode`');
    expect(statements(found)).toContain('`log.Panicf`');
    expect(quoted(built, found)).toBe('main.LoadCode(42)');
    expect(found.bogus).toEqual([]);
  });

  it('says that a value without a text is printed as its address', () => {
    const built = crashed(
      [{ kind: 'panic', text: '(main.Crate) 0xc0000a8000', category: 'user-value', valueType: 'main.Crate' }],
      [user('main.main')],
    );
    expect(only(panic01, built).explanation).toContain('only its address is printed');
  });

  it('tells the chain of panics, first one first', () => {
    const built = crashed(
      [
        { kind: 'panic', text: 'first', category: 'user-value', recovered: true },
        { kind: 'panic', text: 'second', category: 'user-value', nested: true },
      ],
      [user('main.outer.func1', 9), panicFrame, user('main.inner', 5)],
    );
    const found = only(panic01, built);
    expect(found.headline).toBe('`main.inner` (`main.go:5`) panics with `first`');
    expect(found.explanation).toContain(
      'It came first; 1 further panic followed in deferred functions after it had been recovered',
    );
    expect(statements(found)).toContain('`panic: second` followed.');
  });

  it('tells a value panicked again', () => {
    const built = crashed(
      [
        { kind: 'panic', text: 'same', category: 'user-value', recovered: true },
        { kind: 'panic', text: 'same', category: 'user-value', nested: true },
      ],
      [user('main.main')],
    );
    expect(only(panic01, built).explanation).toContain('recovered it and panicked again with the same value');
  });

  it('speaks without a user frame, and of panic(nil)', () => {
    expect(only(panic01, panicked('panic called with nil argument', 'nil-panic', panicFrame)).headline).toContain(
      'The program panics',
    );
  });

  it('is silent when the first panic of the chain is another one', () => {
    const built = crashed(
      [
        { kind: 'panic', text: 'runtime error: index out of range [9] with length 5', category: 'index', recovered: true },
        { kind: 'panic', text: 'third panic', category: 'user-value', nested: true },
      ],
      [user('main.main')],
    );
    expect(panic01.examine(built.context)).toEqual([]);
  });

  it('is silent on fatal errors and without a crash', () => {
    expect(panic01.examine(fatal('all goroutines are asleep - deadlock!', 'deadlock').context)).toEqual([]);
    expect(panic01.examine(makeSnapshot({ frames: [user('main.main')] }).context)).toEqual([]);
  });
});

describe('PANIC-02', () => {
  it.each([
    ['runtime error: index out of range [9] with length 5', 'index', 'uses index 9 where the length is 5', '0 to 4'],
    ['runtime error: index out of range [5] with length 5', 'index', 'uses index 5 where the length is 5', 'off-by-one'],
    ['runtime error: index out of range [-1]', 'index', 'uses index -1', 'negative'],
    ['runtime error: index out of range [0] with length 0', 'index', 'index 0 where the length is 0', 'no element'],
    [
      'runtime error: slice bounds out of range [:9] with capacity 4',
      'slice-bounds',
      'slices up to 9 where the capacity is 4',
      'at most 4',
    ],
    ['runtime error: slice bounds out of range [7:3]', 'slice-bounds', 'slices from 7 to 3, the start behind the end', ''],
    ['runtime error: slice bounds out of range [::8] with length 4', 'slice-bounds', 'slices with capacity bound 8', 'at most 4'],
    ['runtime error: slice bounds out of range [:5:3]', 'slice-bounds', 'slices up to 5 with capacity bound 3', ''],
    ['runtime error: index out of range', 'index', 'out of range', 'prints no numbers'],
    [
      'runtime error: cannot convert slice with length 2 to array or pointer to array with length 4',
      'slice-bounds',
      'converts a slice of length 2 to an array of length 4',
      '',
    ],
  ] as const)('reads the numbers of %s', (text, category, headline, explanation) => {
    const found = only(panic02, panicked(text, category, user('main.pick', 8)));
    expect(found.headline).toContain('`main.pick` (`main.go:8`)');
    expect(found.headline).toContain(headline);
    expect(found.explanation).toContain(explanation);
    expect(found.confidence).toBe('certain');
  });

  it('doubts an impossible length', () => {
    const found = only(panic02, panicked('runtime error: index out of range [3] with length 824633720832000', 'index'));
    expect(found.explanation).toContain('data race');
    expect(found.next.some((step) => step.command?.includes('-race'))).toBe(true);
  });

  it('names the frame that raised the first panic, not the deferred ones', () => {
    const built = crashed(
      [
        { kind: 'panic', text: 'runtime error: index out of range [9] with length 5', category: 'index', recovered: true },
        { kind: 'panic', text: 'inner stage', category: 'user-value', nested: true },
      ],
      [user('main.outer.func1'), panicFrame, user('main.inner.func1'), panicFrame, user('main.box', 8)],
    );
    expect(only(panic02, built).headline).toContain('`main.box`');
  });

  it('is only likely when another panic came first', () => {
    const built = crashed(
      [
        { kind: 'panic', text: 'first', category: 'user-value' },
        { kind: 'panic', text: 'runtime error: index out of range [9] with length 5', category: 'index', nested: true },
      ],
      [user('main.main')],
    );
    expect(only(panic02, built).confidence).toBe('likely');
  });

  it('is silent on other panics, and on an earlier crash of the same text that is no part of the chain', () => {
    expect(panic02.examine(panicked('out of range of my patience', 'user-value').context)).toEqual([]);
    const earlier = crashed(
      [
        { kind: 'panic', text: 'runtime error: index out of range [9] with length 5', category: 'index' },
        { kind: 'panic', text: 'unrelated', category: 'user-value' },
      ],
      [user('main.main')],
    );
    expect(panic02.examine(earlier.context)).toEqual([]);
  });
});

describe('PANIC-03', () => {
  it.each([
    ['interface conversion: interface {} is string, not int', 'asserts `int` on a value of type `string`', 'holds `string`'],
    ['interface conversion: interface {} is nil, not string', 'asserts `string` on a nil interface', 'no value at all'],
    ['interface conversion: interface is nil, not main.Shape', 'asserts `main.Shape` on a nil interface', 'no value at all'],
    [
      'interface conversion: main.Box is not main.Weigher: missing method Weigh',
      'on a value of type `main.Box`',
      'lacks the method `Weigh`',
    ],
    ['interface conversion: something new', 'asserts a type that the value does not have', 'without a second result'],
  ])('reads %s', (text, headline, explanation) => {
    const found = only(panic03, panicked(text, 'type-assertion', user('main.cast', 4)));
    expect(found.headline).toContain(headline);
    expect(found.explanation).toContain(explanation);
  });

  it('is silent on other categories with such a text', () => {
    expect(panic03.examine(panicked('interface conversion: interface {} is string, not int', 'user-value').context)).toEqual([]);
    expect(panic03.examine(panicked('assignment to entry in nil map', 'nil-map').context)).toEqual([]);
  });
});

describe('PANIC-04 to PANIC-09', () => {
  it.each([
    [panic04, 'assignment to entry in nil map', 'nil-map', 'writes to a map that was never made'],
    [panic05, 'close of closed channel', 'channel', 'closes a channel that is closed already'],
    [panic05, 'close of nil channel', 'channel', 'closes a nil channel'],
    [panic05, 'send on closed channel', 'channel', 'sends on a closed channel'],
    [panic06, 'runtime error: integer divide by zero', 'divide', 'divides an integer by zero'],
    [panic07, 'runtime error: makeslice: len out of range', 'make-size', 'asks for an impossible size'],
    [panic07, 'runtime error: unsafe.Slice: len out of range', 'unsafe-size', 'over memory with an impossible length'],
    [panic08, 'runtime error: hash of unhashable type []int', 'unhashable', 'a value of type `[]int`'],
    [panic08, 'runtime error: comparing uncomparable type main.T', 'unhashable', 'a value of type `main.T`'],
    [panic09, 'runtime error: negative shift amount', 'shift', 'stops with `runtime error: negative shift amount`'],
  ] as const)('%#: %s names the operation and the user frame', (rule, text, category, headline) => {
    const found = only(rule, panicked(text, category, panicFrame, { function: 'runtime.mapassign' }, user('main.store', 7)));
    expect(found.headline).toContain(headline);
    expect(found.headline).toContain('`main.store` (`main.go:7`)');
    expect(found.confidence).toBe('certain');
    expect(found.evidence.every((evidence) => evidence.source !== undefined)).toBe(true);
  });

  it.each([panic04, panic05, panic06, panic07, panic08, panic09])(
    '$id is silent on a value of the program and on a deadlock',
    (rule) => {
      expect(rule.examine(panicked('send on closed channel', 'user-value').context)).toEqual([]);
      expect(rule.examine(fatal('all goroutines are asleep - deadlock!', 'deadlock').context)).toEqual([]);
    },
  );

  it('PANIC-09 takes run-time errors of no known class from PANIC-01', () => {
    const built = panicked('runtime error: something of a later release', 'user-value');
    expect(panic01.examine(built.context)).toEqual([]);
    expect(only(panic09, built).headline).toContain('something of a later release');
  });

  it('PANIC-09 tells other fatal errors, behind every other rule', () => {
    const found = only(
      panic09,
      fatal('runtime.SetFinalizer: first argument is int, not pointer', 'runtime-internal', user('main.watch', 4)),
    );
    expect(found.headline).toBe(
      '`main.watch` (`main.go:4`) stops with `runtime.SetFinalizer: first argument is int, not pointer`',
    );
    expect(found.confidence).toBe('possible');
    expect(panic09.examine(fatal('sync: unlock of unlocked mutex', 'mutex').context)).toEqual([]);
  });

  it('PANIC-09 finds the panic whose reason was cut off, and none in a plain dump', () => {
    const cut = makeSnapshot({
      frames: [user('main.main.func1'), panicFrame, user('main.work', 12)],
      crash: { kind: 'dump', event: -1 },
    });
    expect(only(panic09, cut).headline).toBe('A panic began in `main.work` (`main.go:12`); the paste does not say why');
    expect(panic09.examine(makeSnapshot({ frames: [user('main.main')], crash: { kind: 'dump', event: -1 } }).context)).toEqual(
      [],
    );
  });

  it('a panic beside a complaint about a pointer is only likely, and says so', () => {
    const built = crashed([{ kind: 'panic', text: 'after', category: 'user-value' }], [user('main.main')], {
      complaints: [{ kind: 'unexpected-return-pc', function: 'main.smash', value: toAddress(0xdeadbeefcafe) }],
    });
    const found = only(panic01, built);
    expect(found.confidence).toBe('likely');
    expect(found.against[0]?.statement).toContain('0xdeadbeefcafe');
  });

  it('a panic recovered by a server did not end the process', () => {
    const built = crashed(
      [{ kind: 'panic', text: 'handler boom', category: 'user-value', recovered: true }],
      [user('main.serve')],
    );
    expect(only(panic01, built).explanation).toContain('the process went on');
  });
});
