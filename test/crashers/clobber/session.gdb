set pagination off
set confirm off
set width 0
set print thread-events off
handle SIGURG nostop noprint pass
handle SIGSEGV stop print pass
run
bt
info registers
x/2i $pc
x/100xg $sp
info proc mappings
disassemble 'example.com/ledger/digest.Mix64'
continue
