// slotstore (arm64) fills a buffer in assembly that was translated from C: it stores the link register where its caller
// keeps the saved frame pointer.
package main

import (
	"os"
	"runtime/trace"
	"time"
)

//go:noescape
func fillLanes(p *byte, n int)

//go:noinline
func paint(row []byte) {
	fillLanes(&row[0], len(row))
	time.Sleep(time.Microsecond)
}

func main() {
	if err := trace.Start(os.NewFile(3, "trace")); err != nil {
		panic(err)
	}
	row := make([]byte, 64)
	for i := 0; i < 1000; i++ {
		paint(row)
	}
	trace.Stop()
}
