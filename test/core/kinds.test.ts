import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/core/index.ts';

const session = readFileSync('test/fixtures/debugger/clobbered-frame-pointer.gdb.txt', 'utf8').split('\n');
const between = (from: string, to: string) => {
  const first = session.findIndex((line) => line.includes(from));
  const length = session.slice(first + 1).findIndex((line) => line.includes(to));
  return session.slice(first + 1, first + 1 + length).join('\n');
};

async function kindOf(content: string | Uint8Array): Promise<{ kind: string | undefined; recognised: boolean }> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const { documentKinds, recognised } = await analyse([{ name: 'it', bytes }]);
  return { kind: documentKinds[0], recognised };
}

function elf(type: number, bigEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, bigEndian ? 2 : 1, 1]);
  bytes[bigEndian ? 17 : 16] = type;
  return bytes;
}

describe('the kind of a document', () => {
  it.each([
    ['go-dump', 'panic: x\n\ngoroutine 1 [running]:\nmain.main()\n\t/a/main.go:3 +0x1d\n'],
    ['debugger-session', session.join('\n')],
    ['memory-text', between('x/100xg $sp', 'info proc mappings')],
    ['disassembly', between("disassemble '", 'continue')],
    ['maps', '00400000-00472000 r-xp 00000000 08:01 131 /srv/app\nc000000000-c000400000 rw-p 00000000 00:00 0 \n'],
  ])('is %s by what is in it', async (kind, text) => {
    expect(await kindOf(text)).toEqual({ kind, recognised: true });
  });

  it('is unknown for prose and for nothing', async () => {
    expect(await kindOf('The build is green again.\nSee you on Monday.\n')).toEqual({ kind: 'unknown', recognised: false });
    expect(await kindOf('')).toEqual({ kind: 'unknown', recognised: false });
  });

  it('tells cores from executables in both byte orders', async () => {
    expect((await kindOf(elf(4, false))).kind).toBe('core');
    expect((await kindOf(elf(4, true))).kind).toBe('core');
    expect((await kindOf(elf(3, false))).kind).toBe('executable');
  });
});
