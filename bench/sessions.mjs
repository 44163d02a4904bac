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
