// freed keeps the address of an object in a pointer field after the collector has freed its span.
package main

import (
	"runtime"
	"unsafe"
)

type crate struct {
	label string
	next  *crate
	pad   [40]byte
}

//go:noinline
func fill() uintptr {
	// The middle of a large block: its first pages are the first to be used again.
	big := make([]byte, 8<<20)
	return uintptr(unsafe.Pointer(&big[5<<20]))
}

//go:noinline
func stow(c *crate, address uintptr) {
	*(*uintptr)(unsafe.Pointer(&c.next)) = address
}

var shelf *crate

func main() {
	shelf = &crate{label: "north"}
	address := fill()
	runtime.GC()
	runtime.GC()
	stow(shelf, address)
	runtime.GC()
	println(shelf.label)
}
