import { describe, expect, it } from 'vitest';
import { staleSigns } from '../../../src/core/words/index.ts';
import { snapshotOf } from '../assemble/support.ts';

const session = (fields: string): string => `(gdb) bt
#0  0x00007f00aa840100 in main.fill (out=0x7f00bb0f9480) at /src/main.go:20
#1  0x00007f00aa850200 in main.main () at /src/main.go:40
(gdb) p *out
$1 = {${fields}}
`;

async function signs(fields: string): Promise<string[]> {
  const snapshot = await snapshotOf(session(fields));
  return (snapshot.structs ?? []).flatMap((struct) => staleSigns(snapshot, struct).map((sign) => `${sign.kind} ${sign.field}`));
}

describe('a struct that was never cleared', () => {
  it('has integers that are addresses and text that spells one', async () => {
    const code = 0x7f00aa840800n;
    expect(await signs(`name = 0x7f00cc001c90 "\\220\\324\\307\\273\\000\\177", flags = ${code.toString()}, n = 3`)).toEqual([
      'text-is-address name',
      'integer-is-address flags',
    ]);
  });

  it('has one word in fields of every kind', async () => {
    const word = 0xc001580200n;
    expect(await signs(`name = 0xc001580200 "", flags = ${word.toString()}, next = 0xc001580200`)).toEqual([
      'same-word-everywhere name',
    ]);
  });

  it('is not one with counts, text and different pointers', async () => {
    expect(
      await signs('name = 0x7f00cc001c90 "schema", flags = 2, size = 123456789, next = 0x0, prev = 0x0, last = 0x0'),
    ).toEqual([]);
  });

  it('has one word of the Go heap in pointers of two kinds', async () => {
    expect(await signs('lane = 49, flags = 192, tag = 0xc000800000 "", port = 0xc000800000 "", weight = 0xc000800000')).toEqual([
      'same-word-everywhere tag',
    ]);
  });

  it('is not a buffer of C whose pointers still agree', async () => {
    expect(await signs('begin = 0x7f00cc001c90 "", end = 0x7f00cc001c90 "", mem = 0x7f00cc001c90')).toEqual([]);
  });

  it('takes no large number for an address without a reason', async () => {
    expect(await signs('hash = 81985529216486895, time = 20015998343868, next = 0x0')).toEqual([]);
  });
});

describe('fields with a printed layout', () => {
  it('have their places', async () => {
    const snapshot = await snapshotOf(`(gdb) p out
$1 = (struct item *) 0x7f00bb0f9480
(gdb) ptype out
type = struct item {
    char *name;
    int n;
    int64_t flags;
} *
(gdb) p *out
$2 = {name = 0x0, n = 1, flags = 2}
`);
    expect(snapshot.structs?.[0]?.fields.map((field) => field.offset)).toEqual([0, 8, 16]);
  });
});
