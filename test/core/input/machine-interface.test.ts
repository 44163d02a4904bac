/** What a front end of gdb logs becomes what gdb's console would have printed. */
import { describe, expect, it } from 'vitest';
import { expectExactOrigin, open, textOf } from './support.ts';

const stopped =
  '*stopped,reason="signal-received",signal-name="SIGSEGV",signal-meaning="Segmentation fault",frame={addr="0x000000000048a3f4",func="main.(*till).charge",args=[{name="t",value="0xc00001c0f0"}],file="main.go",fullname="/home/kim/till/main.go",line="31",arch="i386:x86-64"},thread-id="1",stopped-threads="all",core="0"';

describe('records of the machine interface', () => {
  it('become console text', async () => {
    const document = await open(
      [
        '=thread-group-added,id="i1"',
        '(gdb) ',
        '17-exec-run',
        '17^running',
        '*running,thread-id="all"',
        'printed by the program',
        stopped,
        '(gdb) ',
        '18-stack-list-frames 0 1',
        '18^done,stack=[frame={level="0",addr="0x000000000048a3f4",func="main.(*till).charge",file="main.go",fullname="/home/kim/till/main.go",line="31"},frame={level="1",addr="0x00007ffff7e25000",func="??"}]',
        '(gdb) ',
        '-data-evaluate-expression $rbp',
        '^done,value="0x2c1b3c6d"',
        '-data-list-register-values x 6 7',
        '^done,register-values=[{number="6",value="0x2c1b3c6d"},{number="7",value="0xc000072a58"}]',
        '-data-disassemble -s $pc -e "$pc+4" -- 0',
        '^done,asm_insns=[{address="0x000000000048a3f4",func-name="main.(*till).charge",offset="84",inst="mov    0x10(%rax),%rcx"}]',
        '-data-read-memory $rsp x 8 1 2',
        '^done,addr="0xc000072a58",memory=[{addr="0x000000c000072a58",data=["0x0000000000000001","0x000000000048a5c5"]}]',
        '-data-read-memory-bytes $rsp 10',
        '^done,memory=[{begin="0xc000072a58",offset="0x0",end="0xc000072a62",contents="0100000000000000c5a5"}]',
        '(gdb) x/2xg $rbp',
        '&"x/2xg $rbp\\n"',
        '&"Cannot access memory at address 0x2c1b3c6d\\n"',
        '~"caf\\303\\251 \\"x\\"\\n"',
        '^error,msg="Cannot access memory at address 0x2c1b3c6d"',
        '(gdb) ',
        '',
      ].join('\n'),
    );
    expect(document.layers).toEqual(['gdb-mi']);
    expect(textOf(document)).toBe(
      [
        '(gdb) run',
        'printed by the program',
        '',
        'Thread 1 received signal SIGSEGV, Segmentation fault.',
        '0x000000000048a3f4 in main.(*till).charge (t=0xc00001c0f0) at /home/kim/till/main.go:31',
        '(gdb) bt',
        '#0  0x000000000048a3f4 in main.(*till).charge () at /home/kim/till/main.go:31',
        '#1  0x00007ffff7e25000 in ?? ()',
        '(gdb) p $rbp',
        '$1 = 0x2c1b3c6d',
        '(gdb) info registers',
        'rbp            0x2c1b3c6d         0x2c1b3c6d',
        'rsp            0xc000072a58       0xc000072a58',
        '(gdb) disassemble',
        '   0x48a3f4 <main.(*till).charge+84>:\tmov    0x10(%rax),%rcx',
        '(gdb) x $rsp',
        '0xc000072a58:\t0x0000000000000001\t0x000000000048a5c5',
        '(gdb) x $rsp',
        '0xc000072a58:\t0x01\t0x00\t0x00\t0x00\t0x00\t0x00\t0x00\t0x00',
        '0xc000072a60:\t0xc5\t0xa5',
        '(gdb) x/2xg $rbp',
        'Cannot access memory at address 0x2c1b3c6d',
        'café "x"',
        '',
      ].join('\n'),
    );
    expectExactOrigin(document);
  });

  it('are read behind the marks of an editor’s log, and a stop that the console told is told once', async () => {
    const document = await open(
      [
        '1: (3122) <-1017-exec-continue',
        '1: (3123) ->1017^running',
        '1: (3124) ->~"\\nThread 1 \\"till\\" received signal SIGSEGV, Segmentation fault.\\n"',
        '1: (3124) ->~"main.f () at /home/kim/till/main.go:31\\n"',
        `1: (3125) ->${stopped}`,
        '1: (3125) ->(gdb)',
        '1: (3126) <-1018-var-create - * "b.next"',
        '1: (3127) ->1018^done,name="var1",numchild="0",value="0x0",type="main.account *",has_more="0"',
        '1: (3128) ->(gdb)',
        '',
      ].join('\n'),
    );
    expect(textOf(document)).toBe(
      '(gdb) continue\n\nThread 1 "till" received signal SIGSEGV, Segmentation fault.\nmain.f () at /home/kim/till/main.go:31\n(gdb) p b.next\n$1 = 0x0\n',
    );
    expectExactOrigin(document);
  });

  it.each(['panic: ^done\n\ngoroutine 1 [running]:\nmain.main()\n\t/x.go:1 +0x1\n', '- one\n- two\n=x,\n~"quoted"\n@"mail"\n'])(
    'are not seen in %j',
    async (text) => {
      expect((await open(text)).layers).not.toContain('gdb-mi');
    },
  );

  it('that end anywhere, or nest without end, are read as far as they go', async () => {
    for (const broken of [
      '^done,stack=[frame={level="0",addr="0x1',
      `^done,x=${'{a='.repeat(5000)}`,
      '^done,register-values=[{number="999999999999",value="0x1"}]',
      '~"no end \\30',
      '*stopped,reason="signal-received"',
    ]) {
      const document = await open(`^done\n^running\n=thread-exited,id="1"\n${broken}\n^done\n`);
      expect(document.layers).toEqual(['gdb-mi']);
      expectExactOrigin(document);
    }
  });
});
