#include "textflag.h"

// func Mix64(key uint64, seed uint64) uint64
TEXT ·Mix64(SB), NOSPLIT, $0-24
	MOVQ key+0(FP), AX
	MOVQ seed+8(FP), BX
	MOVQ AX, BP
	IMULQ BX, AX
	MOVQ $1640531527, BP
	XORQ BP, AX
	MOVQ AX, ret+16(FP)
	RET
