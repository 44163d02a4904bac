// Deterministic sessions of debuggers besides gdb's hunt backwards (dumps.mjs): the same argument gives the same bytes.
import { pieces, random } from './dumps.mjs';

const heap = 0x2144e5800000;
const text = 0x47a000;
const hex = (value, digits = 1) => `0x${value.toString(16).padStart(digits, '0')}`;

/** About `most` bytes of what `make(id)` gives. */
function* upTo(most, head, make) {
  let left = most;
  for (const piece of pieces(head, Infinity, make, '')) {
    yield piece;
    left -= piece.length;
    if (left <= 0) return;
  }
}

const operands = ['%rax,0x18(%rsp)', '0x20(%rsp),%rbx', '$0x1f,%ecx', '%rcx,%rdx', '(%rax,%rbx,8),%rsi'];
const mnemonics = ['mov', 'lea', 'add', 'cmp', 'movups'];

/** `thread apply all bt` of twenty threads, then `disassemble` of a function of 400 instructions. */
function threadsAndCode(id, next) {
  const lines = ['(gdb) thread apply all bt'];
  for (let thread = 20; thread > 0; thread--) {
    lines.push('', `Thread ${thread} (LWP ${id * 20 + thread} "orders"):`);
    for (let level = 0; level < 14; level++)
      lines.push(
        `#${level}  ${hex(text + level * 0x1000 + (next() % 0x800), 16)} in runtime.frame${level} (gp=${hex(heap + (next() % 0x10000) * 8)}, ns=-1) at /usr/local/go/src/runtime/proc.go:${300 + level}`,
      );
  }
  const name = `main.(*shard).step${id % 97}`;
  lines.push(`(gdb) disassemble ${hex(text + id)}`, `Dump of assembler code for function ${name}:`);
  for (let row = 0; row < 400; row++) {
    const mark = row === 200 ? '=>' : '  ';
    const kind = next() % 5;
    lines.push(`${mark} ${hex(text + id * 0x10 + row * 4, 16)} <+${row * 4}>:\t${mnemonics[kind].padEnd(6)} ${operands[kind]}`);
  }
  lines.push('End of assembler dump.', '');
  return lines.join('\n');
}

/** gdb's stacks of all threads and listings of large functions: about `most` bytes. */
export function threads(most) {
  const next = random(11);
  return upTo(most, 'Reading symbols from ./orders...\n', (id) => threadsAndCode(id, next));
}

const registers = [
  'Rip',
  'Rsp',
  'Rax',
  'Rbx',
  'Rcx',
  'Rdx',
  'Rsi',
  'Rdi',
  'Rbp',
  'R8',
  'R9',
  'R10',
  'R11',
  'R12',
  'R13',
  'R14',
  'R15',
];

/** One stop of a Delve session: place, stack, registers, memory, instructions. */
function delveStop(id, next) {
  const pc = text + 0x4000 + (next() % 0x100);
  const stack = heap + 0x40000000 + (id % 4096) * 0x2000;
  const line = 20 + (id % 70);
  const lines = [
    '(dlv) continue',
    `> [Breakpoint 1] main.(*shard).lookup() ./main.go:${line} (hits goroutine(1):${id} total:${id}) (PC: ${hex(pc)})`,
    '(dlv) bt',
  ];
  for (let level = 0; level < 12; level++)
    lines.push(
      `${String(level).padStart(2)}  ${hex(text + level * 0x1000 + (id % 0x800), 16)} in github.com/example/orders/internal/worker.(*Pool).run${level}`,
      `    at /home/ci/build/orders/internal/worker/pool.go:${80 + level}`,
    );
  lines.push('(dlv) regs');
  for (const name of registers) lines.push(`${name.padStart(10)} = ${hex(heap + (next() % 0x1000000), 16)}`);
  lines.push(`(dlv) examinemem -fmt hex -count 64 -size 8 ${hex(stack)}`);
  for (let row = 0; row < 32; row++)
    lines.push(`${hex(stack + row * 16)}:   ${hex(stack + row * 16 + 0x40, 16)}   ${hex(text + (next() % 0x80000), 16)}   `);
  lines.push('(dlv) disassemble', 'TEXT main.(*shard).lookup(SB) /home/ci/build/orders/main.go');
  for (let row = 0; row < 24; row++)
    lines.push(
      `\tmain.go:${line}\t${hex(pc + row * 5)}\t48895c24${(row * 8).toString(16).padStart(2, '0')}\tmov qword ptr [rsp+${hex(row * 8)}], rbx`,
    );
  lines.push('');
  return lines.join('\n');
}

/** A session of Delve from stop to stop: about `most` bytes. */
export function delve(most) {
  const next = random(12);
  return upTo(most, "Type 'help' for list of commands.\n", (id) => delveStop(id, next));
}

const source = (id) => `/home/ci/build/orders/internal/worker/part${id % 211}.go`;

/** A function of a listing: what it is called, where it begins, its instructions. */
function* rowsOf(id, next) {
  for (let row = 0; row < 60; row++) {
    const code = [];
    for (let count = 1 + (next() % 7); count > 0; count--) code.push((next() % 256).toString(16).padStart(2, '0'));
    yield { pc: 0x401000 + id * 0x200 + row * 8, code, kind: next() % 5, row };
  }
}

/** `objdump -d` of a whole binary: about `most` bytes. */
export function objdump(most) {
  const next = random(13);
  return upTo(most, '\norders:     file format elf64-x86-64\n\n\nDisassembly of section .text:\n', (id) => {
    const lines = ['', `${(0x401000 + id * 0x200).toString(16).padStart(16, '0')} <main.(*shard).step${id}>:`];
    for (const { pc, code, kind } of rowsOf(id, next))
      lines.push(`  ${pc.toString(16)}:\t${code.join(' ').padEnd(21)}\t${mnemonics[kind].padEnd(6)} ${operands[kind]}`);
    return `${lines.join('\n')}\n`;
  });
}

/** `go tool objdump` of a whole binary: about `most` bytes. */
export function goObjdump(most) {
  const next = random(14);
  const assembly = ['MOVQ AX, 0x18(SP)', 'LEAQ 0x20(SP), BX', 'ADDQ $0x1f, CX', 'CMPQ CX, DX', 'MOVUPS X15, 0x10(SP)'];
  return upTo(most, '', (id) => {
    const lines = [`TEXT main.(*shard).step${id}(SB) ${source(id)}`];
    for (const { pc, code, kind, row } of rowsOf(id, next))
      lines.push(`  part${id % 211}.go:${20 + (row >> 2)}\t\t${hex(pc)}\t\t${code.join('').padEnd(16)}\t${assembly[kind]}\t`);
    return `${lines.join('\n')}\n\n`;
  });
}

/** LLDB's stacks of all threads and memory behind each: about `most` bytes. */
export function lldb(most) {
  const next = random(15);
  return upTo(most, '(lldb) target create "./orders"\n', (id) => {
    const lines = ['(lldb) bt all'];
    for (let thread = 1; thread <= 20; thread++) {
      const stopped = thread === 1 ? ', stop reason = signal SIGSEGV: invalid address' : '';
      lines.push(`${thread === 1 ? '*' : ' '} thread #${thread}, name = 'orders'${stopped}`);
      for (let level = 0; level < 14; level++) {
        const pc = hex(text + level * 0x1000 + (next() % 0x800), 16);
        const place = `orders\`github.com/example/orders/internal/worker.(*Pool).run${level}`;
        const mark = level === 0 && thread === 1 ? '  * ' : '    ';
        lines.push(
          `${mark}frame #${level}: ${pc} ${place}(p=${hex(heap + (next() % 0x10000) * 8, 16)}, n=${next() % 4096}) at pool.go:${80 + level}:3`,
        );
      }
    }
    const stack = heap + 0x40000000 + (id % 4096) * 0x2000;
    lines.push(`(lldb) memory read --size 8 --format x --count 128 ${hex(stack)}`);
    for (let row = 0; row < 64; row++)
      lines.push(`${hex(stack + row * 16)}: ${hex(stack + row * 16 + 0x40, 16)} ${hex(text + (next() % 0x80000), 16)}`);
    lines.push('');
    return lines.join('\n');
  });
}
