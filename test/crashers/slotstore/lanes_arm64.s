#include "textflag.h"

// func fillLanes(p *byte, n int)
TEXT ·fillLanes(SB), NOSPLIT, $0-16
	MOVD p+0(FP), R0
	MOVD n+8(FP), R1
	WORD $0xa9bf7bfd // stp x29, x30, [sp, #-16]!
	WORD $0x910003fd // mov x29, sp
	MOVD ZR, R2
loop:
	MOVB R2, (R0)
	ADD  $1, R0
	SUBS $1, R1
	BNE  loop
	WORD $0xa8c17bfd // ldp x29, x30, [sp], #16
	RET
