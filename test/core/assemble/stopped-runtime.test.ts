/** Debuggers that stopped behind the failed instruction: which frame failed, whose goroutine, and what the rules make of it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/core/index.ts';
import { functionAt } from './support.ts';

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/debugger/${name}`, import.meta.url), 'utf8');
const fatal = fixture('clobbered-frame-pointer.delve.txt');
const core = fixture('clobbered-frame-pointer.core.delve.txt');
const nil = fixture('nil-map-value.delve.txt');

async function analysed(text: string) {
  const { snapshots } = await analyse([{ name: 'session.txt', bytes: new TextEncoder().encode(text) }]);
  const [main] = snapshots;
  if (main === undefined) throw new Error('no snapshot');
  return main;
}

const changes: [string, (text: string) => string][] = [
  ['as printed', (text) => text],
  ['without prompts', (text) => text.replace(/^\(dlv\).*\n/gm, '')],
  ['quoted in a mail', (text) => text.replace(/^/gm, '> ')],
  ['with blanks for tabs, indented', (text) => text.replaceAll('\t', '        ').replace(/^/gm, '   ')],
  ['with carriage returns', (text) => text.replaceAll('\n', '\r\n')],
];

describe('Delve at a fatal signal', () => {
  it.each(changes)('finds the frame behind the handler and the function that wrote the register, %s', async (_name, change) => {
    const { snapshot, findings } = await analysed(change(fatal));
    expect(snapshot.crash).toMatchObject({ kind: 'signal', goroutineId: '22', signal: 'SIGSEGV' });
    expect(functionAt(snapshot, snapshot.crash?.faultFrame)).toBe('runtime.traceStack');
    expect(functionAt(snapshot, snapshot.crash?.firstUserFrame)).toBe('main.(*shard).lookup');
    expect(findings[0]?.rule).toBe('FP-01');
    expect(findings[0]?.bogus.map((pointer) => pointer.value)).toEqual([0x30bc5b29n]);
    expect(findings[0]?.culprit?.function).toBe('main.mix');
  });

  it('does so for another program', async () => {
    const text = fatal
      .replaceAll('main.', 'example.com/grain.')
      .replaceAll('mix', 'blend')
      .replaceAll(/30bc5b29/g, '5aa51237')
      .replaceAll('295bbc30', '3712a55a')
      .replaceAll('xbfcf4c14d7', 'xbfa5625dc9')
      .replaceAll('c0000', 'c0007')
      .replaceAll(/\b(22)\b(?!:)/g, '97');
    const { snapshot, findings } = await analysed(text);
    expect(snapshot.crash?.goroutineId).toBe('97');
    expect(findings[0]).toMatchObject({ rule: 'FP-01', culprit: { function: 'example.com/grain.blend' } });
    expect(findings[0]?.bogus.map((pointer) => pointer.value)).toEqual([0x5aa51237n]);
  });

  it('takes no register of the handler for one of the failed frame', async () => {
    const text = fatal
      .replace(/^\(dlv\) frame 3 regs\n(?:.* = 0x.*\n)+/m, '')
      .replace('Rcx = 0x000000c000002c40', 'Rcx = 0x0000000030bc5b31');
    const { findings } = await analysed(text.replace(/^\(dlv\) disassemble[\s\S]*?(?=^\(dlv\))/m, ''));
    expect(findings.flatMap((finding) => finding.bogus).map((pointer) => pointer.value)).not.toContain(0x30bc5b31n);
  });

  it('takes the stack of the goroutine list where no other was printed', async () => {
    const text = fatal.slice(fatal.indexOf('(dlv) frame 3 regs'), fatal.indexOf('(dlv) stack 20'));
    const { snapshot, findings } = await analysed(text);
    expect(snapshot.crash).toMatchObject({ kind: 'signal', goroutineId: '22' });
    expect(functionAt(snapshot, snapshot.crash?.faultFrame)).toBe('runtime.traceStack');
    expect(findings[0]?.rule).toBe('FP-01');
    expect(findings[0]?.bogus.map((pointer) => pointer.value)).toEqual([0x30bc5b29n]);
  });

  it('draws the goroutine’s stack from the printed offsets', async () => {
    const { snapshot } = await analysed(fatal);
    const chain = snapshot.chains.find((one) => one.owner === '22');
    expect(chain?.links.map((link) => link.slot)).toContain(0xc000087000n - 0x140n - 16n);
    const stacks = snapshot.threads.filter((thread) => thread.frames.length > 1);
    expect(stacks.every((thread) => thread.goroutine === '22')).toBe(true);
  });
});

describe('a core without a word of its death', () => {
  it.each(changes)('is a crash by its stack, %s', async (_name, change) => {
    const { snapshot, findings } = await analysed(change(core));
    expect(snapshot.crash).toMatchObject({ kind: 'signal', event: -1, goroutineId: '24' });
    expect(functionAt(snapshot, snapshot.crash?.faultFrame)).toBe('runtime.traceStack');
    expect(findings[0]?.rule).toBe('FP-01');
    expect(findings[0]?.headline).toContain('main.(*shard).lookup');
    expect(findings[0]?.bogus).toEqual([]);
  });

  it('is none where all goroutines wait', async () => {
    const { snapshot, findings } = await analysed(core.replace(/^\(dlv\) bt[\s\S]*?(?=^\(dlv\) threads)/m, ''));
    expect(snapshot.crash).toBeUndefined();
    expect(findings).toEqual([]);
  });
});

describe('Delve at an unrecovered panic', () => {
  it.each(changes)('names the user’s frame behind sigpanic, %s', async (_name, change) => {
    const { snapshot, findings } = await analysed(change(nil));
    expect(snapshot.crash).toMatchObject({ kind: 'panic', goroutineId: '1' });
    expect(functionAt(snapshot, snapshot.crash?.faultFrame)).toBe('main.(*store).reserve');
    expect(findings[0]?.rule).toBe('NIL-01');
  });

  it('is no crash before the panic came', async () => {
    const { snapshot, findings } = await analysed(nil.slice(0, nil.indexOf('(dlv) clear 1')));
    expect(snapshot.crash).toBeUndefined();
    expect(findings).toEqual([]);
    expect(snapshot.goroutines.length).toBe(8);
  });
});

describe('the kernel’s line', () => {
  const line = 'app[6222]: segfault at 30bc5b31 ip 000055f65984e139 sp 00007ffe8d4fbf10 error 4 in app[55f65984e000+1000]\n';

  it('is a crash where nothing else is', async () => {
    const { snapshot } = await analysed(line);
    expect(snapshot.crash).toMatchObject({ kind: 'signal', signal: 'SIGSEGV', faultAddress: 0x30bc5b31n });
  });

  it('gives no address to the panic beside it', async () => {
    const { snapshot } = await analysed(`${line}panic: boom\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:3 +0x1d\n`);
    expect(snapshot.crash?.kind).toBe('panic');
    expect(snapshot.crash?.faultAddress).toBeUndefined();
    expect(snapshot.crash?.signal).toBeUndefined();
  });
});

describe('what is no crash', () => {
  it.each(['stopped-in-assembly.gef.txt', 'pwndbg.txt', 'returns.objdump.txt', 'returns.go-objdump.txt'])('%s', async (name) => {
    const { snapshot, findings } = await analysed(fixture(name));
    expect(snapshot.crash).toBeUndefined();
    expect(findings.filter((finding) => finding.confidence !== 'possible' || finding.bogus.length > 0)).toEqual([]);
    expect(snapshot.chains.flatMap((chain) => chain.links).filter((link) => link.verdict === 'bogus')).toEqual([]);
  });
});
