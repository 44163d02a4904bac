#!/usr/bin/env bash
# Remakes the dumps that can be made on a plain linux/amd64 machine with Go, gcc and gdb, into the folder given
# (default: public/samples). Dumps of the other programs need an arm64 machine (slotstore) or root and bpftrace (probed).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../../public/samples}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"

build() { (cd "$here/$1" && CGO_ENABLED=${2:-0} go build -trimpath -o "$work/$1" .); }

# Runs a program until its output holds the pattern: some crashes depend on what the collector reuses.
crash() {
  local name=$1 pattern=$2 file=$3
  for _ in $(seq 1 40); do
    timeout 60 "$work/$name" >"$work/out" 2>&1 || true
    if grep -q "$pattern" "$work/out"; then cp "$work/out" "$out/$file"; return; fi
  done
  echo "$name: no run printed '$pattern'" >&2
  exit 1
}

build nilfield && crash nilfield 'nil pointer dereference' nil-field.txt
build freed && crash freed 'to unallocated span' stale-pointer.txt
build unwritten 1 && crash unwritten 'wbBufFlush.func1' unwritten-struct.txt

# gdb does not echo the commands of a script: each is printed before it runs, as a terminal shows it.
build clobber
mv "$work/clobber" "$work/ledger"
while read -r command; do
  case $command in set*|handle*|'') echo "$command" ;; *) printf 'echo (gdb) %s\\n\n%s\n' "$command" "$command" ;; esac
done <"$here/clobber/session.gdb" >"$work/session.gdb"
(cd "$work" && timeout 120 gdb -nx -q -batch -x session.gdb --args ./ledger </dev/null 2>&1) |
  sed -e '/^warning: Missing auto-load/,/^Use `info auto-load/d' -e "s#$work#/home/dev/ledger#g" >"$out/clobbered-frame-pointer.txt"
grep -q 'SIGSEGV' "$out/clobbered-frame-pointer.txt"
