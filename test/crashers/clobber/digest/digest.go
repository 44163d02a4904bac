// Package digest mixes keys in assembly that leaves a constant in BP.
package digest

// Mix64 is written in mix_amd64.s. It has no frame, so the assembler neither saves nor restores BP.
//
//go:noescape
func Mix64(key uint64, seed uint64) uint64
