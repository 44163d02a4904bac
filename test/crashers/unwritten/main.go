// unwritten stores C pointers into a C struct that was never cleared: the write barrier records its old contents.
package main

/*
#include <stdlib.h>
struct row { char *name; char *unit; };
extern void fillRow(struct row *out);
// The struct lies where an earlier call left Go addresses on the C stack.
static __attribute__((noinline)) void stain(unsigned long word) {
	volatile unsigned long words[64];
	for (int i = 0; i < 64; i++) words[i] = word + i * 4096;
}
static __attribute__((noinline)) void describe(void) {
	struct row r[16];
	for (int i = 0; i < 16; i++) fillRow(&r[i]);
}
static void rounds(unsigned long word, int n) {
	for (int i = 0; i < n; i++) { stain(word); describe(); }
}
*/
import "C"

import (
	"runtime"
	"unsafe"
)

var name, unit = C.CString("load"), C.CString("kg")

//export fillRow
func fillRow(out *C.struct_row) {
	out.name = name
	out.unit = unit
}

//go:noinline
func stale() uintptr {
	block := make([]byte, 8<<20)
	return uintptr(unsafe.Pointer(&block[5<<20]))
}

var keep [][]byte

func main() {
	address := stale()
	runtime.GC()
	runtime.GC()
	go func() {
		for {
			keep = append(keep, make([]byte, 64))
			if len(keep) > 100000 {
				keep = nil
			}
		}
	}()
	go func() {
		for {
			runtime.GC()
		}
	}()
	for {
		C.rounds(C.ulong(address), 1000)
	}
}
