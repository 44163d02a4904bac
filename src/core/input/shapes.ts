/**
 * Lines by which a layer is recognised: forms of Go's crash text (runtime/traceback.go, panic.go, signal_unix.go; Go
 * 1.9–1.27) and of debuggers that stand at column 0 when nothing wraps them. Coarser than the readers: a layer is taken
 * off because these lines become readable, so prose must not look like one.
 */

const header = /^goroutine \d+ (?:gp=\S+ m=\S+ (?:mp=\S+ )?)?\[[^\]]{1,200}\](?: \{[^}]{0,2000}\})?:[ \r]*$/;
const heads =
  /^(?:panic: |fatal error: |SIG[A-Z0-9]{2,8}: |\[signal |PC=0x|runtime: |runtime stack:|created by \S|WARNING: DATA RACE|(?:rax|rip|r\d+|x\d+|lr|sp|pc) +0x[0-9a-f]+\b|\((?:gdb|rr|dlv|lldb)\) |#\d+ +(?:0x[0-9a-f]+ in )?\S+ \()/;
const words = /^(?:=> )?0x[0-9a-f]{6,16}(?: <[^>]{1,500}>)?:[ \t]/;
const location =
  /^[^\s:][^:]*\.(?:go|s|c|h|cc|cpp):\d+(?: \+0x[0-9a-f]+)?(?: fp=0x[0-9a-f]+ sp=0x[0-9a-f]+ pc=0x[0-9a-f]+)?[ \r]*$/;
const functionName = /^[A-Za-z_][^\s"'`=;,]*$/;
const argumentText = /^[0-9a-fx{}?,. _]*$/;

export function isHeader(line: string): boolean {
  return line.startsWith('goroutine ') && header.test(line);
}

/** `pkg.name(0x1, {0x2, 0x3})` or `pkg.name(...)`. */
export function isFunctionLine(line: string): boolean {
  if (!line.endsWith(')')) return false;
  const open = line.lastIndexOf('(');
  if (open <= 0 || !argumentText.test(line.slice(open + 1, -1))) return false;
  const name = line.slice(0, open);
  return name === 'panic' || (name.includes('.') && functionName.test(name));
}

/** A location line without its indentation. */
export function isLocation(line: string): boolean {
  return location.test(line);
}

/** A line that begins at column 0 in unwrapped text: not a location, nor a row that debuggers indent. */
export function isHead(line: string): boolean {
  return isHeader(line) || heads.test(line) || isFunctionLine(line);
}

/** A head, or a row of memory or code. */
export function isAnchor(line: string): boolean {
  return isHead(line) || words.test(line);
}
