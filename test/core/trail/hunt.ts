/** A hunt with rr for a stale word, in the shapes that a mail shows: crash, search, two watchpoints run backwards, a struct. */
export function huntText(): string {
  return `runtime: pointer 0xc0003fe000 to unallocated span span.base()=0xc0003fd000 span.limit=0xc000405000 span.state=0
fatal error: found bad pointer in Go heap (incorrect use of unsafe or cgo?)

runtime stack:
runtime.throw({0x7f115606f5c2?, 0x7f11220f9388?})
	/usr/local/go/src/runtime/panic.go:1047 +0x5f fp=0x7f11220f9370 sp=0x7f11220f9340 pc=0x7f1156195a7f
runtime.badPointer(0x7f1160057b40, 0xc000204820?, 0x0, 0x7f1156850e16?)
	/usr/local/go/src/runtime/mbitmap.go:314 +0x150 fp=0x7f11220f93c0 sp=0x7f11220f9370 pc=0x7f1156174ef0
runtime.findObject(0xc000070cc0?, 0xc000070c88?, 0x7f11561c7361?)
	/usr/local/go/src/runtime/mbitmap.go:357 +0xa6 fp=0x7f11220f93f8 sp=0x7f11220f93c0 pc=0x7f1156175086
runtime.wbBufFlush1(0xc00004e000)
	/usr/local/go/src/runtime/mwbbuf.go:260 +0xe5 fp=0x7f11220f9440 sp=0x7f11220f93f8 pc=0x7f1156190a25

goroutine 18 [running, locked to thread]:
runtime.systemstack_switch()
	/usr/local/go/src/runtime/asm_amd64.s:463 fp=0xc000070598 sp=0xc000070590 pc=0x7f11561c5420
runtime.wbBufFlush(0x7f11561753ba?, 0xc000070650?)
	/usr/local/go/src/runtime/mwbbuf.go:200 +0x6c fp=0xc0000705b8 sp=0xc000070598 pc=0x7f11561908ec

(rr) find /g 0xc000000000,0xc004000000,0xc0003fe000
0xc00004fd18
0xc000403000
2 patterns found.
(rr) watch *0xc00004fd18
Hardware watchpoint 1: *0xc00004fd18
(rr) reverse-cont
Continuing.

Thread 2 received signal SIGABRT, Aborted.
0x0000000070000002 in syscall_traced ()
(rr) reverse-cont
Continuing.

Thread 2 hit Hardware watchpoint 1: *0xc00004fd18

Old value = 4186112
New value = 0
runtime.gcWriteBarrier () at /usr/local/go/src/runtime/asm_amd64.s:1655
1655	        MOVQ    R13, -8(R12)    // Record *slot
(rr) bt
#0  runtime.gcWriteBarrier () at /usr/local/go/src/runtime/asm_amd64.s:1655
#1  0x00007f115684092d in example.org/deep.(*maker).done (exp=0xc000070bf0, out=0x7f11220f9480) at /home/ida/deep/make.go:338
#2  0x00007f1156840c98 in example.org/deep.one (out=0x7f11220f9480) at /home/ida/deep/make.go:363
(rr) f 1
#1  0x00007f115684092d in example.org/deep.(*maker).done (exp=0xc000070bf0, out=0x7f11220f9480) at /home/ida/deep/make.go:338
338	        out.format = cFormat
(rr) p out
$1 = (example.org/deep._Ctype_struct_Head *) 0x7f11220f9480
(rr) p *out
$2 = {format = 0xc0003fe000 "", name = 0x7f110c001c90 "", metadata = 0x7f110c001b50 "\\250\\324\\307f\\021\\177", flags = ${0x7f1156851715n.toString()}, children = 0x0,
    release = 0x7f1156851479 <_cgo_release_context+21>, private_data = 0x7f11220f9630}
(rr) watch *0x7f11220f9480
Hardware watchpoint 2: *0x7f11220f9480
(rr) reverse-cont
Continuing.

Thread 2 hit Hardware watchpoint 2: *0x7f11220f9480

Old value = 4186112
New value = 0
0x00007f11561ae7e8 in runtime.copystack (gp=0xc000204820, newsize=<optimized out>) at /usr/local/go/src/runtime/stack.go:885
885	        adjinfo.old = old
(rr) p/x $rsp
$3 = 0x7f11220f93f0
`;
}
