/** Strings and characters as LLDB 14 printed them. */
import { describe, expect, it } from 'vitest';
import { lldbStringBytes } from '../../../../../src/core/text/debugger/lldb/escapes.ts';
import { read } from '../../render.ts';
import { facts, proseOf } from '../../support.ts';

const printed = String.raw`(lldb) p r
(rec) $0 = {
  name = "A\xfa\U000000017\01é\n\"\\"
  raw = "\01\xff\U0000007f\U0000001b\t\U00000005\xe2"
  s8 = '\xfa'
  u8 = "\U00000001\U00000002\U00000003\xfa"
  p = 0x0000555555558040 "A\xfa\U000000017"
  text = "€\x80\x81z"
}
`;

describe('strings of LLDB', () => {
  it('are the bytes that the program had', () => {
    const reading = read(printed);
    expect(proseOf(reading)).toEqual([]);
    const fields = facts(reading, 'struct').flatMap(({ struct }) => struct.fields);
    const bytes = new Map(fields.map((field) => [field.name, [...(field.bytes ?? [])]]));
    expect(bytes.get('name')).toEqual([0x41, 0xfa, 1, 0x37, 0, 0x31, 0xc3, 0xa9, 10, 0x22, 0x5c]);
    expect(bytes.get('raw')).toEqual([0, 0x31, 0xff, 0x7f, 0x1b, 9, 5, 0xe2]);
    expect(bytes.get('s8')).toEqual([0xfa]);
    expect(bytes.get('u8')).toEqual([1, 2, 3, 0xfa]);
    expect(bytes.get('p')).toEqual([0x41, 0xfa, 1, 0x37]);
    expect(bytes.get('text')).toEqual([0xe2, 0x82, 0xac, 0x80, 0x81, 0x7a]);
    expect(fields.find((field) => field.name === 'p')?.value).toBe(0x555555558040n);
  });

  it.each([
    ['', []],
    ['\\', [0x5c]],
    ['\\x', [0x78]],
    ['\\xg1', [0x78, 0x67, 0x31]],
    ['\\Uffffffff', [0x5c, 0x55, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66]],
    ['\\u00e9', [0xc3, 0xa9]],
    ['\\e\\033', [27, 0, 0x33, 0x33]],
  ])('are read however broken: %j', (quoted, bytes) => expect([...lldbStringBytes(quoted)]).toEqual(bytes));
});
