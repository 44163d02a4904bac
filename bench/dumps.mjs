// Deterministic dumps: the same arguments give the same bytes. Shapes of services that wait for clients, queues and locks.

/** Call stacks, innermost first: function with arguments (%p a heap word, %s a stack word, %n a small one), file, line, offset, frame size. */
const go = '/usr/local/go/src/';
const park = ['runtime.gopark(%p?, %p?, 0xf0?, 0x0?, %n?)', `${go}runtime/proc.go`, 462, 0xce, 32];
const end = ['runtime.goexit({})', `${go}runtime/asm_amd64.s`, 1693, 0x1, 8];
const netRead = [
  park,
  ['runtime.netpollblock(%s?, 0x42ad66?, 0x0?)', `${go}runtime/netpoll.go`, 575, 0xf7, 56],
  ['internal/poll.runtime_pollWait(%p, 0x72)', `${go}runtime/netpoll.go`, 351, 0x85, 32],
  ['internal/poll.(*pollDesc).wait(%p?, %p?, 0x0)', `${go}internal/poll/fd_poll_runtime.go`, 84, 0x27, 40],
  ['internal/poll.(*pollDesc).waitRead(...)', `${go}internal/poll/fd_poll_runtime.go`, 89],
  ['internal/poll.(*FD).Read(%p, {%p, 0x1000, 0x1000})', `${go}internal/poll/fd_unix.go`, 165, 0x27a, 152],
  ['net.(*netFD).Read(%p, {%p?, %s?, 0x47a5c5?})', `${go}net/fd_posix.go`, 68, 0x25, 72],
  ['net.(*conn).Read(%p, {%p?, 0x0?, %p?})', `${go}net/net.go`, 196, 0x45, 64],
];
const stacks = [
  {
    status: 'IO wait',
    frames: [
      ...netRead,
      ['net/http.(*connReader).Read(%p, {%p, 0x1000, 0x1000})', `${go}net/http/server.go`, 796, 0x14b, 96],
      ['bufio.(*Reader).fill(%p)', `${go}bufio/bufio.go`, 113, 0x103, 56],
      ['bufio.(*Reader).Peek(%p, 0x4)', `${go}bufio/bufio.go`, 152, 0x53, 40],
      ['net/http.(*conn).serve(%p, {0x9c8a50, %p})', `${go}net/http/server.go`, 2137, 0x785, 640],
      ['net/http.(*Server).Serve.gowrap3()', `${go}net/http/server.go`, 3454, 0x28, 32],
      end,
    ],
    creator: ['net/http.(*Server).Serve', `${go}net/http/server.go`, 3454, 0x485],
  },
  {
    status: 'select',
    frames: [
      park,
      ['runtime.selectgo(%s, %s, %p?, 0x0, %n?, 0x1)', `${go}runtime/select.go`, 351, 0x837, 320],
      [
        'github.com/example/orders/internal/worker.(*Pool).next(%p, {0x9c8a88, %p})',
        '/home/ci/build/orders/internal/worker/pool.go',
        118,
        0x12c,
        152,
      ],
      [
        'github.com/example/orders/internal/worker.(*Pool).run(%p, %n)',
        '/home/ci/build/orders/internal/worker/pool.go',
        87,
        0x6b,
        104,
      ],
      [
        'github.com/example/orders/internal/worker.(*Pool).Start.func1(%n)',
        '/home/ci/build/orders/internal/worker/pool.go',
        61,
        0x45,
        48,
      ],
      [
        'golang.org/x/sync/errgroup.(*Group).Go.func1()',
        '/root/go/pkg/mod/golang.org/x/sync@v0.17.0/errgroup/errgroup.go',
        93,
        0x50,
        56,
      ],
      end,
    ],
    creator: [
      'golang.org/x/sync/errgroup.(*Group).Go',
      '/root/go/pkg/mod/golang.org/x/sync@v0.17.0/errgroup/errgroup.go',
      78,
      0x95,
    ],
  },
  {
    status: 'chan receive',
    frames: [
      park,
      ['runtime.chanrecv(%p, %s, 0x1)', `${go}runtime/chan.go`, 667, 0x2ae, 128],
      ['runtime.chanrecv2(%p?, %p?)', `${go}runtime/chan.go`, 514, 0x12, 40],
      [
        'github.com/example/orders/internal/stream.(*Subscription[...]).loop(%p, {%p, %n, 0x8})',
        '/home/ci/build/orders/internal/stream/subscription.go',
        203,
        0x1d1,
        264,
      ],
      [
        'github.com/example/orders/internal/stream.Subscribe[...].gowrap1()',
        '/home/ci/build/orders/internal/stream/subscription.go',
        74,
        0x30,
        32,
      ],
      end,
    ],
    creator: [
      'github.com/example/orders/internal/stream.Subscribe[...]',
      '/home/ci/build/orders/internal/stream/subscription.go',
      74,
      0x21c,
    ],
  },
  {
    status: 'sync.Mutex.Lock',
    frames: [
      park,
      ['runtime.semacquire1(%p, 0x0, 0x3, 0x2, 0x15)', `${go}runtime/sema.go`, 192, 0x2a5, 96],
      ['internal/sync.runtime_SemacquireMutex(%p?, 0x0?, %n?)', `${go}runtime/sema.go`, 95, 0x25, 48],
      ['internal/sync.(*Mutex).lockSlow(%p)', `${go}internal/sync/mutex.go`, 149, 0x15d, 80],
      ['internal/sync.(*Mutex).Lock(...)', `${go}internal/sync/mutex.go`, 70],
      ['sync.(*Mutex).Lock(...)', `${go}sync/mutex.go`, 46],
      [
        'github.com/example/orders/internal/ledger.(*Ledger).Post(%p, {%p, 0x24}, {%p, %n, 0x10})',
        '/home/ci/build/orders/internal/ledger/ledger.go',
        141,
        0x9c,
        216,
      ],
      [
        'github.com/example/orders/internal/api.(*Server).PostEntry(%p, {0x9c8a50, %p}, %p)',
        '/home/ci/build/orders/internal/api/entries.go',
        58,
        0x24b,
        312,
      ],
      [
        'github.com/example/orders/gen/ordersv1._Orders_PostEntry_Handler({0x91b3c0, %p}, {0x9c8a50, %p}, %p, 0x0)',
        '/home/ci/build/orders/gen/ordersv1/orders_grpc.pb.go',
        327,
        0x1a6,
        120,
      ],
      [
        'google.golang.org/grpc.(*Server).processUnaryRPC(%p, {0x9c8a50, %p}, %p, %p, 0xd3a2c0, 0x0)',
        '/root/go/pkg/mod/google.golang.org/grpc@v1.75.0/server.go',
        1405,
        0x1036,
        1184,
      ],
      [
        'google.golang.org/grpc.(*Server).handleStream(%p, {0x9ca3d8, %p}, %p)',
        '/root/go/pkg/mod/google.golang.org/grpc@v1.75.0/server.go',
        1815,
        0xb88,
        736,
      ],
      [
        'google.golang.org/grpc.(*Server).serveStreams.func2.1()',
        '/root/go/pkg/mod/google.golang.org/grpc@v1.75.0/server.go',
        1035,
        0x7f,
        96,
      ],
      end,
    ],
    creator: [
      'google.golang.org/grpc.(*Server).serveStreams.func2',
      '/root/go/pkg/mod/google.golang.org/grpc@v1.75.0/server.go',
      1046,
      0x11d,
    ],
  },
];
/** Of sixteen goroutines so many have each stack. */
const shares = [0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 3, 3, 1, 1, 2, 2];

/** A generator of the xorshift family, 32 bits. */
export function random(seed) {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>>= 0);
  };
}

const heap = 0x2144e5800000;
const text = 0x47a000;

function filled(call, next, sp) {
  return call.replace(/%[psn]/g, (mark) => {
    if (mark === '%p') return `0x${(heap + (next() % 0x10000000) * 8).toString(16)}`;
    return mark === '%s' ? `0x${(sp + (next() % 64) * 8).toString(16)}` : `0x${(next() % 0x400).toString(16)}`;
  });
}

/** One block. `placed`: gp=, m= and fp=, sp=, pc= as a SIGQUIT prints them; without: as runtime.Stack does. */
function block(id, stack, next, placed) {
  const lines = [];
  const minutes = next() % 4 === 0 ? '' : `, ${1 + (next() % 90)} minutes`;
  const gp = (heap + id * 0x1e0).toString(16);
  lines.push(`goroutine ${id} ${placed ? `gp=0x${gp} m=nil ` : ''}[${stack.status}${minutes}]:`);
  let sp = heap + 0x40000000 + id * 0x2000 + 0x800;
  for (const [call, file, line, offset, size] of stack.frames) {
    lines.push(filled(call, next, sp));
    if (offset === undefined) {
      lines.push(`\t${file}:${line}`);
      continue;
    }
    const fp = sp + size;
    const pc = text + ((line * 0x9e5 + call.length * 0x1003) % 0x500000);
    const place = placed ? ` fp=0x${fp.toString(16)} sp=0x${sp.toString(16)} pc=0x${pc.toString(16)}` : '';
    lines.push(`\t${file}:${line} +0x${offset.toString(16)}${place}`);
    sp = fp;
  }
  const [name, file, line, offset] = stack.creator;
  lines.push(`created by ${name} in goroutine ${1 + (next() % 64)}`, `\t${file}:${line} +0x${offset.toString(16)}`, '', '');
  return lines.join('\n');
}

/** Pieces of about a megabyte. */
export function* pieces(head, count, make, tail) {
  let gathered = head;
  for (let id = 1; id <= count; id++) {
    gathered += make(id);
    if (gathered.length < 1 << 20) continue;
    yield gathered;
    gathered = '';
  }
  yield gathered + tail;
}

const registers = ['rax', 'rbx', 'rcx', 'rdx', 'rdi', 'rsi', 'rbp', 'rsp', 'r8', 'r9', 'r10', 'r11', 'r12', 'r13', 'r14', 'r15'];

/** SIGQUIT of Go 1.26 on amd64: `count` goroutines, about 2080 bytes each. */
export function sigquit(count) {
  const next = random(26);
  const head =
    'SIGQUIT: quit\nPC=0x47e4a1 m=0 sigcode=0\n\n' +
    'goroutine 0 gp=0xd3c5a0 m=0 mp=0xd3d200 [idle]:\n' +
    `runtime.futex(0xd3d340, 0x80, 0x0, 0x0, 0x0, 0x0)\n\t${go}runtime/sys_linux_amd64.s:557 +0x21 fp=0x7ffd13d1b0e0 sp=0x7ffd13d1b0d8 pc=0x47e4a1\n` +
    `runtime.mstart()\n\t${go}runtime/asm_amd64.s:394 +0x5 fp=0x7ffd13d1b2a8 sp=0x7ffd13d1b2a0 pc=0x47a605\n\n`;
  const tail = `${registers.map((name, index) => `${name.padEnd(6)} 0x${(index * 0x1f3).toString(16)}`).join('\n')}\n`;
  return pieces(head, count, (id) => block(id, stacks[shares[next() % 16]], next, true), tail);
}

/** net/http/pprof's `debug=2`: at most `most` bytes, where the handler cuts, in the middle of a line. */
export function* debug2(most) {
  const next = random(2);
  let left = most;
  for (const piece of pieces('', Infinity, (id) => block(id, stacks[shares[next() % 16]], next, false), '')) {
    yield left < piece.length ? piece.slice(0, left) : piece;
    left -= piece.length;
    if (left <= 0) return;
  }
}

/** `count` goroutines of one stack of which no two have the same arguments. */
export function alike(count) {
  const next = random(7);
  return pieces('', count, (id) => block(id, stacks[3], next, false), '');
}

/** What a long hunt under gdb prints between two stops. */
function stop(id, next) {
  const stack = heap + 0x40000000 + (id % 4096) * 0x2000;
  const word = (value) => `0x${value.toString(16).padStart(16, '0')}`;
  const offset = next() % 0x100;
  const pc = text + 0x4000 + offset;
  const lines = [
    '(gdb) reverse-continue',
    'Continuing.',
    '',
    `Thread ${1 + (id % 9)} "orders" hit Hardware watchpoint 2: *(long *)0x${stack.toString(16)}`,
    '',
    `Old value = ${heap + (next() % 0x100000) * 8}`,
    `New value = ${heap + (next() % 0x100000) * 8}`,
    `0x${pc.toString(16).padStart(16, '0')} in main.(*shard).lookup (s=0x${(heap + 0x18090).toString(16)}, key=[]uint8 = {...}) at /home/ci/build/orders/main.go:${20 + (id % 70)}`,
    `${20 + (id % 70)}\t\th := mix(uint64(len(key)), key)`,
    '(gdb) bt',
  ];
  for (let level = 0; level < 12; level++)
    lines.push(
      `#${level}  ${word(text + level * 0x1000 + (id % 0x800))} in github.com/example/orders/internal/worker.(*Pool).run${level} (p=0x${(heap + 0x18090).toString(16)}, n=${next() % 4096}, ~r0=<optimized out>) at /home/ci/build/orders/internal/worker/pool.go:${80 + level}`,
    );
  lines.push('(gdb) info registers');
  for (const name of registers) {
    const value = heap + (next() % 0x1000000);
    lines.push(`${name.padEnd(15)}0x${value.toString(16).padEnd(19)}${value}`);
  }
  lines.push(
    `rip            0x${pc.toString(16).padEnd(19)}0x${pc.toString(16)} <main.(*shard).lookup+${offset}>`,
    `(gdb) x/64xg 0x${stack.toString(16)}`,
  );
  for (let row = 0; row < 32; row++)
    lines.push(`0x${(stack + row * 16).toString(16)}:\t${word(stack + row * 16 + 0x40)}\t${word(text + (next() % 0x80000))}`);
  lines.push(`(gdb) x/32a 0x${stack.toString(16)}`);
  for (let row = 0; row < 16; row++)
    lines.push(
      `0x${(stack + row * 16).toString(16)}:\t0x${(stack + row * 16 + 0x40).toString(16)}\t0x${(text + 0x2000 + (id % 0x100)).toString(16)} <main.worker+${id % 0x100}>`,
    );
  lines.push('(gdb) x/8i $pc');
  for (let row = 0; row < 8; row++)
    lines.push(
      `${row === 0 ? '=>' : '  '} 0x${(pc + row * 4).toString(16)} <main.(*shard).lookup+${offset + row * 4}>:\tmov    0x${(row * 8).toString(16)}(%rsp),%rbx`,
    );
  lines.push(
    `(gdb) find /g 0xc000000000, 0xc000800000, 0xc001500000`,
    `0x${(heap + 8 * (id % 0x1000)).toString(16)}`,
    '1 pattern found.',
  );
  lines.push(
    '(gdb) p *out',
    `$${id} = {format = 0xc001500000 "", name = 0xc001500000 "id", flags = ${heap + id}, n_children = 0, children = 0xc001500000, release = 0x${pc.toString(16)} <main.(*shard).lookup+${offset}>}`,
    '',
  );
  return lines.join('\n');
}

/** A session of gdb that runs backwards from stop to stop: about `most` bytes. */
export function* session(most) {
  const next = random(9);
  let left = most;
  for (const piece of pieces(
    'Reading symbols from ./orders...\n(gdb) run\nStarting program: /home/ci/build/orders/orders \n',
    Infinity,
    (id) => stop(id, next),
    '',
  )) {
    yield piece;
    left -= piece.length;
    if (left <= 0) return;
  }
}
