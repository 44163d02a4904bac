// probed grows its stack inside a function on which a kernel return probe is set:
//   bpftrace -e 'uretprobe:./probed:"main.total" { printf("%d\n", retval); }' -c './probed'
package main

import (
	"fmt"
	"runtime"
)

//go:noinline
func total(n int) int {
	sum := 0
	for i := range n {
		text := fmt.Sprint(sum)
		sum += len(text) + i
		if i%1000 == 0 {
			runtime.GC()
		}
	}
	return sum
}

func main() { fmt.Println(total(100000)) }
