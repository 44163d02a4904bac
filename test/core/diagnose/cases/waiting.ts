/** Rules about waiting, races and ordinary reasons: DL-*, RACE-*, SYNC-01, PANIC-*, UNS-01, MEM-01, TEST-01, DUMP-01. */
import { edited, file, many, own, plain, pointers, together, type RuleCase } from './case.ts';

const quit = `SIGQUIT: quit
PC=0x471c82 m=0 sigcode=0

goroutine 1 [select, 12 minutes]:
main.serve(0xc000012000)
\t/home/dev/src/hub/serve.go:40 +0x85
main.main()
\t/home/dev/src/hub/main.go:12 +0x36
`;
const receiver = `goroutine {i} [chan receive, 11 minutes]:
main.(*Hub).follow(0xc0000a4000, 0xc0000b{i})
\t/home/dev/src/hub/hub.go:27 +0x45
created by main.(*Hub).join in goroutine 1
\t/home/dev/src/hub/hub.go:19 +0x8c
`;
const leak = many('receivers', quit, receiver, 120);
const locked = `goroutine {i} [sync.Mutex.Lock]:
sync.runtime_SemacquireMutex(0xc0000a4048?, 0x0?, 0x1?)
\t/usr/local/go/src/runtime/sema.go:95 +0x25
sync.(*Mutex).lockSlow(0xc0000a4048)
\t/usr/local/go/src/sync/mutex.go:173 +0x15d
sync.(*Mutex).Lock(...)
\t/usr/local/go/src/sync/mutex.go:92
main.(*Store).read(0xc0000a4000, 0x{i})
\t/home/dev/src/store/store.go:31 +0x6a
created by main.main in goroutine 1
\t/home/dev/src/store/main.go:19 +0x8c
`;
const holder = `goroutine 77 [IO wait]:
internal/poll.runtime_pollWait(0x7f2a1b7fd0e8, 0x72)
\t/usr/local/go/src/runtime/netpoll.go:345 +0x85
net.(*conn).Read(0xc00010a008, {0xc000180000, 0x1000, 0x1000})
\t/usr/local/go/src/net/net.go:179 +0x45
main.(*Store).fetch(0xc0000a4000, 0x9)
\t/home/dev/src/store/fetch.go:18 +0x91
created by main.main in goroutine 1
\t/home/dev/src/store/main.go:21 +0xc5
`;
const held = many('a lock held during a read', `${quit}\n${holder}`, locked, 14);
const deadlock = plain('dl-01-locks');
const onRequest = plain('dump-01-sigquit');
const map = plain('race-01-read-and-write');
const torn = own('race-02-torn-slice');
const race = plain('race-03-report');
const unlock = plain('sync-01-unlock');
const text = plain('panic-01-string');
const index = plain('panic-02-slice');
const assertion = plain('panic-03-assertion');
const nilMap = plain('panic-04-nil-map');
const closed = plain('panic-05-closed-twice');
const divide = plain('panic-06-divide');
const make = plain('panic-07-makeslice');
const unhashable = own('panic-08-map-key');
const finalizer = plain('panic-09-finalizer');
const check = pointers('checkptr-go1.27');
const limit = plain('mem-01-limit');
const timeout = plain('test-01-timeout');

export const waitingCases: readonly RuleCase[] = [
  {
    rule: 'DL-01',
    fires: [deadlock, plain('dl-01-goexit'), file('text/go1.26.8-linux-amd64-deadlock')],
    near: [
      { why: 'they wait, but the dump was asked for', input: onRequest },
      { why: 'a panic with that text', input: edited(text, ['plain string', 'all goroutines are asleep - deadlock!']) },
    ],
  },
  {
    rule: 'DL-02',
    fires: [leak],
    near: [
      { why: 'fewer than a hundred', input: many('some receivers', quit, receiver, 99) },
      {
        why: 'the process panicked: waiting is beside the point',
        input: together({ name: 'panic', text: text.text }, many('receivers', '', receiver, 120)),
      },
      { why: 'they run', input: edited(leak, ['[chan receive, 11 minutes]', '[runnable]']) },
    ],
  },
  {
    rule: 'DL-03',
    fires: [held],
    near: [
      { why: 'nobody else has the object', input: edited(held, ['fetch(0xc0000a4000', 'fetch(0xc0000d8000']) },
      { why: 'the other goroutine runs', input: edited(held, ['goroutine 77 [IO wait]', 'goroutine 77 [runnable]']) },
      { why: 'a few waiters', input: many('few waiters', `${quit}\n${holder}`, locked, 4) },
    ],
  },
  {
    rule: 'DUMP-01',
    fires: [onRequest, plain('dump-01-pprof')],
    near: [
      { why: 'a panic', input: text },
      { why: 'a deadlock', input: deadlock },
    ],
  },
  {
    rule: 'RACE-01',
    fires: [map, file('text/go1.27.1-linux-amd64-mapwrite')],
    near: [
      { why: 'a nil map', input: nilMap },
      { why: "the race detector's report", input: race },
    ],
  },
  {
    rule: 'RACE-02',
    fires: [torn, edited(torn, ['824634220544', '3399989203009'])],
    near: [
      { why: 'a large capacity that memory can have', input: edited(torn, ['824634220544', '34220544']) },
      { why: 'an ordinary bound', input: index },
    ],
  },
  {
    rule: 'RACE-03',
    fires: [race, file('text/go1.22.12-linux-amd64-race_x')],
    near: [
      { why: 'the runtime found it, not the detector', input: map },
      { why: 'a log line about races', input: edited(text, ['plain string', 'WARNING: DATA RACE suspected']) },
    ],
  },
  {
    rule: 'SYNC-01',
    fires: [unlock, plain('sync-01-waitgroup')],
    near: [
      { why: 'a deadlock on a lock', input: deadlock },
      { why: 'a closed channel', input: closed },
    ],
  },
  {
    rule: 'PANIC-01',
    fires: [text, plain('panic-01-named-value'), plain('panic-01-http-server')],
    near: [
      { why: 'an error of the runtime', input: index },
      { why: 'a fatal error', input: unlock },
    ],
  },
  {
    rule: 'PANIC-02',
    fires: [index, plain('panic-02-without-numbers'), plain('panic-02-repanicked')],
    near: [
      { why: "the program's own text about an index", input: edited(text, ['plain string', 'index out of range']) },
      { why: 'a size, not an index', input: make },
    ],
  },
  {
    rule: 'PANIC-03',
    fires: [assertion, file('text/go1.26.8-linux-amd64-typeassert2')],
    near: [
      { why: 'a type that cannot be compared', input: unhashable },
      { why: "the program's own value", input: plain('panic-01-named-value') },
    ],
  },
  {
    rule: 'PANIC-04',
    fires: [nilMap],
    near: [
      { why: 'a nil pointer', input: plain('nil-01-field') },
      { why: 'a map in use', input: map },
    ],
  },
  {
    rule: 'PANIC-05',
    fires: [closed],
    near: [
      { why: 'waiting on a channel for ever', input: deadlock },
      { why: "the program's own text", input: edited(text, ['plain string', 'the channel is closed']) },
    ],
  },
  {
    rule: 'PANIC-06',
    fires: [divide],
    near: [
      { why: 'a nil map', input: nilMap },
      { why: "the program's own text", input: edited(text, ['plain string', 'divide by zero']) },
    ],
  },
  {
    rule: 'PANIC-07',
    fires: [make, file('text/go1.9.7-linux-amd64-oom')],
    near: [
      { why: 'the system had no memory', input: limit },
      { why: 'a bound', input: index },
    ],
  },
  {
    rule: 'PANIC-08',
    fires: [unhashable, edited(unhashable, ['hash of unhashable type []string', 'comparing uncomparable type func()'])],
    near: [
      { why: 'an assertion', input: assertion },
      { why: 'a nil map', input: nilMap },
    ],
  },
  {
    rule: 'PANIC-09',
    fires: [finalizer, plain('panic-09-logged-stack')],
    near: [
      { why: 'a known fatal error', input: unlock },
      { why: 'a panic', input: text },
    ],
  },
  {
    rule: 'UNS-01',
    fires: [check, file('text/go1.22.12-linux-amd64-checkptr_slice')],
    near: [
      { why: 'a rule of cgo', input: pointers('cgo-store-go1.26') },
      { why: 'a bad pointer that the collector met', input: pointers('bad-pointer-go1.23') },
    ],
  },
  {
    rule: 'MEM-01',
    fires: [limit, file('text/go1.26.8-linux-amd64-outofmem')],
    near: [
      { why: 'a size that is impossible', input: make },
      { why: 'a stack limit', input: plain('stk-01-recursion') },
    ],
  },
  {
    rule: 'TEST-01',
    fires: [timeout],
    near: [
      { why: 'a panic of a test that is no time-out', input: edited(text, ['plain string', 'test failed']) },
      { why: 'a dump on request', input: onRequest },
    ],
  },
];
