// ledger posts entries through a channel while the block profiler walks frame pointers.
package main

import (
	"fmt"
	"runtime"
	"time"

	"example.com/ledger/digest"
)

type book struct {
	out  chan uint64
	seed uint64
}

//go:noinline
func (b *book) post(entry []uint64) {
	sum := digest.Mix64(entry[0], b.seed)
	b.out <- sum
}

//go:noinline
func replay(b *book, entries [][]uint64) {
	for _, entry := range entries {
		b.post(entry)
	}
}

func clerk(b *book) {
	entries := [][]uint64{{3, 1}, {5, 2}, {8, 3}}
	replay(b, entries)
}

func main() {
	runtime.SetBlockProfileRate(1)
	b := &book{out: make(chan uint64), seed: uint64(time.Now().UnixNano())}
	go clerk(b)
	time.Sleep(50 * time.Millisecond)
	fmt.Println(<-b.out)
	time.Sleep(50 * time.Millisecond)
	fmt.Println(<-b.out)
}
