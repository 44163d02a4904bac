// Command readers runs a published reader of goroutine dumps over a file and prints what it cost as one
// line of JSON, reading the file included.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/DataDog/gostackparse"
	"github.com/maruel/panicparse/v2/stack"
)

type result struct {
	Wall       float64 `json:"wall"`
	CPU        float64 `json:"cpu"`
	Peak       int64   `json:"peak"`
	Goroutines int     `json:"goroutines"`
}

func cpuSeconds() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}

// peak is VmHWM: Linux hands ru_maxrss down from the process that started this one.
func peak() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(status), "\n") {
		var kib int64
		if _, err := fmt.Sscanf(line, "VmHWM: %d kB", &kib); err == nil {
			return kib * 1024
		}
	}
	return 0
}

// snapshots reads every snapshot in data, as panicparse's command does, and groups it as asked.
func snapshots(data []byte, level stack.Similarity, group bool) int {
	var in io.Reader = bytes.NewReader(data)
	options := &stack.Opts{}
	goroutines := 0
	for {
		snapshot, suffix, err := stack.ScanSnapshot(in, io.Discard, options)
		if snapshot != nil {
			goroutines += len(snapshot.Goroutines)
			if group {
				snapshot.Aggregate(level)
			}
		}
		if err != nil || snapshot == nil {
			return goroutines
		}
		in = io.MultiReader(bytes.NewReader(suffix), in)
	}
}

func main() {
	var out result
	started, before := time.Now(), cpuSeconds()
	data, err := os.ReadFile(os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	switch os.Args[1] {
	case "panicparse":
		out.Goroutines = snapshots(data, stack.AnyPointer, false)
	case "panicparse-groups":
		out.Goroutines = snapshots(data, stack.AnyPointer, true)
	case "gostackparse":
		goroutines, _ := gostackparse.Parse(bytes.NewReader(data))
		out.Goroutines = len(goroutines)
	}
	out.CPU = cpuSeconds() - before
	out.Wall = time.Since(started).Seconds()
	out.Peak = peak()
	if err := json.NewEncoder(os.Stdout).Encode(out); err != nil {
		os.Exit(1)
	}
}
